import { Radio, Stack } from '@mantine/core';
import type { BandSuggestion } from '../../keys/band-rule.ts';
import { message, t } from '../../words/translate.ts';
import type { RuleState } from '../party/state.ts';

/** How many bands each choice takes; undefined: as many as the page decides from the file. */
const BANDS = { thorough: undefined, balanced: 32, quick: 16 } as const;
type Thoroughness = keyof typeof BANDS;

/** In how many of them records must agree, with the fewer bands. */
const AGREEING = 2;

const CHOICES = [
  {
    value: 'thorough',
    label: message('Thorough'),
    description: message('As many comparisons as your file needs. Takes longest'),
  },
  {
    value: 'balanced',
    label: message('Balanced'),
    description: message('Misses some people whose records have several mistakes'),
  },
  {
    value: 'quick',
    label: message('Quick'),
    description: message('For a first look, or for files with hardly any mistakes'),
  },
] as const satisfies readonly { value: Thoroughness; label: string; description: string }[];

/** Never more than the page would take. */
const fewer = (bands: number, advice: BandSuggestion | undefined) => Math.min(bands, advice?.bands ?? bands);

/** The choice that these rules are; undefined where the numbers were set by hand. */
export function thoroughnessOf(
  { bandsByPage, bands, agreeingBands }: RuleState,
  advice: BandSuggestion | undefined,
): Thoroughness | undefined {
  if (bandsByPage) return 'thorough';
  if (agreeingBands !== AGREEING) return undefined;
  return CHOICES.find(({ value }) => {
    const most = BANDS[value];
    return most !== undefined && fewer(most, advice) === bands;
  })?.value;
}

/** What a choice changes about the rules. */
export function rulesOf(choice: Thoroughness, advice: BandSuggestion | undefined): Partial<RuleState> {
  const most = BANDS[choice];
  if (most !== undefined) return { bands: fewer(most, advice), agreeingBands: AGREEING, bandsByPage: false };
  const { bands, agreeingBands } = advice ?? {};
  return { bandsByPage: true, ...(bands && agreeingBands && { bands, agreeingBands }) };
}

interface ThoroughnessChoiceProps {
  readonly rules: RuleState;
  /** What the page would take; undefined while it is being found out. */
  readonly advice: BandSuggestion | undefined;
  onChange(change: Partial<RuleState>): void;
}

/** The one question about matching that everybody is asked; its numbers are under the expert settings. */
export function ThoroughnessChoice({ rules, advice, onChange }: ThoroughnessChoiceProps) {
  const chosen = thoroughnessOf(rules, advice);
  return (
    <Radio.Group
      label={t('How thoroughly to look for people')}
      description={chosen === undefined ? t('Set by numbers of your own, under “Expert settings”') : undefined}
      value={chosen ?? ''}
      onChange={(value) => {
        const choice = CHOICES.find((known) => known.value === value);
        if (choice) onChange(rulesOf(choice.value, advice));
      }}
    >
      <Stack gap="xs" mt="xs">
        {CHOICES.map(({ value, label, description }) => (
          <Radio key={value} value={value} label={t(label)} description={t(description)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
