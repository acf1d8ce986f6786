import { describe, expect, it } from 'vitest';
import { costSentences, costWarnings, durationWords } from './cost-words.ts';

const cost = {
  researcherSends: 42.2e6,
  ownerSends: 30.01e6,
  seconds: 16,
  memory: { researcher: 460e6, owner: 1.23e9 },
};

describe('what a run will cost', () => {
  it('is said as time, traffic both ways and memory of this page', () => {
    const [time, traffic, memory] = costSentences(cost, 'owner');
    expect(time).toContain('about 20 seconds');
    expect(traffic).toContain('73 MB: 43 MB from the researcher, 31 MB from the data owner');
    expect(traffic).toContain('20 Mbit/s takes about 30 seconds');
    expect(memory).toContain('1.3 GB');
    expect(costSentences(cost, 'researcher')[2]).toContain('0.5 GB');
  });

  it('comes with a warning where memory is short or the run is long, and only there', () => {
    expect(costWarnings(cost, 'owner', 8e9)).toEqual([]);
    expect(costWarnings(cost, 'owner', undefined)).toEqual([]);
    expect(costWarnings(cost, 'owner', 2e9)).toEqual([expect.stringContaining('more than half')]);
    expect(costWarnings(cost, 'researcher', 2e9)).toEqual([]);
    const huge = { ...cost, seconds: 7200, memory: { researcher: 5e9, owner: 5e9 } };
    expect(costWarnings(huge, 'owner', undefined)).toEqual([
      expect.stringContaining('4.0 GB at most'),
      expect.stringContaining('going to sleep'),
    ]);
  });

  it.each([
    [3, 'about 10 seconds'],
    [61, 'about 70 seconds'],
    [170, 'about 3 minutes'],
    [7000, 'about 2 hours'],
  ])('%i s are %s', (seconds, words) => {
    expect(durationWords(seconds)).toBe(words);
  });
});
