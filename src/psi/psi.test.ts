import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyTable } from '../keys/key-table.ts';
import { PLAIN_MODULUS } from '../seal/parameters.ts';
import { add, multiply } from '../seal/plain-field.ts';
import { randomElements } from '../seal/random.ts';
import { cuckooHash } from './cuckoo.ts';
import { bandsOfBundle, bundleCount, chooseGeometry, shareLost, wireBits } from './geometry.ts';
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

function randomKeys(rows: number): Uint32Array {
  const keys = new Uint32Array(4 * rows);
  for (let at = 0; at < keys.length; at += 16_384) crypto.getRandomValues(keys.subarray(at, at + 16_384));
  return keys;
}

describe('geometry', () => {
  it.each([
    [5000, 5000, 64, 5, 32_768, 2, 3],
    [5000, 100_000, 64, 4, 24_576, 6, 10],
    [5000, 1_000_000, 64, 1, 8192, 16, 24],
    [5000, 4_000_000, 64, 1, 8192, 31, 48],
    [50_000, 50_000, 64, 1, 65_536, 2, 3],
    [1000, 1000, 64, 5, 8192, 2, 3],
    [100, 100, 64, 5, 8192, 2, 3],
    [100, 100, 23, 1, 8192, 2, 3],
  ])('%i x %i, %i bands', (list, data, bands, bandsInBundle, bins, degree, segments) => {
    expect(chooseGeometry(list, data, bands)).toEqual({ bandsInBundle, bins, degree, segments });
  });

  const shapes = fc
    .record({
      list: fc.integer({ min: 1, max: 100_000 }),
      data: fc.integer({ min: 1, max: 4_000_000 }),
      bands: fc.integer({ min: 1, max: 256 }),
    })
    .filter(({ list, data }) => (3 * data) / (1.27 * list) < 3000);

  it('bins hold the keys, few rows find theirs full, and one point or segment less would not do', () => {
    fc.assert(
      fc.property(shapes, ({ list, data, bands }) => {
        const { bandsInBundle, bins, degree, segments } = chooseGeometry(list, data, bands);
        expect(bins % 8192).toBe(0);
        expect(bandsInBundle * list).toBeLessThanOrEqual(0.86 * bins);
        const load = (3 * bandsInBundle * data) / bins;
        expect(shareLost(load, degree * segments)).toBeLessThanOrEqual(0.006);
        if (degree > 2) expect(shareLost(load, (degree - 1) * segments)).toBeGreaterThan(0.006);
        if (segments > 3) expect(shareLost(load, degree * (segments - 1))).toBeGreaterThan(0.006);
      }),
      { numRuns: 50 },
    );
    expect(wireBits({ degree: 2, segments: 3 })).toBe(2 * 139 + 3 * 94);
  });

  it('bundles take every band once, cost no more than bands by themselves, and leave both sides something to do', () => {
    fc.assert(
      fc.property(shapes, ({ list, data, bands }) => {
        const geometry = chooseGeometry(list, data, bands);
        const bundles = bundleCount(geometry, bands);
        const taken = Array.from({ length: bundles }, (_, bundle) => bandsOfBundle(geometry, bundle, bands));
        expect(taken.flat()).toEqual(Array.from({ length: bands }, (_, band) => band));
        expect(bundles).toBeGreaterThanOrEqual(Math.min(12, bands));
        const alone = chooseGeometry(list, data, 1);
        const bits = (shape: typeof alone, tables: number) => tables * shape.bins * wireBits(shape);
        expect(bits(geometry, bundles)).toBeLessThanOrEqual(bits(alone, bands));
        const { bandsInBundle, bins, degree, segments } = geometry;
        if (bandsInBundle > 1) expect(16 * bins * degree * segments).toBeLessThanOrEqual(2 ** 26);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    [5000, 5000],
    [50_000, 50_000],
    [5000, 100_000],
  ])('of %i x %i: as many placements are lost to full bins as the rule says', (list, data) => {
    const geometry = chooseGeometry(list, data, 64);
    const bands = Array.from({ length: geometry.bandsInBundle }, () => randomKeys(data));
    const { overflowed } = placeRows(bands, new Float64Array(data), geometry);
    const placements = 3 * bands.length * data;
    const lost = shareLost(placements / geometry.bins, geometry.degree * geometry.segments);
    // Some 400 to 6,000 of them; lost ones come in groups, so the spread is somewhat wider than a Poisson variable's.
    const expected = placements * lost;
    expect(Math.abs(overflowed - expected)).toBeLessThan(10 * Math.sqrt(expected));
  });

  it('a file beyond what a run can carry is refused', () => {
    expect(() => chooseGeometry(100, 60_000_000, 64)).toThrow('more than a run can carry');
  });
});

describe('keys, cuckoo hashing, placement', () => {
  it('every distinct key gets one of its own bins, and no bin two keys', () => {
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

  it('fails instead of looping where there is no room', () => {
    const keys = crypto.getRandomValues(new Uint32Array(4 * 20));
    expect(cuckooHash(keys, keyTable(keys), 16)).toBeUndefined();
  });

  it.each([8192, 32_768])('as many random keys as a table of %i bins ever gets find their places', (bins) => {
    for (let repeat = 0; repeat < 10; repeat++) {
      const keys = randomKeys(Math.floor(0.86 * bins));
      expect(cuckooHash(keys, keyTable(keys), bins)).toBeDefined();
    }
  });

  it('polynomials pass through every placed point, and are of full degree', () => {
    fc.assert(
      fc.property(keysArbitrary, fc.integer({ min: 1, max: 5 }), (keys, degree) => {
        const geometry = { bins: 16, degree, segments: 4 };
        const rows = keys.length / 4;
        const labels = randomElements(rows);
        const placement = placeRows([keys], labels, geometry);
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

  it('at most four rows of a key are placed, in all of their bins', () => {
    const one = [7, 8, 9, 10];
    const keys = Uint32Array.from(Array.from({ length: 9 }, () => one).flat());
    const placement = placeRows([keys], randomElements(9), { bins: 8192, degree: 3, segments: 6 });
    expect(placement.capped.length).toBe(5);
    const twice = placeRows([keys, new Uint32Array(36)], randomElements(9), { bins: 8192, degree: 3, segments: 6 });
    expect(Math.max(...twice.capped)).toBeLessThan(9);
    const second = placeRows([new Uint32Array(36), keys], randomElements(9), { bins: 8192, degree: 3, segments: 6 });
    expect(Math.min(...second.capped)).toBeGreaterThanOrEqual(9);
    expect(placement.overflowed).toBe(0);
    const bins = new Set([0, 1, 2].map((which) => candidateBin(keys, 0, which, 8192)));
    expect(placement.counts.reduce((sum, count) => sum + count, 0)).toBe(4 * bins.size);
    expect(placement.points.includes(fingerprint(keys, 0))).toBe(true);
  });

  it('every row stands in each of its bins once in every band, under its own label', () => {
    const bands = [randomKeys(300), randomKeys(300)];
    const labels = randomElements(300);
    const geometry = { bins: 64, degree: 10, segments: 8 };
    const placement = placeRows(bands, labels, geometry);
    expect(placement.overflowed).toBe(0);
    const placed: string[] = [];
    for (let segment = 0; segment < 8; segment++) {
      for (let bin = 0; bin < 64; bin++) {
        const at = bin * 8 + segment;
        for (let i = 0; i < (placement.counts[at] as number); i++) {
          placed.push(`${bin} ${placement.points[at * 10 + i]} ${placement.labels[at * 10 + i]}`);
        }
      }
    }
    const expected = bands.flatMap((keys) =>
      [...labels].flatMap((label, row) => {
        const bins = new Set([0, 1, 2].map((which) => candidateBin(keys, row, which, 64)));
        return [...bins].map((bin) => `${bin} ${fingerprint(keys, row)} ${label}`);
      }),
    );
    expect(placed.sort()).toEqual(expected.sort());
  });

  it('no segment is preferred', () => {
    const geometry = { bins: 64, degree: 10, segments: 8 };
    const keys = crypto.getRandomValues(new Uint32Array(4 * 800));
    const inSegment = new Float64Array(8);
    for (let repeat = 0; repeat < 20; repeat++) {
      const { counts } = placeRows([keys], new Float64Array(800), geometry);
      for (const [at, count] of counts.entries()) {
        const segment = at % 8;
        inSegment[segment] = (inSegment[segment] as number) + count;
      }
    }
    // About 5,950 placements a segment; 450 are six standard deviations.
    const usual = inSegment.reduce((sum, count) => sum + count, 0) / 8;
    for (const count of inSegment) expect(Math.abs(count - usual)).toBeLessThan(450);
  });

  it('a full bin is counted, not hidden', () => {
    const keys = crypto.getRandomValues(new Uint32Array(4 * 40));
    const placement = placeRows([keys], randomElements(40), { bins: 4, degree: 1, segments: 4 });
    const placed = placement.counts.reduce((sum, count) => sum + count, 0);
    expect(placed).toBe(16);
    expect(placement.overflowed).toBeGreaterThan(40);
  });
});

function evaluate(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((value, coefficient) => add(multiply(value, x), coefficient), 0);
}

describe('labels and matches', () => {
  it('labels are in the field and stand for distinct slots', () => {
    const { labels, slotOf } = drawLabels(1000, 5461);
    expect(new Set(slotOf).size).toBe(1000);
    for (const [row, label] of labels.entries()) {
      expect(label).toBeLessThan(PLAIN_MODULUS);
      expect(slotOfLabel(label, 5461)).toBe(slotOf[row]);
    }
    expect(() => drawLabels(11, 10)).toThrow('do not fit');
  });

  it('values are counted across bands and bundles, and the bands remembered', () => {
    const collector = new SightingCollector(3);
    // Bands 0 and 1 show nothing that counts twice; place 9 is record 0 in the fourth band of its bundle.
    collector.add(0, { places: Uint32Array.of(0, 2, 9), values: Float64Array.of(5, 6, 7, 8, 6, 99) });
    collector.add(255, { places: Uint32Array.of(2), values: Float64Array.of(8, 6) });
    expect(collector.candidates(2)).toEqual([
      { list: 0, data: 6, bands: 2, inBands: Uint8Array.of(0, 3) },
      { list: 2, data: 8, bands: 2, inBands: Uint8Array.of(0, 255) },
    ]);
    expect(collector.candidates(3)).toEqual([]);
  });
});
