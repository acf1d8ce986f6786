import { Button, Group, List, Stack, Text, Title } from '@mantine/core';
import type { Query } from '../../ledger/query.ts';
import type { Standing } from '../../ledger/standing.ts';
import { t } from '../../words/translate.ts';
import { overlapSentences, runWords, standingSentences } from '../party/ledger-words.ts';
import type { Party } from '../party/party.ts';
import type { PartyState } from '../party/state.ts';
import { Notice } from '../ui/notice.tsx';
import { saveFile } from '../ui/save-file.ts';

interface LedgerPanelProps {
  readonly party: Party;
  readonly state: PartyState;
  /** What is about to be agreed: earlier runs that it can be compared with are pointed out. */
  readonly query?: Query;
}

/** Owner: what was asked of this file before, and what the limit says. Nobody else sees it. */
export function LedgerPanel({ party, state, query }: LedgerPanelProps) {
  const { ledger } = state;
  return (
    <Stack gap="xs">
      <Title order={3} size="h4">
        {t('Your ledger of this file')}
      </Title>
      {ledger === undefined && <Text role="status">{t('Reading the ledger')}</Text>}
      {ledger?.kind === 'failed' && (
        <Notice kind="error" title={t('The ledger cannot be kept')}>
          {t('{{message}} Without the ledger no run starts.', { message: ledger.message })}
          <Group mt="sm">
            <Button variant="default" onClick={() => void party.retryLedger()}>
              {t('Try again')}
            </Button>
          </Group>
        </Notice>
      )}
      {ledger?.kind === 'broken' && <Broken party={party} message={ledger.message} />}
      {ledger?.kind === 'ready' && <Runs standing={ledger.standing} query={query} />}
      {ledger?.kind === 'ready' && ledger.standing.runs.length > 0 && (
        <Group>
          <DownloadLedger party={party} />
        </Group>
      )}
    </Stack>
  );
}

export function DownloadLedger({ party }: { readonly party: Party }) {
  const download = async () => saveFile('blindjoin-ledger.json', 'application/json', await party.exportedLedger());
  return (
    <Button variant="default" onClick={() => void download()}>
      {t('Download ledger')}
    </Button>
  );
}

function Runs({ standing, query }: { readonly standing: Standing; readonly query: Query | undefined }) {
  const overlaps = query === undefined ? [] : overlapSentences(standing, query);
  return (
    <>
      <Text c="dimmed">{t('Kept in this browser only. The researcher does not see it.')}</Text>
      {standingSentences(standing).map((sentence) => (
        <Text key={sentence}>{sentence}</Text>
      ))}
      {standing.runs.length > 0 && (
        <List type="ordered" spacing={4} style={{ overflowWrap: 'anywhere' }}>
          {standing.runs.map((run) => (
            <List.Item key={run.entry.hash}>{runWords(run)}</List.Item>
          ))}
        </List>
      )}
      {overlaps.length > 0 && (
        <Notice kind="warning" title={t('This table can be compared with earlier ones')}>
          <Text mb="xs">
            {t('Who has two tables about nearly the same people can subtract them and learn about the few who differ.')}
          </Text>
          <List spacing={4}>
            {overlaps.map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
        </Notice>
      )}
    </>
  );
}

function Broken({ party, message }: { readonly party: Party; readonly message: string }) {
  return (
    <Notice kind="error" title={t('The ledger was changed from outside')}>
      <Text>
        {t(
          '{{message}} What it says cannot be relied on, so no run starts. Download it, find out who changed it, then start a new one, which knows of no earlier run.',
          { message },
        )}
      </Text>
      <Group mt="xs">
        <DownloadLedger party={party} />
        <Button variant="default" onClick={() => void party.startNewLedger()}>
          {t('Start a new ledger')}
        </Button>
      </Group>
    </Notice>
  );
}
