import { Button, Group, Slider, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { MatchScores } from '../../agreement/result.ts';
import { t } from '../../words/translate.ts';
import { WeightsView } from './weights-view.tsx';

interface MatchChoiceProps {
  readonly scores: MatchScores;
  onChosen(threshold: number): void;
}

/** The run waits: from which weight up candidates are matches. The agreement bounds it from below: what it excludes is not here. */
export function MatchChoice({ scores, onChosen }: MatchChoiceProps) {
  const { steps, strict } = scores;
  const [threshold, setThreshold] = useState(scores.threshold);
  const [lightest, heaviest] = [steps[0]?.weight, steps.at(-1)?.weight];
  return (
    <Stack gap="md">
      <Title order={3} size="h4">
        {t('Your matches, before the table')}
      </Title>
      <Text>
        {t(
          'The linkage is done, and the table has not been asked for. The data owner sees only that the run waits. Your table is about the matches from the threshold up.',
        )}
      </Text>
      {lightest !== undefined && heaviest !== undefined && lightest < heaviest && (
        <Stack gap="xs">
          <Text fw={600} className="figures">
            {t('Threshold: a weight of {{threshold}}', { threshold })}
          </Text>
          <Slider
            thumbLabel={t('Threshold')}
            label={null}
            min={lightest}
            max={heaviest}
            marks={[lightest, heaviest].map((weight) => ({ value: weight, label: String(weight) }))}
            value={threshold}
            onChange={setThreshold}
            styles={{ markLabel: { color: 'var(--mantine-color-dimmed)' } }}
            mx="md"
            mb="xl"
          />
        </Stack>
      )}
      <WeightsView {...scores} threshold={threshold} />
      <Group>
        <Button onClick={() => onChosen(threshold)}>{t('Ask for the table')}</Button>
        {strict !== undefined && strict > threshold && (
          <Button variant="default" onClick={() => setThreshold(strict)}>
            {t('Take the strict threshold, {{strict}}', { strict })}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
