import { Stack, Table, Text } from '@mantine/core';
import type { Terms } from '../../agreement/agreement.ts';
import type { ResearcherResult } from '../../agreement/result.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { figuresAsked, hiddenWords, labelNames, rowLabels } from './result-files.ts';
import { digitsOf, FIGURE_WORDS, figureShown, isHidden, openTotal } from './result-words.ts';

/** Says that a cell is sealed or withheld, more quietly than a figure. */
function Sealed({ terms }: { readonly terms: Terms }) {
  return (
    <Text span size="xs" c="dimmed" lh={1.25} display="inline-block" miw="6.6em">
      {hiddenWords(terms)}
    </Text>
  );
}

/** The released table and, where it may be said, what its open rows come to. */
export function ResultTable({ result, name }: FiguresProps) {
  const total = openTotal(result);
  return (
    <Stack gap="xs">
      <Figures result={result} name={name} />
      {total !== undefined && <Text className="figures">{total}</Text>}
    </Stack>
  );
}

interface FiguresProps {
  readonly result: ResearcherResult;
  /** Where there are several tables. */
  readonly name: string | undefined;
}

/** A row a group. Sealed cells say so. */
function Figures({ result, name }: FiguresProps) {
  const { agreement, rows } = result;
  const { payloads, statistics } = agreement.terms;
  const asked = figuresAsked(statistics);
  const names = labelNames(result);
  const labelHeads = names.length > 1 ? names : ['Group'];
  return (
    <ScrollRegion label={name ? `Released figures, ${name}` : 'Released figures'}>
      <Table aria-label={name ? `Result, ${name}` : 'Result'} className="figures" withTableBorder striped>
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
                {row.count === undefined ? <Sealed terms={agreement.terms} /> : figureShown(row.count, 0)}
              </Table.Td>
              {payloads.flatMap(({ name, decimals }, i) =>
                asked.map((figure) => (
                  <Table.Td key={`${name} ${figure}`} ta="right">
                    {isHidden(row, i) ? (
                      <Sealed terms={agreement.terms} />
                    ) : (
                      figureShown(row.payloads[i]?.[figure], digitsOf(figure, decimals))
                    )}
                  </Table.Td>
                )),
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
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
