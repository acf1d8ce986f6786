import { describe, expect, it } from 'vitest';
import { megabytes, timeLeftWords } from './time-left.ts';

const at = (done: number, elapsed: number) => ({ done, note: '', startedAt: 1000, reportedAt: 1000 + elapsed });

describe('timeLeftWords', () => {
  it('waits for enough to judge by', () => {
    expect(timeLeftWords({ done: 0, note: '' })).toBe('not started yet');
    expect(timeLeftWords(at(0.01, 60_000))).toBe('estimating the time left');
    expect(timeLeftWords(at(0.5, 100))).toBe('estimating the time left');
  });

  it('says so where it waits for the other side', () => {
    expect(timeLeftWords({ ...at(0.5, 33_000), waiting: true })).toBe('waiting for the other side');
  });

  it('rounds to what a person wants to know', () => {
    expect(timeLeftWords(at(0.5, 4_000))).toBe('a few seconds left');
    expect(timeLeftWords(at(0.5, 33_000))).toBe('about 40 seconds left');
    expect(timeLeftWords(at(0.25, 60_000))).toBe('about 3 minutes left');
    expect(timeLeftWords(at(0.02, 600_000))).toBe('about 9 hours left');
    expect(timeLeftWords(at(1, 600_000))).toBe('done');
  });
});

describe('megabytes', () => {
  it('never shows something as nothing', () => {
    expect(megabytes(0)).toBe('0 MB');
    expect(megabytes(1)).toBe('less than 0.1 MB');
    expect(megabytes(1_250_000)).toBe('1.3 MB');
  });
});
