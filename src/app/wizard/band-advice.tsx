import { Button, Group, Stack, Text } from '@mantine/core';
import { BAND_GOAL, type BandReason } from '../../keys/band-rule.ts';
import { type Expectation, expectationOf } from '../../keys/expectation.ts';
import { t } from '../../words/translate.ts';
import { bindingsOf } from '../party/bindings.ts';
import { errorModelWords, hardModelWords, recallWords, strangersWords } from '../party/plain-words.ts';
import type { PartyState } from '../party/state.ts';
import type { StepProps } from './step-props.ts';

function expectedWords({ bands, agreeingBands, recall, hardRecall, lookAlikes }: Expectation): string {
  const found = t(
    'With {{bands}} bands, {{agreeing}} of them agreeing, {{recall}} of the people in both files should be found, {{hardRecall}} of those with mistakes in most fields.',
    { bands, agreeing: agreeingBands, recall: recallWords(recall), hardRecall: recallWords(hardRecall) },
  );
  return `${found} ${strangersWords(lookAlikes)}`;
}

const REASONS: Readonly<Record<BandReason, () => string>> = {
  goal: () =>
    t('Enough for {{recall}}, and for {{hardRecall}} of those with mistakes in most fields', {
      recall: recallWords(BAND_GOAL.recall),
      hardRecall: recallWords(BAND_GOAL.hardRecall),
    }),
  best: () => t('More would find hardly anybody else'),
  rows: () => t('More would take too long with so many rows'),
};

/** Owner: in one sentence, what the chosen numbers are expected to find in a file like theirs. */
export function ExpectedLine({ state }: { readonly state: PartyState }) {
  const { design, rules } = state;
  const listEmpty = state.negotiation?.list?.emptyShares;
  const expected = design && expectationOf(design, bindingsOf(state), rules.agreeingBands, listEmpty);
  if (expected === undefined) return null;
  return (
    <Text role="status">
      {t(
        '{{recall}} of the people in both files should be found, {{hardRecall}} of those with mistakes in most fields.',
        { recall: recallWords(expected.recall), hardRecall: recallWords(expected.hardRecall) },
      )}{' '}
      {strangersWords(expected.lookAlikes)}
    </Text>
  );
}

/** Owner: what the numbers of bands are expected to do with this file, how many the page decides on, and why. */
export function BandAdvice({ party, state }: StepProps) {
  const { design, bandAdvice: advice, rules } = state;
  if (design === undefined || advice === undefined) return null;
  const listEmpty = state.negotiation?.list?.emptyShares;
  const chosen = expectationOf(design, bindingsOf(state), rules.agreeingBands, listEmpty);
  const same = advice.bands === rules.bands && advice.agreeingBands === rules.agreeingBands;
  const { bands, agreeingBands } = advice;
  const reason = REASONS[advice.reason]();
  return (
    <Stack gap="xs" role="status">
      {chosen && <Text>{expectedWords(chosen)}</Text>}
      {same ? (
        <Text>
          {listEmpty
            ? t('{{bands}} bands, as the page decides from your file and the list. {{reason}}.', { bands, reason })
            : t('{{bands}} bands, as the page decides from your file. {{reason}}.', { bands, reason })}
        </Text>
      ) : (
        <Group gap="md">
          <Text>
            {reason}: {expectedWords(advice)}
          </Text>
          <Button
            variant="default"
            size="xs"
            onClick={() => party.setRules({ bands, agreeingBands, bandsByPage: true })}
          >
            {t('Use {{bands}} bands', { bands })}
          </Button>
        </Group>
      )}
      <Text size="sm" c="dimmed">
        {t('Assumed: {{assumed}}. Mistakes in most fields: {{hard}}. Nothing tells how many your files have.', {
          assumed: errorModelWords(),
          hard: hardModelWords(),
        })}
      </Text>
    </Stack>
  );
}
