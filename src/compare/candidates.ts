/** Candidate pairs: rows of different data sets that may be one person, with their similarity. Everything counts from 0. */

/** Columns of equal length, pair by pair; the first data set's number is the lower one. */
export interface CandidatePairs {
  /** Dice similarity, 0 to 1. */
  readonly similarities: Float64Array;
  readonly firstDataset: Uint16Array;
  readonly secondDataset: Uint16Array;
  readonly firstRecord: Uint32Array;
  readonly secondRecord: Uint32Array;
}

/** Pairs without content, to be filled by index. */
export function allocateCandidates(count: number): CandidatePairs {
  return {
    similarities: new Float64Array(count),
    firstDataset: new Uint16Array(count),
    secondDataset: new Uint16Array(count),
    firstRecord: new Uint32Array(count),
    secondRecord: new Uint32Array(count),
  };
}

function copyCandidate(from: CandidatePairs, index: number, to: CandidatePairs, at: number): void {
  to.similarities[at] = from.similarities[index] ?? 0;
  to.firstDataset[at] = from.firstDataset[index] ?? 0;
  to.secondDataset[at] = from.secondDataset[index] ?? 0;
  to.firstRecord[at] = from.firstRecord[index] ?? 0;
  to.secondRecord[at] = from.secondRecord[index] ?? 0;
}

/** The pairs at some places. */
export function pickCandidates(pairs: CandidatePairs, places: readonly number[]): CandidatePairs {
  const picked = allocateCandidates(places.length);
  places.forEach((from, at) => {
    copyCandidate(pairs, from, picked, at);
  });
  return picked;
}

/**
 * Pairs in one piece, or in parts that follow one another. An iterable of parts can be gone through again, and each part is
 * good until the next.
 */
export type CandidateParts = CandidatePairs | Iterable<CandidatePairs>;

/** The parts of pairs, also of those in one piece. */
export function candidateParts(pairs: CandidateParts): Iterable<CandidatePairs> {
  return Symbol.iterator in pairs ? pairs : [pairs];
}

/**
 * The order of anonlink: similarity falling, then first data set, second data set, first record, second record rising.
 * Negative where pair `i` of `a` stands before pair `j` of `b`, 0 for equals.
 */
export function compareCandidates(a: CandidatePairs, i: number, b: CandidatePairs, j: number): number {
  return (
    (b.similarities[j] ?? 0) - (a.similarities[i] ?? 0) ||
    (a.firstDataset[i] ?? 0) - (b.firstDataset[j] ?? 0) ||
    (a.secondDataset[i] ?? 0) - (b.secondDataset[j] ?? 0) ||
    (a.firstRecord[i] ?? 0) - (b.firstRecord[j] ?? 0) ||
    (a.secondRecord[i] ?? 0) - (b.secondRecord[j] ?? 0)
  );
}

function mergeTwo(a: CandidatePairs, b: CandidatePairs): CandidatePairs {
  const merged = allocateCandidates(a.similarities.length + b.similarities.length);
  let i = 0;
  let j = 0;
  for (let at = 0; at < merged.similarities.length; at++) {
    const takeFirst = j === b.similarities.length || (i < a.similarities.length && compareCandidates(a, i, b, j) <= 0);
    if (takeFirst) copyCandidate(a, i++, merged, at);
    else copyCandidate(b, j++, merged, at);
  }
  return merged;
}

/**
 * Merges parts, each in the order of {@link compareCandidates}, into one list in that order; where pairs are equal, those
 * of the earlier part come first.
 */
export function mergeCandidates(parts: readonly CandidatePairs[]): CandidatePairs {
  let level = parts;
  while (level.length > 1) {
    const merged: CandidatePairs[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [one, other] = level.slice(i, i + 2);
      if (one) merged.push(other ? mergeTwo(one, other) : one);
    }
    level = merged;
  }
  return level[0] ?? allocateCandidates(0);
}
