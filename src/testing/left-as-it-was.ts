/** Test files in Node share a process: what one of them has set does not reach the next. */
import { afterAll, vi } from 'vitest';
import { speak } from '../words/translate.ts';

afterAll(() => {
  speak('en', {});
  vi.useRealTimers();
});
