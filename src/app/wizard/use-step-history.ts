import { useEffect, useRef } from 'react';
import type { Party } from '../party/party.ts';
import { isRunning, isRunOpen, type PartyState, STEPS, type StepIndex } from '../party/state.ts';
import { shownFragment } from '../ui/route.ts';

/** What the browser's history knows of an entry. */
interface Entry {
  readonly role: PartyState['role'];
  readonly step: StepIndex;
}

function entryOf(state: unknown): Entry | undefined {
  const { role, step } = (state ?? {}) as Partial<Entry>;
  return role !== undefined && step !== undefined && step in STEPS ? { role, step } : undefined;
}

/** Goes where Back or Forward points, as far as the party can: no way back from a run under way, and from one that is over to the next. */
function follow(party: Party, target: StepIndex): void {
  const state = party.getSnapshot();
  if (isRunning(state)) {
    history.pushState({ role: state.role, step: state.step } satisfies Entry, '');
    return;
  }
  if (isRunOpen(state)) party.startAgain();
  party.goTo(target);
  const { role, step } = party.getSnapshot();
  if (step !== target) history.replaceState({ role, step } satisfies Entry, '');
}

/** The steps as entries of the browser's history. `mayLeave`: whether what the step shows may be left. */
export function useStepHistory(
  party: Party,
  { role, step }: PartyState,
  active: boolean,
  mayLeave: () => boolean,
): void {
  const arrived = useRef(false);
  useEffect(() => {
    if (!active) return;
    const here: Entry = { role, step };
    // After a reload the entry tells of a step that the party may not have come to again.
    if (!arrived.current) history.replaceState(here, '');
    else if (entryOf(history.state)?.step !== step) history.pushState(here, '');
    arrived.current = true;
  }, [active, role, step]);
  useEffect(() => {
    if (!active) return;
    const moved = ({ state }: PopStateEvent) => {
      const entry = entryOf(state);
      // Another page is about to be shown.
      if (entry?.role !== role || location.hash !== shownFragment()) return;
      if (mayLeave()) follow(party, entry.step);
      else history.pushState({ role, step: party.getSnapshot().step } satisfies Entry, '');
    };
    addEventListener('popstate', moved);
    return () => removeEventListener('popstate', moved);
  }, [active, party, role, mayLeave]);
}
