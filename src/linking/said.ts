/**
 * What the pages of a room tell each other about its end and about runs. It goes over the wire in English, and is said in the
 * person's language where it is shown.
 */
import { FORGED, LOST, ROOM_CLOSED } from '../channel/ending.ts';
import { WORKER_STOPPED } from '../threads/lifeline.ts';
import { quotable } from '../words/quotable.ts';
import { inEnglish, message, t, tKnown, type Values } from '../words/translate.ts';

export const SAID = {
  deleted: message('The project was deleted. The linkage unit has forgotten all CLKs and results.'),
  deletedByProvider: message(
    'The project was deleted by the provider who made it. The linkage unit has forgotten all CLKs and results.',
  ),
  unitLeft: message('The linkage unit left the room. It has forgotten all CLKs and results.'),
  unitClosed: message('The linkage unit was closed.'),
  here: message('This provider is in the room already.'),
  withdrawn: message('Provider {{number}} took its CLKs back.'),
  gone: message('Provider {{number}} left the room.'),
  left: message('Provider {{number}} left the room; its CLKs are forgotten.'),
  unfitProvider: message(
    'Provider {{number}}’s page sent something that does not fit, so its connection was ended: {{reason}}',
  ),
  unfitUnit: message(
    'The linkage unit’s page sent something that does not fit, so the connection was ended: {{reason}}',
  ),
  otherProject: message('The project that was sent is not the one this link was made for. Ask for a new link.'),
  unreadable: message('The project that was sent cannot be read. Are all pages on the same version?'),
  runDeleted: message('The run was deleted.'),
  someBlocks: message('Some providers sent blocks and some did not. All must send them, or none.'),
  tooManyPairs: message(
    'More than {{most}} pairs have a similarity of {{threshold}} or more. Run with a higher threshold.',
  ),
  workerStopped: WORKER_STOPPED,
  words: message('It said: “{{words}}”'),
  queueOutOfTurn: message('“{{kind}}” came from the queue’s server out of turn.'),
  queueWrongPairs: message('The queue gave pairs that cannot be of this run.'),
  queueNoScores: message('The queue gave no similarity scores.'),
  queueLost: message('The connection between the page and the server with the queue was lost. Start the run again.'),
  queueAbsent: message('This page’s server offers no queue. Start it with: blindjoin serve --queue redis://host:6379'),
  queueDoubted: message(
    'This page’s server does not know this token, so no CLKs were sent to it. Take the token that your own server printed when it started last.',
  ),
} as const;

/** A sentence as it is sent. */
export const said = inEnglish;

/** What channels and rooms say at their end, of either page. */
const OF_CHANNELS: readonly string[] = [LOST, FORGED, ROOM_CLOSED];
const MAX_WORDS = 300;

/** What the other page said as it left: as it is where it is one of these sentences, and anything else in quotation marks, as words of theirs. */
export function saidByPeer(text: string): string {
  const ours = Object.values<string>(SAID).filter((one) => one !== SAID.words);
  const known = OF_CHANNELS.includes(text) || ours.some((one) => valuesIn(one, text));
  return known ? text : said(SAID.words, { words: quotable(text.slice(0, MAX_WORDS)) });
}

/** The values of a sentence's places in `text`; undefined where `text` is another sentence. */
function valuesIn(sentence: string, text: string): Values<string> | undefined {
  const names = [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  const fixed = sentence.split(/\{\{\w+\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const found = new RegExp(`^${fixed.join('(.*)')}$`, 's').exec(text);
  return found ? Object.fromEntries(names.map((name, i) => [name, saidWords(found[i + 1] ?? '')])) : undefined;
}

/** What was sent, in the person's language where it is one of these sentences, or one of channels; anything else as it was sent. */
export function saidWords(text: string): string {
  for (const sentence of Object.values<string>(SAID)) {
    const values = valuesIn(sentence, text);
    if (values) return t(sentence, values);
  }
  return tKnown(text);
}
