import { NativeSelect, Stack } from '@mantine/core';
import { t } from '../../words/translate.ts';
import type { CsvTable } from '../ui/csv-table.ts';
import { TableReader } from '../ui/table-reader.tsx';

/** A party's table, and the column that says who each row is, from 0. */
export interface PartyTable {
  readonly table: CsvTable;
  readonly column: number;
}

interface AssessPartyProps {
  /** From 1. */
  readonly number: number;
  readonly party: PartyTable | undefined;
  onChange(party: PartyTable | undefined): void;
}

/** Chooses one party's table and the column of its people. */
export function AssessParty({ number, party, onChange }: AssessPartyProps) {
  return (
    <Stack gap="xs" miw={0}>
      <TableReader
        label={t('Table of party {{number}}', { number })}
        readingName={t('Reading the table of party {{number}}', { number })}
        headerName={t('First row is a header: party {{number}}', { number })}
        table={party?.table}
        onTable={(table) => onChange(table && { table, column: 0 })}
      />
      {party && (
        <NativeSelect
          label={t('Column of the person, party {{number}}', { number })}
          data={party.table.columns.map((name, i) => ({ value: String(i), label: name }))}
          value={String(party.column)}
          onChange={({ currentTarget: { value } }) => onChange({ ...party, column: Number(value) })}
        />
      )}
    </Stack>
  );
}
