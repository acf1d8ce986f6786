/** What popcounts alone say about the similarity of two filters, in the very doubles that are compared later. */

/** No overlap is large enough. */
const NEVER = 0xffffffff;

/** How alike two filters are. Dice counts common bits; simple matching also counts bits that neither has. */
export const MEASURES = ['dice', 'simple-matching'] as const;
export type Measure = (typeof MEASURES)[number];

/** A similarity, 0 to 1, from the overlap and the sum of both popcounts. Rises with the overlap. */
export type Similarity = (overlap: number, popcountSum: number) => number;

/** Dice similarity; 0 of two empty filters. */
export const diceSimilarity: Similarity = (overlap, sum) => (sum === 0 ? 0 : (2 * overlap) / sum);

/** @param bits length of a filter */
export function similarityOf(measure: Measure, bits: number): Similarity {
  return measure === 'dice' ? diceSimilarity : (overlap, sum) => (bits - (sum - 2 * overlap)) / bits;
}

/**
 * The smallest overlap whose similarity reaches the threshold, by the sum of both popcounts.
 * @param bits length of a filter; the sums go from 0 to twice that
 */
export function requiredOverlaps(similarity: Similarity, threshold: number, bits: number): Uint32Array {
  const required = new Uint32Array(2 * bits + 1);
  for (let sum = 0; sum < required.length; sum++) {
    const most = Math.floor(sum / 2);
    let [low, high] = [0, most + 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (similarity(middle, sum) >= threshold) high = middle;
      else low = middle + 1;
    }
    required[sum] = low <= most ? low : NEVER;
  }
  return required;
}

/** Popcounts, both ends included, that a filter must have to be similar enough; `highest` is below `lowest` where none can. */
export interface PopcountRange {
  readonly lowest: number;
  readonly highest: number;
}

/**
 * The popcounts of a second filter with which a first filter can reach the threshold at all: the overlap is at most the
 * smaller popcount. The similarity such an overlap gives rises up to equal popcounts and falls after them, rounded or
 * not, so that the range has no gaps and no pair is lost.
 * @param required of {@link requiredOverlaps}
 */
export function popcountRange(popcount: number, bits: number, required: Uint32Array): PopcountRange {
  const possible = (other: number): boolean => Math.min(popcount, other) >= (required[popcount + other] ?? NEVER);
  if (!possible(popcount)) return { lowest: 1, highest: 0 };
  let lowest = popcount;
  while (lowest > 0 && possible(lowest - 1)) lowest--;
  let highest = popcount;
  while (highest < bits && possible(highest + 1)) highest++;
  return { lowest, highest };
}

/**
 * The range that anonlink's compiled code looks at. It computes the largest difference from the first popcount and rounds
 * it down from a double that may lie just below a whole number: at thresholds such as 0.75 and 0.95 pairs exactly at the
 * threshold are lost.
 */
export function anonlinkPopcountRange(popcount: number, threshold: number, exact: PopcountRange): PopcountRange {
  if (threshold <= 0 || popcount === 0) return exact;
  const difference = Math.trunc(2 * popcount * (1 / threshold - 1));
  return {
    lowest: Math.max(exact.lowest, popcount - difference),
    highest: Math.min(exact.highest, popcount + difference),
  };
}
