import { Group, Stack, Text, Title } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { MAX_RUNS } from '../../linking/messages.ts';
import { saidWords } from '../../linking/said.ts';
import { differentPairsWords } from '../../linking/secret-pairs.ts';
import { tCounted } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { Notice } from '../ui/notice.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { DeleteProject } from './delete-project.tsx';
import { NewRun } from './new-run.tsx';
import type { UnitParticipant, UnitParticipantState } from './participants.ts';
import { ProjectSummary } from './project-summary.tsx';
import { QueueChoice } from './queue-choice.tsx';
import { RoomLine } from './room-line.tsx';
import { roomTitle } from './room-title.ts';
import { RunCard } from './run-card.tsx';

interface UnitViewProps {
  readonly participant: UnitParticipant;
  /** Where this page is a provider too, that view says what the project is. */
  readonly withSummary: boolean;
}

/** The linkage unit's page: who is there, the runs, their results. */
export function UnitView({ participant, withSummary }: UnitViewProps) {
  const { unit, rooms, queue } = useSyncExternalStore(participant.store.subscribe, participant.store.getSnapshot);
  const { project, providers, runs, ended } = unit;
  usePageTitle(roomTitle(project, runs, ended !== undefined));
  if (ended !== undefined) {
    return (
      <Notice kind="info" title={t('The project is over')}>
        <span role="status">{saidWords(ended)}</span>
      </Notice>
    );
  }
  const uploaded = providers.reduce((sum, provider) => sum + provider.uploaded, 0) / providers.length;
  return (
    <Stack gap="lg">
      {withSummary && project && <ProjectSummary project={project} />}
      <Providers unit={unit} rooms={rooms} />
      {project && (
        <section className="panel" aria-label={t('Runs')}>
          <Stack gap="xl">
            <NewRun participant={participant} project={project} full={runs.length >= MAX_RUNS} />
            {runs.map((run) => (
              <RunCard
                key={run.id}
                run={run}
                project={project}
                uploaded={uploaded}
                result={run.result}
                notes={run.notes}
                onDelete={() => participant.deleteRun(run.id)}
              />
            ))}
            <QueueChoice
              queue={queue}
              onUse={(token) => participant.compareOnQueue(token)}
              onStop={() => participant.compareHere()}
            />
          </Stack>
        </section>
      )}
      <Group>
        <DeleteProject onDelete={() => participant.deleteProject()} />
      </Group>
    </Stack>
  );
}

function Providers({ unit, rooms }: Pick<UnitParticipantState, 'unit' | 'rooms'>) {
  const difference = differentPairsWords(unit.secrets);
  return (
    <section className="panel" aria-label={t('Data providers')}>
      <Stack gap="sm">
        <Title order={2} size="h3">
          {t('Data providers')}
        </Title>
        {unit.project === undefined && (
          <Text>{t('You are the linkage unit. The project comes with provider 1; keep this page open.')}</Text>
        )}
        <Text c="dimmed" maw={760}>
          {t(
            'The words beside a provider are the same on its page: read them to each other over the phone, and nobody can stand in between.',
          )}
        </Text>
        {rooms.map((room, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: providers are known by their place
          <ProviderLine key={i} number={i + 1} room={room} provider={unit.providers[i]} />
        ))}
        {difference !== undefined && (
          <Notice kind="error" title={t('Linkage secrets differ')}>
            {difference}
          </Notice>
        )}
      </Stack>
    </section>
  );
}

interface ProviderLineProps {
  readonly number: number;
  readonly room: UnitParticipantState['rooms'][number];
  readonly provider: UnitParticipantState['unit']['providers'][number] | undefined;
}

function ProviderLine({ number, room, provider }: ProviderLineProps) {
  const uploaded = provider?.uploaded ?? 0;
  const sent =
    provider?.rows !== undefined
      ? tCounted('{{count}} CLK received', '{{count}} CLKs received', provider.rows)
      : uploaded > 0
        ? t('receiving CLKs, {{percent}} %', { percent: Math.floor(100 * uploaded) })
        : t('no CLKs yet');
  return (
    <Stack gap={2}>
      <RoomLine who={t('Provider {{number}}', { number })} room={room} ended={provider?.message} />
      <Text size="sm" c="dimmed" className="figures">
        {sent}
      </Text>
    </Stack>
  );
}
