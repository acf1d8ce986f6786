/** Parties in React: one lives as long as the component that shows it. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Role } from '../../net/room-api.ts';
import { Party } from './party.ts';
import type { PartyServices } from './services.ts';
import type { PartyState } from './state.ts';

/** The party's state now, and again whenever it changes. */
export function usePartyState(party: Party): PartyState {
  return useSyncExternalStore(party.subscribe, party.getSnapshot);
}

/** A new party for this component; undefined in the first render. Disposed of with the component. */
export function useNewParty(role: Role, services: PartyServices): Party | undefined {
  const [party, setParty] = useState<Party>();
  useEffect(() => {
    const made = new Party(role, services);
    setParty(made);
    return () => {
      made.dispose();
      setParty(undefined);
    };
  }, [role, services]);
  return party;
}
