/** The owner's hash table for a bundle of bands: every row's fingerprints in all of their candidate bins, at random places. */
import { hasKey, rowsOverLimit } from '../keys/key-table.ts';
import { randomBelow } from '../seal/random.ts';
import { mostRowsOfKey, type TableShape } from './geometry.ts';
import { CANDIDATE_BINS, distinctBins, fingerprint, type Keys } from './key-points.ts';

export interface Placement {
  /** Fingerprints, `[bin][segment][degree]`; only the first `counts` of each segment are set. */
  readonly points: Float64Array;
  /** The label at each point. */
  readonly labels: Float64Array;
  /** Points in each segment, `[bin][segment]`. */
  readonly counts: Uint8Array;
  /** Rows left out of a band because more rows than the cap share their key: `band in the bundle * rows + row`. */
  readonly capped: readonly number[];
  /** Placements lost to a full bin: a few in a thousand are to be expected. */
  readonly overflowed: number;
}

/**
 * Every row takes a random free place, of degree * segments, in each of its bins, in every band. `bands`: the keys of each. Which rows are left out is random too, both where
 * more than the cap share a key and where a bin overflows. At a million rows the table is far larger than the processor's
 * fast memory: so rows are first dealt to bins in the order of the file, then each bin is put in order by itself.
 */
export function placeRows(bands: readonly Keys[], rowLabels: Float64Array, geometry: TableShape): Placement {
  const { bins, degree, segments } = geometry;
  const capacity = segments * degree;
  const points = new Float64Array(bins * capacity);
  const labels = new Float64Array(bins * capacity);
  const counts = new Uint8Array(bins * segments);
  const loads = new Uint32Array(bins);
  const capped: number[] = [];
  for (const [band, keys] of bands.entries()) {
    const leftOut = rowsOverLimit(keys, mostRowsOfKey(geometry), randomBelow);
    dealRows(keys, rowLabels, leftOut, { bins, capacity, points, labels, loads });
    for (let row = 0; row < leftOut.length; row++) if (leftOut[row] === 1) capped.push(band * leftOut.length + row);
  }
  const inBin = { points: new Float64Array(capacity), labels: new Float64Array(capacity) };
  // Any order of the places will do to start a bin with, so the one that the bin before left is taken.
  const places = Uint32Array.from({ length: capacity }, (_, place) => place);
  let overflowed = 0;

  for (let bin = 0; bin < bins; bin++) {
    const first = bin * capacity;
    const held = Math.min(capacity, loads[bin] as number);
    overflowed += (loads[bin] as number) - held;
    for (let i = 0; i < held; i++) {
      inBin.points[i] = points[first + i] as number;
      inBin.labels[i] = labels[first + i] as number;
    }
    let used = 0;
    for (let i = 0; i < held; i++) {
      const point = inBin.points[i] as number;
      let segment = -1;
      for (let tried = used; tried < capacity && segment === -1; tried++) {
        swap(places, tried, tried + randomBelow(capacity - tried));
        const candidate = bin * segments + Math.floor((places[tried] as number) / degree);
        // A polynomial has one label a point, so a segment has no room for a fingerprint twice.
        if (holds(points, candidate * degree, counts[candidate] as number, point)) continue;
        segment = candidate;
        swap(places, used++, tried);
      }
      if (segment === -1) {
        overflowed++;
        continue;
      }
      const at = segment * degree + (counts[segment] as number);
      points[at] = point;
      labels[at] = inBin.labels[i] as number;
      counts[segment] = (counts[segment] as number) + 1;
    }
  }
  return { points, labels, counts, capped, overflowed };
}

/**
 * Lists every row's fingerprint and label in its distinct bins, bin b from place b * capacity on, and adds to `loads` what each bin
 * was dealt. Where that is more than it can hold, those listed are a uniform choice of all (reservoir sampling).
 */
function dealRows(
  keys: Keys,
  rowLabels: Float64Array,
  leftOut: Uint8Array,
  table: { bins: number; capacity: number; points: Float64Array; labels: Float64Array; loads: Uint32Array },
): void {
  const { bins, capacity, points, labels, loads } = table;
  const mine = new Int32Array(CANDIDATE_BINS);
  for (let row = 0; row < leftOut.length; row++) {
    if (leftOut[row] === 1 || !hasKey(keys, 4 * row)) continue;
    const point = fingerprint(keys, row);
    const label = rowLabels[row] as number;
    const distinct = distinctBins(keys, row, bins, mine);
    for (let i = 0; i < distinct; i++) {
      const bin = mine[i] as number;
      const load = loads[bin] as number;
      loads[bin] = load + 1;
      const place = load < capacity ? load : randomBelow(load + 1);
      if (place >= capacity) continue;
      points[bin * capacity + place] = point;
      labels[bin * capacity + place] = label;
    }
  }
}

function holds(points: Float64Array, from: number, count: number, point: number): boolean {
  for (let i = from; i < from + count; i++) if (points[i] === point) return true;
  return false;
}

function swap(list: Uint32Array, i: number, j: number): void {
  const kept = list[i] as number;
  list[i] = list[j] as number;
  list[j] = kept;
}
