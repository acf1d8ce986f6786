/** How good a linkage of two files is where the truth is known. */
import { t } from '../words/translate.ts';

/** Pairs of rows, one of each file, and their similarities; similarity falling. */
export interface ScoredPairs {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  readonly similarity: Float64Array;
}

/** The person of each row; an empty name is nobody. */
export interface Truth {
  readonly first: readonly string[];
  readonly second: readonly string[];
}

/** How good a set of links is. */
export interface LinkQuality {
  /** Pairs that the linkage makes, and how many of them are of one person. */
  readonly found: number;
  readonly correct: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface QualityRow extends LinkQuality {
  readonly threshold: number;
}

export interface SimilarityBin {
  readonly from: number;
  readonly to: number;
  /** Pairs of one person, and pairs of two people. */
  readonly matches: number;
  readonly nonMatches: number;
}

export interface Pair {
  readonly first: number;
  readonly second: number;
  readonly similarity: number;
}

export function isSamePerson({ first, second }: Truth, row: number, other: number): boolean {
  const person = first[row];
  return person !== undefined && person !== '' && person === second[other];
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function linkQuality(found: number, correct: number, linkable: number): LinkQuality {
  const precision = ratio(correct, found);
  const recall = ratio(correct, linkable);
  return { found, correct, precision, recall, f1: ratio(2 * precision * recall, precision + recall) };
}

/**
 * Holds links that were made elsewhere to the truth.
 * @throws Error with a message for people where a pair has a row that the files do not have
 */
export function judgeLinks(
  links: readonly { readonly first: number; readonly second: number }[],
  truth: Truth,
  linkable: number,
): LinkQuality {
  const outside = links.find(({ first, second }) => first >= truth.first.length || second >= truth.second.length);
  if (outside) {
    throw new Error(
      t(
        'The result links row {{first}} with row {{second}}, and the files have {{firstRows}} and {{secondRows}} rows. Choose the result of these two files, in this order.',
        {
          first: outside.first + 1,
          second: outside.second + 1,
          firstRows: truth.first.length,
          secondRows: truth.second.length,
        },
      ),
    );
  }
  const correct = links.filter(({ first, second }) => isSamePerson(truth, first, second)).length;
  return linkQuality(links.length, correct, linkable);
}

/** Thresholds from `lowest` to 1 in steps of a hundredth. */
export function thresholdsFrom(lowest: number): number[] {
  const start = Math.round(lowest * 100);
  return Array.from({ length: 101 - start }, (_, i) => (start + i) / 100);
}

/**
 * Precision, recall and F1 at each threshold. The greedy solver walks pairs from the most alike down, so what it has
 * made when it reaches a threshold is what it makes with that threshold.
 * @param linked the pairs the solver made at the lowest threshold
 * @param linkable the most correct pairs there can be ({@link linkablePairs}); recall is of these
 */
export function qualityRows(
  linked: ScoredPairs,
  truth: Truth,
  linkable: number,
  thresholds: readonly number[],
): QualityRow[] {
  let found = 0;
  let correct = 0;
  const falling = [...thresholds].sort((a, b) => b - a);
  const rows = falling.map((threshold): QualityRow => {
    while (found < linked.similarity.length && (linked.similarity[found] ?? 0) >= threshold) {
      if (isSamePerson(truth, linked.first[found] ?? 0, linked.second[found] ?? 0)) correct++;
      found++;
    }
    return { threshold, ...linkQuality(found, correct, linkable) };
  });
  return rows.reverse();
}

/** The row with the best F1; of equals the one with the highest threshold. */
export function bestRow(rows: readonly QualityRow[]): QualityRow | undefined {
  return rows.reduce<QualityRow | undefined>((best, row) => (best && best.f1 > row.f1 ? best : row), undefined);
}

/** The most pairs of one person that a linkage can make which uses each row once. */
export function linkablePairs({ first, second }: Truth): number {
  const count = (names: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const name of names) if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
    return counts;
  };
  const theirs = count(second);
  let sum = 0;
  for (const [person, rows] of count(first)) sum += Math.min(rows, theirs.get(person) ?? 0);
  return sum;
}

/** Each pair of rows that are one person. */
export function truePairs({ first, second }: Truth): { first: number; second: number }[] {
  const rowsOf = new Map<string, number[]>();
  second.forEach((person, row) => {
    if (person === '') return;
    const rows = rowsOf.get(person);
    if (rows) rows.push(row);
    else rowsOf.set(person, [row]);
  });
  return first.flatMap((person, row) => (rowsOf.get(person) ?? []).map((other) => ({ first: row, second: other })));
}

/** Dice similarity of row `i` and row `j` of two packed tables with CLKs of one length; 0 for two empty ones. */
export function diceOf(
  first: { readonly bits: Uint8Array; readonly bytesPerClk: number },
  second: { readonly bits: Uint8Array; readonly bytesPerClk: number },
  i: number,
  j: number,
): number {
  const { bytesPerClk } = first;
  let common = 0;
  let all = 0;
  for (let byte = 0; byte < bytesPerClk; byte++) {
    const a = first.bits[i * bytesPerClk + byte] ?? 0;
    const b = second.bits[j * bytesPerClk + byte] ?? 0;
    common += onesOf(a & b);
    all += onesOf(a) + onesOf(b);
  }
  return all === 0 ? 0 : (2 * common) / all;
}

function onesOf(byte: number): number {
  const pairs = byte - ((byte >> 1) & 0x55);
  const fours = (pairs & 0x33) + ((pairs >> 2) & 0x33);
  return (fours + (fours >> 4)) & 0x0f;
}

const BINS = 50;

/** The place of a similarity among bins of a fiftieth; 1 is in the last. */
export function binOf(similarity: number): number {
  return Math.min(BINS - 1, Math.floor(similarity * BINS + 1e-9));
}

/**
 * How alike pairs of one person and pairs of two people are. Bins that hold neither, at the ends, are left out.
 * @param matches similarities of all pairs of one person
 * @param sampled similarities of some pairs of two people, taken at random
 * @param weight how many pairs of two people each of the sample stands for
 * @param candidates all pairs at or above `lowest`: from there on they are counted, below the sample is scaled up
 */
export function similarityBins(
  matches: readonly number[],
  sampled: readonly number[],
  weight: number,
  candidates: ScoredPairs,
  truth: Truth,
  lowest: number,
): SimilarityBin[] {
  const same = new Array<number>(BINS).fill(0);
  const different = new Array<number>(BINS).fill(0);
  const add = (counts: number[], similarity: number, count: number) => {
    const bin = binOf(similarity);
    counts[bin] = (counts[bin] ?? 0) + count;
  };
  for (const similarity of matches) add(same, similarity, 1);
  for (const similarity of sampled) if (similarity < lowest) add(different, similarity, weight);
  candidates.similarity.forEach((similarity, i) => {
    if (!isSamePerson(truth, candidates.first[i] ?? 0, candidates.second[i] ?? 0)) add(different, similarity, 1);
  });
  const bins = same.map((count, i) => ({
    from: i / BINS,
    to: (i + 1) / BINS,
    matches: count,
    nonMatches: Math.round(different[i] ?? 0),
  }));
  const filled = ({ matches: m, nonMatches: n }: SimilarityBin) => m > 0 || n > 0;
  return bins.slice(bins.findIndex(filled), bins.findLastIndex(filled) + 1);
}

/** The links that the solver makes at a threshold, in order of the first file's rows. */
export function linksAt(linked: ScoredPairs, threshold: number): Pair[] {
  const pairs: Pair[] = [];
  linked.similarity.forEach((similarity, i) => {
    if (similarity >= threshold) pairs.push({ first: linked.first[i] ?? 0, second: linked.second[i] ?? 0, similarity });
  });
  return pairs.sort((a, b) => a.first - b.first);
}

/** Pairs that the linkage makes at the threshold although they are two people; the most alike first. */
export function falsePositives(linked: ScoredPairs, truth: Truth, threshold: number): Pair[] {
  const pairs: Pair[] = [];
  linked.similarity.forEach((similarity, i) => {
    const [first, second] = [linked.first[i] ?? 0, linked.second[i] ?? 0];
    if (similarity >= threshold && !isSamePerson(truth, first, second)) pairs.push({ first, second, similarity });
  });
  return pairs;
}

/** Pairs of one person that the linkage does not make at the threshold, the most alike first. */
export function falseNegatives(linked: ScoredPairs, matches: readonly Pair[], threshold: number): Pair[] {
  const made = new Map<number, number>();
  linked.similarity.forEach((similarity, i) => {
    if (similarity >= threshold) made.set(linked.first[i] ?? 0, linked.second[i] ?? 0);
  });
  return matches
    .filter(({ first, second }) => made.get(first) !== second)
    .sort((a, b) => b.similarity - a.similarity || a.first - b.first);
}
