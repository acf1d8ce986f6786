import { NativeSelect, Stack, Text } from '@mantine/core';
import { numberWords } from '../../words/format.ts';
import { CsvPicker } from '../ui/csv-picker.tsx';
import { type CsvTable, readCsvTable } from '../ui/csv-table.ts';
import { HeaderSwitch } from '../ui/header-switch.tsx';
import { JobStatus } from '../ui/job-status.tsx';
import { useJob } from '../ui/use-job.ts';

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
  const job = useJob<undefined>();
  const label = `Table of party ${number}`;
  const read = (name: string, textOf: () => Promise<string>, hasHeader?: boolean) =>
    job.start(async ({ signal, report }) => {
      report(`Reading ${name}`);
      const options = hasHeader === undefined ? { signal } : { signal, hasHeader };
      const table = await readCsvTable(name, await textOf(), options);
      signal.throwIfAborted();
      onChange({ table, column: 0 });
      return undefined;
    });
  return (
    <Stack gap="xs" miw={0}>
      <CsvPicker
        label={label}
        onChoose={() => {
          job.reset();
          onChange(undefined);
        }}
        onFile={read}
      />
      <JobStatus job={job} name={`Reading the ${label.toLowerCase()}`} failure="The file could not be read" />
      {party && (
        <>
          <Text size="sm" className="figures" style={{ overflowWrap: 'anywhere' }}>
            {party.table.name}: {numberWords(party.table.rows)} rows, {party.table.columns.length} columns
          </Text>
          <HeaderSwitch
            table={party.table}
            name={`First row is a header: party ${number}`}
            onChange={(header) => read(party.table.name, () => Promise.resolve(party.table.text), header)}
          />
          <NativeSelect
            label={`Column of the person, party ${number}`}
            data={party.table.columns.map((name, i) => ({ value: String(i), label: name }))}
            value={String(party.column)}
            onChange={({ currentTarget: { value } }) => onChange({ ...party, column: Number(value) })}
          />
        </>
      )}
    </Stack>
  );
}
