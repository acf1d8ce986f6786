import { Button, Group, Stack, Text } from '@mantine/core';
import { BAND_GOAL, type BandReason } from '../../keys/band-rule.ts';
import { type Expectation, expectationOf } from '../../keys/expectation.ts';
import { bindingsOf } from '../party/bindings.ts';
import { ERROR_MODEL_WORDS, HARD_MODEL_WORDS, recallWords, strangersWords } from '../party/plain-words.ts';
import type { PartyState } from '../party/state.ts';
import type { StepProps } from './step-props.ts';

function expectedWords({ bands, agreeingBands, recall, hardRecall, lookAlikes }: Expectation): string {
  const found = `${recallWords(recall)} of the people in both files should be found`;
  const hard = `${recallWords(hardRecall)} of those with mistakes in most fields`;
  return `With ${bands} bands, ${agreeingBands} of them agreeing, ${found}, ${hard}. ${strangersWords(lookAlikes)}`;
}

const REASONS: Readonly<Record<BandReason, string>> = {
  goal: `Enough for ${recallWords(BAND_GOAL.recall)}, and for ${recallWords(BAND_GOAL.hardRecall)} of those with mistakes in most fields`,
  best: `More would find hardly anybody else`,
  rows: `More would take too long with so many rows`,
};

/** Owner: in one sentence, what the chosen numbers are expected to find in a file like theirs. */
export function ExpectedLine({ state }: { readonly state: PartyState }) {
  const { design, rules } = state;
  const listEmpty = state.negotiation?.list?.emptyShares;
  const expected = design && expectationOf(design, bindingsOf(state), rules.agreeingBands, listEmpty);
  if (expected === undefined) return null;
  return (
    <Text role="status">
      {recallWords(expected.recall)} of the people in both files should be found, {recallWords(expected.hardRecall)} of
      those with mistakes in most fields. {strangersWords(expected.lookAlikes)}
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
  return (
    <Stack gap="xs" role="status">
      {chosen && <Text>{expectedWords(chosen)}</Text>}
      {same ? (
        <Text>
          {bands} bands, as the page decides from your file{listEmpty ? ' and the list' : ''}. {REASONS[advice.reason]}.
        </Text>
      ) : (
        <Group gap="md">
          <Text>
            {REASONS[advice.reason]}: {expectedWords(advice)}
          </Text>
          <Button
            variant="default"
            size="xs"
            onClick={() => party.setRules({ bands, agreeingBands, bandsByPage: true })}
          >
            Use {bands} bands
          </Button>
        </Group>
      )}
      <Text size="sm" c="dimmed">
        Assumed: {ERROR_MODEL_WORDS}. Mistakes in most fields: {HARD_MODEL_WORDS}. Nothing tells how many your files
        have.
      </Text>
    </Stack>
  );
}
