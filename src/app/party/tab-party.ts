/** The party of each role that this tab holds: it outlives its page, so that Back and a second link find file and choices again. */
import type { Role } from '../../net/room-api.ts';
import { message, t } from '../../words/translate.ts';
import { Party } from './party.ts';
import type { PartyServices } from './services.ts';
import { isRunOpen } from './state.ts';

const OTHER_ROOM = message(
  'You are connected already. Leave that room and open the other link? Your file and choices are kept.',
);

interface Held {
  readonly party: Party;
  /** The room link that it last entered a room by. */
  room?: string | undefined;
  arrived: boolean;
}

const held = new Map<Role, Held>();

function heldOf(role: Role, services: PartyServices): Held {
  const known = held.get(role);
  if (known !== undefined) return known;
  const made: Held = { party: new Party(role, services), arrived: false };
  held.set(role, made);
  return made;
}

/** The tab's party of this role, made when it is first asked for. */
export function tabParty(role: Role, services: PartyServices): Party {
  return heldOf(role, services).party;
}

/**
 * Its page is shown, by the link of a room where there is `roomFragment`. At first a run that was kept over a reload goes on; later a
 * link that was not opened yet leads into its room. Who is connected is asked before.
 */
export async function arrive(role: Role, services: PartyServices, roomFragment: string | undefined): Promise<void> {
  const party = heldOf(role, services);
  const known = party.room;
  if (!party.arrived) {
    party.arrived = true;
    party.room = roomFragment;
    await party.party.arrive(roomFragment);
    return;
  }
  if (roomFragment === undefined || roomFragment === known) return;
  if (party.party.getSnapshot().room?.state.kind === 'connected' && !confirm(t(OTHER_ROOM))) return;
  party.room = roomFragment;
  party.party.startAgain();
  await party.party.openRoom(roomFragment);
}

/** Its page is left, and the person was asked: a run ends, and one that is over makes room for the next. */
export function leave(party: Party): void {
  if (isRunOpen(party.getSnapshot())) party.startAgain();
}
