import { Table } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';
import { t } from '../../words/translate.ts';
import { ScrollRegion } from './scroll-region.tsx';

interface ScrollTableProps {
  /** Name of the table. */
  readonly label: string;
  readonly heads: readonly string[];
  /** Columns at the left, so many, that say what the row is; none unless given. */
  readonly rowHeads?: number;
  /** Columns (by place) of figures, which stand at the right. */
  readonly figures?: readonly number[];
  /** Scrolls past this height. */
  readonly maxHeight?: number;
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}

/** A plain table that scrolls on its own, by keyboard too. */
export function ScrollTable({ label, heads, rowHeads = 0, figures = [], maxHeight, rows }: ScrollTableProps) {
  const align = (column: number) => (figures.includes(column) ? 'right' : 'left');
  return (
    <ScrollRegion label={t('{{label}}, scrolls', { label })} maxHeight={maxHeight}>
      <Table
        aria-label={label}
        className="figures"
        fz="sm"
        withTableBorder
        verticalSpacing={5}
        stickyHeader={maxHeight !== undefined}
      >
        <Table.Thead>
          <Table.Tr>
            {heads.map((head, i) => (
              <Table.Th key={head} scope="col" ta={align(i)}>
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ key, cells }) => (
            <Table.Tr key={key}>
              {cells.map((cell, i) => {
                const style: CSSProperties = figures.includes(i)
                  ? { whiteSpace: 'nowrap' }
                  : { overflowWrap: 'break-word' };
                return i < rowHeads ? (
                  <Table.Th key={heads[i] ?? i} scope="row" fw={400} style={style}>
                    {cell}
                  </Table.Th>
                ) : (
                  <Table.Td key={heads[i] ?? i} ta={align(i)} style={style}>
                    {cell}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}
