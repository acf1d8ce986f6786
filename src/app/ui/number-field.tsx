import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { numberWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly description?: string | undefined;
  /** NaN: the field is empty or holds no number. */
  readonly value: number;
  onChange?: ((value: number) => void) | undefined;
  readonly min?: number;
  readonly max?: number;
  /** Whole numbers only, unless said otherwise. */
  readonly step?: number | 'any';
  readonly error?: string | undefined;
  readonly readOnly?: boolean;
}

function parsed(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** What is wrong with a number that is written; undefined where nothing is, or nothing is written. */
export function outsideWords(
  value: number,
  { min, max, step = 1 }: Pick<NumberFieldProps, 'min' | 'max' | 'step'>,
): string | undefined {
  if (Number.isNaN(value)) return undefined;
  const fits = value >= (min ?? -Infinity) && value <= (max ?? Infinity) && (step !== 1 || Number.isInteger(value));
  if (fits) return undefined;
  const kind = step === 1 ? t('A whole number') : t('A number');
  if (min !== undefined && max !== undefined) {
    return t('{{kind}} from {{min}} to {{max}}', { kind, min: numberWords(min), max: numberWords(max) });
  }
  if (min !== undefined) return t('{{kind}} of at least {{min}}', { kind, min: numberWords(min) });
  return max === undefined ? kind : t('{{kind}} of at most {{max}}', { kind, max: numberWords(max) });
}

/**
 * The browser's own number input: it has the role and the keys that people and screen readers expect. A number out of bounds is
 * said beside it at once.
 */
export function NumberField({ value, onChange, step = 1, error, ...rest }: NumberFieldProps) {
  const [text, setText] = useState(Number.isNaN(value) ? '' : String(value));
  // What is typed (`1.`, `-`) stays as it is while it means the value held.
  const shown = Object.is(parsed(text), value) ? text : Number.isNaN(value) ? '' : String(value);
  return (
    <TextInput
      type="number"
      inputMode={step === 1 ? 'numeric' : 'decimal'}
      step={step}
      value={shown}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        onChange?.(parsed(currentTarget.value));
      }}
      maw={300}
      error={error ?? outsideWords(value, { ...rest, step })}
      {...rest}
    />
  );
}
