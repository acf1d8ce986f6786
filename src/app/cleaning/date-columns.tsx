import { Button, Group, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { CleaningStep } from '../../table/cleaning.ts';
import type { ColumnSummary } from '../../table/table.ts';
import { message, t } from '../../words/translate.ts';
import { newColumnName } from '../party/new-column-name.ts';
import { LateDetails } from '../ui/late-details.tsx';

interface DateColumnsProps {
  readonly columns: readonly ColumnSummary[];
  readonly busy: boolean;
  add(step: CleaningStep): void;
}

const PARTS = ['year', 'month', 'day'] as const;

const PART_LABELS = {
  year: message('Column of the year'),
  month: message('Column of the month'),
  day: message('Column of the day'),
} as const;

/** Makes one date of three columns. */
export function JoinDateForm({ columns, busy, add }: DateColumnsProps) {
  const [chosen, setChosen] = useState({ year: '', month: '', day: '' });
  const names = columns.map(({ name }) => name);
  const parts = PARTS.map((part) => chosen[part]);
  const isWhole = parts.every((name) => names.includes(name)) && new Set(parts).size === PARTS.length;
  return (
    <LateDetails summary={t('Make one date of three columns')}>
      <Group align="end" mt="xs">
        {PARTS.map((part) => (
          <NativeSelect
            key={part}
            label={t(PART_LABELS[part])}
            value={chosen[part]}
            onChange={({ currentTarget: { value } }) => setChosen({ ...chosen, [part]: value })}
            data={[{ value: '', label: t('Choose a column') }, ...names.map((name) => ({ value: name, label: name }))]}
          />
        ))}
        <Button
          variant="default"
          disabled={busy || !isWhole}
          onClick={() => add({ kind: 'date', column: newColumnName('date of birth', columns), ...chosen })}
        >
          {t('Make one date')}
        </Button>
      </Group>
    </LateDetails>
  );
}

/** Of a column of dates: its years as a column, to match with somebody who has years only. */
export function YearForm({ name, columns, busy, add }: DateColumnsProps & { readonly name: string }) {
  return (
    <Button
      variant="default"
      disabled={busy}
      style={{ alignSelf: 'start' }}
      onClick={() => add({ kind: 'year', column: newColumnName(`year of ${name}`, columns), of: name })}
    >
      {t('Add the years of {{name}} as a column', { name })}
    </Button>
  );
}
