import { Button, List, Stack, Text, Title } from '@mantine/core';
import type { OwnerOutcome } from '../../agreement/result.ts';
import { listWords, noiseSentences, statisticsWords } from '../party/plain.ts';
import { agreementJson, saveFile } from './result-files.ts';

/** What the owner ends with: that it ran, and what was released in kind, for he learns no number. */
export function OwnerOutcomeView({ outcome }: { readonly outcome: OwnerOutcome }) {
  const { groups, payloads, statistics, minimumGroupSize, keys } = outcome.agreement.terms;
  const leftOutRows = outcome.leftOut.capped + outcome.leftOut.overflowed;
  const by = groups.length === 0 ? 'for everybody who matched' : `by ${listWords(groups.map((g) => `“${g.name}”`))}`;
  const of = payloads.length === 0 ? '' : ` of ${listWords(payloads.map((p) => `“${p.name}”`))}`;
  return (
    <Stack align="start">
      <Title order={3} size="h4">
        Finished
      </Title>
      <List spacing={4}>
        <List.Item>
          The researcher now has {statisticsWords(statistics)}
          {of}, {by}, wherever at least {minimumGroupSize} people matched.
        </List.Item>
        {noiseSentences(outcome.agreement)
          .slice(0, 1)
          .map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        <List.Item>
          You do not learn any of these numbers, nor which rows matched, nor whether a group reached the minimum.
        </List.Item>
        {leftOutRows > 0 && (
          <List.Item>
            {leftOutRows.toLocaleString('en')} times a row was left out of one of the {keys.bands.length} bands, because
            too many rows looked alike there. Each still took part in the other bands.
          </List.Item>
        )}
        <List.Item style={{ overflowWrap: 'anywhere' }}>
          Agreement {outcome.agreementHash}, released {new Date(outcome.finishedAt).toLocaleString()}.
        </List.Item>
      </List>
      <Text>Keep the agreement for your records.</Text>
      <Button
        variant="default"
        onClick={() => saveFile('blindjoin-agreement.json', 'application/json', agreementJson(outcome))}
      >
        Download agreement
      </Button>
    </Stack>
  );
}
