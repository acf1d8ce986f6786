import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type CleaningStep, COMPARISON_WORDS, COMPARISONS, type Comparison } from '../../table/cleaning.ts';
import { t } from '../../words/translate.ts';
import { listedValues } from './listed-values.ts';

interface RowFilterProps {
  readonly name: string;
  readonly busy: boolean;
  add(step: CleaningStep): void;
}

const takesNone = (comparison: Comparison) => comparison === 'filled' || comparison === 'empty';
const takesSeveral = (comparison: Comparison) => comparison === 'is' || comparison === 'is-not';

/** Only rows where a column is this or that; the others are left out of everything. */
export function RowFilter({ name, busy, add }: RowFilterProps) {
  const [comparison, setComparison] = useState<Comparison>('is');
  const [text, setText] = useState('');
  const typed = takesSeveral(comparison) ? listedValues(text) : [text.trim()].filter((value) => value !== '');
  const values = takesNone(comparison) ? [] : typed;
  return (
    <Group align="end">
      <NativeSelect
        label={t('Only rows where {{name}}', { name })}
        value={comparison}
        data={COMPARISONS.map((value) => ({ value, label: t(COMPARISON_WORDS[value]) }))}
        onChange={({ currentTarget: { value } }) => setComparison(COMPARISONS.find((c) => c === value) ?? 'is')}
      />
      {!takesNone(comparison) && (
        <TextInput
          label={t('Value of {{name}}', { name })}
          description={
            takesSeveral(comparison)
              ? t('Several are separated by semicolons. One that holds a semicolon goes into quotes.')
              : undefined
          }
          value={text}
          onChange={({ currentTarget: { value } }) => setText(value)}
        />
      )}
      <Button
        variant="default"
        disabled={busy || (values.length === 0 && !takesNone(comparison))}
        onClick={() => add({ kind: 'rows', column: name, comparison, values })}
      >
        {t('Keep only these rows')}
      </Button>
    </Group>
  );
}
