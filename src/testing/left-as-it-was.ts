/** Test files in Node share a process: what one of them has set, and what its modules keep, does not reach the next. */
import { afterAll, vi } from 'vitest';
import { i18n, speak } from '../words/translate.ts';

afterAll(() => {
  for (const language of Object.keys(i18n.store.data)) i18n.removeResourceBundle(language, 'translation');
  speak('en', {});
  vi.useRealTimers();
  vi.restoreAllMocks();
  // The next file evaluates its modules anew.
  vi.resetModules();
});
