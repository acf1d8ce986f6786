/**
 * The shape of the intersection's hash table, derived by both sides from the agreed row counts by this one rule.
 *
 * Bytes per bin and band: degree ciphertexts up, segments answers down. The rule takes the cheapest (degree, segments)
 * with whose product, the capacity of a bin, at most six placements in a thousand find theirs full: matching loses nothing by
 * that, since a person has many bands to be found in (docs/quality.md), and what is missing tells little (SECURITY.md).
 */
import { ROWS_PER_KEY } from '../keys/key-table.ts';
import { LINKAGE } from '../seal/parameters.ts';

export interface Geometry {
  /** Bins, a multiple of N = 8192. */
  readonly bins: number;
  /** e: points in a segment, degree of its polynomial, powers sent by the researcher. */
  readonly degree: number;
  /** S: segments in a bin, answers sent by the owner. */
  readonly segments: number;
}

/** Cuckoo hashing with three bins a key fails with negligible probability up to this load. */
const CUCKOO_SLACK = 1.27;
const MAX_LOST = 0.006;
/** A bin of six is not worth making smaller: with few rows, then, next to nothing is lost. */
const DEGREES = [2, 32] as const;
const SEGMENTS = [3, 128] as const;

const upBits = LINKAGE.primeBits.slice(0, -1).reduce((sum, bits) => sum + bits, 0);
const downBits = 2 * (LINKAGE.primeBits[0] as number);

/** Wire bits per bin and band. */
export function wireBits(degree: number, segments: number): number {
  return degree * upBits + segments * downBits;
}

/** E[max(0, X - capacity)] / load for X ~ Poisson(load): the share of placements that find their bin full. */
export function shareLost(load: number, capacity: number): number {
  if (load > 700) return 1; // e^-load underflows; such a load is beyond any geometry below
  let term = Math.exp(-load);
  for (let i = 1; i <= capacity; i++) term *= load / i;
  let lost = 0;
  for (let i = capacity + 1; i <= load || term > 1e-18; i++) {
    term *= load / i;
    lost += (i - capacity) * term;
  }
  return lost / load;
}

/** Most rows of one key that are placed: they stand in different segments of a bin. */
export const mostRowsOfKey = ({ segments }: Geometry) => Math.min(segments, ROWS_PER_KEY);

/** Throws RangeError where the owner's rows would need more than 128 segments of 32 points in a bin. */
export function chooseGeometry(listRows: number, dataRows: number): Geometry {
  const bins = LINKAGE.degree * Math.ceil((CUCKOO_SLACK * listRows) / LINKAGE.degree);
  const load = (3 * dataRows) / bins;
  let best: Geometry | undefined;
  for (let degree: number = DEGREES[0]; degree <= DEGREES[1]; degree++) {
    for (let segments: number = SEGMENTS[0]; segments <= SEGMENTS[1]; segments++) {
      if (best && wireBits(degree, segments) >= wireBits(best.degree, best.segments)) break;
      if (shareLost(load, degree * segments) > MAX_LOST) continue;
      best = { bins, degree, segments };
      break;
    }
  }
  if (!best) throw new RangeError(`${dataRows} rows against a list of ${listRows} are more than a run can carry`);
  return best;
}
