/** Links two files' CLKs: candidates by Dice similarity, then the greedy solver, on one thread. */
import type { PackedClks } from '../clk/clk-file.ts';
import { CandidateSearch, joinCandidates, searchTasks } from '../compare/candidate-search.ts';
import type { CandidatePairs } from '../compare/candidates.ts';
import { filtersOf } from '../compare/filters.ts';
import { solveGreedily } from '../compare/greedy-solver.ts';
import { numberWords } from '../words/format.ts';
import { t } from '../words/translate.ts';
import type { ScoredPairs } from './linkage-quality.ts';

export interface PairLinkage {
  /** All pairs at or above the lowest similarity: similarity falling, then first row, then second. */
  readonly candidates: ScoredPairs;
  /** Those of them that the solver makes, in the same order. */
  readonly linked: ScoredPairs;
}

/** Candidates that fit into a page's memory with all that is done with them. */
const MAX_CANDIDATES = 20_000_000;
/** Pairs between two looks at how many candidates there are. */
const COMPARISONS_A_TASK = 1 << 22;

/**
 * Candidates of two files of CLKs.
 * @param onProgress gets the share of comparisons done
 * @throws CompareError when the CLKs have different lengths; Error with a message for people when there are too many candidates
 */
export function findPairs(
  first: PackedClks,
  second: PackedClks,
  lowest: number,
  onProgress: (done: number) => void = () => {},
): CandidatePairs {
  const search = new CandidateSearch([{ filters: filtersOf(first) }, { filters: filtersOf(second) }], {
    threshold: lowest,
  });
  const parts: CandidatePairs[] = [];
  let found = 0;
  for (const task of searchTasks([first.rows, second.rows], COMPARISONS_A_TASK)) {
    const part = search.find(task);
    found += part.similarities.length;
    if (found > MAX_CANDIDATES) {
      throw new Error(
        t(
          'More than {{pairs}} pairs have a similarity of {{lowest}} or more. Raise the lowest threshold, or encode fewer bits: unrelated rows are too much alike.',
          { pairs: numberWords(MAX_CANDIDATES), lowest: numberWords(lowest) },
        ),
      );
    }
    parts.push(part);
    onProgress(task.end / first.rows);
  }
  return joinCandidates(parts);
}

/** The pairs that the greedy solver makes, in the order of the candidates. */
function linkedPairs(candidates: CandidatePairs): ScoredPairs {
  const { record } = solveGreedily(candidates);
  // Without pairs within a file, a group is one row of the first and then one of the second.
  const partners = new Map<number, number>();
  for (let i = 0; i < record.length; i += 2) partners.set(record[i] ?? 0, record[i + 1] ?? 0);
  const { firstRecord, secondRecord, similarities } = candidates;
  const made: number[] = [];
  firstRecord.forEach((row, i) => {
    if (partners.get(row) === secondRecord[i]) made.push(i);
  });
  return {
    first: Uint32Array.from(made, (i) => firstRecord[i] ?? 0),
    second: Uint32Array.from(made, (i) => secondRecord[i] ?? 0),
    similarity: Float64Array.from(made, (i) => similarities[i] ?? 0),
  };
}

/**
 * Links two files of CLKs.
 * @param onProgress gets the share of comparisons done
 * @throws as {@link findPairs}
 */
export function linkPairs(
  first: PackedClks,
  second: PackedClks,
  lowest: number,
  onProgress?: (done: number) => void,
): PairLinkage {
  const found = findPairs(first, second, lowest, onProgress);
  const candidates = { first: found.firstRecord, second: found.secondRecord, similarity: found.similarities };
  return { candidates, linked: linkedPairs(found) };
}
