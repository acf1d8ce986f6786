import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyTable } from '../keys/key-table.ts';
import { PLAIN_MODULUS } from '../seal/parameters.ts';
import { add, multiply } from '../seal/plain-field.ts';
import { randomElements } from '../seal/random.ts';
import { cuckooHash } from './cuckoo.ts';
import { chooseGeometry, shareLost, wireBits } from './geometry.ts';
import { candidateBin, fingerprint } from './key-points.ts';
import { drawLabels, slotOfLabel } from './labels.ts';
import { SightingCollector } from './matches.ts';
import { placeRows } from './placement.ts';
import { SegmentPolynomials } from './segment-polynomials.ts';

/** Keys over a small alphabet, so that rows share keys and some have none. */
const keysArbitrary = fc
  .array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 120 })
  .map((people) =>
    Uint32Array.from(
      people.flatMap((p) => (p === 0 ? [0, 0, 0, 0] : [p, p * 0x9e3779b1, p * 77777777, p * 123456789])),
    ),
  );

describe('geometry', () => {
  test.each([
    [5000, 5000, 8192, 2, 3],
    [5000, 100_000, 8192, 6, 8],
    [100, 100, 8192, 2, 3],
  ])('%i x %i', (list, data, bins, degree, segments) => {
    expect(chooseGeometry(list, data)).toEqual({ bins, degree, segments });
  });

  test('bins hold the list, few rows find theirs full, and one point or segment less would not do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 1_000_000 }), (list, data) => {
        fc.pre((3 * data) / (1.27 * list) < 300);
        const { bins, degree, segments } = chooseGeometry(list, data);
        expect(bins % 8192).toBe(0);
        expect(bins).toBeGreaterThanOrEqual(1.27 * list);
        const load = (3 * data) / bins;
        expect(shareLost(load, degree * segments)).toBeLessThanOrEqual(0.006);
        if (degree > 2) expect(shareLost(load, (degree - 1) * segments)).toBeGreaterThan(0.006);
        if (segments > 3) expect(shareLost(load, degree * (segments - 1))).toBeGreaterThan(0.006);
      }),
      { numRuns: 50 },
    );
    expect(wireBits(2, 3)).toBe(2 * 149 + 3 * 90);
  });

  test.each([
    [5000, 5000],
    [50_000, 50_000],
    [5000, 100_000],
  ])('of %i x %i: as many placements are lost to full bins as the rule says', (list, data) => {
    const geometry = chooseGeometry(list, data);
    const keys = new Uint32Array(4 * data);
    for (let at = 0; at < keys.length; at += 16_384) crypto.getRandomValues(keys.subarray(at, at + 16_384));
    const { overflowed } = placeRows(keys, new Float64Array(data), geometry);
    const lost = shareLost((3 * data) / geometry.bins, geometry.degree * geometry.segments);
    // Some 30 to 800 of them; lost ones come in groups, so the spread is somewhat wider than a Poisson variable's.
    const expected = 3 * data * lost;
    expect(Math.abs(overflowed - expected)).toBeLessThan(10 * Math.sqrt(expected));
  });

  test('a file beyond what a run can carry is refused', () => {
    expect(() => chooseGeometry(100, 4_000_000)).toThrow('more than a run can carry');
  });
});

describe('keys, cuckoo hashing, placement', () => {
  test('every distinct key gets one of its own bins, and no bin two keys', () => {
    fc.assert(
      fc.property(keysArbitrary, (keys) => {
        const rows = keyTable(keys);
        const table = cuckooHash(keys, rows, 8192);
        expect(table).toBeDefined();
        const placed = new Set<number>();
        for (const [bin, row] of (table as Int32Array).entries()) {
          if (row === -1) continue;
          placed.add(row);
          expect([0, 1, 2].map((which) => candidateBin(keys, row, which, 8192))).toContain(bin);
        }
        expect(placed.size).toBe(rows.first.filter((first, row) => first === row).length);
      }),
    );
  });

  test('fails instead of looping where there is no room', () => {
    const keys = crypto.getRandomValues(new Uint32Array(4 * 20));
    expect(cuckooHash(keys, keyTable(keys), 16)).toBeUndefined();
  });

  test('loads of 5,000 random keys into 8,192 bins', () => {
    const keys = new Uint32Array(20_000);
    crypto.getRandomValues(keys.subarray(0, 16_000));
    crypto.getRandomValues(keys.subarray(16_000));
    expect(cuckooHash(keys, keyTable(keys), 8192)).toBeDefined();
  });

  test('polynomials pass through every placed point, and are of full degree', () => {
    fc.assert(
      fc.property(keysArbitrary, fc.integer({ min: 1, max: 5 }), (keys, degree) => {
        const geometry = { bins: 16, degree, segments: 4 };
        const rows = keys.length / 4;
        const labels = randomElements(rows);
        const placement = placeRows(keys, labels, geometry);
        const polynomials = new SegmentPolynomials(geometry, 8);
        for (let segment = 0; segment < 4; segment++) {
          for (const firstBin of [0, 8]) {
            const planes = polynomials.planes(placement, segment, firstBin);
            for (let k = 0; k < 8; k++) {
              const index = (firstBin + k) * 4 + segment;
              const coefficients = planes.map((plane) => Number(plane[k]));
              expect(coefficients[degree]).not.toBe(0);
              const count = placement.counts[index] as number;
              const points = placement.points.slice(index * degree, index * degree + count);
              expect(new Set(points).size).toBe(count);
              for (const [i, x] of points.entries()) {
                expect(evaluate(coefficients, x)).toBe(placement.labels[index * degree + i]);
              }
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('at most four rows of a key are placed, in all of their bins', () => {
    const one = [7, 8, 9, 10];
    const keys = Uint32Array.from(Array.from({ length: 9 }, () => one).flat());
    const placement = placeRows(keys, randomElements(9), { bins: 8192, degree: 3, segments: 6 });
    expect(placement.capped.length).toBe(5);
    expect(placement.overflowed).toBe(0);
    const bins = new Set([0, 1, 2].map((which) => candidateBin(keys, 0, which, 8192)));
    expect(placement.counts.reduce((sum, count) => sum + count, 0)).toBe(4 * bins.size);
    expect(placement.points.includes(fingerprint(keys, 0))).toBe(true);
  });

  test('every row stands in each of its bins once, under its own label', () => {
    const keys = crypto.getRandomValues(new Uint32Array(4 * 500));
    const labels = randomElements(500);
    const geometry = { bins: 64, degree: 9, segments: 7 };
    const placement = placeRows(keys, labels, geometry);
    expect(placement.overflowed).toBe(0);
    const placed: string[] = [];
    for (let segment = 0; segment < 7; segment++) {
      for (let bin = 0; bin < 64; bin++) {
        const at = bin * 7 + segment;
        for (let i = 0; i < (placement.counts[at] as number); i++) {
          placed.push(`${bin} ${placement.points[at * 9 + i]} ${placement.labels[at * 9 + i]}`);
        }
      }
    }
    const expected = Array.from({ length: 500 }, (_, row) => {
      const bins = new Set([0, 1, 2].map((which) => candidateBin(keys, row, which, 64)));
      return [...bins].map((bin) => `${bin} ${fingerprint(keys, row)} ${labels[row]}`);
    }).flat();
    expect(placed.sort()).toEqual(expected.sort());
  });

  test('no segment is preferred', () => {
    const geometry = { bins: 64, degree: 10, segments: 8 };
    const keys = crypto.getRandomValues(new Uint32Array(4 * 800));
    const inSegment = new Float64Array(8);
    for (let repeat = 0; repeat < 20; repeat++) {
      const { counts } = placeRows(keys, new Float64Array(800), geometry);
      for (const [at, count] of counts.entries()) {
        const segment = at % 8;
        inSegment[segment] = (inSegment[segment] as number) + count;
      }
    }
    // About 5,950 placements a segment; 450 are six standard deviations.
    const usual = inSegment.reduce((sum, count) => sum + count, 0) / 8;
    for (const count of inSegment) expect(Math.abs(count - usual)).toBeLessThan(450);
  });

  test('a full bin is counted, not hidden', () => {
    const keys = crypto.getRandomValues(new Uint32Array(4 * 40));
    const placement = placeRows(keys, randomElements(40), { bins: 4, degree: 1, segments: 4 });
    const placed = placement.counts.reduce((sum, count) => sum + count, 0);
    expect(placed).toBe(16);
    expect(placement.overflowed).toBeGreaterThan(40);
  });
});

function evaluate(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((value, coefficient) => add(multiply(value, x), coefficient), 0);
}

describe('labels and matches', () => {
  test('labels are in the field and stand for distinct slots', () => {
    const { labels, slotOf } = drawLabels(1000, 5461);
    expect(new Set(slotOf).size).toBe(1000);
    for (const [row, label] of labels.entries()) {
      expect(label).toBeLessThan(PLAIN_MODULUS);
      expect(slotOfLabel(label, 5461)).toBe(slotOf[row]);
    }
    expect(() => drawLabels(11, 10)).toThrow('do not fit');
  });

  test('values are counted across bands, and the bands remembered', () => {
    const collector = new SightingCollector(3);
    collector.add(0, { records: Uint32Array.of(0, 2), values: Float64Array.of(5, 6, 7, 8) });
    collector.add(3, { records: Uint32Array.of(0), values: Float64Array.of(6, 99) });
    collector.add(255, { records: Uint32Array.of(2), values: Float64Array.of(8, 6) });
    expect(collector.candidates(2)).toEqual([
      { list: 0, data: 6, bands: 2, inBands: Uint8Array.of(0, 3) },
      { list: 2, data: 8, bands: 2, inBands: Uint8Array.of(0, 255) },
    ]);
    expect(collector.candidates(3)).toEqual([]);
  });
});
