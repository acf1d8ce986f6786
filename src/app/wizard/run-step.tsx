import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { t } from '../../words/translate.ts';
import type { RunState, StageView } from '../party/state.ts';
import { megabytes, timeLeftWords } from '../party/time-left.ts';
import { MatchChoice } from '../result/match-choice.tsx';
import { OwnerOutcomeView } from '../result/owner-outcome.tsx';
import { ResultView } from '../result/result-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { useWakeLock } from '../ui/use-wake-lock.ts';
import { LostConnection } from './lost-connection.tsx';
import type { StepProps } from './step-props.ts';
import { SaveStudy } from './study-form.tsx';

interface RunStepProps extends StepProps {
  /** The result has been downloaded. */
  onSaved(): void;
}

/** Step 5: the run while it goes, and what it ends with. */
export function RunStep({ party, state, onSaved }: RunStepProps) {
  const { run } = state;
  switch (run.kind) {
    case 'idle':
    case 'ended':
      return <Text>{t('The run starts when both of you have agreed.')}</Text>;
    case 'running':
      return <Running party={party} state={state} run={run} />;
    case 'result':
      return (
        <Stack gap="lg">
          <ResultView result={run.result} onSaved={onSaved} />
          <SaveStudy state={state} />
        </Stack>
      );
    case 'outcome':
      return (
        <Stack gap="lg">
          <OwnerOutcomeView outcome={run.outcome} live={{ party, ledger: state.ledger }} />
          <SaveStudy state={state} />
        </Stack>
      );
  }
}

interface RunningProps extends StepProps {
  readonly run: Extract<RunState, { kind: 'running' }>;
}

function Running({ party, state, run: { stages, choosing, reloadEnds } }: RunningProps) {
  useWakeLock();
  const { traffic, room } = state;
  const stage = stages.linkage.done < 1 ? stages.linkage : stages.table;
  return (
    <Stack gap="lg">
      <Text c="dimmed">
        {t('Keep this page open. The two browsers exchange ciphertexts; this may take a while with long files.')}
      </Text>
      {reloadEnds && (
        <Notice kind="warning" title={t('Do not reload this page')}>
          {t(
            'This browser has no room to keep the run. The run goes on, but it ends if this page is reloaded or closed.',
          )}
        </Notice>
      )}
      {room?.state.kind === 'reconnecting' && <LostConnection party={party} state={room.state} />}
      <StageBar name={t('Linkage')} stage={stages.linkage} />
      <StageBar name={t('Table')} stage={stages.table} {...(choosing && { left: t('waiting for you') })} />
      {choosing ? (
        <MatchChoice scores={choosing} onChosen={(threshold) => party.askForTable(threshold)} />
      ) : (
        <Text aria-live="polite" mih="1.6em">
          {stage.note}
        </Text>
      )}
      <Group justify="space-between">
        <Text className="figures" c="dimmed">
          {t('{{sent}} sent, {{received}} received', {
            sent: megabytes(traffic.bytesSent),
            received: megabytes(traffic.bytesReceived),
          })}
        </Text>
        <Button variant="default" onClick={() => void party.cancel()}>
          {t('Cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

interface StageBarProps {
  readonly name: string;
  readonly stage: StageView;
  /** Said in place of the time left. */
  readonly left?: string;
}

function StageBar({ name, stage, left = timeLeftWords(stage) }: StageBarProps) {
  const percent = Math.floor(100 * stage.done);
  return (
    <Stack gap={6}>
      <Group justify="space-between">
        <Text fw={600}>{name}</Text>
        <Text className="figures" c="dimmed">
          {percent} %, {left}
        </Text>
      </Group>
      <Progress value={percent} size="lg" aria-label={name} />
    </Stack>
  );
}
