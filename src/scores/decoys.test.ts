import { describe, expect, it } from 'vitest';
import type { WeightStep } from '../agreement/result.ts';
import { withDecoys } from './decoys.ts';
import { DIFFERENT, SAME } from './field-agreement.ts';
import type { PairEvidence } from './match-evidence.ts';
import { fitMatchModel } from './match-model.ts';

const step = (weight: number, matches: number, precision: number): WeightStep => ({
  weight,
  candidates: matches,
  matches,
  precision,
  recall: 0.8,
  precisionRange: [precision, 1],
  recallRange: [0, 1],
});
/** So many pairs of records, each both ways round, that stand for `worth` wrong matches in all. */
const decoys = (weight: number, pairs: number, worth = 4) => ({
  pairs: Array.from({ length: 2 * pairs }, () => ({ weight, wrong: worth / 2 })),
  worth,
});

describe('steps with decoys', () => {
  it('as many wrong matches more as there are decoys beyond those expected', () => {
    // 20 wrong are expected, as 5 pairs would show; 13 are shown.
    const [corrected] = withDecoys([step(10, 100, 0.8)], decoys(11, 13));
    expect(corrected?.precision).toBeCloseTo(1 - 0.2 * ((3 + 13) / (3 + 5)));
    expect(corrected?.recall).toBeCloseTo(0.8 * (0.6 / 0.8));
    const [low = 1, high = 0] = corrected?.precisionRange ?? [];
    expect(low).toBeLessThan(0.6);
    expect(high).toBeGreaterThan(0.6);
  });

  it('never fewer, and only those that weigh enough count', () => {
    const steps = [step(10, 100, 0.8), step(20, 60, 0.9)];
    expect(withDecoys(steps, decoys(11, 1))).toEqual(steps);
    const [light, heavy] = withDecoys(steps, decoys(15, 40));
    expect(light?.precision).toBeLessThan(0.2);
    expect(heavy).toEqual(steps[1]);
  });

  it('at least, only what chance does not make of it', () => {
    const steps = [step(10, 100, 0.8)];
    expect(withDecoys(steps, decoys(11, 7), true)).toEqual(steps);
    expect(withDecoys(steps, decoys(11, 7))[0]?.precision).toBeLessThan(0.8);
    expect(withDecoys(steps, decoys(11, 40), true)[0]?.precision).toBeLessThan(0.4);
  });

  it('without a list that was compared nothing changes, and all may be wrong', () => {
    const steps = [step(10, 100, 0.8)];
    expect(withDecoys(steps, undefined)).toEqual(steps);
    expect(withDecoys(steps, decoys(11, 10_000))[0]?.precision).toBe(0);
    expect(withDecoys([step(10, 0, 0)], decoys(11, 3))).toEqual([step(10, 0, 0)]);
  });
});

describe('decoys of the model', () => {
  const pair = (record: number, row: number, levels: readonly number[], strangers: number): PairEvidence => ({
    record,
    row,
    levels: Uint8Array.from(levels),
    strangers,
  });
  const same = [SAME, SAME, SAME, SAME];
  const alike = [SAME, SAME, DIFFERENT, DIFFERENT];
  const people = Array.from({ length: 100 }, (_, i) => pair(i, i, same, 1e-9));
  const of = (pairs: readonly PairEvidence[], records = 1000) => {
    const { decoys: found } = fitMatchModel({ pairs: people, records, rows: 2000, within: { records, pairs } });
    return found?.pairs ?? [];
  };

  it('a pair that is the only one of its kind weighs as one that no look-alike is like', () => {
    const other = [DIFFERENT, DIFFERENT, SAME, SAME];
    const lone = of([pair(500, 501, alike, 1e-6), pair(501, 500, alike, 1e-6)]);
    const among = Array.from({ length: 100 }, (_, i) => pair(600 + i, 700 + i, alike, 1e-6));
    const [first] = of([pair(500, 501, alike, 1e-6), pair(501, 500, alike, 1e-6), ...among]);
    expect(lone[0]?.weight).toBeGreaterThan((first?.weight ?? 0) + 3);
    const [absent] = of([pair(500, 501, alike, 1e-6), pair(600, 700, other, 1e-6)]);
    expect(Math.abs((lone[0]?.weight ?? 0) - (absent?.weight ?? 0))).toBeLessThan(1);
  });

  it('a pair of records stands for as many wrong matches as the data has rows for it, and for none if its record has a match', () => {
    const found = of([pair(0, 500, alike, 1e-6), pair(500, 0, alike, 1e-6)]);
    expect(found[1]?.wrong).toBeCloseTo(2 * (1 - 100 / 2000), 1);
    expect(found[0]?.wrong).toBeLessThan(0.01);
  });
});
