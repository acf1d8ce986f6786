/**
 * The shape of the intersection's hash tables, derived by both sides from what they agreed by this one rule.
 *
 * Bands share tables: with a table a band, a list of 1,000 would fill an eighth of the 8192 bins that a ciphertext has. Bytes per
 * bin: degree ciphertexts up, segments answers down. The rule takes the cheapest number of bands a table, bins, degree and
 * segments of those with which at most six placements in a thousand find their bin full: matching loses nothing by that,
 * since a person has many bands to be found in (docs/quality.md), and what is missing tells little (SECURITY.md).
 */
import { ROWS_PER_KEY } from '../keys/key-table.ts';
import { LINKAGE } from '../seal/parameters.ts';
import { t } from '../words/translate.ts';

/** A hash table. */
export interface TableShape {
  /** Bins, a multiple of N = 8192. */
  readonly bins: number;
  /** e: points in a segment, degree of its polynomial, powers sent by the researcher. */
  readonly degree: number;
  /** S: segments in a bin, answers sent by the owner. */
  readonly segments: number;
}

export interface Geometry extends TableShape {
  /** Bands that share a table: a bundle. The last one may have fewer. */
  readonly bandsInBundle: number;
}

/** Cuckoo hashing with three bins a key fails with negligible probability up to this load: the limit is 0.917. */
const MAX_LOADED = 0.86;
const MAX_LOST = 0.006;
/** A bin of six is not worth making smaller: with few rows, then, next to nothing is lost. */
const DEGREES = [2, 32] as const;
const SEGMENTS = [3, 128] as const;
/** With fewer bundles workers would stand idle, and the two sides wait for each other. */
const FEWEST_BUNDLES = 12;
/** A worker of the owner's takes 16 bytes a place, so bands share a table only up to here: 64 MB. */
const MAX_SHARED_PLACES = 2 ** 22;

const upBits = LINKAGE.primeBits.slice(0, -1).reduce((sum, bits) => sum + bits, 0);
const downBits = 2 * (LINKAGE.primeBits[0] as number) - LINKAGE.droppedBits;

/** Wire bits per bin. */
export function wireBits({ degree, segments }: Pick<TableShape, 'degree' | 'segments'>): number {
  return degree * upBits + segments * downBits;
}

/** How many bundles so many bands make. */
export const bundleCount = ({ bandsInBundle }: Geometry, bands: number) => Math.ceil(bands / bandsInBundle);

/** The numbers of a bundle's bands, of `bands` in all. */
export function bandsOfBundle({ bandsInBundle }: Geometry, bundle: number, bands: number): number[] {
  const first = bundle * bandsInBundle;
  return Array.from({ length: Math.min(bandsInBundle, bands - first) }, (_, i) => first + i);
}

/** E[max(0, X - capacity)] / load for X ~ Poisson(load): the share of placements that find their bin full. */
export function shareLost(load: number, capacity: number): number {
  // In logarithms: e^-load underflows from a load of 745 on.
  let logTerm = -load;
  for (let i = 1; i <= capacity; i++) logTerm += Math.log(load / i);
  let term = Math.exp(logTerm);
  let lost = 0;
  for (let i = capacity + 1; i <= load || term > 1e-18; i++) {
    term *= load / i;
    lost += (i - capacity) * term;
  }
  return lost / load;
}

/** Most rows of one key that are placed: they stand in different segments of a bin. */
export const mostRowsOfKey = ({ segments }: TableShape) => Math.min(segments, ROWS_PER_KEY);

/** @throws RangeError where the owner's rows would need more than 128 segments of 32 points in a bin */
export function chooseGeometry(listRows: number, dataRows: number, bands: number): Geometry {
  let best: { readonly geometry: Geometry; readonly bits: number } | undefined;
  const mostTogether = Math.max(1, Math.floor(bands / FEWEST_BUNDLES));
  for (let bandsInBundle = 1; bandsInBundle <= mostTogether; bandsInBundle++) {
    const groups = Math.ceil((bandsInBundle * listRows) / (MAX_LOADED * LINKAGE.degree));
    // More bins than the list needs can be worth it: fewer rows of the data are in each then.
    for (const bins of [groups, groups + 1].map((count) => LINKAGE.degree * count)) {
      const shape = cheapestShape(bins, (3 * bandsInBundle * dataRows) / bins);
      if (!shape || (bandsInBundle > 1 && bins * shape.degree * shape.segments > MAX_SHARED_PLACES)) continue;
      const geometry = { bandsInBundle, ...shape };
      const bits = bundleCount(geometry, bands) * bins * wireBits(geometry);
      if (!best || bits < best.bits) best = { geometry, bits };
    }
  }
  if (!best)
    throw new RangeError(
      t('{{dataRows}} rows against a list of {{listRows}} are more than a run can carry', { dataRows, listRows }),
    );
  return best.geometry;
}

/** `load`: placements a bin, on average. Undefined where no bin would hold them. */
function cheapestShape(bins: number, load: number): TableShape | undefined {
  const [leastDegree, mostDegree] = DEGREES;
  const [fewestSegments, mostSegments] = SEGMENTS;
  let capacity = Math.max(leastDegree * fewestSegments, Math.ceil(load));
  while (capacity <= mostDegree * mostSegments && shareLost(load, capacity) > MAX_LOST) capacity++;
  let best: TableShape | undefined;
  for (let degree: number = leastDegree; degree <= mostDegree; degree++) {
    const shape = { bins, degree, segments: Math.max(fewestSegments, Math.ceil(capacity / degree)) };
    if (shape.segments > mostSegments || (best && wireBits(shape) >= wireBits(best))) continue;
    best = shape;
  }
  return best;
}
