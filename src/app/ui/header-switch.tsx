import { Switch } from '@mantine/core';
import type { CsvTable } from './csv-table.ts';
import { Notice } from './notice.tsx';

interface HeaderSwitchProps {
  readonly table: CsvTable;
  /** Accessible name where there are several. */
  readonly name?: string;
  onChange(hasHeader: boolean): void;
}

/** Whether a table's first row is a header, and why that is not certain where it is not. */
export function HeaderSwitch({ table, name, onChange }: HeaderSwitchProps) {
  return (
    <>
      <Switch
        label="First row is a header"
        {...(name === undefined ? {} : { 'aria-label': name })}
        checked={table.hasHeader}
        onChange={({ currentTarget: { checked } }) => onChange(checked)}
      />
      {table.headerDoubt !== undefined && (
        <Notice kind="warning" title="Header or first person?">
          {table.headerDoubt} It is taken for {table.hasHeader ? 'a header' : 'a person'}.
        </Notice>
      )}
    </>
  );
}
