import { Checkbox, Group } from '@mantine/core';
import type { AskedStatistics } from '../../agreement/statistics.ts';
import type { RuleState } from '../party/state.ts';
import { NumberField } from '../ui/number-field.tsx';

const STATISTIC_LABELS: readonly (readonly [keyof AskedStatistics, string])[] = [
  ['count', 'Count'],
  ['mean', 'Mean'],
  ['sum', 'Sum'],
  ['sd', 'Standard deviation'],
];

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
        label="Minimum group size"
        description="Figures over fewer people stay sealed; 2 to 32"
        value={rules.minimumGroupSize}
        onChange={(minimumGroupSize) => onChange?.({ minimumGroupSize })}
        min={2}
        max={32}
        readOnly={readOnly}
      />
      <Checkbox.Group
        label="Statistics"
        description="Released for each group of at least the minimum size"
        value={STATISTIC_LABELS.filter(([key]) => rules.statistics[key]).map(([key]) => key)}
        onChange={(chosen) =>
          onChange?.({
            statistics: {
              count: chosen.includes('count'),
              mean: chosen.includes('mean'),
              sum: chosen.includes('sum'),
              sd: chosen.includes('sd'),
            },
          })
        }
      >
        <Group mt="xs" gap="lg">
          {STATISTIC_LABELS.map(([key, label]) => (
            <Checkbox key={key} value={key} label={label} disabled={readOnly} />
          ))}
        </Group>
      </Checkbox.Group>
    </>
  );
}
