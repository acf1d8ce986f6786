import { Button, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Project } from '../../linking/project.ts';
import { message, t } from '../../words/translate.ts';
import { NumberField } from '../ui/number-field.tsx';
import type { UnitParticipant } from './participants.ts';

const SOLVERS = [
  { value: 'greedy', label: message('Greedy: groups grow wherever a pair is similar enough') },
  { value: 'probabilistic', label: message('Probabilistic: groups grow where enough of their pairs are') },
] as const;
type Solver = (typeof SOLVERS)[number]['value'];

/** Between two providers, and where nothing is grouped, both solvers give the same. */
function mayMergeInPart({ providers, resultType }: Project): boolean {
  return providers > 2 && resultType !== 'similarity scores';
}

interface RunDraft {
  readonly threshold: number;
  readonly solver: Solver;
  readonly mergeThreshold: number;
  readonly name: string;
  readonly notes: string;
}

const EMPTY: RunDraft = { threshold: 0.8, solver: 'greedy', mergeThreshold: 0.5, name: '', notes: '' };

interface NewRunProps {
  readonly participant: UnitParticipant;
  readonly project: Project;
  readonly full: boolean;
}

/** The form that starts a run. */
export function NewRun({ participant, project, full }: NewRunProps) {
  const [draft, setDraft] = useState(EMPTY);
  const [trouble, setTrouble] = useState<string>();
  const start = (event: FormEvent) => {
    event.preventDefault();
    try {
      const { threshold, solver, mergeThreshold, name, notes } = draft;
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
          {t('Runs')}
        </Title>
        <Text c="dimmed" maw={760}>
          {t(
            'A run compares the CLKs and takes rows for one person that are at least as similar as the threshold. Runs at other thresholds use the same CLKs; a run waits until all providers have sent theirs.',
          )}
        </Text>
        <RunFields
          draft={draft}
          onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
          withSolver={mayMergeInPart(project)}
          trouble={trouble}
        />
        <Group>
          <Button type="submit" disabled={full}>
            {t('Start run')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface RunFieldsProps {
  readonly draft: RunDraft;
  onChange(part: Partial<RunDraft>): void;
  readonly withSolver: boolean;
  readonly trouble: string | undefined;
}

function RunFields({ draft, onChange, withSolver, trouble }: RunFieldsProps) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="lg">
      <NumberField
        label={t('Threshold')}
        description={t('Similarity, above 0 and up to 1')}
        value={draft.threshold}
        min={0}
        max={1}
        step="any"
        onChange={(threshold) => onChange({ threshold })}
        error={trouble}
      />
      <TextInput
        label={t('Run name')}
        description={t('Optional; everybody sees it')}
        value={draft.name}
        maxLength={200}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
      <TextInput
        label={t('Run notes')}
        description={t('Optional; for this page only')}
        value={draft.notes}
        maxLength={1000}
        onChange={({ currentTarget }) => onChange({ notes: currentTarget.value })}
      />
      {withSolver && <SolverFields draft={draft} onChange={onChange} />}
    </SimpleGrid>
  );
}

function SolverFields({ draft: { solver, mergeThreshold }, onChange }: Pick<RunFieldsProps, 'draft' | 'onChange'>) {
  return (
    <>
      <NativeSelect
        label={t('Solver')}
        description={t('How pairs become groups')}
        value={solver}
        data={SOLVERS.map((each) => ({ value: each.value, label: t(each.label) }))}
        onChange={({ currentTarget: { value } }) =>
          onChange({ solver: value === 'probabilistic' ? 'probabilistic' : 'greedy' })
        }
      />
      {solver === 'probabilistic' && (
        <NumberField
          label={t('Merge threshold')}
          description={t('Share of pairs seen, 0 to 1')}
          value={mergeThreshold}
          min={0}
          max={1}
          step="any"
          onChange={(changed) => onChange({ mergeThreshold: changed })}
        />
      )}
    </>
  );
}
