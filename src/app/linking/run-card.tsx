import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { RUN_STAGES, type RunView } from '../../linking/messages.ts';
import type { Project } from '../../linking/project.ts';
import type { RunResult } from '../../linking/run-result.ts';
import { saidWords } from '../../linking/said.ts';
import { numberWords } from '../../words/format.ts';
import { message, t } from '../../words/translate.ts';
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

const BARS = [message('Waiting for CLKs'), message('Compute similarity scores'), message('Compute output')] as const;

/** Share done of stage `index` (from 0). */
function shareOf(index: number, { stage, done }: RunView, uploaded: number): number {
  const at = RUN_STAGES.indexOf(stage);
  if (stage === 'failed') return 0;
  if (at > index) return 1;
  if (at < index) return 0;
  return index === 0 ? uploaded : done;
}

function heading({ id, name, threshold, mergeThreshold }: RunView): string {
  const places = { number: id, threshold: numberWords(threshold) };
  const said =
    mergeThreshold === undefined
      ? t('Run {{number}}: threshold {{threshold}}', places)
      : t('Run {{number}}: threshold {{threshold}}, merge threshold {{merge}}', {
          ...places,
          merge: numberWords(mergeThreshold),
        });
  return name === '' ? said : `${said}, ${name}`;
}

/** One run: its three stages, and what came of it. */
export function RunCard({ run, project, uploaded, result, notes, own, onDelete }: RunCardProps) {
  return (
    <section aria-label={t('Run {{number}}', { number: run.id })}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} size="h4" style={{ overflowWrap: 'anywhere' }}>
            {heading(run)}
          </Title>
          {onDelete && (
            <Button variant="default" size="compact-sm" onClick={onDelete}>
              {t('Delete run')}
            </Button>
          )}
        </Group>
        {notes !== undefined && notes !== '' && <Text c="dimmed">{notes}</Text>}
        {run.stage === 'failed' ? (
          <Notice kind="error" title={t('The run failed')}>
            {run.message !== undefined && saidWords(run.message)}
          </Notice>
        ) : (
          BARS.map((name, i) => <StageBar key={name} name={t(name)} share={shareOf(i, run, uploaded)} />)
        )}
        <Text role="status">{run.stage === 'completed' ? t('Completed') : ''}</Text>
        {result && <ResultView run={run.id} result={result} project={project} own={own} />}
      </Stack>
    </section>
  );
}
