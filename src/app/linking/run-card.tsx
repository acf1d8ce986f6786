import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { RUN_STAGES, type RunView } from '../../linking/messages.ts';
import type { Project } from '../../linking/project.ts';
import type { RunResult } from '../../linking/run-result.ts';
import { numberWords } from '../../words/format.ts';
import { Notice } from '../ui/notice.tsx';
import { type OwnRows, ResultView } from './result-view.tsx';
import { StageBar } from './stage-bar.tsx';

interface RunCardProps {
  readonly run: RunView;
  readonly project: Project;
  /** Share of all CLKs that the linkage unit has. */
  readonly uploaded: number;
  readonly result: RunResult | undefined;
  readonly notes?: string | undefined;
  /** On a provider's page. */
  readonly own?: OwnRows | undefined;
  onDelete?: (() => void) | undefined;
}

const BARS = ['Waiting for CLKs', 'Compute similarity scores', 'Compute output'] as const;

/** Share done of stage `index` (from 0). */
function shareOf(index: number, { stage, done }: RunView, uploaded: number): number {
  const at = RUN_STAGES.indexOf(stage);
  if (stage === 'failed') return 0;
  if (at > index) return 1;
  if (at < index) return 0;
  return index === 0 ? uploaded : done;
}

/** One run: its three stages, and what came of it. */
export function RunCard({ run, project, uploaded, result, notes, own, onDelete }: RunCardProps) {
  const title = `Run ${run.id}`;
  return (
    <section aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} size="h4" style={{ overflowWrap: 'anywhere' }}>
            {title}: threshold {numberWords(run.threshold)}
            {run.mergeThreshold === undefined ? '' : `, merge threshold ${numberWords(run.mergeThreshold)}`}
            {run.name === '' ? '' : `, ${run.name}`}
          </Title>
          {onDelete && (
            <Button variant="default" size="compact-sm" onClick={onDelete}>
              Delete run
            </Button>
          )}
        </Group>
        {notes !== undefined && notes !== '' && <Text c="dimmed">{notes}</Text>}
        {run.stage === 'failed' ? (
          <Notice kind="error" title="The run failed">
            {run.message}
          </Notice>
        ) : (
          BARS.map((name, i) => <StageBar key={name} name={name} share={shareOf(i, run, uploaded)} />)
        )}
        <Text role="status">{run.stage === 'completed' ? 'Completed' : ''}</Text>
        {result && <ResultView run={run.id} result={result} project={project} own={own} />}
      </Stack>
    </section>
  );
}
