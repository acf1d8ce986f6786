import { Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { bestRow } from '../../quality/linkage-quality.ts';
import { fixedWords, numberWords, percentWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
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

/** What a measurement found: figures over thresholds, similarities, and the pairs that went wrong. */
export function QualityView({ quality }: { readonly quality: Quality }) {
  const best = bestRow(quality.rows);
  return (
    <Stack gap="xl">
      <ByThreshold quality={quality} best={best} />
      <Similarities quality={quality} />
      <PairsView quality={quality} start={best?.threshold ?? quality.request.lowest} />
      <ForeignResult quality={quality} />
    </Stack>
  );
}

interface ByThresholdProps {
  readonly quality: Quality;
  readonly best: ReturnType<typeof bestRow>;
}

function ByThreshold({ quality, best }: ByThresholdProps) {
  const { rows, similarities, linkable, candidates, request } = quality;
  return (
    <Stack gap="md">
      <Title order={3} size="h4">
        {t('Precision, recall and F1')}
      </Title>
      <Text role="status" className="figures" maw={760}>
        {t('{{people}} people are in both files; {{pairs}} pairs have a similarity of {{lowest}} or more.', {
          people: numberWords(linkable),
          pairs: numberWords(candidates),
          lowest: numberWords(request.lowest),
        })}{' '}
        {best &&
          t(
            'Best at threshold {{threshold}}: {{precision}} of the links are right (precision), {{recall}} of the people are found (recall), F1 {{f1}}.',
            {
              threshold: fixedWords(best.threshold, 2),
              precision: percentWords(best.precision),
              recall: percentWords(best.recall),
              f1: fixedWords(best.f1, 4),
            },
          )}
      </Text>
      {best?.threshold === rows[0]?.threshold && best !== undefined && (
        <Notice kind="info">
          {t(
            'The best threshold is the lowest that was looked at. Measure again with a lower one: it may be better still.',
          )}
        </Notice>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <LateChart load={qualityChart} height={CHART_HEIGHT} chart={{ rows }} />
        <QualityTable rows={rows} />
      </SimpleGrid>
      <Group>
        <Button onClick={() => saveFile('linkage-quality.csv', 'text/csv', qualityCsv(rows))}>
          {t('Download results as CSV')}
        </Button>
        <Button
          variant="default"
          onClick={() => saveFile('linkage-quality.json', 'application/json', qualityJson(rows, similarities))}
        >
          {t('Download results as JSON')}
        </Button>
      </Group>
    </Stack>
  );
}

function QualityTable({ rows }: Pick<Quality, 'rows'>) {
  return (
    <ScrollTable
      label={t('Quality by threshold')}
      heads={[t('Threshold'), t('Links'), t('Right'), t('Precision'), t('Recall'), 'F1']}
      figures={[0, 1, 2, 3, 4, 5]}
      maxHeight={CHART_HEIGHT}
      rows={rows.map(({ threshold, found, correct, precision, recall, f1 }) => ({
        key: fixedWords(threshold, 2),
        cells: [
          fixedWords(threshold, 2),
          numberWords(found),
          numberWords(correct),
          fixedWords(precision, 4),
          fixedWords(recall, 4),
          fixedWords(f1, 4),
        ],
      }))}
    />
  );
}

function Similarities({ quality: { similarities, request } }: { readonly quality: Quality }) {
  return (
    <Stack gap="md">
      <Title order={3} size="h4">
        {t('Similarities')}
      </Title>
      <Text c="dimmed" maw={760}>
        {t(
          'Where both kinds of pairs overlap, no threshold separates them. Below {{lowest}}, pairs of different people are estimated from a sample; the scale of the chart is logarithmic.',
          { lowest: numberWords(request.lowest) },
        )}
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <LateChart load={similarityChart} height={CHART_HEIGHT} chart={{ bins: similarities }} />
        <ScrollTable
          label={t('Pairs by similarity')}
          heads={[t('Similarity'), t('Same person'), t('Different people')]}
          figures={[1, 2]}
          maxHeight={CHART_HEIGHT}
          rows={similarities.map(({ from, to, matches, nonMatches }) => ({
            key: fixedWords(from, 2),
            cells: [
              t('{{from}} to {{to}}', { from: fixedWords(from, 2), to: fixedWords(to, 2) }),
              numberWords(matches),
              numberWords(nonMatches),
            ],
          }))}
        />
      </SimpleGrid>
    </Stack>
  );
}
