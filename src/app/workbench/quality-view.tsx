import { Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { bestRow } from '../../quality/linkage-quality.ts';
import { LateChart } from '../ui/late-chart.tsx';
import { Notice } from '../ui/notice.tsx';
import { saveFile } from '../ui/save-file.ts';
import { ScrollTable } from '../ui/scroll-table.tsx';
import { ForeignResult } from './foreign-result.tsx';
import { PairsView } from './pairs-view.tsx';
import { qualityCsv, qualityJson } from './quality-files.ts';
import type { Quality } from './quality-run.ts';

const qualityChart = () => import('./quality-chart.tsx');
const similarityChart = () => import('./similarity-chart.tsx');

const CHART_HEIGHT = 320;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const whole = (value: number) => value.toLocaleString('en');

/** What a measurement found: figures over thresholds, similarities, and the pairs that went wrong. */
export function QualityView({ quality }: { readonly quality: Quality }) {
  const { rows, similarities, linkable, candidates, request } = quality;
  const best = bestRow(rows);
  return (
    <Stack gap="xl">
      <Stack gap="md">
        <Title order={3} size="h4">
          Precision, recall and F1
        </Title>
        <Text role="status" className="figures" maw={760}>
          {whole(linkable)} people are in both files; {whole(candidates)} pairs have a similarity of {request.lowest} or
          more.{' '}
          {best &&
            `Best at threshold ${best.threshold.toFixed(2)}: ${percent(best.precision)} of the links are right (precision), ${percent(best.recall)} of the people are found (recall), F1 ${best.f1.toFixed(4)}.`}
        </Text>
        {best?.threshold === rows[0]?.threshold && best !== undefined && (
          <Notice kind="info">
            The best threshold is the lowest that was looked at. Measure again with a lower one: it may be better still.
          </Notice>
        )}
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          <LateChart load={qualityChart} height={CHART_HEIGHT} chart={{ rows }} />
          <ScrollTable
            label="Quality by threshold"
            heads={['Threshold', 'Links', 'Right', 'Precision', 'Recall', 'F1']}
            figures={[0, 1, 2, 3, 4, 5]}
            maxHeight={CHART_HEIGHT}
            rows={rows.map(({ threshold, found, correct, precision, recall, f1 }) => ({
              key: threshold.toFixed(2),
              cells: [
                threshold.toFixed(2),
                whole(found),
                whole(correct),
                precision.toFixed(4),
                recall.toFixed(4),
                f1.toFixed(4),
              ],
            }))}
          />
        </SimpleGrid>
        <Group>
          <Button onClick={() => saveFile('linkage-quality.csv', 'text/csv', qualityCsv(rows))}>
            Download results as CSV
          </Button>
          <Button
            variant="default"
            onClick={() => saveFile('linkage-quality.json', 'application/json', qualityJson(rows, similarities))}
          >
            Download results as JSON
          </Button>
        </Group>
      </Stack>
      <Stack gap="md">
        <Title order={3} size="h4">
          Similarities
        </Title>
        <Text c="dimmed" maw={760}>
          Where both kinds of pairs overlap, no threshold parts them. Below {request.lowest}, pairs of different people
          are estimated from a sample; the scale of the chart is logarithmic.
        </Text>
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          <LateChart load={similarityChart} height={CHART_HEIGHT} chart={{ bins: similarities }} />
          <ScrollTable
            label="Pairs by similarity"
            heads={['Similarity', 'Same person', 'Different people']}
            figures={[1, 2]}
            maxHeight={CHART_HEIGHT}
            rows={similarities.map(({ from, to, matches, nonMatches }) => ({
              key: from.toFixed(2),
              cells: [`${from.toFixed(2)} to ${to.toFixed(2)}`, whole(matches), whole(nonMatches)],
            }))}
          />
        </SimpleGrid>
      </Stack>
      <PairsView quality={quality} start={best?.threshold ?? request.lowest} />
      <ForeignResult quality={quality} />
    </Stack>
  );
}
