/** A link that somebody was sent, as they paste it: alone, in a sentence, broken over lines, or as a mail filter has rewritten it. */

import { t } from '../../words/translate.ts';
import { parseRoute } from '../ui/route.ts';

export type SentLink = { readonly fragment: string } | { readonly problem: string };

/** What stands between letters and is not seen: soft hyphens, joiners, marks of direction. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const AROUND = /^[<("'“”„«[]+|[>)"'“”„»\].,;:!?]+$/g;
/** A room's secret, whole. */
const WHOLE = /[?&](room|key)=[\w-]{43}(&|$)/;
/** Filters that rewrite what others have rewritten. */
const MAX_WRAPPERS = 3;

/** `base`: this page's address without fragment. */
export function readSentLink(text: string, base: string): SentLink {
  const seen = text.replace(INVISIBLE, '').trim();
  if (seen.replace(AROUND, '') === '') return { problem: t('Paste the link that you were sent.') };
  const links = candidates(seen).map((candidate) => fragmentOf(candidate, base));
  const invitations = links.filter((link) => typeof link === 'string');
  const fragment = invitations.find((link) => WHOLE.test(link)) ?? invitations[0];
  if (fragment !== undefined) return { fragment };
  return {
    problem: links.includes(ELSEWHERE)
      ? t('This link leads to another address than this page. Open it in the browser’s address bar.')
      : t('This is no link into a room. Copy the whole link, from “http” to its last character, and paste it again.'),
  };
}

/** What the link may be: each word, or all of them where lines have broken it; words after it are no part of its secret. */
function candidates(text: string): string[] {
  const joined = text.replace(/\s+/g, '').replace(/^.*?(?=https?:)/, '');
  const cut = joined.replace(/([?&]room=[\w-]{43})[^&].*$/, '$1');
  return [...text.split(/\s+/), joined, cut].map((word) => word.replace(AROUND, ''));
}

const ELSEWHERE = Symbol('invites to another address');

/** The fragment of an invitation to this page; undefined where it is none. */
function fragmentOf(link: string, base: string, wrappers = MAX_WRAPPERS): string | typeof ELSEWHERE | undefined {
  const at = link.indexOf('#');
  if (at < 0 || !isInvitation(link.slice(at))) return wrappers > 0 ? wrapped(link, base, wrappers) : undefined;
  const address = link.slice(0, at);
  return address === '' || isSamePage(address, base) ? link.slice(at) : ELSEWHERE;
}

/** The link that another one brings along, as filters of mail write them, or whose own characters are escaped. */
function wrapped(link: string, base: string, wrappers: number): string | typeof ELSEWHERE | undefined {
  if (!URL.canParse(link)) return undefined;
  const inner = [...new URL(link).searchParams.values(), decoded(link)];
  return inner
    .filter((one) => one !== link && /^https?:/.test(one))
    .map((one) => fragmentOf(one, base, wrappers - 1))
    .find((fragment) => fragment !== undefined);
}

function decoded(link: string): string {
  try {
    return decodeURIComponent(link);
  } catch {
    return link;
  }
}

function isInvitation(fragment: string): boolean {
  const { page, roomFragment } = parseRoute(fragment);
  return roomFragment !== undefined || (page === 'linking' && fragment.includes('?'));
}

function isSamePage(address: string, base: string): boolean {
  const [theirs, ours] = [address, base].map((url) => (URL.canParse(url) ? new URL(url) : undefined));
  const path = (url: URL | undefined) => url?.pathname.replace(/\/(index\.html)?$/, '');
  return theirs?.origin === ours?.origin && path(theirs) === path(ours);
}
