import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { t } from '../../words/translate.ts';
import { Notice } from './notice.tsx';
import type { Job } from './use-job.ts';

interface JobStatusProps {
  readonly job: Job<unknown>;
  /** Name of the progress bar. */
  readonly name: string;
  /** Heads the message where it fails. */
  readonly failure: string;
}

/** Progress with `Cancel` while work runs, and why it ended where it did not end well. */
export function JobStatus({ job, name, failure }: JobStatusProps) {
  const { state } = job;
  if (state.kind === 'running') {
    const known = state.done !== undefined;
    return (
      <Stack gap={6}>
        <Group justify="space-between" wrap="nowrap">
          <Text role="status" className="figures">
            {state.label}
            {known && `, ${Math.floor(100 * (state.done ?? 0))} %`}
          </Text>
          <Button variant="default" size="compact-sm" onClick={() => job.cancel()}>
            {t('Cancel')}
          </Button>
        </Group>
        <Progress
          value={known ? 100 * (state.done ?? 0) : 100}
          animated={!known}
          aria-label={name}
          transitionDuration={200}
        />
      </Stack>
    );
  }
  if (state.kind === 'failed') {
    return (
      <Notice kind="error" title={failure}>
        {state.message}
      </Notice>
    );
  }
  if (state.kind === 'cancelled') return <Text role="status">{t('Cancelled.')}</Text>;
  return null;
}
