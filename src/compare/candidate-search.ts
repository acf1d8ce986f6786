import { createPairLimit } from './candidate-limit.ts';
import { type CandidatePairs, mergeCandidates } from './candidates.ts';
import { DiceComparison, type DiceOptions, type RecordBlocks, type RecordRange } from './dice.ts';
import { CompareError, type FilterSet } from './filters.ts';

/** What finding candidates among several data sets takes; blocks stand with their data sets. */
export type SearchOptions = Omit<DiceOptions, 'blocks'>;

/** A data set to search; blocks either in all sets or in none. */
export interface SearchedSet {
  readonly filters: FilterSet;
  readonly blocks?: RecordBlocks | undefined;
}

/** A part of a search that one thread does on its own: some records of one data set against all of another. */
export interface SearchTask extends RecordRange {
  readonly firstDataset: number;
  readonly secondDataset: number;
}

/**
 * Cuts a search into tasks of about equal work, the same data sets following one another.
 * @param comparisons pairs of records in a task; at least one record against a whole set
 */
export function searchTasks(sizes: readonly number[], comparisons = 1 << 24): SearchTask[] {
  const tasks: SearchTask[] = [];
  sizes.forEach((rows, firstDataset) => {
    sizes.forEach((columns, secondDataset) => {
      if (secondDataset <= firstDataset || columns === 0) return;
      const step = Math.max(1, Math.floor(comparisons / columns));
      for (let first = 0; first < rows; first += step) {
        tasks.push({ firstDataset, secondDataset, first, end: Math.min(rows, first + step) });
      }
    });
  });
  return tasks;
}

/**
 * Does search tasks. The set last compared with stays ready for the next task.
 * @throws CompareError (constructor) when some sets have blocks and others have none, or filters have different lengths
 */
export class CandidateSearch {
  #ready:
    | { readonly firstDataset: number; readonly secondDataset: number; readonly comparison: DiceComparison }
    | undefined;

  readonly #sets: readonly SearchedSet[];
  readonly #options: SearchOptions;

  constructor(sets: readonly SearchedSet[], options: SearchOptions) {
    this.#sets = sets;
    this.#options = options;
    const blocked = sets.filter(({ blocks }) => blocks !== undefined).length;
    if (blocked !== 0 && blocked !== sets.length) {
      throw new CompareError(`${blocked} of ${sets.length} data sets have blocks. Block all of them, or none.`);
    }
    const lengths = new Set(sets.flatMap(({ filters }) => (filters.rows > 0 ? [8 * filters.bytesPerFilter] : [])));
    if (lengths.size > 1) {
      throw new CompareError(
        `The data sets have CLKs of ${[...lengths].join(' and ')} bits. Encode all with one schema.`,
      );
    }
  }

  /** Candidates of one task, in order. Put together with {@link joinCandidates}. */
  find({ firstDataset, secondDataset, first, end }: SearchTask, onProgress?: (share: number) => void): CandidatePairs {
    const one = this.#sets[firstDataset];
    const other = this.#sets[secondDataset];
    if (!one || !other) throw new CompareError(`There is no data set ${Math.max(firstDataset, secondDataset)}.`);
    if (this.#ready?.firstDataset !== firstDataset || this.#ready.secondDataset !== secondDataset) {
      const blocks = one.blocks && other.blocks && ([one.blocks, other.blocks] as const);
      const comparison = new DiceComparison(other.filters, { ...this.#options, blocks });
      this.#ready = { firstDataset, secondDataset, comparison };
    }
    const pairs = this.#ready.comparison.compare(one.filters, { first, end }, onProgress);
    const count = pairs.similarities.length;
    return {
      ...pairs,
      firstDataset: new Uint16Array(count).fill(firstDataset),
      secondDataset: new Uint16Array(count).fill(secondDataset),
    };
  }
}

/**
 * Puts the candidates of all tasks of a search together, in the order of anonlink.
 * @param top as in the search: each record of either side keeps at most so many with another data set
 */
export function joinCandidates(parts: readonly CandidatePairs[], top?: number): CandidatePairs {
  const joined = mergeCandidates(parts);
  // Each record compared with a whole set has kept its best already, so that both records may count every pair.
  return top === undefined ? joined : createPairLimit(top, false)(joined);
}

/**
 * Candidate pairs among all data sets: similarity falling, then first data set, second data set, first record, second record.
 * @param onProgress share done
 * @throws CompareError for sets that do not fit together or options without sense
 */
export function findCandidates(
  sets: readonly SearchedSet[],
  options: SearchOptions,
  onProgress?: (share: number) => void,
): CandidatePairs {
  const search = new CandidateSearch(sets, options);
  const tasks = searchTasks(sets.map(({ filters }) => filters.rows));
  const parts = tasks.map((task, i) => search.find(task, (share) => onProgress?.((i + share) / tasks.length)));
  return joinCandidates(parts, options.top);
}
