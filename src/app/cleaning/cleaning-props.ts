import type { Party } from '../party/party.ts';
import type { PartyState } from '../party/state.ts';

/** Whose file is cleaned, and how it stands. */
export interface CleaningProps {
  readonly party: Party;
  readonly state: PartyState;
}
