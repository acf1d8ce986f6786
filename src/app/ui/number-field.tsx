import { TextInput } from '@mantine/core';
import { useState } from 'react';

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

/** The browser's own number input: it has the role and the keys that people and screen readers expect. */
export function NumberField({ value, onChange, step = 1, ...rest }: NumberFieldProps) {
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
      maw={260}
      {...rest}
    />
  );
}
