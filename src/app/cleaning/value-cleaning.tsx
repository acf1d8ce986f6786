import { Button, Group, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { type CleaningStep, LETTER_CASES } from '../../table/cleaning.ts';
import { NumberField } from '../ui/number-field.tsx';

interface ValueCleaningProps {
  readonly name: string;
  readonly busy: boolean;
  add(step: CleaningStep): void;
}

const CASE_LABELS = { upper: 'CAPITALS', lower: 'small letters', title: 'A Capital First' } as const;

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
      <NumberField label={`Least plausible ${name}`} value={minimum} onChange={setMinimum} step="any" />
      <NumberField
        label={`Greatest plausible ${name}`}
        value={maximum}
        onChange={setMaximum}
        error={wrong ? 'Must not be below the least' : undefined}
        step="any"
      />
      <Button
        variant="default"
        disabled={busy || wrong || Object.keys(ends).length === 0}
        onClick={() => add({ kind: 'range', column: name, ...ends })}
      >
        Take others as no value
      </Button>
    </Group>
  );
}

function SpellingForm({ name, busy, add }: ValueCleaningProps) {
  const [letters, setLetters] = useState<(typeof LETTER_CASES)[number]>('upper');
  return (
    <Group align="end">
      <NativeSelect
        label={`Letters of ${name}`}
        value={letters}
        data={LETTER_CASES.map((value) => ({ value, label: CASE_LABELS[value] }))}
        onChange={({ currentTarget: { value } }) => setLetters(LETTER_CASES.find((c) => c === value) ?? 'upper')}
      />
      <Button variant="default" disabled={busy} onClick={() => add({ kind: 'case', column: name, to: letters })}>
        Change letters
      </Button>
      <Button variant="default" disabled={busy} onClick={() => add({ kind: 'blanks', column: name })}>
        Remove needless blanks
      </Button>
    </Group>
  );
}
