import { Button, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState, useSyncExternalStore } from 'react';
import { MAX_RUNS } from '../../linking/messages.ts';
import type { Project } from '../../linking/project.ts';
import { differentPairsWords } from '../../linking/secret-pairs.ts';
import { countWords } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';
import { NumberField } from '../ui/number-field.tsx';
import type { UnitParticipant, UnitParticipantState } from './participants.ts';
import { ProjectSummary } from './project-summary.tsx';
import { RoomLine } from './room-line.tsx';
import { RunCard } from './run-card.tsx';

interface UnitViewProps {
  readonly participant: UnitParticipant;
  /** Where this page is a provider too, that view says what the project is. */
  readonly withSummary: boolean;
}

/** The linkage unit's page: who is there, the runs, their results. */
export function UnitView({ participant, withSummary }: UnitViewProps) {
  const { unit, rooms } = useSyncExternalStore(participant.store.subscribe, participant.store.getSnapshot);
  const { project, providers, runs, ended } = unit;
  if (ended !== undefined) {
    return (
      <Notice kind="info" title="The project is over">
        <span role="status">{ended}</span>
      </Notice>
    );
  }
  const difference = differentPairsWords(unit.secrets);
  const uploaded = providers.reduce((sum, provider) => sum + provider.uploaded, 0) / providers.length;
  return (
    <Stack gap="lg">
      {withSummary && project && <ProjectSummary project={project} />}
      <section className="panel" aria-label="Data providers">
        <Stack gap="sm">
          <Title order={2} size="h3">
            Data providers
          </Title>
          {project === undefined && (
            <Text>You are the linkage unit. The project comes with provider 1; keep this page open.</Text>
          )}
          <Text c="dimmed" maw={760}>
            The words beside a provider are the same on its page: read them to each other over the phone, and nobody can
            stand in between.
          </Text>
          {rooms.map((room, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: providers are known by their place
            <ProviderLine key={i} number={i + 1} room={room} provider={providers[i]} />
          ))}
          {difference !== undefined && (
            <Notice kind="error" title="Linkage secrets differ">
              {difference}
            </Notice>
          )}
        </Stack>
      </section>
      {project && (
        <section className="panel" aria-label="Runs">
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
          </Stack>
        </section>
      )}
      <Group>
        <Button
          variant="default"
          onClick={() => {
            if (confirm('Delete the project, its CLKs and all results, for everybody?'))
              void participant.deleteProject();
          }}
        >
          Delete project
        </Button>
      </Group>
    </Stack>
  );
}

const SOLVERS = [
  { value: 'greedy', label: 'Greedy: groups grow wherever a pair is similar enough' },
  { value: 'probabilistic', label: 'Probabilistic: groups grow where enough of their pairs are' },
] as const;
type Solver = (typeof SOLVERS)[number]['value'];

/** Between two providers, and where nothing is grouped, both solvers give the same. */
function mayMergeInPart({ providers, resultType }: Project): boolean {
  return providers > 2 && resultType !== 'similarity scores';
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
      ? `${countWords(provider.rows, 'CLK')} received`
      : uploaded > 0
        ? `receiving CLKs, ${Math.floor(100 * uploaded)} %`
        : 'no CLKs yet';
  return (
    <Stack gap={2}>
      <RoomLine who={`Provider ${number}`} room={room} ended={provider?.message} />
      <Text size="sm" c="dimmed" className="figures">
        {sent}
      </Text>
    </Stack>
  );
}

interface NewRunProps {
  readonly participant: UnitParticipant;
  readonly project: Project;
  readonly full: boolean;
}

function NewRun({ participant, project, full }: NewRunProps) {
  const [threshold, setThreshold] = useState(0.8);
  const [solver, setSolver] = useState<Solver>('greedy');
  const [mergeThreshold, setMergeThreshold] = useState(0.5);
  const [name, setName] = useState('');
  const [notes, setNotes] = useState('');
  const [trouble, setTrouble] = useState<string>();
  const start = (event: FormEvent) => {
    event.preventDefault();
    try {
      const merge = solver === 'probabilistic' ? { mergeThreshold } : {};
      participant.startRun({ threshold, ...merge, name: name.trim(), notes: notes.trim() });
      setTrouble(undefined);
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <form onSubmit={start} noValidate>
      <Stack gap="md">
        <Title order={2} size="h3">
          Runs
        </Title>
        <Text c="dimmed" maw={760}>
          A run compares the CLKs and takes rows for one person that are at least as similar as the threshold. Runs at
          other thresholds use the same CLKs; a run waits until all providers have sent theirs.
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="lg">
          <NumberField
            label="Threshold"
            description="Similarity, above 0 and up to 1"
            value={threshold}
            min={0}
            max={1}
            step="any"
            onChange={setThreshold}
            error={trouble}
          />
          <TextInput
            label="Run name"
            description="Optional; everybody sees it"
            value={name}
            maxLength={200}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <TextInput
            label="Run notes"
            description="Optional; for this page only"
            value={notes}
            maxLength={1000}
            onChange={({ currentTarget }) => setNotes(currentTarget.value)}
          />
          {mayMergeInPart(project) && (
            <NativeSelect
              label="Solver"
              description="How pairs become groups"
              value={solver}
              data={SOLVERS}
              onChange={({ currentTarget: { value } }) =>
                setSolver(value === 'probabilistic' ? 'probabilistic' : 'greedy')
              }
            />
          )}
          {mayMergeInPart(project) && solver === 'probabilistic' && (
            <NumberField
              label="Merge threshold"
              description="Share of pairs seen, 0 to 1"
              value={mergeThreshold}
              min={0}
              max={1}
              step="any"
              onChange={setMergeThreshold}
            />
          )}
        </SimpleGrid>
        <Group>
          <Button type="submit" disabled={full}>
            Start run
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
