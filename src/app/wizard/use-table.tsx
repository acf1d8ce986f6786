import { Button, Group, NativeSelect, Stack, Table, Text, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type ReactNode, useRef, useState } from 'react';
import { COLUMN_USES, type ColumnSummary, type ColumnUse, type TableSummary } from '../../table/table.ts';
import { counted, numberWords, tCounted } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { columnsOf } from '../party/bindings.ts';
import type { PartyState } from '../party/state.ts';
import { USE_LABELS, usesFor } from '../party/uses.ts';
import { useLanguage } from '../ui/use-language.ts';
import type { StepProps } from './step-props.ts';

/** With more columns only those in sight are drawn, and a search is offered. */
const MANY = 60;
const FEW = 12;
/** A row's height before it is measured, and rows drawn beyond what is in sight. */
const ROW_HEIGHT = 53;
const SPARE_ROWS = 8;

interface ListedColumn {
  readonly column: number;
  readonly summary: ColumnSummary;
}

const NO_ROWS: TableSummary['preview'] = [];

/** Every column of the file with what it is used for. */
export function UseTable({ party, state }: StepProps) {
  const [sought, setSought] = useState('');
  const all = columnsOf(state).map((summary, column): ListedColumn => ({ summary, column }));
  const words = sought.trim().toLowerCase();
  const listed = all.filter(({ summary }) => summary.name.toLowerCase().includes(words));
  const ignoreAll = () =>
    party.setUses(
      listed.map(({ column }) => column),
      'ignore',
    );
  const preview = state.file.kind === 'ready' ? state.file.summary.preview : NO_ROWS;
  const row = (one: ListedColumn) => (
    <UseRow party={party} role={state.role} use={state.uses[one.column] ?? 'ignore'} preview={preview} {...one} />
  );
  return (
    <Stack gap="xs">
      {all.length > FEW && (
        <Group align="end">
          <TextInput
            label={t('Search columns')}
            type="search"
            value={sought}
            onChange={({ currentTarget: { value } }) => setSought(value)}
          />
          <Button variant="default" disabled={listed.length === 0} onClick={ignoreAll}>
            {words === '' ? t('Set all to Ignore') : t('Set these {{columns}} to Ignore', { columns: listed.length })}
          </Button>
          <Text c="dimmed" role="status" className="figures">
            {words === ''
              ? counted(all.length, 'column')
              : tCounted('{{listed}} of {{count}} column', '{{listed}} of {{count}} columns', all.length, {
                  listed: listed.length,
                })}
          </Text>
        </Group>
      )}
      {listed.length > MANY ? (
        <ScrolledRows listed={listed} row={row} />
      ) : (
        <UseRows>
          {listed.map((one) => (
            <Table.Tr key={one.summary.name}>{row(one)}</Table.Tr>
          ))}
        </UseRows>
      )}
    </Stack>
  );
}

function UseRows({ children, scrolls }: { readonly children: ReactNode; readonly scrolls?: boolean }) {
  return (
    <Table
      verticalSpacing="xs"
      horizontalSpacing={6}
      aria-label={t('Columns of the file')}
      stickyHeader={scrolls === true}
    >
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('Column')}</Table.Th>
          <Table.Th scope="col">{t('Use')}</Table.Th>
          <Table.Th scope="col" visibleFrom="sm">
            {t('For example')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>{children}</Table.Tbody>
    </Table>
  );
}

interface ScrolledRowsProps {
  readonly listed: readonly ListedColumn[];
  row(one: ListedColumn): ReactNode;
}

/** A window that scrolls over many rows. */
function ScrolledRows({ listed, row }: ScrolledRowsProps) {
  const frame = useRef<HTMLElement>(null);
  const rows = useVirtualizer({
    count: listed.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: SPARE_ROWS,
    getItemKey: (index) => listed[index]?.column ?? index,
  });
  const shown = rows.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = rows.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <section
      ref={frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={t('Columns of the file, scrolls')}
      style={{ overflow: 'auto', maxHeight: 'min(36rem, 70vh)' }}
    >
      <UseRows scrolls>
        <Spacer height={above} />
        {shown.map(({ index, key }) => {
          const one = listed[index];
          return one === undefined ? null : (
            <Table.Tr key={key} ref={rows.measureElement} data-index={index}>
              {row(one)}
            </Table.Tr>
          );
        })}
        <Spacer height={below} />
      </UseRows>
    </section>
  );
}

function Spacer({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return (
    <Table.Tr aria-hidden style={{ height }}>
      <Table.Td colSpan={3} p={0} />
    </Table.Tr>
  );
}

interface UseRowProps extends ListedColumn, Pick<StepProps, 'party'> {
  readonly role: PartyState['role'];
  readonly use: ColumnUse;
  readonly preview: TableSummary['preview'];
}

const UseRow = memo(function UseRow({ party, role, use, preview, summary: { name, empty }, column }: UseRowProps) {
  useLanguage();
  return (
    <>
      <Table.Th scope="row" fw={600} miw="7rem" style={{ overflowWrap: 'anywhere', hyphens: 'manual' }}>
        {name}
        {empty > 0 && (
          <Text size="xs" c="dimmed" className="figures">
            {t('{{rows}} empty', { rows: numberWords(empty) })}
          </Text>
        )}
      </Table.Th>
      <Table.Td>
        <NativeSelect
          aria-label={t('Use of {{name}}', { name })}
          miw={{ sm: '12rem' }}
          data={usesFor(role).map((value) => ({ value, label: t(USE_LABELS[value]) }))}
          value={use}
          onChange={({ currentTarget: { value } }) => {
            const chosen = COLUMN_USES.find((u) => u === value);
            if (chosen) party.setUse(column, chosen);
          }}
        />
      </Table.Td>
      <Table.Td visibleFrom="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {examples(preview, column)}
      </Table.Td>
    </>
  );
});

/** Letters of an example; a cell may hold a million. */
const EXAMPLE_LENGTH = 60;

/** The first few different values of a column. */
function examples(rows: readonly (readonly string[])[], column: number): string {
  const values = rows.map((row) => row[column]?.trim() ?? '').filter((value) => value !== '');
  return [...new Set(values)]
    .slice(0, 3)
    .map((value) => (value.length > EXAMPLE_LENGTH ? `${value.slice(0, EXAMPLE_LENGTH)}…` : value))
    .join(', ');
}
