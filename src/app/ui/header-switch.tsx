import { Switch } from '@mantine/core';
import { t } from '../../words/translate.ts';
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
        label={t('First row is a header')}
        {...(name === undefined ? {} : { 'aria-label': name })}
        checked={table.hasHeader}
        onChange={({ currentTarget: { checked } }) => onChange(checked)}
      />
      {table.headerDoubt !== undefined && (
        <Notice kind="warning" title={t('Header or first person?')}>
          {table.headerDoubt} {table.hasHeader ? t('It is taken for a header.') : t('It is taken for a person.')}
        </Notice>
      )}
    </>
  );
}
