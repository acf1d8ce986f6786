import { Button, Group, Stack, Text } from '@mantine/core';
import { BAND_GOAL, reachesGoal } from '../../keys/band-rule.ts';
import { type Expectation, expectationOf } from '../../keys/expectation.ts';
import { bindingsOf } from '../party/bindings.ts';
import { ERROR_MODEL_WORDS, recallWords } from '../party/plain.ts';
import type { StepProps } from './step-props.ts';

const figure = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

function expectedWords({ recall, lookAlikes }: Expectation): string {
  return `${recallWords(recall)} of the people in both files found, ${figure.format(lookAlikes)} rows of other people met by a row`;
}

/** Owner: what his numbers of bands are expected to do with his file, and which would be enough. */
export function BandAdvice({ party, state }: StepProps) {
  const { design, bandAdvice: advice, rules } = state;
  if (design === undefined || advice === undefined) return null;
  const listEmpty = state.negotiation?.list?.emptyShares;
  const chosen = expectationOf(design, bindingsOf(state), rules.agreeingBands, listEmpty);
  const same = advice.bands === rules.bands && advice.agreeingBands === rules.agreeingBands;
  const goal = `${100 * BAND_GOAL.recall} %`;
  return (
    <Stack gap="xs" role="status">
      {chosen && (
        <Text>
          Expected of {chosen.bands} bands, {chosen.agreeingBands} agreeing: {expectedWords(chosen)}.
        </Text>
      )}
      {!same && (
        <Group gap="md">
          <Text>
            {reachesGoal(advice) ? `Enough for ${goal}` : `Nothing tried reaches ${goal}; nearest`}: {advice.bands}{' '}
            bands, {advice.agreeingBands} agreeing: {expectedWords(advice)}.
          </Text>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => party.setRules({ bands: advice.bands, agreeingBands: advice.agreeingBands })}
          >
            Use {advice.bands} bands
          </Button>
        </Group>
      )}
      <Text size="sm" c="dimmed">
        Assumed: {ERROR_MODEL_WORDS}.
      </Text>
    </Stack>
  );
}
