import { Button, Group, List, Stack, Text, Title } from '@mantine/core';
import type { LeftOut, OwnerOutcome } from '../../agreement/result.ts';
import { dateWords, fixedWords, tCounted } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { DownloadLedger } from '../ledger/ledger-panel.tsx';
import { runWords, standingSentences } from '../party/ledger-words.ts';
import type { Party } from '../party/party.ts';
import { perturbationSentences } from '../party/plain.ts';
import { listWords, quoted, statisticsWords } from '../party/plain-words.ts';
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

/** What the researcher now has, in kind. */
function releasedWords({ agreement }: OwnerOutcome): string {
  const { groups, payloads, statistics, minimumGroupSize } = agreement.terms;
  const names = (columns: readonly { readonly name: string }[]) => listWords(columns.map(({ name }) => quoted(name)));
  const figures = statisticsWords(statistics);
  const of = payloads.length === 0 ? figures : t('{{figures}} of {{names}}', { figures, names: names(payloads) });
  const by = groups.length === 0 ? t('for everybody who matched') : t('by {{names}}', { names: names(groups) });
  return t('The researcher now has {{of}}, {{by}}, wherever at least {{minimum}} people matched.', {
    of,
    by,
    minimum: minimumGroupSize,
  });
}

/** What the owner ends with: that it ran, and what was released in kind, for they learn no number. */
export function OwnerOutcomeView({ outcome, live }: OwnerOutcomeProps) {
  const { keys } = outcome.agreement.terms;
  return (
    <Stack align="start">
      <Title order={3} size="h4">
        {t('Finished')}
      </Title>
      <List spacing={4}>
        {studySentences(outcome.agreement).map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
        <List.Item>{releasedWords(outcome)}</List.Item>
        {perturbationSentences(outcome.agreement)
          .slice(0, 1)
          .map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        <List.Item>
          {t('You do not learn any of these numbers, nor which rows matched, nor whether a group reached the minimum.')}
        </List.Item>
        <List.Item style={{ overflowWrap: 'anywhere' }}>
          {t('Agreement {{agreementHash}}, released {{finishedAt}}.', {
            agreementHash: outcome.agreementHash,
            finishedAt: dateWords(outcome.finishedAt),
          })}
        </List.Item>
      </List>
      <LeftOutDetails sentences={leftOutSentences(outcome.leftOut, outcome.records, keys.bands.length)} />
      {live && <LedgerEntryOf agreementHash={outcome.agreementHash} ledger={live.ledger} />}
      <AgreementDetails agreement={outcome.agreement} hash={outcome.agreementHash} />
      <Text className="not-printed">{t('Keep the agreement for your records.')}</Text>
      <Group>
        <Button
          variant="default"
          onClick={() => saveFile('blindjoin-agreement.json', 'application/json', agreementJson(outcome))}
        >
          {t('Download agreement')}
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
      <summary>{t('Rows that were left out of some comparisons')}</summary>
      <List spacing={4} mt="xs">
        {sentences.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
      <Text mt="xs">
        {t('Every one of these rows took part in its other bands. A few in a thousand cost hardly a match.')}
      </Text>
    </details>
  );
}

/** `rows`: of the data. */
export function leftOutSentences({ capped, overflowed }: LeftOut, rows: number, bands: number): string[] {
  const thousandths = (1000 * overflowed) / (3 * rows * bands);
  const share = thousandths < 0.1 ? t('fewer than 0.1') : fixedWords(thousandths, 1);
  return [
    ...(capped > 0
      ? [
          tCounted(
            'Once a row was left out of one of the {{bands}} bands, because too many rows looked alike there. Each still took part in the other bands.',
            '{{count}} times a row was left out of one of the {{bands}} bands, because too many rows looked alike there. Each still took part in the other bands.',
            capped,
            { bands },
          ),
        ]
      : []),
    ...(overflowed > 0
      ? [
          tCounted(
            'Once one of the three places that a row has in each band was full, {{share}} in a thousand.',
            '{{count}} times one of the three places that a row has in each band was full, {{share}} in a thousand.',
            overflowed,
            { share },
          ),
        ]
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
      <Notice kind="error" title={t('How the run ended could not be written into the ledger')}>
        {t('{{why}} That it was agreed was written before it began.', {
          why: ledger?.message ?? t('It could not be read.'),
        })}
      </Notice>
    );
  }
  const run = ledger.standing.runs.find(({ entry }) => entry.agreementHash === agreementHash);
  return (
    <Stack gap={4}>
      <Title order={4} size="h5">
        {t('In your ledger')}
      </Title>
      {run && (
        <Text style={{ overflowWrap: 'anywhere' }}>
          {t('Entry {{sequence}}, {{run}} Its hash is {{hash}}.', {
            sequence: run.entry.sequence,
            run: runWords(run),
            hash: run.entry.hash,
          })}
        </Text>
      )}
      {standingSentences(ledger.standing).map((sentence) => (
        <Text key={sentence}>{sentence}</Text>
      ))}
    </Stack>
  );
}
