import { Stack, Text } from '@mantine/core';
import type { Terms } from '../../agreement/agreement.ts';
import { t } from '../../words/translate.ts';
import { LedgerPanel } from '../ledger/ledger-panel.tsx';
import { LimitForm } from '../ledger/limit-form.tsx';
import { countMargin } from '../party/plain.ts';
import type { PartyState, RuleState } from '../party/state.ts';
import { protectionOf } from '../party/terms.ts';
import { BandAdvice, ExpectedLine } from './band-advice.tsx';
import { ChanceView } from './chance-view.tsx';
import { ExpertRules } from './expert-rules.tsx';
import { FewValuesNotice } from './few-values-notice.tsx';
import { valuesOfDesign } from './match-chance.ts';
import { PlainRules } from './plain-rules.tsx';
import type { StepProps } from './step-props.ts';
import { ThoroughnessChoice } from './thoroughness.tsx';

/** Step 3: what is released and how strictly records are matched. The owner decides, the researcher reads. */
export function RulesStep({ party, state }: StepProps) {
  const terms = state.negotiation?.terms;
  if (state.role === 'owner') {
    const change = (rules: Partial<RuleState>) => party.setRules(rules);
    return (
      <Stack gap="lg">
        <Text c="dimmed">
          {t('You decide the rules. The researcher sees them before anything runs, and may decline.')}
        </Text>
        <PlainRules rules={state.rules} onChange={change} />
        <FewValuesNotice state={state} />
        <ThoroughnessChoice rules={state.rules} advice={state.bandAdvice} onChange={change} />
        <ExpectedLine state={state} />
        <LedgerPanel party={party} state={state} />
        {state.ledger?.kind === 'ready' && <LimitForm party={party} limit={state.ledger.standing.limit} />}
        <ExpertRules
          rules={state.rules}
          onChange={change}
          figuresNote={<NoisePreview state={state} />}
          bandsNote={
            <>
              <BandAdvice party={party} state={state} />
              <OwnChance state={state} />
            </>
          }
        />
      </Stack>
    );
  }
  if (terms === undefined) {
    return (
      <Text>
        {t(
          'The data owner sets the rules: the minimum group size, which statistics are released, and how strictly records are matched. You will see them here and in the agreement, and may decline. Go on to meet the data owner.',
        )}
      </Text>
    );
  }
  const rules = rulesOfTerms(terms);
  return (
    <Stack gap="lg">
      <Text c="dimmed">{t('The data owner has set these rules. If they do not suit you, decline the agreement.')}</Text>
      <PlainRules rules={rules} />
      <ExpertRules
        rules={rules}
        bandsNote={<ChanceView values={valuesOfDesign(terms.keys)} agreeing={terms.agreeingBands} />}
      />
    </Stack>
  );
}

function rulesOfTerms({
  minimumGroupSize,
  agreeingBands,
  statistics,
  keys,
  perturbation,
  missingValues,
}: Terms): RuleState {
  return {
    minimumGroupSize,
    agreeingBands,
    statistics,
    keys: keys.source,
    bandsByPage: false,
    bands: keys.bands.length,
    missingValues: missingValues ?? 'complete-cases',
    ...protectionOf(perturbation),
  };
}

/** The chart for the owner's own file. */
function OwnChance({ state: { design, rules } }: { readonly state: PartyState }) {
  return design === undefined ? (
    <Text role="status" c="dimmed">
      {t('The chart of the chance of a match appears when your file has been measured.')}
    </Text>
  ) : (
    <ChanceView values={valuesOfDesign(design)} agreeing={rules.agreeingBands} />
  );
}

/** What the chosen epsilon does to a count of this table. */
function NoisePreview({ state }: { readonly state: PartyState }) {
  const margin = countMargin(state);
  if (margin === undefined) return null;
  return (
    <Text role="status">
      {t(
        'With this epsilon and these columns, 95 times in 100 a count is within {{margin}} of the true one. The agreement says the same of sums.',
        { margin },
      )}
    </Text>
  );
}
