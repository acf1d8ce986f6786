/** What a browser says when it stores nothing, in words that say what to do. */
import { message, t } from '../../words/translate.ts';

const BLOCKED = message(
  'This browser does not let the page store anything. Allow this page to store data in the browser’s settings, or use a window that is not private; then reload the page.',
);
const FULL = message(
  'This browser has no room left for the page’s data. Free space on the disk, or delete what other pages keep in this browser; then try again.',
);

/** Undefined where the error is none of storage: it has words of its own. */
export function storageWords(failure: unknown): string | undefined {
  // Firefox has no `indexedDB` where storage is off, which makes a TypeError or a ReferenceError.
  if (failure instanceof DOMException) return failure.name === 'QuotaExceededError' ? t(FULL) : t(BLOCKED);
  return failure instanceof TypeError || failure instanceof ReferenceError ? t(BLOCKED) : undefined;
}
