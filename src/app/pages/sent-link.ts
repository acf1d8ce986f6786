/** A link that somebody was sent, as they paste it. */

import { t } from '../../words/translate.ts';
import { parseRoute } from '../ui/route.ts';

export type SentLink = { readonly fragment: string } | { readonly problem: string };

/** `base`: this page's address without fragment. */
export function readSentLink(text: string, base: string): SentLink {
  const trimmed = text.trim().replace(/^[<"'“”]+|[>"'“”]+$/g, '');
  if (trimmed === '') return { problem: t('Paste the link that you were sent.') };
  const at = trimmed.indexOf('#');
  const fragment = at < 0 ? '' : trimmed.slice(at);
  const { page, roomFragment } = parseRoute(fragment);
  const invites = roomFragment !== undefined || (page === 'linking' && fragment.includes('?'));
  if (!invites) {
    return {
      problem: t(
        'This is no link into a room. Copy the whole link, from “http” to its last character, and paste it again.',
      ),
    };
  }
  const address = trimmed.slice(0, at);
  if (address !== '' && !isSamePage(address, base)) {
    return { problem: t('This link leads to another address than this page. Open it in the browser’s address bar.') };
  }
  return { fragment };
}

function isSamePage(address: string, base: string): boolean {
  const [theirs, ours] = [address, base].map((url) => (URL.canParse(url) ? new URL(url) : undefined));
  const path = (url: URL | undefined) => url?.pathname.replace(/\/(index\.html)?$/, '');
  return theirs?.origin === ours?.origin && path(theirs) === path(ours);
}
