import { Stack, Text } from '@mantine/core';
import type { MatchScores, WeightStep } from '../../agreement/result.ts';
import { numberWords, percentWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { doubtSentence, thresholdSentence } from '../party/certainty-words.ts';
import { LateChart } from '../ui/late-chart.tsx';
import { Notice } from '../ui/notice.tsx';
import { ScrollTable } from '../ui/scroll-table.tsx';

const weightsChart = () => import('./weights-chart.tsx');

/** How the candidates weigh: chart and table, and what the threshold gives. */
export function WeightsView(scores: MatchScores) {
  const { steps, threshold } = scores;
  const step = steps.find(({ weight }) => weight === threshold);
  const doubt = doubtSentence(scores, threshold);
  return (
    <Stack gap="sm">
      {doubt !== undefined && (
        <Notice kind="warning" title={t('Many of these matches may be wrong')}>
          {doubt}
        </Notice>
      )}
      <Text className="figures" aria-live="polite">
        {thresholdSentence(step)}
      </Text>
      {steps.length > 0 && (
        <>
          <Text size="sm" c="dimmed">
            {t(
              'The weight says how strongly two records speak for one person. Each point more makes that twice as likely, and rare values weigh more than common ones. It is estimated from this run alone, since nobody knows who is who. Relatives of people who are not in the data may be taken for them, unless the list has such relatives too.',
            )}
          </Text>
          <LateChart load={weightsChart} height={240} chart={{ steps, threshold }} />
          <WeightsTable steps={steps.filter(({ weight, candidates }) => candidates > 0 || weight === threshold)} />
        </>
      )}
    </Stack>
  );
}

/** Weights that no candidate has would say the same as the next. */
function WeightsTable({ steps }: { readonly steps: readonly WeightStep[] }) {
  return (
    <ScrollTable
      label={t('Weights')}
      heads={[t('Weight'), t('Candidates'), t('Matches from here up'), t('Right, estimated'), t('Found, estimated')]}
      figures={[0, 1, 2, 3, 4]}
      maxHeight={260}
      rows={steps.map(({ weight, candidates, matches, precision, recall }) => ({
        key: String(weight),
        cells: [weight, numberWords(candidates), numberWords(matches), percentWords(precision), percentWords(recall)],
      }))}
    />
  );
}
