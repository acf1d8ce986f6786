/** How a run that did not end with a result is told to the person: what happened, and what to do next. */

import { ChannelClosed, type CloseReason } from '../../channel/channel.ts';
import { otherRole, type Role } from '../../net/room-api.ts';
import { USED_LINK } from '../../net/verification-error.ts';
import { t } from '../../words/translate.ts';
import type { Ending } from './state.ts';

const AGAIN =
  'To try again, press “Start again”: while this page stays open, your file and choices are kept. A new room gets a new link.';

/** Without an article: in sentences of other languages it is the subject or the object. */
export function roleName(role: Role): string {
  return role === 'owner' ? t('data owner') : t('researcher');
}

/** A peer chooses the words of its close message: show them short, and as its words. */
function peerWords(message: string, who = 'It said'): string {
  const words = message.slice(0, 300).trim();
  return words === '' ? '' : ` ${who}: “${words}”${/[.!?]$/.test(words) ? '' : '.'}`;
}

/** Ends in a full stop, whatever it ended in. */
function sentence(message: string): string {
  return message.replace(/[.!?]?$/, (end) => end || '.');
}

/** What has become of the table. `released`: the owner's last answer, from which it follows, has left. */
function fateOf(released: boolean): string {
  return released
    ? 'The last answer, which opens the table, had left already: count it as released.'
    : 'Nothing was released.';
}

/** What a closed channel is told of: who closed it and with which words, to whom, and what has become of the table. */
interface Closing {
  readonly byPeer: boolean;
  readonly message: string;
  /** The other person. */
  readonly other: string;
  readonly fate: string;
}

/** The words for each reason that a channel is closed for. */
const CLOSED: Readonly<Record<CloseReason['code'], (closing: Closing) => Ending>> = {
  declined: ({ byPeer, message, other }) =>
    byPeer
      ? {
          title: `The ${other} declined`,
          message: `Nothing was sent but the agreement.${peerWords(message, 'They gave as reason')} Talk about the terms, then start again. ${AGAIN}`,
        }
      : {
          title: 'You declined',
          message: `The ${other} has been told. Nothing was sent but the agreement. ${AGAIN}`,
        },
  'limit-reached': ({ byPeer, message }) =>
    byPeer
      ? {
          title: 'The data owner’s limit is reached',
          message: `The data owner allows a set number of runs with one file in a set time, and those have been made. Nothing was released. Ask the data owner when another run is possible. ${AGAIN}`,
        }
      : {
          title: 'Your limit for this file is reached',
          message: `${sentence(message)} Nothing was released. ${AGAIN}`,
        },
  cancelled: ({ byPeer, other, fate }) =>
    byPeer
      ? { title: `The ${other} cancelled the run`, message: `${fate} ${AGAIN}` }
      : {
          title: 'You cancelled the run',
          message: `The ${other} is told as soon as there is a connection. ${fate} ${AGAIN}`,
        },
  'connection-lost': ({ byPeer, message, other, fate }) =>
    byPeer
      ? {
          title: `The ${other} did not wait for the connection`,
          message: `It had been lost for long, and they ended the run. ${fate} ${AGAIN}`,
        }
      : { title: 'The connection failed', message: `${sentence(message)} ${fate} ${AGAIN}` },
  'verification-failed': ({ message }) => ({
    title: message === USED_LINK ? 'This link was already used' : 'The connection could not be verified',
    message: `${sentence(message)} Nothing was sent. Send the link of a new room over a channel you trust. ${AGAIN}`,
  }),
  'protocol-error': ({ byPeer, message, other, fate }) =>
    byPeer
      ? { title: `The ${other}’s browser ended the run`, message: `${fate}${peerWords(message)} ${AGAIN}` }
      : { title: 'This could not go on', message: `${sentence(message)} ${fate} ${AGAIN}` },
  finished: ({ other, fate }) => ({
    title: `The ${other} has left`,
    message: `The room was closed before the run was finished. ${fate} ${AGAIN}`,
  }),
};

/**
 * Turns whatever ended the negotiation or the run into words for the person with `role`.
 * @param released at the owner's: the release had left when it ended
 */
export function describeEnding(error: unknown, role: Role, released = false): Ending {
  const fate = fateOf(released);
  if (error instanceof ChannelClosed) {
    const { code, message } = error.reason;
    return CLOSED[code]({ byPeer: error.byPeer, message, other: roleName(otherRole(role)), fate });
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    title: 'This could not go on',
    message: `${sentence(message)} ${fate} ${AGAIN}`,
  };
}
