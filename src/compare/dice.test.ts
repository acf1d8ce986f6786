import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandidateSearch, findCandidates, joinCandidates, searchTasks } from './candidate-search.ts';
import { compareFilters, type DiceOptions, type RecordBlocks } from './dice.ts';
import { CompareError, type FilterSet, filtersOf } from './filters.ts';
import type { RecordPairs } from './record-pairs.ts';

interface Hit {
  readonly dice: number;
  readonly first: number;
  readonly second: number;
}

function naive(
  first: FilterSet,
  second: FilterSet,
  threshold: number,
  shares = (_i: number, _j: number) => true,
): Hit[] {
  const hits: Hit[] = [];
  const filter = ({ bits, bytesPerFilter }: FilterSet, i: number) =>
    [...bits.subarray(i * bytesPerFilter, (i + 1) * bytesPerFilter)]
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join('');
  for (let i = 0; i < first.rows; i++) {
    for (let j = 0; j < second.rows; j++) {
      const [a, b] = [filter(first, i), filter(second, j)];
      const ones = (text: string) => text.replaceAll('0', '').length;
      const both = [...a].filter((bit, at) => bit === '1' && b[at] === '1').length;
      const all = ones(a) + ones(b);
      const dice = all === 0 ? 0 : (2 * both) / all;
      if (dice >= threshold && shares(i, j)) hits.push({ dice, first: i, second: j });
    }
  }
  return hits.sort((x, y) => y.dice - x.dice || x.first - y.first || x.second - y.second);
}

const hitsOf = ({ similarities, firstRecord, secondRecord }: RecordPairs): Hit[] =>
  Array.from(similarities, (dice, i) => ({ dice, first: firstRecord[i] ?? 0, second: secondRecord[i] ?? 0 }));

const filterSet = (bytesPerClk: number): fc.Arbitrary<FilterSet> =>
  fc
    .array(fc.uint8Array({ minLength: bytesPerClk, maxLength: bytesPerClk }), { maxLength: 12 })
    .map((filters) =>
      filtersOf({ rows: filters.length, bytesPerClk, bits: Uint8Array.from(filters.flatMap((f) => [...f])) }),
    );

const twoSets = fc
  .constantFrom(1, 3, 8, 16, 20, 128, 130, 300)
  .chain((bytes) => fc.tuple(filterSet(bytes), filterSet(bytes), filterSet(bytes)));
const thresholds = fc.oneof(
  fc.constantFrom(0, 0.5, 0.6, 2 / 3, 0.75, 0.8, 1),
  fc.double({ min: 0, max: 1, noNaN: true }),
);

function blocksFor({ rows }: FilterSet, lists: readonly (readonly number[])[]): RecordBlocks {
  const starts = new Uint32Array(rows + 1);
  const ids: number[] = [];
  for (let row = 0; row < rows; row++) {
    ids.push(...(lists[row] ?? []));
    starts[row + 1] = ids.length;
  }
  return { starts, ids: Uint32Array.from(ids) };
}

describe('Dice', { timeout: 60_000 }, () => {
  it('vectors, words and counting by hand agree, pruned or not', () => {
    fc.assert(
      fc.property(twoSets, thresholds, ([first, second], threshold) => {
        const expected = naive(first, second, threshold);
        for (const kernel of ['simd', 'scalar'] as const) {
          for (const pruning of [true, false]) {
            expect(hitsOf(compareFilters(first, second, { threshold, kernel, pruning }))).toEqual(expected);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('simple matching counts what neither has, pruned or not', () => {
    fc.assert(
      fc.property(twoSets, thresholds, ([first, second], threshold) => {
        const bits = 8 * first.bytesPerFilter;
        const alike = (i: number, j: number): number => {
          let differing = 0;
          for (let at = 0; at < first.bytesPerFilter; at++) {
            const [a, b] = [
              first.bits[i * first.bytesPerFilter + at] ?? 0,
              second.bits[j * first.bytesPerFilter + at] ?? 0,
            ];
            differing += (a ^ b).toString(2).replaceAll('0', '').length;
          }
          return (bits - differing) / bits;
        };
        const expected = naive(first, second, 0)
          .map((hit) => ({ ...hit, dice: alike(hit.first, hit.second) }))
          .filter(({ dice }) => dice >= threshold)
          .sort((x, y) => y.dice - x.dice || x.first - y.first || x.second - y.second);
        for (const pruning of [true, false]) {
          const pairs = compareFilters(first, second, { threshold, pruning, measure: 'simple-matching' });
          expect(hitsOf(pairs)).toEqual(expected);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('only pairs that share a block, each once', () => {
    const lists = fc.array(fc.array(fc.nat(4), { maxLength: 4 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(twoSets, thresholds, lists, lists, ([first, second], threshold, one, other) => {
        const options: DiceOptions = { threshold, blocks: [blocksFor(first, one), blocksFor(second, other)] };
        const share = (i: number, j: number) => one[i]?.some((block) => other[j]?.includes(block)) ?? false;
        expect(hitsOf(compareFilters(first, second, options))).toEqual(naive(first, second, threshold, share));
      }),
      { numRuns: 100 },
    );
  });

  it('the best of each block, and then of each record, as anonlink keeps them', () => {
    const lists = fc.array(fc.array(fc.nat(3), { maxLength: 3 }), { minLength: 12, maxLength: 12 });
    const some = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(twoSets, thresholds, lists, lists, some, ([first, second], threshold, one, other, top) => {
        const sets = [
          {
            filters: first,
            blocks: blocksFor(
              first,
              one.map((ids) => [...new Set(ids)]),
            ),
          },
          {
            filters: second,
            blocks: blocksFor(
              second,
              other.map((ids) => [...new Set(ids)]),
            ),
          },
        ];
        const kept = new Map<string, Hit>();
        for (let block = 0; block <= 3; block++) {
          const inBlock = naive(first, second, threshold, (i, j) =>
            Boolean(one[i]?.includes(block) && other[j]?.includes(block)),
          );
          for (const hit of inBlock) {
            const better = inBlock.filter((h) => h.first === hit.first).indexOf(hit);
            if (better < top) kept.set(`${hit.first} ${hit.second}`, hit);
          }
        }
        const merged = naive(first, second, threshold, (i, j) => kept.has(`${i} ${j}`));
        const expected = merged.filter(
          (hit) =>
            merged.filter((h) => h.first === hit.first).indexOf(hit) < top &&
            merged.filter((h) => h.second === hit.second).indexOf(hit) < top,
        );
        expect(hitsOf(findCandidates(sets, { threshold, top }))).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it('tasks of a search give what the whole search gives', () => {
    fc.assert(
      fc.property(
        twoSets,
        thresholds,
        fc.integer({ min: 1, max: 40 }),
        fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
        (filters, threshold, comparisons, top) => {
          const sets = filters.map((set) => ({ filters: set }));
          const options = { threshold, top };
          const search = new CandidateSearch(sets, options);
          const tasks = searchTasks(
            filters.map(({ rows }) => rows),
            comparisons,
          );
          const parts = tasks.map((task) => search.find(task));
          expect(joinCandidates(parts, top)).toEqual(findCandidates(sets, options));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('more columns and rows than one tile holds', () => {
    const bytesPerClk = 128;
    let state = 1;
    const random = (rows: number): FilterSet => {
      const bits = new Uint8Array(rows * bytesPerClk);
      for (let i = 0; i < bits.length; i++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        bits[i] = (state >>> 24) & (i % 7 < 3 ? 0xff : 0x5a);
      }
      return filtersOf({ rows, bits, bytesPerClk });
    };
    const [first, second] = [random(300), random(700)];
    const whole = compareFilters(first, second, { threshold: 0.5 });
    expect(whole.similarities.length).toBeGreaterThan(100);
    expect(compareFilters(first, second, { threshold: 0.5, pruning: false, kernel: 'scalar' })).toEqual(whole);
    const hits = hitsOf(whole);
    const top = hits.filter((hit) => hits.filter((h) => h.first === hit.first).indexOf(hit) < 2);
    expect(hitsOf(compareFilters(first, second, { threshold: 0.5, top: 2 }))).toEqual(top);
  });

  it('what cannot be compared is refused', () => {
    const set = (bytesPerClk: number): FilterSet =>
      filtersOf({ rows: 1, bytesPerClk, bits: new Uint8Array(bytesPerClk) });
    expect(() => compareFilters(set(8), set(16), { threshold: 0.5 })).toThrow(
      '64 bits cannot be compared with CLKs of 128',
    );
    expect(() => compareFilters(set(8), set(8), { threshold: 1.5 })).toThrow(
      'The threshold is 1.5; give one from 0 to 1.',
    );
    expect(() => compareFilters(set(8), set(8), { threshold: 0.5, top: 0.5 })).toThrow(CompareError);
    expect(() => filtersOf({ rows: 2, bytesPerClk: 8, bits: new Uint8Array(8) })).toThrow('2 CLKs of 8 bytes need 16');
    const blocked = { filters: set(8), blocks: blocksFor(set(8), []) };
    expect(() => findCandidates([blocked, { filters: set(8) }], { threshold: 0.5 })).toThrow(
      '1 of 2 data sets have blocks',
    );
  });
});
