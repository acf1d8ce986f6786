import { Group, NativeSelect, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { MISSING_VALUES, type MissingValues, ROUNDING_BASES } from '../../agreement/agreement.ts';
import { KEY_SOURCES, type KeySource } from '../../agreement/match-field.ts';
import { message, t } from '../../words/translate.ts';
import { TermsHere } from '../help/term-list.tsx';
import { PROTECTIONS, type Protection, type RuleState } from '../party/state.ts';
import { Fold } from '../ui/fold.tsx';
import { NumberField } from '../ui/number-field.tsx';

const SOURCE_LABELS = {
  minhash: message('MinHash bands'),
  'p-sig': message('p-sig'),
  'lambda-fold': message('lambda-fold'),
} as const satisfies Readonly<Record<KeySource, string>>;

const PROTECTION_LABELS = {
  exact: message('Exact'),
  noise: message('With noise'),
  rounding: message('Rounded'),
} as const satisfies Readonly<Record<Protection, string>>;

const MISSING_LABELS = {
  'complete-cases': message('Complete cases'),
  'each-column': message('Each column by itself'),
} as const satisfies Readonly<Record<MissingValues, string>>;

const TERMS = [
  'complete-cases',
  'noise',
  'epsilon',
  'rounding',
  'minhash',
  'p-sig',
  'lambda-fold',
  'band',
  'agreeing',
] as const;

interface ExpertRulesProps {
  readonly rules: RuleState;
  /** Left out: the rules are shown, not changed. */
  readonly onChange?: ((change: Partial<RuleState>) => void) | undefined;
  /** What the choice of released figures means here. */
  readonly figuresNote?: ReactNode;
  /** What the chosen bands are expected to do. */
  readonly bandsNote?: ReactNode;
}

/** The rules that have a default for everybody, and what their words mean. */
export function ExpertRules({ rules, onChange, figuresNote, bandsNote }: ExpertRulesProps) {
  return (
    <Fold title={t('Expert settings')} order={3}>
      <Stack gap="lg">
        <NativeSelect
          label={t('Missing values')}
          description={t(
            'A row that lacks one of the columns to average counts in no figure, or in those of its other columns',
          )}
          value={rules.missingValues}
          data={MISSING_VALUES.map((value) => ({ value, label: t(MISSING_LABELS[value]) }))}
          onChange={({ currentTarget: { value } }) => {
            const missingValues = MISSING_VALUES.find((known) => known === value);
            if (missingValues) onChange?.({ missingValues });
          }}
          disabled={onChange === undefined}
          w="fit-content"
        />
        <ProtectionFields rules={rules} onChange={onChange} />
        {figuresNote}
        <BandFields rules={rules} onChange={onChange} />
        {bandsNote}
        <TermsHere terms={TERMS} />
      </Stack>
    </Fold>
  );
}

type RuleProps = Pick<ExpertRulesProps, 'rules' | 'onChange'>;

function ProtectionFields({ rules, onChange }: RuleProps) {
  const readOnly = onChange === undefined;
  return (
    <Group align="start" gap="lg">
      <NativeSelect
        label={t('Released figures')}
        description={t('Noise protects where tables are compared. Rounding protects what is published.')}
        value={rules.protection}
        data={PROTECTIONS.map((value) => ({ value, label: t(PROTECTION_LABELS[value]) }))}
        onChange={({ currentTarget: { value } }) => {
          const protection = PROTECTIONS.find((known) => known === value);
          if (protection) onChange?.({ protection });
        }}
        disabled={readOnly}
      />
      {rules.protection === 'rounding' && (
        <NativeSelect
          label={t('Rounding base')}
          description={t('Counts become multiples of it')}
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
          label={t('Epsilon')}
          description={t('From 0.01 to 20. Smaller protects more and blurs more')}
          value={rules.epsilon}
          onChange={(epsilon) => onChange?.({ epsilon })}
          min={0.01}
          max={20}
          step="any"
          readOnly={readOnly}
        />
      )}
    </Group>
  );
}

function BandFields({ rules, onChange }: RuleProps) {
  const readOnly = onChange === undefined;
  return (
    <Group align="start" gap="lg">
      <NativeSelect
        label={t('Matching keys')}
        description={t('How likeness is found; the first suits most files')}
        value={rules.keys}
        data={KEY_SOURCES.map((value) => ({ value, label: t(SOURCE_LABELS[value]) }))}
        onChange={({ currentTarget: { value } }) => {
          const keys = KEY_SOURCES.find((k) => k === value);
          if (keys) onChange?.({ keys });
        }}
        disabled={readOnly}
      />
      <NumberField
        label={t('Bands')}
        description={t('Parts of a row that are compared. More find more matches and take longer')}
        value={rules.bands}
        onChange={(bands) => onChange?.({ bands, bandsByPage: false })}
        min={2}
        max={256}
        readOnly={readOnly}
      />
      <NumberField
        label={t('Agreeing bands')}
        description={t('So many parts must be the same. More make matches stricter')}
        value={rules.agreeingBands}
        onChange={(agreeingBands) => onChange?.({ agreeingBands, bandsByPage: false })}
        min={2}
        max={256}
        readOnly={readOnly}
      />
    </Group>
  );
}
