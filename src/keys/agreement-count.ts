import { keyTable } from './key-table.ts';

/** A row of the list and a row of the data, and in how many bands, and in which, their keys agree. */
export interface Candidate {
  readonly list: number;
  readonly data: number;
  readonly bands: number;
  /** Numbers of the bands, ascending. */
  readonly inBands: Uint8Array;
}

/** Room for a band beside what it was seen with, in one number. */
const BANDS = 256;

/** A pair or label, and a band that shows it, as one number that sorts by the former. Below 2^53 for what is below 2^45. */
export const withBand = (seen: number, band: number) => seen * BANDS + band;

/** Calls back for each pair or label that is seen in `atLeast` bands or more. `sorted`: numbers made by `withBand`. */
export function forEachSeen(
  sorted: Float64Array,
  atLeast: number,
  take: (seen: number, inBands: Uint8Array) => void,
): void {
  for (let start = 0; start < sorted.length; ) {
    const seen = Math.floor((sorted[start] as number) / BANDS);
    let end = start + 1;
    while (end < sorted.length && Math.floor((sorted[end] as number) / BANDS) === seen) end++;
    if (end - start >= atLeast)
      take(
        seen,
        Uint8Array.from(sorted.subarray(start, end), (number) => number % BANDS),
      );
    start = end;
  }
}

/**
 * What the linkage computes, in the clear: all pairs of rows whose keys agree in at least one band, in order of list row, then
 * data row. `listKeys(band)` and `dataKeys(band)` give 4 words a row, made with the same salt. `excluded` leaves a data row
 * out of a band, as the protocol does with rows that share a key with too many others.
 */
export function countAgreements(
  listKeys: (band: number) => Uint32Array,
  dataKeys: (band: number) => Uint32Array,
  bands: number,
  options: { readonly excluded?: (band: number, dataRow: number) => boolean } = {},
): Candidate[] {
  const { excluded } = options;
  let pairs = new Float64Array(1024);
  let used = 0;
  let dataRows = 0;
  for (let band = 0; band < bands; band++) {
    const table = keyTable(listKeys(band));
    const keys = dataKeys(band);
    dataRows = keys.length >>> 2;
    for (let data = 0; data < dataRows; data++) {
      const head = table.find(keys, 4 * data);
      if (head < 0 || excluded?.(band, data)) continue;
      for (let list = head; list >= 0; list = table.next[list] as number) {
        if (used === pairs.length) {
          const larger = new Float64Array(2 * used);
          larger.set(pairs);
          pairs = larger;
        }
        pairs[used++] = withBand(list * dataRows + data, band);
      }
    }
  }
  const candidates: Candidate[] = [];
  forEachSeen(pairs.subarray(0, used).sort(), 1, (pair, inBands) => {
    const list = Math.floor(pair / dataRows);
    candidates.push({ list, data: pair - list * dataRows, bands: inBands.length, inBands });
  });
  return candidates;
}

/**
 * One-to-one matches among the candidates that agree in at least `agreeingBands` bands: highest agreement first, ties at
 * random; a row that has found its match takes no other. `breakTies(n)` gives a uniform integer below n.
 */
export function matchOneToOne<C extends Pick<Candidate, 'list' | 'data' | 'bands'>>(
  candidates: readonly C[],
  agreeingBands: number,
  breakTies: (bound: number) => number,
): C[] {
  const order = candidates.filter((c) => c.bands >= agreeingBands);
  for (let i = order.length - 1; i > 0; i--) {
    const j = breakTies(i + 1);
    [order[i], order[j]] = [order[j] as C, order[i] as C];
  }
  order.sort((a, b) => b.bands - a.bands);
  const takenList = new Set<number>();
  const takenData = new Set<number>();
  return order.filter(({ list, data }) => {
    if (takenList.has(list) || takenData.has(data)) return false;
    takenList.add(list);
    takenData.add(data);
    return true;
  });
}
