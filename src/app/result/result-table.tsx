import { Stack, Table, Text } from '@mantine/core';
import type { Terms } from '../../agreement/agreement.ts';
import type { ResearcherResult } from '../../agreement/result.ts';
import { askedNames, STATISTICS } from '../../agreement/statistics.ts';
import { t } from '../../words/translate.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { hiddenWords, labelNames, rowLabels } from './result-files.ts';
import { figureShown, isHidden, openTotal } from './result-words.ts';

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

/** A row for each group. Sealed cells say so. */
function Figures({ result, name }: FiguresProps) {
  const { payloads, statistics } = result.agreement.terms;
  const asked = askedNames(statistics);
  const names = labelNames(result);
  const figureHeads = payloads.flatMap((payload) =>
    asked.map((figure) => `${payload.name} ${t(STATISTICS[figure].word)}`),
  );
  return (
    <ScrollRegion label={name ? t('Released figures, {{name}}', { name }) : t('Released figures')}>
      <Table
        aria-label={name ? t('Result, {{name}}', { name }) : t('Result')}
        className="figures"
        withTableBorder
        striped
      >
        <Table.Thead>
          <Table.Tr>
            {(names.length > 1 ? names : [t('Group')]).map((head) => (
              <Table.Th key={head} scope="col">
                {head}
              </Table.Th>
            ))}
            {[t('Count'), ...figureHeads].map((head) => (
              <Table.Th key={head} scope="col" ta="right">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {result.rows.map((row) => (
            <Row key={rowLabels(result, row).join('\u0000')} result={result} row={row} />
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}

interface RowProps {
  readonly result: ResearcherResult;
  readonly row: ResearcherResult['rows'][number];
}

function Row({ result, row }: RowProps) {
  const { terms } = result.agreement;
  return (
    <Table.Tr>
      <Labels labels={rowLabels(result, row)} />
      <Table.Td ta="right">{row.count === undefined ? <Sealed terms={terms} /> : figureShown(row.count, 0)}</Table.Td>
      {terms.payloads.flatMap(({ name, decimals }, i) =>
        askedNames(terms.statistics).map((figure) => (
          <Table.Td key={`${name} ${figure}`} ta="right">
            {isHidden(row, i) ? (
              <Sealed terms={terms} />
            ) : (
              figureShown(row.payloads[i]?.[figure], STATISTICS[figure].decimals(decimals))
            )}
          </Table.Td>
        )),
      )}
    </Table.Tr>
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
