/** How a run that did not end with a result is told to the person: what happened, and what to do next. */

import { ChannelClosed, type CloseReason } from '../../channel/channel.ts';
import { otherRole, type Role } from '../../net/room-api.ts';
import { USED_LINK } from '../../net/verification-error.ts';
import { quotable } from '../../words/quotable.ts';
import { message, t, tKnown } from '../../words/translate.ts';
import type { Ending } from './state.ts';

const AGAIN = message(
  'To try again, press “Start again”: while this page stays open, your file and choices are kept. A new room gets a new link.',
);

/** Without an article: in sentences of other languages it is the subject or the object. */
export function roleName(role: Role): string {
  return role === 'owner' ? t('data owner') : t('researcher');
}

/** A peer chooses the words of its close message: show them short, and as its words. */
function peerWords(message: string, declined = false): string {
  const given = message.slice(0, 300).trim();
  const known = tKnown(given);
  const words = known === given ? quotable(given) : known;
  if (words === '') return '';
  const end = /[.!?]$/.test(words) ? '' : '.';
  return declined
    ? t('They gave as reason: “{{words}}”{{end}}', { words, end })
    : t('It said: “{{words}}”{{end}}', { words, end });
}

/** Ends in a full stop, whatever it ended in. */
function sentence(message: string): string {
  return tKnown(message).replace(/[.!?]?$/, (end) => end || '.');
}

/** What has become of the table. `released`: the owner's last answer, from which it follows, has left. */
function fateOf(released: boolean): string {
  return released
    ? t('The last answer, which opens the table, had left already: count it as released.')
    : t('Nothing was released.');
}

/** Sentences one after the other, and how to go on. */
const thenAgain = (...sentences: readonly string[]) => [...sentences, t(AGAIN)].filter((one) => one !== '').join(' ');

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
          title: t('The {{other}} declined', { other }),
          message: thenAgain(
            t('Nothing was sent but the agreement.'),
            peerWords(message, true),
            t('Talk about the terms, then start again.'),
          ),
        }
      : {
          title: t('You declined'),
          message: thenAgain(t('The {{other}} has been told.', { other }), t('Nothing was sent but the agreement.')),
        },
  'limit-reached': ({ byPeer, message }) =>
    byPeer
      ? {
          title: t('The data owner’s limit is reached'),
          message: thenAgain(
            t(
              'The data owner allows a set number of runs with one file in a set time, and those have been made. Nothing was released. Ask the data owner when another run is possible.',
            ),
          ),
        }
      : {
          title: t('Your limit for this file is reached'),
          message: thenAgain(sentence(message), t('Nothing was released.')),
        },
  cancelled: ({ byPeer, other, fate }) =>
    byPeer
      ? { title: t('The {{other}} cancelled the run', { other }), message: thenAgain(fate) }
      : {
          title: t('You cancelled the run'),
          message: thenAgain(t('The {{other}} is told as soon as there is a connection.', { other }), fate),
        },
  'connection-lost': ({ byPeer, message, other, fate }) =>
    byPeer
      ? {
          title: t('The {{other}} did not wait for the connection', { other }),
          message: thenAgain(t('It had been lost for long, and they ended the run.'), fate),
        }
      : { title: t('The connection failed'), message: thenAgain(sentence(message), fate) },
  'verification-failed': ({ byPeer, message }) => ({
    title: message === USED_LINK ? t('This link was already used') : t('The connection could not be verified'),
    message: thenAgain(byPeer ? peerWords(message) : sentence(message), t('Nothing was sent.')),
  }),
  'protocol-error': ({ byPeer, message, other, fate }) =>
    byPeer
      ? { title: t('The {{other}}’s browser ended the run', { other }), message: thenAgain(fate, peerWords(message)) }
      : { title: t('This could not go on'), message: thenAgain(sentence(message), fate) },
  finished: ({ other, fate }) => ({
    title: t('The {{other}} has left', { other }),
    message: thenAgain(t('The room was closed before the run was finished.'), fate),
  }),
};

/**
 * What ended a run that had begun. Its other page may give a reason that belongs before a run, with which the person would be told
 * that hardly anything was sent.
 */
export function endingOfRun(error: unknown, role: Role): unknown {
  if (!(error instanceof ChannelClosed && error.byPeer)) return error;
  const { code, message } = error.reason;
  if (code === 'declined') return new ChannelClosed({ code: 'cancelled', message }, true);
  // The owner's ledger is asked while the researcher's page begins.
  const early = code === 'verification-failed' || (code === 'limit-reached' && role === 'owner');
  return early ? new ChannelClosed({ code: 'protocol-error', message }, true) : error;
}

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
    title: t('This could not go on'),
    message: thenAgain(sentence(message), fate),
  };
}
