/** What the owner draws by lot, and what of it a researcher can see: it must tell nothing of the order or the number of rows. */
import { beforeAll, describe, expect, it } from 'vitest';
import { rowsOverLimit } from '../keys/key-table.ts';
import { PLAIN_MODULUS } from '../seal/parameters.ts';
import { add, multiply, subtract } from '../seal/plain-field.ts';
import { randomBelow } from '../seal/random.ts';
import { seedTheSource } from '../testing/seeded-source.ts';
import { expectEvenCounts, expectUniform } from '../testing/uniformity.ts';
import { candidateBin, fingerprint } from './key-points.ts';
import { drawLabels } from './labels.ts';
import { placeRows } from './placement.ts';
import { SegmentPolynomials } from './segment-polynomials.ts';

beforeAll(seedTheSource);

describe('labels', () => {
  const rows = 4096;
  const slots = 16_384;

  it('are uniform in the field, from the first row to the last', () => {
    const { labels } = drawLabels(rows, slots);
    expectUniform(labels, 'labels');
    expectUniform(
      labels.subarray(1).map((label, i) => subtract(label, labels[i] as number)),
      'steps from row to row',
    );
  });

  it('stand for slots by lot, not in the order of the file', () => {
    const { slotOf } = drawLabels(rows, slots);
    const spread = (values: Iterable<number>) => Float64Array.from(values, (value) => (value / slots) * PLAIN_MODULUS);
    const counts = (values: Float64Array) => {
      const out = new Float64Array(64);
      for (const value of values) {
        const cell = Math.floor((64 * value) / PLAIN_MODULUS);
        out[cell] = (out[cell] as number) + 1;
      }
      return out;
    };
    expectEvenCounts(counts(spread(slotOf)), 'slots');
    const steps = Array.from(slotOf.subarray(1), (slot, i) => (slot - (slotOf[i] as number) + slots) % slots);
    expectEvenCounts(counts(spread(steps)), 'steps from row to row');
  });
});

describe('a segment of degree 3', () => {
  const bins = 4096;
  const known = { points: [11, 222, 3333], labels: [5, 6, 7] };

  /** The same first `count` points and labels in every bin; `planes[i][bin]` is the coefficient of x^i. */
  function planesWith(count: number): Float64Array[] {
    const geometry = { bins, degree: 3, segments: 1 };
    const inEveryBin = (values: readonly number[]) =>
      Float64Array.from({ length: 3 * bins }, (_, i) => values[i % 3] ?? 0);
    const placement = {
      points: inEveryBin(known.points),
      labels: inEveryBin(known.labels),
      counts: new Uint8Array(bins).fill(count),
      capped: [],
      overflowed: 0,
    };
    const planes = new SegmentPolynomials(geometry, bins).planes(placement, 0, 0);
    return planes.map((plane) => Float64Array.from(plane, Number));
  }

  it.each([0, 1, 2, 3])('shows uniform values to whoever knows its %i rows and asks for another key', (count) => {
    const planes = planesWith(count);
    for (const [power, plane] of planes.entries()) expectUniform(plane, `coefficients of x^${power}`);
    for (const x of [1, 2, PLAIN_MODULUS - 1, 987_654_321]) {
      const values = planes.reduceRight(
        (sum, plane) => sum.map((value, bin) => add(multiply(value, x), plane[bin] as number)),
        new Float64Array(bins),
      );
      expectUniform(values, `values at ${x}`);
    }
  });
});

describe('which rows are left out', () => {
  const TIMES = 2000;

  it('of those that share a key is drawn by lot, row by row', () => {
    const keys = Uint32Array.from({ length: 4 * 9 }, (_, i) => 7 + (i % 4));
    const leftOut = new Float64Array(9);
    for (let time = 0; time < TIMES; time++) {
      for (const [row, out] of rowsOverLimit(keys, 4, randomBelow).entries()) {
        leftOut[row] = (leftOut[row] as number) + out;
      }
    }
    expectEvenCounts(leftOut, 'left out');
    expect(leftOut.reduce((sum, count) => sum + count, 0)).toBe(5 * TIMES);
  });

  it('of the table is drawn by lot, where more share a key than it takes', () => {
    const keys = Uint32Array.from({ length: 4 * 9 }, (_, i) => 7 + (i % 4));
    const leftOut = new Float64Array(9);
    for (let time = 0; time < TIMES; time++) {
      const { capped } = placeRows([keys], new Float64Array(9), { bins: 1, degree: 3, segments: 6 });
      for (const row of capped) leftOut[row] = (leftOut[row] as number) + 1;
    }
    expectEvenCounts(leftOut, 'left out');
  });

  it('of a bin that is full is drawn by lot, and so is the segment in which the others stand', () => {
    const rows = 12;
    const keys = Uint32Array.from({ length: 4 * rows }, (_, i) => 1 + i);
    const labels = Float64Array.from({ length: rows }, (_, row) => row);
    const segments = 4;
    const placed = Array.from({ length: rows }, () => new Float64Array(segments));
    for (let time = 0; time < 4 * TIMES; time++) {
      const placement = placeRows([keys], labels, { bins: 1, degree: 2, segments });
      for (let segment = 0; segment < segments; segment++) {
        for (let i = 0; i < (placement.counts[segment] as number); i++) {
          const own = placed[placement.labels[2 * segment + i] as number] as Float64Array;
          own[segment] = (own[segment] as number) + 1;
        }
      }
    }
    expectEvenCounts(
      placed.flatMap((own) => [...own]),
      'placed, by row and segment',
    );
    expectEvenCounts(
      placed.map((own) => own.reduce((sum, count) => sum + count)),
      'placed, by row',
    );
  });
});

it('fingerprints of a key fill the field, whatever bin they stand in', () => {
  const bins = 8192;
  const keys = crypto.getRandomValues(new Uint32Array(4 * 16_384));
  const rows = Array.from({ length: 16_384 }, (_, row) => row);
  expectUniform(
    rows.map((row) => fingerprint(keys, row)),
    'fingerprints',
  );
  for (const which of [0, 1, 2]) {
    const inFirstHalf = rows.filter((row) => candidateBin(keys, row, which, bins) < bins / 2);
    expectUniform(
      inFirstHalf.map((row) => fingerprint(keys, row)),
      `fingerprints in the first half of the bins, candidate ${which}`,
    );
  }
});
