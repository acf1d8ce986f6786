import { Stack, Text } from '@mantine/core';
import { counted } from '../../words/format.ts';
import { CsvPicker } from '../ui/csv-picker.tsx';
import { readCsvTable } from '../ui/csv-table.ts';
import { HeaderSwitch } from '../ui/header-switch.tsx';
import { JobStatus } from '../ui/job-status.tsx';
import { useJob } from '../ui/use-job.ts';
import { type TableSlot, useWorkbench } from './workbench-state.ts';

interface TablePickerProps {
  readonly label: string;
  readonly slot: TableSlot;
}

/** Chooses one of the workbench's tables, and says what it turned out to be. */
export function TablePicker({ label, slot }: TablePickerProps) {
  const { state, update } = useWorkbench();
  const table = state[slot];
  const job = useJob<undefined>();
  const read = (name: string, textOf: () => Promise<string>, hasHeader?: boolean) =>
    job.start(async ({ signal, report }) => {
      report(`Reading ${name}`);
      const text = await textOf();
      const options = hasHeader === undefined ? { signal } : { signal, hasHeader };
      const read = await readCsvTable(name, text, options);
      signal.throwIfAborted();
      update({ [slot]: read });
      return undefined;
    });
  return (
    <Stack gap="xs" miw={0}>
      <CsvPicker
        label={label}
        onChoose={() => {
          job.reset();
          update({ [slot]: undefined });
        }}
        onFile={read}
      />
      <JobStatus job={job} name={`Reading ${label}`} failure="The file could not be read" />
      {table !== undefined && (
        <>
          <Text size="sm" className="figures" role="status" style={{ overflowWrap: 'anywhere' }}>
            {table.name}: {counted(table.rows, 'row')}, {counted(table.columns.length, 'column')}
          </Text>
          <HeaderSwitch
            table={table}
            name={`First row is a header: ${label}`}
            onChange={(header) => read(table.name, () => Promise.resolve(table.text), header)}
          />
        </>
      )}
    </Stack>
  );
}
