import { Button, Group, List, Stack, Text, Title } from '@mantine/core';
import type { LeftOut, OwnerOutcome } from '../../agreement/result.ts';
import { dateWords, fixedWords, numberWords } from '../../words/format.ts';
import { DownloadLedger } from '../ledger/ledger-panel.tsx';
import { runWords, standingSentences } from '../party/ledger-words.ts';
import type { Party } from '../party/party.ts';
import { perturbationSentences } from '../party/plain.ts';
import { listWords, statisticsWords } from '../party/plain-words.ts';
import type { LedgerState } from '../party/state.ts';
import { studySentences } from '../party/study-words.ts';
import { Notice } from '../ui/notice.tsx';
import { saveFile } from '../ui/save-file.ts';
import { AgreementDetails } from './agreement-text.tsx';
import { agreementJson } from './result-files.ts';

interface OwnerOutcomeProps {
  readonly outcome: OwnerOutcome;
  /** Right after the run; left out where it is looked at later. */
  readonly live?: { readonly party: Party; readonly ledger: LedgerState | undefined };
}

/** What the owner ends with: that it ran, and what was released in kind, for they learn no number. */
export function OwnerOutcomeView({ outcome, live }: OwnerOutcomeProps) {
  const { groups, payloads, statistics, minimumGroupSize, keys } = outcome.agreement.terms;
  const by = groups.length === 0 ? 'for everybody who matched' : `by ${listWords(groups.map((g) => `“${g.name}”`))}`;
  const of = payloads.length === 0 ? '' : ` of ${listWords(payloads.map((p) => `“${p.name}”`))}`;
  return (
    <Stack align="start">
      <Title order={3} size="h4">
        Finished
      </Title>
      <List spacing={4}>
        {studySentences(outcome.agreement).map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
        <List.Item>
          The researcher now has {statisticsWords(statistics)}
          {of}, {by}, wherever at least {minimumGroupSize} people matched.
        </List.Item>
        {perturbationSentences(outcome.agreement)
          .slice(0, 1)
          .map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        <List.Item>
          You do not learn any of these numbers, nor which rows matched, nor whether a group reached the minimum.
        </List.Item>
        <List.Item style={{ overflowWrap: 'anywhere' }}>
          Agreement {outcome.agreementHash}, released {dateWords(outcome.finishedAt)}.
        </List.Item>
      </List>
      <LeftOutDetails sentences={leftOutSentences(outcome.leftOut, outcome.records, keys.bands.length)} />
      {live && <LedgerEntryOf agreementHash={outcome.agreementHash} ledger={live.ledger} />}
      <AgreementDetails agreement={outcome.agreement} hash={outcome.agreementHash} />
      <Text className="not-printed">Keep the agreement for your records.</Text>
      <Group>
        <Button
          variant="default"
          onClick={() => saveFile('blindjoin-agreement.json', 'application/json', agreementJson(outcome))}
        >
          Download agreement
        </Button>
        {live && <DownloadLedger party={live.party} />}
      </Group>
    </Stack>
  );
}

/** Of interest to who tunes a run: every row still took part in other bands. */
function LeftOutDetails({ sentences }: { readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <details>
      <summary>Rows that were left out of some comparisons</summary>
      <List spacing={4} mt="xs">
        {sentences.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
      <Text mt="xs">
        Every one of these rows took part in its other bands. A few in a thousand cost hardly a match.
      </Text>
    </details>
  );
}

/** `rows`: of the data. */
export function leftOutSentences({ capped, overflowed }: LeftOut, rows: number, bands: number): string[] {
  const times = (count: number) => (count === 1 ? 'Once' : `${numberWords(count)} times`);
  const thousandths = (1000 * overflowed) / (3 * rows * bands);
  const share = thousandths < 0.1 ? 'fewer than 0.1' : fixedWords(thousandths, 1);
  return [
    ...(capped > 0
      ? [
          `${times(capped)} a row was left out of one of the ${bands} bands, because too many rows looked alike there. Each still took part in the other bands.`,
        ]
      : []),
    ...(overflowed > 0
      ? [`${times(overflowed)} one of the three places that a row has in each band was full, ${share} in a thousand.`]
      : []),
  ];
}

interface LedgerEntryProps {
  readonly agreementHash: string;
  readonly ledger: LedgerState | undefined;
}

/** The run as the ledger now has it, and where that leaves the file. */
function LedgerEntryOf({ agreementHash, ledger }: LedgerEntryProps) {
  if (ledger?.kind !== 'ready') {
    return (
      <Notice kind="error" title="How the run ended could not be written into the ledger">
        {ledger?.message ?? 'It could not be read.'} That it was agreed was written before it began.
      </Notice>
    );
  }
  const run = ledger.standing.runs.find(({ entry }) => entry.agreementHash === agreementHash);
  return (
    <Stack gap={4}>
      <Title order={4} size="h5">
        In your ledger
      </Title>
      {run && (
        <Text style={{ overflowWrap: 'anywhere' }}>
          Entry {run.entry.sequence}, {runWords(run)} Its hash is {run.entry.hash}.
        </Text>
      )}
      {standingSentences(ledger.standing).map((sentence) => (
        <Text key={sentence}>{sentence}</Text>
      ))}
    </Stack>
  );
}
