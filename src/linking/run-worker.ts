/** The computing of a linkage run, beside the page's thread. */
import { transfer } from 'comlink';
import { CandidateSearch, joinCandidates, type SearchOptions, type SearchTask } from '../compare/candidate-search.ts';
import type { CandidatePairs } from '../compare/candidates.ts';
import type { RecordBlocks } from '../compare/dice.ts';
import { type FilterSet, filtersOf, type PackedFilters } from '../compare/filters.ts';
import type { ProbabilisticOptions } from '../compare/probabilistic-solver.ts';
import type { Groups, Permutations, ScoredPairs } from './run-result.ts';
import { permuteRows, scoredPairs, solvePairs } from './run-solver.ts';

/** A data set as a worker gets it. */
export interface SentSet {
  readonly clks: PackedFilters;
  readonly blocks?: RecordBlocks | undefined;
}

export interface LinkageWorkerApi {
  /**
   * Holds data sets ready.
   * @throws CompareError where they do not fit together
   */
  load(sets: readonly SentSet[], options: SearchOptions): Promise<void>;
  /** Candidates of a task among the sets loaded. */
  find(task: SearchTask): Promise<CandidatePairs>;
  /** All candidates in order; `top` as in the options of the search. */
  join(parts: readonly CandidatePairs[], top?: number): Promise<ScoredPairs>;
  /** Greedily, or with options probabilistically. */
  solve(pairs: ScoredPairs, probabilistic?: ProbabilisticOptions): Promise<Groups>;
  permute(groups: Groups, sizes: readonly number[]): Promise<Permutations>;
}

/** Gives the columns away instead of copying them. */
function given<T extends object>(value: T): T {
  const buffers = new Set<ArrayBuffer>();
  for (const column of Object.values(value)) {
    if (ArrayBuffer.isView(column) && column.buffer instanceof ArrayBuffer) buffers.add(column.buffer);
  }
  return transfer(value, [...buffers]);
}

export function createLinkageWorker(): LinkageWorkerApi {
  let search: CandidateSearch | undefined;
  return {
    load: async (sets, options) => {
      const searched = sets.map(({ clks, blocks }): { filters: FilterSet; blocks: RecordBlocks | undefined } => ({
        filters: filtersOf(clks),
        blocks,
      }));
      search = new CandidateSearch(searched, options);
    },
    find: async (task) => {
      if (!search) throw new Error('No data sets are loaded.');
      return given(search.find(task));
    },
    join: async (parts, top) => given(scoredPairs(joinCandidates(parts, top))),
    solve: async (pairs, probabilistic) => given(solvePairs([pairs], probabilistic)),
    permute: async (groups, sizes) => permuteRows(groups, sizes),
  };
}
