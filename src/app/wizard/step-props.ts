import type { Party } from '../party/party.ts';
import type { PartyState } from '../party/state.ts';

/** What every step shows and what it acts on. */
export interface StepProps {
  readonly party: Party;
  readonly state: PartyState;
}
