import { Stack } from '@mantine/core';
import { t } from '../../words/translate.ts';
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
        readingName={t('Reading {{file}}', { file: label })}
        headerName={t('First row is a header: {{label}}', { label })}
        table={state[slot]}
        onTable={(table) => update({ [slot]: table })}
      />
    </Stack>
  );
}
