import { describe, expect, it } from 'vitest';
import { seededRandom } from '../keys/random.ts';
import { CROSSED, DIFFERENT, IN_PLACE, MISSING, SAME, SIMILAR, UNKNOWN } from './field-agreement.ts';
import { Rivals } from './rivals.ts';

/** The odds of two candidates, which are one record's or, `asRows`, one row's, after they were bounded. */
function bounded(levels: readonly (readonly number[])[], odds: readonly number[], asRows = false): number[] {
  const one = Uint32Array.from(levels, () => 0);
  const each = Uint32Array.from(levels, (_, i) => i);
  const rivals = new Rivals({
    recordOf: asRows ? each : one,
    rowOf: asRows ? one : each,
    levelsOf: levels.map((pattern) => Uint8Array.from(pattern)),
  });
  const left = Float64Array.from(odds);
  rivals.bound(left);
  return [...left];
}

describe('who agrees better in everything', () => {
  it.each([false, true])('bounds the odds of the other (as rows: %s)', (asRows) => {
    const levels = [
      [SAME, SAME, SAME],
      [SIMILAR, SAME, SAME],
      [SIMILAR, SIMILAR, DIFFERENT],
    ];
    expect(bounded(levels, [2, 9, 5], asRows)).toEqual([2, 2, 2]);
    expect(bounded(levels, [9, 2, 1], asRows)).toEqual([9, 2, 1]);
  });

  it('says nothing where one field is worse, nor of values that are missing beside similar ones', () => {
    expect(
      bounded(
        [
          [SAME, DIFFERENT],
          [SIMILAR, SAME],
        ],
        [1, 9],
      ),
    ).toEqual([1, 9]);
    expect(bounded([[SIMILAR], [MISSING]], [1, 9])).toEqual([1, 9]);
    expect(bounded([[MISSING], [SIMILAR]], [1, 9])).toEqual([1, 9]);
    expect(
      bounded(
        [
          [SAME, UNKNOWN],
          [SAME, UNKNOWN],
        ],
        [1, 9],
      ),
    ).toEqual([1, 9]);
    expect(bounded([[SAME], [UNKNOWN]], [1, 9])).toEqual([1, 9]);
  });

  it('takes names in place for better than in each other’s columns, and any value for better than another one', () => {
    expect(
      bounded(
        [
          [SAME, IN_PLACE],
          [SIMILAR, CROSSED],
        ],
        [1, 9],
      ),
    ).toEqual([1, 1]);
    expect(bounded([[SAME], [MISSING]], [1, 9])).toEqual([1, 1]);
    expect(bounded([[MISSING], [DIFFERENT]], [1, 9])).toEqual([1, 1]);
  });

  it('leaves candidates of other records and rows alone', () => {
    const rivals = new Rivals({
      recordOf: Uint32Array.of(0, 1),
      rowOf: Uint32Array.of(0, 1),
      levelsOf: [Uint8Array.of(SAME), Uint8Array.of(SIMILAR)],
    });
    const odds = Float64Array.of(1, 9);
    rivals.bound(odds);
    expect([...odds]).toEqual([1, 9]);
  });

  /** Of few records and rows, so that many compete. */
  it('is the same as comparing every two', () => {
    const { below } = seededRandom([52]);
    const better = [
      [SAME, SIMILAR],
      [SAME, MISSING],
      [SAME, DIFFERENT],
      [SIMILAR, DIFFERENT],
      [MISSING, DIFFERENT],
    ];
    const noWorse = (one: number, other: number) => one === other || better.some(([a, b]) => a === one && b === other);
    const all = Array.from({ length: 300 }, () => ({
      record: below(12),
      row: below(12),
      levels: [0, 1, 2].map(() => [DIFFERENT, SAME, SIMILAR, MISSING, UNKNOWN][below(5)] as number),
      odds: below(1000),
    }));
    const rivals = new Rivals({
      recordOf: Uint32Array.from(all, ({ record }) => record),
      rowOf: Uint32Array.from(all, ({ row }) => row),
      levelsOf: all.map(({ levels }) => Uint8Array.from(levels)),
    });
    const odds = Float64Array.from(all, (one) => one.odds);
    rivals.bound(odds);
    const expected = all.map((one) => {
      const bounds = all.filter(
        ({ record, row, levels }) =>
          (record === one.record || row === one.row) && levels.every((l, f) => noWorse(l, one.levels[f] as number)),
      );
      const apart = bounds.filter(({ levels }) => `${levels}` !== `${one.levels}`);
      return Math.min(one.odds, ...apart.map((rival) => rival.odds));
    });
    expect([...odds]).toEqual(expected);
  });

  it('takes tens of thousands of candidates of one row, which agree in few ways', () => {
    const levels = Array.from({ length: 60_000 }, (_, i) => [i % 2 === 0 ? SAME : SIMILAR, SAME]);
    const odds = levels.map((_, i) => 5 + (i % 2));
    expect(new Set(bounded(levels, odds, true))).toEqual(new Set([5]));
  });
});
