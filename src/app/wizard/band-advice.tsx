import { Button, Group, Stack, Text } from '@mantine/core';
import { BAND_GOAL, reachesGoal } from '../../keys/band-rule.ts';
import { type Expectation, expectationOf } from '../../keys/expectation.ts';
import { bindingsOf } from '../party/bindings.ts';
import { ERROR_MODEL_WORDS, recallWords } from '../party/plain.ts';
import type { StepProps } from './step-props.ts';

const figure = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

function expectedWords({ bands, agreeingBands, recall, lookAlikes }: Expectation): string {
  const found = `${recallWords(recall)} of the people in both files should be found`;
  return `With ${bands} bands, ${agreeingBands} of them agreeing, ${found}; a row meets ${figure.format(lookAlikes)} rows of other people on average.`;
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
      {chosen && <Text>{expectedWords(chosen)}</Text>}
      {!same && (
        <Group gap="md">
          <Text>
            {reachesGoal(advice) ? `Enough for ${goal}:` : `No number that was tried finds ${goal}; nearest:`}{' '}
            {expectedWords(advice)}
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
