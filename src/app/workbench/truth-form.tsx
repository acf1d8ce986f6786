import { NativeSelect, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useEffect } from 'react';
import type { TruthGuess } from '../../quality/truth.ts';
import { t } from '../../words/translate.ts';
import type { CsvTable } from '../ui/csv-table.ts';
import { findTruth } from './truth-search.ts';

interface TruthFormProps {
  readonly first: CsvTable;
  readonly second: CsvTable;
  readonly truth: TruthGuess;
  onChange(truth: TruthGuess): void;
}

/** Where the files say who is who; filled by what the values look like. */
export function TruthForm({ first, second, truth, onChange }: TruthFormProps) {
  useEffect(() => {
    const abort = new AbortController();
    findTruth(first, second, abort.signal).then(
      (found) => {
        if (!abort.signal.aborted && found) onChange(found);
      },
      (error: unknown) => {
        if (!abort.signal.aborted) throw error;
      },
    );
    return () => abort.abort();
  }, [first, second, onChange]);
  const options = (table: CsvTable) => table.columns.map((label, i) => ({ value: String(i), label }));
  return (
    <div>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="lg" style={{ alignItems: 'end' }}>
        <NativeSelect
          label={t('Truth column of the first file')}
          data={options(first)}
          value={String(truth.first)}
          onChange={({ currentTarget: { value } }) => onChange({ ...truth, first: Number(value) })}
        />
        <NativeSelect
          label={t('Truth column of the second file')}
          data={options(second)}
          value={String(truth.second)}
          onChange={({ currentTarget: { value } }) => onChange({ ...truth, second: Number(value) })}
        />
        <TextInput
          label={t('Pattern of the person')}
          value={truth.pattern}
          onChange={({ currentTarget: { value } }) => onChange({ ...truth, pattern: value })}
        />
      </SimpleGrid>
      <Text size="xs" c="dimmed" mt={6}>
        {t(
          'Two rows are one person where these values agree. The pattern is a regular expression for the part that must agree, such as \\d+ for the first number; empty, the whole value must.',
        )}
      </Text>
    </div>
  );
}
