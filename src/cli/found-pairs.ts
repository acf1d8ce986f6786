import { triplesAsCandidates } from '../compare/candidate-triples.ts';
import type { SortedTriples } from '../disk/triple-sorter.ts';
import type { ScoredPairs } from '../linking/run-result.ts';
import { scoredPairs } from '../linking/run-solver.ts';

/** Pairs in the order of anonlink, in memory or on disk, that can be gone through again and again. */
export interface FoundPairs {
  readonly count: number;
  /** Each part is good until the next. */
  parts(): Iterable<ScoredPairs>;
}

export function pairsInMemory(pairs: ScoredPairs): FoundPairs {
  return { count: pairs.similarity.length, parts: () => [pairs] };
}

/** Pairs that were sorted as triples. */
export function pairsOfTriples(sorted: SortedTriples): FoundPairs {
  return {
    count: sorted.count,
    parts: function* () {
      for (const part of sorted.parts()) yield scoredPairs(triplesAsCandidates(part));
    },
  };
}
