import { Button, Group, Stack, Stepper, Title } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { message, t } from '../../words/translate.ts';
import type { Party } from '../party/party.ts';
import { isRunning, isRunOpen, type PartyState, RUN_STEP, STEPS, type StepIndex } from '../party/state.ts';
import { usePartyState } from '../party/use-party.ts';
import { KeptLine } from '../runs/kept-line.tsx';
import { useKeptFinish } from '../runs/use-kept-finish.ts';
import { useLeaveWarning } from '../ui/use-leave-warning.ts';
import { usePageTitle } from '../ui/use-page-title.ts';
import { ColumnsStep } from './columns-step.tsx';
import { ConnectStep } from './connect-step.tsx';
import { DataStep } from './data-step.tsx';
import { EndingNotice } from './ending-notice.tsx';
import { MissingNotice } from './missing-notice.tsx';
import { ReturningLine } from './returning-line.tsx';
import { RoomBanner } from './room-banner.tsx';
import { RulesStep } from './rules-step.tsx';
import { RunStep } from './run-step.tsx';
import { SentLine } from './sent-line.tsx';
import { stepTitle } from './step-title.ts';
import { StudySection } from './study-form.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import { useStepHistory } from './use-step-history.ts';

const TITLES = { researcher: message('I have a list'), owner: message('I hold the data') } as const;

const UNSAVED = message('This result has not been downloaded, and it is lost when you leave. Leave all the same?');

interface WizardProps {
  readonly party: Party;
  /** 1 where the wizard is the page, 2 where it is a part of one. */
  readonly headingOrder: 1 | 2;
}

interface StepContentProps {
  readonly party: Party;
  readonly state: PartyState;
  /** The result has been downloaded. */
  onSaved(): void;
}

function StepContent({ party, state, onSaved }: StepContentProps) {
  // A meeting can end on any step: an opened link connects in the background.
  if (state.run.kind === 'ended') {
    return <EndingNotice ending={state.run.ending} onStartAgain={() => party.startAgain()} />;
  }
  switch (state.step) {
    case 0:
      return <DataStep party={party} state={state} />;
    case 1:
      return <ColumnsStep party={party} state={state} />;
    case 2:
      return (
        <>
          <RulesStep party={party} state={state} />
          <StudySection party={party} state={state} />
        </>
      );
    case 3:
      return <ConnectStep party={party} state={state} />;
    case 4:
      return <RunStep party={party} state={state} onSaved={onSaved} />;
  }
}

/** What takes the place of something else on the page, so that the focus goes to its heading. */
function pageOf({ step, run }: PartyState): string {
  return run.kind === 'idle' || run.kind === 'running' ? `step ${step}` : run.kind;
}

/** The five steps of one party. */
export function Wizard({ party, headingOrder }: WizardProps) {
  const state = usePartyState(party);
  const heading = useRef<HTMLHeadingElement>(null);
  const page = pageOf(state);
  const shown = useRef(page);
  const [saved, setSaved] = useState(false);
  const alone = headingOrder === 1;
  const keeping = useKeptFinish(state.run, alone);
  const unsaved = alone && state.run.kind === 'result' && !saved && keeping !== 'kept';
  useLeaveWarning(isRunning(state) || unsaved, unsaved ? t(UNSAVED) : undefined);
  const mayLeave = useCallback(() => !unsaved || confirm(t(UNSAVED)), [unsaved]);
  useStepHistory(party, state, alone, mayLeave);
  usePageTitle(alone ? stepTitle(state) : undefined);
  useEffect(() => {
    if (shown.current === page) return;
    shown.current = page;
    // Two wizards side by side would snatch the focus from each other.
    if (alone) heading.current?.focus();
  }, [page, alone]);
  useKeptFocus(heading, alone);
  const locked = isRunOpen(state);
  return (
    <Stack gap="lg">
      {headingOrder === 1 && (
        <Title order={1} size="h3">
          {t(TITLES[state.role])}
        </Title>
      )}
      <Steps party={party} step={state.step} locked={locked} inert={state.returning} />
      <RoomBanner party={party} state={state} />
      {state.returning && <ReturningLine party={party} />}
      <div className="panel" inert={state.returning} data-kept={state.draftKept}>
        <Stack gap="lg">
          <Title order={headingOrder === 1 ? 2 : 3} ref={heading} tabIndex={-1} size="h3">
            {t(STEPS[state.step])}
          </Title>
          <StepContent party={party} state={state} onSaved={() => setSaved(true)} />
          {alone && <KeptLine keeping={keeping} />}
          <MissingNotice role={state.role} sentences={state.missing} />
          {!locked && state.step < RUN_STEP && <Moves party={party} step={state.step} />}
        </Stack>
      </div>
      <SentLine state={state} />
      <div role="status" className="unseen">
        {arrivedWords(state.run.kind)}
      </div>
    </Stack>
  );
}

/** Told to those who hear the page. */
function arrivedWords(run: PartyState['run']['kind']): string {
  if (run === 'result') return t('The result is here.');
  return run === 'outcome' ? t('The run is finished.') : '';
}

interface StepsProps {
  readonly party: Party;
  readonly step: StepIndex;
  readonly locked: boolean;
  readonly inert: boolean;
}

function Steps({ party, step, locked, inert }: StepsProps) {
  return (
    <nav
      aria-label={party.role === 'owner' ? t('Steps of the data owner') : t('Steps of the researcher')}
      className="steps"
      inert={inert}
    >
      <Stepper
        active={step}
        onStepClick={(index) => party.goTo(index as StepIndex)}
        size="sm"
        iconSize={30}
        labelPosition="bottom"
        wrap={false}
      >
        {STEPS.map((name, index) => (
          <Stepper.Step
            key={name}
            label={t(name)}
            aria-label={t(name)}
            aria-current={index === step ? 'step' : undefined}
            disabled={locked && index !== step}
          />
        ))}
      </Stepper>
    </nav>
  );
}

function Moves({ party, step }: { readonly party: Party; readonly step: StepIndex }) {
  return (
    <Group justify="space-between">
      <Button variant="default" onClick={() => party.back()} disabled={step === 0}>
        {t('Back')}
      </Button>
      {step < RUN_STEP - 1 && <Button onClick={() => party.next()}>{t('Next')}</Button>}
    </Group>
  );
}
