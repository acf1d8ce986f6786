import { Button, Group, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { type CleaningStep, LETTER_CASES } from '../../table/cleaning.ts';
import { message, t } from '../../words/translate.ts';
import { NumberField } from '../ui/number-field.tsx';

interface ValueCleaningProps {
  readonly name: string;
  readonly busy: boolean;
  add(step: CleaningStep): void;
}

const CASE_LABELS = {
  upper: message('CAPITALS'),
  lower: message('small letters'),
  title: message('A Capital First'),
} as const;

interface FormsProps extends ValueCleaningProps {
  /** The column's values are numbers, so that a range makes sense. */
  readonly hasNumbers: boolean;
}

/** Forms for ranges, blanks and letter case. */
export function ValueCleaning({ name, busy, add, hasNumbers }: FormsProps) {
  return (
    <>
      {hasNumbers && <RangeForm name={name} busy={busy} add={add} />}
      {!hasNumbers && <SpellingForm name={name} busy={busy} add={add} />}
    </>
  );
}

function RangeForm({ name, busy, add }: ValueCleaningProps) {
  const [minimum, setMinimum] = useState(Number.NaN);
  const [maximum, setMaximum] = useState(Number.NaN);
  const ends = {
    ...(Number.isFinite(minimum) && { minimum }),
    ...(Number.isFinite(maximum) && { maximum }),
  };
  const wrong = minimum > maximum;
  return (
    <Group align="end">
      <NumberField label={t('Least plausible {{name}}', { name })} value={minimum} onChange={setMinimum} step="any" />
      <NumberField
        label={t('Greatest plausible {{name}}', { name })}
        value={maximum}
        onChange={setMaximum}
        error={wrong ? t('Must not be below the least') : undefined}
        step="any"
      />
      <Button
        variant="default"
        disabled={busy || wrong || Object.keys(ends).length === 0}
        onClick={() => add({ kind: 'range', column: name, ...ends })}
      >
        {t('Take others as no value')}
      </Button>
    </Group>
  );
}

function SpellingForm({ name, busy, add }: ValueCleaningProps) {
  const [letters, setLetters] = useState<(typeof LETTER_CASES)[number]>('upper');
  return (
    <Group align="end">
      <NativeSelect
        label={t('Letters of {{name}}', { name })}
        value={letters}
        data={LETTER_CASES.map((value) => ({ value, label: t(CASE_LABELS[value]) }))}
        onChange={({ currentTarget: { value } }) => setLetters(LETTER_CASES.find((c) => c === value) ?? 'upper')}
      />
      <Button variant="default" disabled={busy} onClick={() => add({ kind: 'case', column: name, to: letters })}>
        {t('Change letters')}
      </Button>
      <Button variant="default" disabled={busy} onClick={() => add({ kind: 'blanks', column: name })}>
        {t('Remove needless blanks')}
      </Button>
    </Group>
  );
}
