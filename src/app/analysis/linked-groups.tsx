import { Stack, Table, Text, Title } from '@mantine/core';
import { chiSquare } from '../../statistics/contingency.ts';
import { proportionEstimate } from '../../statistics/means.ts';
import { numberWords } from '../../words/format.ts';
import { estimateWords, intervalWords, testWords } from './report-words.ts';

export interface LinkedGroup {
  /** The researcher's labels of the group. */
  readonly labels: readonly string[];
  readonly records: number;
  readonly linked: number;
}

interface LinkedGroupsProps {
  readonly names: readonly string[];
  readonly groups: readonly LinkedGroup[];
}

/** Who is missing: of each of the researcher's groups the records that found a match, and whether the groups differ in that. */
export default function LinkedGroups({ names, groups }: LinkedGroupsProps) {
  const test = chiSquare(groups.map(({ records, linked }) => [linked, records - linked]));
  return (
    <Stack gap="xs">
      <Title order={4} size="h5">
        Linked and not linked
      </Title>
      <Text c="dimmed">
        Where the groups differ, who was found is not like who was not, and figures of the found may not hold for all.
        Only your side knows this.
      </Text>
      <Table aria-label="Linked and not linked" className="figures" fz="sm" maw={640}>
        <Table.Thead>
          <Table.Tr>
            {[...names, 'Records', 'Linked', 'Not linked', 'Share linked', '95 % interval'].map((head, i) => (
              <Table.Th key={head} scope="col" ta={i < names.length ? 'left' : 'right'}>
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {groups.map(({ labels, records, linked }) => {
            const share = proportionEstimate({ count: records, sum: linked, deviations: undefined });
            return (
              <Table.Tr key={labels.join('\u0000')}>
                {labels.map((label, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: one label a column, and two columns may share a label
                  <Table.Th key={i} scope="row" fw={400}>
                    {label}
                  </Table.Th>
                ))}
                {[
                  numberWords(records),
                  numberWords(linked),
                  numberWords(records - linked),
                  estimateWords(share, false),
                  intervalWords(share),
                ].map((cell, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the cells of a row have fixed places
                  <Table.Td key={i} ta="right">
                    {cell}
                  </Table.Td>
                ))}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      <Text className="figures">Chi-square, linked by group: {testWords(test)}</Text>
    </Stack>
  );
}
