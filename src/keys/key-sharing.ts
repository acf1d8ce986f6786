import { keyTable, ROWS_PER_KEY } from './key-table.ts';
import type { SeededRandom } from './random.ts';
import type { MatchRecords } from './records.ts';

/** How crowded the keys of a band are. */
export interface Crowding {
  /** With how many other rows a row shares its key, on average over the rows that have one; 0 where none has. */
  readonly sharing: number;
  /** The share of rows for which the protocol has no room, because too many have one key. */
  readonly leftOut: number;
}

/** `keys`: 4 words a row, all zero for a row without a key. */
export function keyCrowding(keys: Uint32Array): Crowding {
  const { size } = keyTable(keys);
  let rows = 0;
  let pairs = 0;
  let over = 0;
  for (const count of size) {
    rows += count;
    pairs += count * (count - 1);
    over += Math.max(0, count - ROWS_PER_KEY);
  }
  return { sharing: rows === 0 ? 0 : pairs / rows, leftOut: size.length === 0 ? 0 : over / size.length };
}

/** Larger groups of rows with one key make too many pairs to look at, and are no households. */
const MAX_GROUP = 64;

/** Pairs of rows that share a key with few others, each as `earlier * rows + later`, ascending. */
export function sharedPairs(keys: Uint32Array): Float64Array {
  const { first, next, size } = keyTable(keys);
  const rows = first.length;
  const small = size.map((count) => (count <= MAX_GROUP ? count : 0));
  const pairs = new Float64Array(small.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0));
  let used = 0;
  for (let row = 0; row < rows; row++) {
    if (first[row] === -1 || small[first[row] as number] === 0) continue;
    for (let other = next[row] as number; other >= 0; other = next[other] as number) pairs[used++] = row * rows + other;
  }
  return pairs.sort();
}

/** The pairs that share two bands or more, and how many they share. `pairs`: each band's pairs of rows that share a key. */
export function bandsShared(pairs: readonly Float64Array[]): Map<number, number> {
  const all = new Float64Array(pairs.reduce((sum, some) => sum + some.length, 0));
  let used = 0;
  for (const some of pairs) {
    all.set(some, used);
    used += some.length;
  }
  all.sort();
  const shared = new Map<number, number>();
  for (let start = 0; start < all.length; ) {
    let end = start + 1;
    while (end < all.length && all[end] === all[start]) end++;
    if (end - start >= 2) shared.set(all[start] as number, end - start);
    start = end;
  }
  return shared;
}

/**
 * Pairs of rows that two bands or more would take for one person; pairs that share half of all bands are left out, for they may
 * well be one person entered twice. `byBand`: how many of those pairs each band takes part in. `shared`: of these pairs.
 */
export function countConfusions(
  pairs: readonly Float64Array[],
  shared: ReadonlyMap<number, number>,
): { pairs: number; byBand: Uint32Array } {
  const confused = new Set<number>();
  for (const [pair, bands] of shared) if (bands < pairs.length / 2) confused.add(pair);
  const byBand = Uint32Array.from(pairs, (some) => some.reduce((sum, pair) => sum + (confused.has(pair) ? 1 : 0), 0));
  return { pairs: confused.size, byBand };
}

/**
 * How many other rows a row meets on average in two bands or more, in three or more, and so on, as long as there are any,
 * times `scale`, rounded to two significant digits. Averaged over the fullest rows, at least a quarter of all: what somebody
 * meets of whom all is known. `shared`: how many of `bands` bands each pair shares; pairs that share half are left out, as above.
 */
export function countLookAlikes(
  shared: ReadonlyMap<number, number>,
  bands: number,
  { rows, codes }: MatchRecords,
  scale: number,
): number[] {
  const filled = Uint8Array.from({ length: rows }, (_, row) => codes.filter((column) => column[row] !== 0).length);
  const enough = filled.toSorted()[Math.floor((3 * rows) / 4)] ?? 0;
  const full = filled.map((fields) => (fields >= enough ? 1 : 0));
  const counts = new Array<number>(Math.max(0, Math.ceil(bands / 2) - 2)).fill(0);
  for (const [pair, agreeing] of shared) {
    if (agreeing >= bands / 2) continue;
    const met = (full[Math.floor(pair / rows)] ?? 0) + (full[pair % rows] ?? 0);
    for (let t = 2; t <= agreeing; t++) counts[t - 2] = (counts[t - 2] ?? 0) + met;
  }
  const some = counts.slice(0, counts.findLastIndex((count) => count > 0) + 1);
  const fullRows = full.reduce((sum, one) => sum + one, 0);
  return some.map((count) => Number(((scale * count) / fullRows).toPrecision(2)));
}

/**
 * A random sample of at most `limit` rows, with dictionaries of their own. Sharing measured on it, times
 * `records.rows / sample.rows`, is an unbiased estimate of that of all rows.
 */
export function sampleRecords(records: MatchRecords, limit: number, random: SeededRandom): MatchRecords {
  return records.rows <= limit ? records : takeRows(records, sampleRows(records.rows, limit, random));
}

/** At most `limit` of so many rows, drawn at random, ascending. */
export function sampleRows(rows: number, limit: number, random: SeededRandom): Uint32Array {
  const sampled = new Uint32Array(Math.min(rows, limit));
  for (let row = 0, kept = 0; kept < sampled.length; row++) {
    if (random.below(rows - row) < sampled.length - kept) sampled[kept++] = row;
  }
  return sampled;
}

/** These rows alone, with dictionaries of their own. */
export function takeRows(records: MatchRecords, rows: Uint32Array): MatchRecords {
  const columns = records.codes.map((codes, f) => {
    const all = records.values[f] ?? [];
    const values = [''];
    const recoded = new Uint32Array(all.length);
    const sampled = rows.map((row) => {
      const code = codes[row] as number;
      if (code !== 0 && recoded[code] === 0) {
        recoded[code] = values.length;
        values.push(all[code] as string);
      }
      return recoded[code] as number;
    });
    return { values, codes: sampled };
  });
  return {
    rows: rows.length,
    fields: records.fields,
    values: columns.map((column) => column.values),
    codes: columns.map((column) => column.codes),
  };
}
