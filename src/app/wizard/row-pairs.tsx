import { Table } from '@mantine/core';
import type { RowPair } from '../../table/table.ts';
import { numberWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';

/** Rows that may be one person's, two by two, column under column. Scrolls sideways on its own, and never widens what is around it. */
export function RowPairs({ pairs }: { readonly pairs: readonly RowPair[] }) {
  const columns = pairs[0]?.columns ?? [];
  return (
    <section
      style={{ overflowX: 'auto', marginTop: 6, width: 0, minWidth: '100%' }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={t('Rows side by side')}
    >
      <Table withTableBorder fz="sm" verticalSpacing={4} aria-label={t('Rows that may be one person’s')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('Row')}</Table.Th>
            {columns.map((name) => (
              <Table.Th key={name} scope="col" style={{ whiteSpace: 'nowrap' }}>
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        {pairs.map(({ rows }) => (
          <Table.Tbody
            key={rows.map(({ row }) => row).join('-')}
            style={{ borderTop: '2px solid var(--blindjoin-line)' }}
          >
            {rows.map(({ row, values }) => (
              <Table.Tr key={row}>
                <Table.Th scope="row">{numberWords(row)}</Table.Th>
                {columns.map((name, c) => (
                  <Table.Td key={name} style={{ whiteSpace: 'nowrap' }}>
                    {values[c] === rows[0]?.values[c] ? values[c] : <b>{values[c]}</b>}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        ))}
      </Table>
    </section>
  );
}
