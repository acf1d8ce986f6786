import { Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { HEALTHY, popcountBins, popcountHealth } from '../../clk/popcount-health.ts';
import { fixedWords, numberWords, percentWords, tCounted } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import type { Clks } from './encoding-run.ts';
import { LateChart } from './late-chart.tsx';
import { Notice } from './notice.tsx';
import { ScrollTable } from './scroll-table.tsx';

const popcountChart = () => import('./popcount-chart.tsx');

/** How many bits CLKs have set: figures, a verdict, a histogram and its table. */
export function ClkView({ clks: { popcounts, statistics, length } }: { readonly clks: Clks }) {
  const bins = useMemo(() => popcountBins(popcounts, length), [popcounts, length]);
  const notes = popcountHealth(statistics, length);
  const { count, mean } = statistics;
  return (
    <Stack gap="md">
      <Title order={3} size="h4">
        {t('Bits set in the CLKs')}
      </Title>
      <ClkFigures statistics={statistics} length={length} />
      {notes.map(({ kind, text }) => (
        <Notice key={text} kind={kind}>
          {text}
        </Notice>
      ))}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <LateChart load={popcountChart} height={300} chart={{ bins, mean, length }} />
        <ScrollTable
          label={t('CLKs by bits set')}
          heads={[t('Bits set'), t('CLKs'), t('Share')]}
          figures={[1, 2]}
          maxHeight={300}
          rows={bins.map((bin) => ({
            key: String(bin.from),
            cells: [
              <Group key="bits" gap="xs" wrap="nowrap">
                {bin.from === bin.to ? bin.from : `${bin.from}–${bin.to}`}
                {!bin.healthy && (
                  <Text span size="xs" c="dimmed">
                    {t('outside of healthy')}
                  </Text>
                )}
              </Group>,
              numberWords(bin.clks),
              percentWords(bin.clks / Math.max(1, count)),
            ],
          }))}
        />
      </SimpleGrid>
    </Stack>
  );
}

function ClkFigures({ statistics, length }: Pick<Clks, 'statistics' | 'length'>) {
  const { count, mean, deviation, minimum, maximum } = statistics;
  return (
    <Text className="figures" role="status">
      {tCounted(
        '{{count}} CLK of {{length}} bits: {{mean}} bits set on average, standard deviation {{deviation}}, from {{minimum}} to {{maximum}}.',
        '{{count}} CLKs of {{length}} bits: {{mean}} bits set on average, standard deviation {{deviation}}, from {{minimum}} to {{maximum}}.',
        count,
        { length, mean: fixedWords(mean, 1), deviation: fixedWords(deviation, 1), minimum, maximum },
      )}{' '}
      {t('Healthy is an average from {{low}} to {{high}}.', {
        low: Math.round(HEALTHY.low * length),
        high: Math.round(HEALTHY.high * length),
      })}
    </Text>
  );
}
