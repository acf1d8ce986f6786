/** From the CLKs of two files and their links to all that is known about the quality. */
import type { PackedClks } from '../clk/clk-file.ts';
import { seededRandom } from '../keys/random.ts';
import {
  diceOf,
  isSamePerson,
  type Pair,
  type QualityRow,
  qualityRows,
  type ScoredPairs,
  type SimilarityBin,
  similarityBins,
  type Truth,
  thresholdsFrom,
  truePairs,
} from './linkage-quality.ts';

export interface MeasureRequest {
  readonly first: PackedClks;
  readonly second: PackedClks;
  readonly truth: Truth;
  /** The most correct pairs there can be. */
  readonly linkable: number;
  /** Pairs with a lower similarity are no candidates. */
  readonly lowest: number;
}

export interface MeasuredQuality {
  readonly rows: readonly QualityRow[];
  readonly similarities: readonly SimilarityBin[];
  /** How many candidates there are. */
  readonly candidates: number;
  /** The pairs made at the lowest threshold. */
  readonly linked: ScoredPairs;
  /** All pairs of one person, linked or not. */
  readonly matches: readonly Pair[];
}

const SAMPLED_PAIRS = 100_000;

/** Similarities of random pairs of different people, and how many pairs each stands for. */
function sampleNonMatches(
  { first, second, truth }: MeasureRequest,
  matches: number,
): { readonly similarities: number[]; readonly weight: number } {
  const random = seededRandom([first.rows, second.rows]);
  const similarities: number[] = [];
  for (let i = 0; i < SAMPLED_PAIRS; i++) {
    const [row, other] = [random.below(first.rows), random.below(second.rows)];
    if (!isSamePerson(truth, row, other)) similarities.push(diceOf(first, second, row, other));
  }
  const all = first.rows * second.rows - matches;
  return { similarities, weight: similarities.length === 0 ? 0 : all / similarities.length };
}

/**
 * @param candidates all pairs at or above the lowest threshold, similarity falling
 * @param linked those of them that the solver made
 */
export function measuredQuality(
  request: MeasureRequest,
  candidates: ScoredPairs,
  linked: ScoredPairs,
): MeasuredQuality {
  const { first, second, truth, linkable, lowest } = request;
  const matches = truePairs(truth).map((pair) => ({
    ...pair,
    similarity: diceOf(first, second, pair.first, pair.second),
  }));
  const { similarities, weight } = sampleNonMatches(request, matches.length);
  return {
    rows: qualityRows(linked, truth, linkable, thresholdsFrom(lowest)),
    similarities: similarityBins(
      matches.map(({ similarity }) => similarity),
      similarities,
      weight,
      candidates,
      truth,
      lowest,
    ),
    candidates: candidates.similarity.length,
    linked,
    matches,
  };
}
