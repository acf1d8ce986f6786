import { Table } from '@mantine/core';
import type { TableSummary } from '../../table/table.ts';

/** The first rows as they were read. Scrolls sideways on its own. */
export function TablePreview({ summary: { name, columns, preview } }: { readonly summary: TableSummary }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section style={{ overflowX: 'auto' }} tabIndex={0} aria-label={`First rows of ${name}`}>
      <Table withTableBorder withColumnBorders striped fz="sm" aria-label="Preview" captionSide="top">
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ name: column }) => (
              <Table.Th key={column} scope="col" style={{ whiteSpace: 'nowrap' }}>
                {column}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.map((row, r) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no name but their number
            <Table.Tr key={r}>
              {columns.map(({ name: column }, c) => (
                <Table.Td key={column} style={{ whiteSpace: 'nowrap' }}>
                  {row[c] ?? ''}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
