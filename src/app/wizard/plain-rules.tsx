import { Checkbox, Group } from '@mantine/core';
import { askedNames, ofEachStatistic, STATISTIC_NAMES, STATISTICS } from '../../agreement/statistics.ts';
import { t } from '../../words/translate.ts';
import type { RuleState } from '../party/state.ts';
import { NumberField } from '../ui/number-field.tsx';

interface PlainRulesProps {
  readonly rules: RuleState;
  /** Left out: the rules are shown, not changed. */
  readonly onChange?: ((change: Partial<RuleState>) => void) | undefined;
}

/** The rules that everybody decides on: from which size on a group is released, and what of it. */
export function PlainRules({ rules, onChange }: PlainRulesProps) {
  const readOnly = onChange === undefined;
  return (
    <>
      <NumberField
        label={t('Minimum group size')}
        description={t('Figures over fewer people stay sealed; 2 to 32')}
        value={rules.minimumGroupSize}
        onChange={(minimumGroupSize) => onChange?.({ minimumGroupSize })}
        min={2}
        max={32}
        readOnly={readOnly}
      />
      <Checkbox.Group
        label={t('Statistics')}
        description={t('Released for each group of at least the minimum size')}
        value={[...askedNames(rules.statistics)]}
        onChange={(chosen) => onChange?.({ statistics: ofEachStatistic((name) => chosen.includes(name)) })}
      >
        <Group mt="xs" gap="lg">
          {STATISTIC_NAMES.map((name) => (
            <Checkbox key={name} value={name} label={t(STATISTICS[name].label)} disabled={readOnly} />
          ))}
        </Group>
      </Checkbox.Group>
    </>
  );
}
