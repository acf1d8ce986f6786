import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState, useSyncExternalStore } from 'react';
import type { ProviderState } from '../../linking/provider.ts';
import { saidWords } from '../../linking/said.ts';
import { tCounted } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import type { CsvTable } from '../ui/csv-table.ts';
import { Notice } from '../ui/notice.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { DeleteProject } from './delete-project.tsx';
import type { ProviderParticipant } from './participants.ts';
import { ProjectSummary } from './project-summary.tsx';
import { ProviderData } from './provider-data.tsx';
import type { OwnRows } from './result-view.tsx';
import { RoomLine } from './room-line.tsx';
import { roomTitle } from './room-title.ts';
import { RunCard } from './run-card.tsx';

interface ProviderViewProps {
  readonly participant: ProviderParticipant;
  /** Undefined where the link had none: the person enters it. */
  readonly secret: string | undefined;
  /** This page made the project, and can delete it. */
  readonly mayDelete: boolean;
  /** This page is the linkage unit too, which shows the runs. */
  readonly isUnit: boolean;
}

/** A data provider's page: the project, the own data, the runs and what they gave. */
export function ProviderView({ participant, secret, mayDelete, isUnit }: ProviderViewProps) {
  const { room, provider } = useSyncExternalStore(participant.store.subscribe, participant.store.getSnapshot);
  const [table, setTable] = useState<CsvTable>();
  const { project, ended } = provider ?? {};
  const rows = provider?.upload.kind === 'sent' ? provider.upload.rows : undefined;
  const over = ended?.message ?? (room.kind === 'ended' ? room.message : undefined);
  usePageTitle(roomTitle(project, provider?.status?.runs ?? [], over !== undefined));
  return (
    <Stack gap="lg">
      {project ? <ProjectSummary project={project} /> : <Invited number={participant.number} />}
      <section className="panel" aria-label={t('Your data')}>
        <Stack gap="lg">
          <Title order={2} size="h3">
            {t('Provider {{number}}', { number: participant.number })}
          </Title>
          {over === undefined ? (
            <RoomLine who={t('Linkage unit')} room={room} />
          ) : (
            <RoomOver finished={ended?.code === 'finished'} message={over} />
          )}
          {provider && project && over === undefined && (
            <ProviderData
              participant={participant}
              project={project}
              state={provider}
              linkSecret={secret}
              table={table}
              onTable={setTable}
            />
          )}
        </Stack>
      </section>
      {provider && (!isUnit || project?.resultType === 'permutations and mask') && (
        <ProviderRuns provider={provider} own={{ provider: participant.number - 1, table, rows }} />
      )}
      <Sent provider={provider} />
      {over === undefined && (
        <Group>
          {mayDelete && (
            <DeleteProject disabled={provider === undefined} onDelete={() => participant.connected.deleteProject()} />
          )}
          <Button variant="default" onClick={() => void participant.leave()}>
            {t('Leave room')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Sent({ provider }: { readonly provider: ProviderState | undefined }) {
  return (
    <Text size="sm" c="dimmed" className="figures">
      {sentWords(provider)}
    </Text>
  );
}

function Invited({ number }: { readonly number: number }) {
  return (
    <Text>
      {t(
        'You are invited to a linkage project as data provider {{number}}. What it is appears here as soon as the linkage unit is connected. Nothing of your data is sent before you press “Upload”.',
        { number },
      )}
    </Text>
  );
}

function RoomOver({ finished, message }: { readonly finished: boolean; readonly message: string }) {
  return (
    <Notice kind={finished ? 'info' : 'error'} title={t('The room is over for this page')}>
      <span role="status">{saidWords(message)}</span>
    </Notice>
  );
}

function sentWords(provider: ProviderState | undefined): string {
  if (provider === undefined) return t('What has left this computer so far: nothing.');
  const { upload } = provider;
  switch (upload.kind) {
    case 'none':
      return t('What has left this computer so far: no data.');
    case 'sending':
      return tCounted(
        'What has left this computer so far: {{percent}} % of the CLKs of {{count}} row, to the linkage unit.',
        'What has left this computer so far: {{percent}} % of the CLKs of {{count}} rows, to the linkage unit.',
        upload.rows,
        { percent: Math.floor(100 * upload.share) },
      );
    case 'sent':
      return tCounted(
        'What has left this computer so far: CLKs of {{count}} row, to the linkage unit.',
        'What has left this computer so far: CLKs of {{count}} rows, to the linkage unit.',
        upload.rows,
      );
  }
}

interface ProviderRunsProps {
  readonly provider: ProviderState;
  readonly own: OwnRows;
}

function ProviderRuns({ provider: { project, status, results }, own }: ProviderRunsProps) {
  if (!project || !status || (status.runs.length === 0 && results.size === 0)) return null;
  const uploaded = status.providers.reduce((sum, provider) => sum + provider.uploaded, 0) / status.providers.length;
  return (
    <section className="panel" aria-label={t('Runs')}>
      <Stack gap="xl">
        <Title order={2} size="h3">
          {t('Runs')}
        </Title>
        {status.runs.map((run) => (
          <RunCard
            key={run.id}
            run={run}
            project={project}
            uploaded={uploaded}
            result={results.get(run.id)}
            own={own}
          />
        ))}
      </Stack>
    </section>
  );
}
