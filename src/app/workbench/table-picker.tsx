import { Stack } from '@mantine/core';
import { TableReader } from '../ui/table-reader.tsx';
import { type TableSlot, useWorkbench } from './workbench-state.ts';

interface TablePickerProps {
  readonly label: string;
  readonly slot: TableSlot;
}

/** Chooses one of the workbench's tables. */
export function TablePicker({ label, slot }: TablePickerProps) {
  const { state, update } = useWorkbench();
  return (
    <Stack gap="xs" miw={0}>
      <TableReader
        label={label}
        readingName={`Reading ${label}`}
        headerName={`First row is a header: ${label}`}
        table={state[slot]}
        onTable={(table) => update({ [slot]: table })}
      />
    </Stack>
  );
}
