/** The owner's hash table for one band: every row's fingerprint in all of its candidate bins, in random segments. */
import { hasKey, rowsOverLimit } from '../keys/key-table.ts';
import { randomBelow, randomPermutation } from '../seal/random.ts';
import { type Geometry, ROWS_PER_KEY } from './geometry.ts';
import { CANDIDATE_BINS, candidateBin, fingerprint, type Keys } from './key-points.ts';

export interface Placement {
  /** Fingerprints, `[bin][segment][degree]`; only the first `counts` of each segment are set. */
  readonly points: Float64Array;
  /** The label at each point. */
  readonly labels: Float64Array;
  /** Points in each segment, `[bin][segment]`. */
  readonly counts: Uint8Array;
  /** Rows left out of this band because more rows than the cap share their key. */
  readonly capped: Uint32Array;
  /** Placements lost to a full bin: expected for fewer than one key in a million. */
  readonly overflowed: number;
}

/** Rows are placed in random order; which rows are left out where more than the cap share a key is random too. */
export function placeRows(keys: Keys, rowLabels: Float64Array, geometry: Geometry): Placement {
  const { bins, degree, segments } = geometry;
  const points = new Float64Array(bins * segments * degree);
  const labels = new Float64Array(bins * segments * degree);
  const counts = new Uint8Array(bins * segments);
  const leftOut = rowsOverLimit(keys, Math.min(segments, ROWS_PER_KEY), randomBelow);
  let overflowed = 0;

  for (const row of randomPermutation(leftOut.length)) {
    if (leftOut[row] === 1 || !hasKey(keys, 4 * row)) continue;
    const point = fingerprint(keys, row);
    for (let which = 0; which < CANDIDATE_BINS; which++) {
      const bin = candidateBin(keys, row, which, bins);
      if (which > 0 && bin === candidateBin(keys, row, 0, bins)) continue;
      if (which > 1 && bin === candidateBin(keys, row, 1, bins)) continue;
      const segment = chooseSegment(points, counts, bin, point, geometry);
      if (segment === -1) {
        overflowed++;
        continue;
      }
      const at = segment * degree + (counts[segment] as number);
      points[at] = point;
      labels[at] = rowLabels[row] as number;
      counts[segment] = (counts[segment] as number) + 1;
    }
  }
  const capped = Uint32Array.from(leftOut.keys()).filter((row) => leftOut[row] === 1);
  return { points, labels, counts, capped, overflowed };
}

/** A random segment of the bin with room and without this fingerprint (a polynomial has one label a point), or -1. */
function chooseSegment(
  points: Float64Array,
  counts: Uint8Array,
  bin: number,
  point: number,
  geometry: Geometry,
): number {
  const { degree, segments } = geometry;
  const start = randomBelow(segments);
  for (let step = 0; step < segments; step++) {
    const segment = bin * segments + ((start + step) % segments);
    const count = counts[segment] as number;
    if (count === degree) continue;
    let free = true;
    for (let i = segment * degree; i < segment * degree + count; i++) if (points[i] === point) free = false;
    if (free) return segment;
  }
  return -1;
}
