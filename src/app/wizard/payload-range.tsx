import { Group, Stack, Text, Title } from '@mantine/core';
import { memo } from 'react';
import type { MissingValues } from '../../agreement/agreement.ts';
import { tCounted } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import type { PayloadState } from '../party/state.ts';
import { NumberField } from '../ui/number-field.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { ProblemList } from './problem-list.tsx';
import type { StepProps } from './step-props.ts';

interface PayloadRangeProps extends Pick<StepProps, 'party'> {
  readonly name: string;
  readonly column: number;
  readonly payload: PayloadState;
  readonly rule: MissingValues;
}

/** What becomes of rows without a value, as the rules have it so far. */
function missingWords(rows: number, rule: MissingValues): string {
  return rule === 'complete-cases'
    ? tCounted(
        '{{count}} row has no value and counts in no figure and in no group of the table. The Rules step can have them counted where they have values.',
        '{{count}} rows have no value and count in no figure and in no group of the table. The Rules step can have them counted where they have values.',
        rows,
      )
    : tCounted(
        '{{count}} row has no value and is left out of its figures, not of others.',
        '{{count}} rows have no value and are left out of its figures, not of others.',
        rows,
      );
}

/** Owner: the declared range and decimals of an averaged column, and what they do to its values. */
export const PayloadRange = memo(function PayloadRange({ name, column, party, payload, rule }: PayloadRangeProps) {
  useLanguage();
  const { minimum, maximum, decimals, problems, missing } = payload;
  return (
    <Stack gap="xs">
      <Title order={3} size="h4">
        {t('Range of {{name}}', { name })}
      </Title>
      <Text c="dimmed">
        {t(
          'The other side sees this range. Values outside it are set to the nearer end; rounder numbers tell less about your data.',
        )}
      </Text>
      <Group align="start">
        <NumberField
          label={t('Minimum of {{name}}', { name })}
          value={minimum}
          onChange={(value) => party.setPayload(column, { minimum: value })}
          step="any"
        />
        <NumberField
          label={t('Maximum of {{name}}', { name })}
          value={maximum}
          onChange={(value) => party.setPayload(column, { maximum: value })}
          error={maximum <= minimum ? t('Must be above the minimum') : undefined}
          step="any"
        />
        <NumberField
          label={t('Decimals of {{name}}', { name })}
          value={decimals}
          onChange={(value) => party.setPayload(column, { decimals: value })}
          min={0}
          max={6}
        />
      </Group>
      <ProblemList
        problems={problems}
        checking={missing === undefined && problems.length === 0 && minimum < maximum}
        none={t('No value is outside this range.')}
      />
      {missing !== undefined && missing > 0 && <Text className="figures">{missingWords(missing, rule)}</Text>}
    </Stack>
  );
});
