import { Checkbox, Group, NativeSelect, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { type AskedStatistics, MISSING_VALUES, type MissingValues, ROUNDING_BASES } from '../../agreement/agreement.ts';
import { KEY_SOURCES, type KeySource } from '../../agreement/match-field.ts';
import { LedgerPanel } from '../ledger/ledger-panel.tsx';
import { LimitForm } from '../ledger/limit-form.tsx';
import { countMargin } from '../party/plain.ts';
import { type PartyState, PROTECTIONS, type Protection, type RuleState } from '../party/state.ts';
import { protectionOf } from '../party/terms.ts';
import { NumberField } from '../ui/number-field.tsx';
import { BandAdvice } from './band-advice.tsx';
import { ChanceView } from './chance-view.tsx';
import { valuesOfDesign } from './match-chance.ts';
import type { StepProps } from './step-props.ts';

const SOURCE_LABELS: Readonly<Record<KeySource, string>> = {
  minhash: 'MinHash bands',
  'p-sig': 'p-sig',
  'lambda-fold': 'lambda-fold',
};

const PROTECTION_LABELS: Readonly<Record<Protection, string>> = {
  exact: 'Exact',
  noise: 'With noise',
  rounding: 'Rounded',
};

const MISSING_LABELS: Readonly<Record<MissingValues, string>> = {
  'complete-cases': 'Complete cases',
  'each-column': 'Each column by itself',
};

const STATISTIC_LABELS: readonly (readonly [keyof AskedStatistics, string])[] = [
  ['count', 'Count'],
  ['mean', 'Mean'],
  ['sum', 'Sum'],
  ['sd', 'Standard deviation'],
];

/** Step 3: what is released and how strictly records are matched. The owner decides, the researcher reads. */
export function RulesStep({ party, state }: StepProps) {
  const terms = state.negotiation?.terms;
  if (state.role === 'owner') {
    return (
      <Stack gap="lg">
        <Text c="dimmed">You decide the rules. The researcher sees them before anything runs, and may decline.</Text>
        <RuleFields
          rules={state.rules}
          onChange={(change) => party.setRules(change)}
          figuresNote={<NoisePreview state={state} />}
          bandsNote={<BandAdvice party={party} state={state} />}
        />
        <LedgerPanel party={party} state={state} />
        {state.ledger?.kind === 'ready' && <LimitForm party={party} limit={state.ledger.standing.limit} />}
        {state.design === undefined ? (
          <Text role="status" c="dimmed">
            The chart of the chance of a match appears when your file has been measured.
          </Text>
        ) : (
          <ChanceView values={valuesOfDesign(state.design)} agreeing={state.rules.agreeingBands} />
        )}
      </Stack>
    );
  }
  if (terms === undefined) {
    return (
      <Text>
        The data owner sets the rules: the minimum group size, which statistics are released, and how strictly records
        are matched. You will see them here and in the agreement, and may decline. Go on to meet the data owner.
      </Text>
    );
  }
  const { minimumGroupSize, agreeingBands, statistics, keys, perturbation, missingValues = 'complete-cases' } = terms;
  return (
    <Stack gap="lg">
      <Text c="dimmed">The data owner has set these rules. If they do not suit you, decline the agreement.</Text>
      <RuleFields
        rules={{
          minimumGroupSize,
          agreeingBands,
          statistics,
          keys: keys.source,
          bandsByPage: false,
          bands: keys.bands.length,
          missingValues,
          ...protectionOf(perturbation),
        }}
      />
      <ChanceView values={valuesOfDesign(keys)} agreeing={agreeingBands} />
    </Stack>
  );
}

/** What the chosen epsilon does to a count of this table. */
function NoisePreview({ state }: { readonly state: PartyState }) {
  const margin = countMargin(state);
  if (margin === undefined) return null;
  return (
    <Text role="status">
      With this epsilon and these columns, 95 times in 100 a count is within {margin} of the true one. The agreement
      says the same of sums.
    </Text>
  );
}

interface RuleFieldsProps {
  readonly rules: RuleState;
  /** Left out: the rules are shown, not changed. */
  onChange?: (change: Partial<RuleState>) => void;
  /** What the choice of released figures means here. */
  readonly figuresNote?: ReactNode;
  /** What the chosen bands are expected to do. */
  readonly bandsNote?: ReactNode;
}

function RuleFields({ rules, onChange, figuresNote, bandsNote }: RuleFieldsProps) {
  const readOnly = onChange === undefined;
  return (
    <Stack gap="lg">
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
      <NativeSelect
        label="Missing values"
        description="A row that lacks one of the columns to average counts in no figure, or in those of its other columns"
        value={rules.missingValues}
        data={MISSING_VALUES.map((value) => ({ value, label: MISSING_LABELS[value] }))}
        onChange={({ currentTarget: { value } }) => {
          const missingValues = MISSING_VALUES.find((known) => known === value);
          if (missingValues) onChange?.({ missingValues });
        }}
        disabled={readOnly}
        w="fit-content"
      />
      <Group align="start" gap="lg">
        <NativeSelect
          label="Released figures"
          description="Noise protects where tables are compared. Rounding protects what is published."
          value={rules.protection}
          data={PROTECTIONS.map((value) => ({ value, label: PROTECTION_LABELS[value] }))}
          onChange={({ currentTarget: { value } }) => {
            const protection = PROTECTIONS.find((known) => known === value);
            if (protection) onChange?.({ protection });
          }}
          disabled={readOnly}
        />
        {rules.protection === 'rounding' && (
          <NativeSelect
            label="Rounding base"
            description="Counts become multiples of it"
            value={String(rules.roundingBase)}
            data={ROUNDING_BASES.map(String)}
            onChange={({ currentTarget: { value } }) => {
              const roundingBase = ROUNDING_BASES.find((base) => String(base) === value);
              if (roundingBase) onChange?.({ roundingBase });
            }}
            disabled={readOnly}
          />
        )}
        {rules.protection === 'noise' && (
          <NumberField
            label="Epsilon"
            description="From 0.01 to 20. Smaller protects more and blurs more"
            value={rules.epsilon}
            onChange={(epsilon) => onChange?.({ epsilon })}
            min={0.01}
            max={20}
            step="any"
            readOnly={readOnly}
          />
        )}
      </Group>
      {figuresNote}
      <Group align="start" gap="lg">
        <NativeSelect
          label="Matching keys"
          description="How likeness is found; the first suits most files"
          value={rules.keys}
          data={KEY_SOURCES.map((value) => ({ value, label: SOURCE_LABELS[value] }))}
          onChange={({ currentTarget: { value } }) => {
            const keys = KEY_SOURCES.find((k) => k === value);
            if (keys) onChange?.({ keys });
          }}
          disabled={readOnly}
        />
        <NumberField
          label="Bands"
          description="Parts of a row that are compared. More find more matches and take longer"
          value={rules.bands}
          onChange={(bands) => onChange?.({ bands, bandsByPage: false })}
          min={2}
          max={256}
          readOnly={readOnly}
        />
        <NumberField
          label="Agreeing bands"
          description="So many parts must be the same. More make matches stricter"
          value={rules.agreeingBands}
          onChange={(agreeingBands) => onChange?.({ agreeingBands, bandsByPage: false })}
          min={2}
          max={256}
          readOnly={readOnly}
        />
      </Group>
      {bandsNote}
    </Stack>
  );
}
