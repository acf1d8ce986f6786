import { Stack, Table, Text } from '@mantine/core';
import type { MatchScores, WeightStep } from '../../agreement/result.ts';
import { numberWords, percentWords } from '../../words/format.ts';
import { doubtSentence, thresholdSentence } from '../party/certainty-words.ts';
import { LateChart } from '../ui/late-chart.tsx';
import { Notice } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';

const weightsChart = () => import('./weights-chart.tsx');

/** How the candidates weigh: chart and table, and what the threshold gives. */
export function WeightsView(scores: MatchScores) {
  const { steps, threshold } = scores;
  const step = steps.find(({ weight }) => weight === threshold);
  const doubt = doubtSentence(scores, threshold);
  return (
    <Stack gap="sm">
      {doubt !== undefined && (
        <Notice kind="warning" title="Many of these matches may be wrong">
          {doubt}
        </Notice>
      )}
      <Text className="figures" aria-live="polite">
        {thresholdSentence(step)}
      </Text>
      {steps.length > 0 && (
        <>
          <Text size="sm" c="dimmed">
            The weight says how strongly two records speak for one person. Each point more makes that twice as likely,
            and rare values weigh more than common ones. It is estimated from this run alone, since nobody knows who is
            who. Relatives of people who are not in the data may be taken for them, unless the list has such relatives
            too.
          </Text>
          <LateChart load={weightsChart} height={240} chart={{ steps, threshold }} />
          <WeightsTable steps={steps} />
        </>
      )}
    </Stack>
  );
}

function WeightsTable({ steps }: { readonly steps: readonly WeightStep[] }) {
  return (
    <ScrollRegion label="Candidates by weight" maxHeight={260}>
      <Table className="figures" fz="sm" aria-label="Weights" verticalSpacing={2} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            {['Weight', 'Candidates', 'Matches from here up', 'Right, estimated', 'Found, estimated'].map((head) => (
              <Table.Th key={head} scope="col" ta="right">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {steps.map(({ weight, candidates, matches, precision, recall }) => (
            <Table.Tr key={weight}>
              {[
                weight,
                numberWords(candidates),
                numberWords(matches),
                percentWords(precision),
                percentWords(recall),
              ].map((cell, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the cells of a row have fixed places
                <Table.Td key={i} ta="right">
                  {cell}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}
