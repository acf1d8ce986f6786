/** Why two pages do not take each other for what they should be. */
import { message } from '../words/translate.ts';

const refusals = ['failed', 'same-role', 'version', 'used'] as const;
export type Refusal = (typeof refusals)[number];

/** In English, for they are compared; whoever shows one says it in the language of the page. */
const sentences: Record<Refusal, string> = {
  failed: message(
    'The other page could not prove that it holds the same link. ' +
      'Somebody may be listening in between, or the link is not the right one: make a new room and send its link over a channel you trust.',
  ),
  'same-role': message(
    'Both pages have the same role. One of you has the list, the other holds the data: open the link as it was sent.',
  ),
  version: message('The two pages run different versions of Blindjoin. Reload both pages, then make a new room.'),
  used: message(
    'This link was used already: in another tab, on another computer, or here before a reload. Go on where it is open, or ask for a new link.',
  ),
};

/** What a page is told that opens a link a second time. */
export const USED_LINK = sentences.used;

/** Why a connection was refused; `byPeer` when the other side refused it. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError';
  constructor(
    readonly refusal: Refusal,
    readonly byPeer: boolean,
  ) {
    super(sentences[refusal]);
  }
}

/** A refusal as one byte. */
export const refusalByte = (refusal: Refusal): number => refusals.indexOf(refusal);
export const refusalOf = (byte: number | undefined): Refusal => refusals[byte ?? 0] ?? 'failed';
