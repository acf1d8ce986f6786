import { expect, it } from 'vitest';
import { leftOutSentences } from './owner-outcome.tsx';

it('rows that looked alike and places that were full are told apart', () => {
  expect(leftOutSentences({ capped: 0, overflowed: 0 }, 5000, 64)).toEqual([]);
  expect(leftOutSentences({ capped: 1, overflowed: 0 }, 5000, 64)).toEqual([
    'Once a row was left out of one of the 64 bands, because too many rows looked alike there. Each still took part in the other bands.',
  ]);
  expect(leftOutSentences({ capped: 1200, overflowed: 1920 }, 5000, 64)).toEqual([
    expect.stringMatching(/^1,200 times a row was left out/),
    expect.stringMatching(
      /^1,920 times one of the three places that a row has in each band was full, 2\.0 in a thousand/,
    ),
  ]);
  expect(leftOutSentences({ capped: 0, overflowed: 2 }, 5000, 64)[0]).toContain('fewer than 0.1 in a thousand');
});
