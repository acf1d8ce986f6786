/** How a run that did not end with a result is told to the person: what happened, and what to do next. */
import type { Role } from '../../net/room-api.ts';
import { ChannelClosed } from '../../protocol/channel.ts';
import type { Ending } from './state.ts';

const AGAIN = 'To try again, press “Start again”: your file and choices are kept, and a new room gets a new link.';

export function roleName(role: Role): string {
  return role === 'owner' ? 'data owner' : 'researcher';
}

export function otherRole(role: Role): Role {
  return role === 'owner' ? 'researcher' : 'owner';
}

/** A peer chooses the words of its close message: show them short, and as its words. */
function peerWords(message: string): string {
  const words = message.slice(0, 300).trim();
  return words === '' ? '' : ` It said: “${words}”`;
}

/** Ends in a full stop, whatever it ended in. */
function sentence(message: string): string {
  return message.replace(/[.!?]?$/, (end) => end || '.');
}

function closedEnding(closed: ChannelClosed, role: Role): Ending {
  const other = roleName(otherRole(role));
  const { code, message } = closed.reason;
  switch (code) {
    case 'declined':
      return closed.byPeer
        ? {
            title: `The ${other} declined`,
            message: `Nothing was sent but the agreement. Talk about the terms, then start again. ${AGAIN}`,
          }
        : {
            title: 'You declined',
            message: `The ${other} has been told. Nothing was sent but the agreement. ${AGAIN}`,
          };
    case 'cancelled':
      return closed.byPeer
        ? { title: `The ${other} cancelled the run`, message: `Nothing was released. ${AGAIN}` }
        : { title: 'You cancelled the run', message: `The ${other} has been told. Nothing was released. ${AGAIN}` };
    case 'connection-lost':
      return { title: 'The connection failed', message: `${sentence(message)} Nothing was released. ${AGAIN}` };
    case 'verification-failed':
      return {
        title: 'The connection could not be verified',
        message: `${sentence(message)} Nothing was sent. Send the link of a new room over a channel you trust. ${AGAIN}`,
      };
    case 'protocol-error':
      return closed.byPeer
        ? {
            title: `The ${other}’s browser ended the run`,
            message: `Nothing was released.${peerWords(message)} ${AGAIN}`,
          }
        : { title: 'This could not go on', message: `${sentence(message)} Nothing was released. ${AGAIN}` };
    case 'finished':
      return { title: `The ${other} has left`, message: `The room was closed before there was a result. ${AGAIN}` };
  }
}

/** Turns whatever ended the negotiation or the run into words for the person with `role`. */
export function describeEnding(error: unknown, role: Role): Ending {
  if (error instanceof ChannelClosed) return closedEnding(error, role);
  const message = error instanceof Error ? error.message : String(error);
  return {
    title: 'This could not go on',
    message: `${sentence(message)} Nothing was released. ${AGAIN}`,
  };
}
