import { Table, Text } from '@mantine/core';
import type { Terms } from '../../agreement/agreement.ts';
import type { PayloadFigures, ResearcherResult, ResultRow } from '../../agreement/result.ts';
import { figuresAsked, hiddenWords, labelNames, rowLabels } from './result-files.ts';

const FIGURE_WORDS = { count: 'count', mean: 'mean', sum: 'sum', sd: 'standard deviation' } as const;

type Figure = keyof typeof FIGURE_WORDS;

/** Digits after the point: those of the values, and two more where the figure is an average. */
function digitsOf(figure: Figure, decimals: number): number {
  if (figure === 'count') return 0;
  return figure === 'sum' ? decimals : decimals + 2;
}

function shown(value: number | undefined, digits: number): string {
  return value === undefined
    ? '–'
    : value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Says that a cell is sealed or withheld, more quietly than a figure. */
function Sealed({ terms }: { readonly terms: Terms }) {
  return (
    <Text span size="xs" c="dimmed" lh={1.25}>
      {hiddenWords(terms)}
    </Text>
  );
}

/** The released table, a row a group. Sealed cells say so. */
export function ResultTable({ result }: { readonly result: ResearcherResult }) {
  const { agreement, rows } = result;
  const { payloads, statistics } = agreement.terms;
  const asked = figuresAsked(statistics);
  const names = labelNames(result);
  const labelHeads = names.length > 1 ? names : ['Group'];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section style={{ overflowX: 'auto' }} tabIndex={0} aria-label="Released figures">
      <Table aria-label="Result" className="figures" withTableBorder striped>
        <Table.Thead>
          <Table.Tr>
            {labelHeads.map((head) => (
              <Table.Th key={head} scope="col">
                {head}
              </Table.Th>
            ))}
            <Table.Th scope="col" ta="right">
              Count
            </Table.Th>
            {payloads.flatMap(({ name }) =>
              asked.map((figure) => (
                <Table.Th key={`${name} ${figure}`} scope="col" ta="right">
                  {name} {FIGURE_WORDS[figure]}
                </Table.Th>
              )),
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={rowLabels(result, row).join('\u0000')}>
              <Labels labels={rowLabels(result, row)} />
              <Table.Td ta="right">
                {row.count === undefined ? <Sealed terms={agreement.terms} /> : shown(row.count, 0)}
              </Table.Td>
              {payloads.flatMap(({ name, decimals }, i) =>
                asked.map((figure) => (
                  <Table.Td key={`${name} ${figure}`} ta="right">
                    {isSealed(row, row.payloads[i]) ? (
                      <Sealed terms={agreement.terms} />
                    ) : (
                      shown(row.payloads[i]?.[figure], digitsOf(figure, decimals))
                    )}
                  </Table.Td>
                )),
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Labels({ labels }: { readonly labels: readonly string[] }) {
  return labels.map((label, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: one label a group column, and two columns may share a label
    <Table.Th key={i} scope="row" fw={600} style={{ overflowWrap: 'break-word', minWidth: '6rem' }}>
      {label}
    </Table.Th>
  ));
}

function isSealed(row: ResultRow, figures: PayloadFigures | undefined): boolean {
  return row.count === undefined || figures === undefined || figures.suppressed;
}
