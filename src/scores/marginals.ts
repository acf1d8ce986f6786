/**
 * Candidates of one record, or of one row, compete for it: everybody is matched once at most. What each candidate's odds against
 * "neither is matched" come to then is the marginal of a weighted matching, here by belief propagation (Bayati, Gamarnik, Katz, Nair,
 * Tetali, Simple deterministic approximation algorithms for counting matchings, STOC 2007): a rival counts as far as its other
 * side is not taken by somebody else, which is the same question again.
 */
import { sums } from './sums.ts';

/** By candidate the record or the row that it wants, numbered from 0, and how many there are. */
export interface Side {
  readonly of: Uint32Array;
  readonly count: number;
}

export class Marginals {
  /** By candidate: the chance that its record, and its row, is left free by all others that want it. */
  readonly #recordFree: Float64Array;
  readonly #rowFree: Float64Array;

  readonly #records: Side;
  readonly #rows: Side;

  constructor(records: Side, rows: Side) {
    this.#records = records;
    this.#rows = rows;
    this.#recordFree = new Float64Array(records.of.length).fill(1);
    this.#rowFree = new Float64Array(rows.of.length).fill(1);
  }

  /**
   * One round, from where the last one left off; rounds with the same odds converge. Writes each candidate's probability of a match
   * into `probabilities`, and returns by how much the one that moved most has moved.
   */
  update(odds: Float64Array, probabilities: Float64Array): number {
    const records = this.#records;
    const rows = this.#rows;
    const recordFree = this.#recordFree;
    const rowFree = this.#rowFree;
    const forRecord = odds.map((own, i) => own * (rowFree[i] as number));
    const forRow = odds.map((own, i) => own * (recordFree[i] as number));
    const ofRecord = sums(forRecord, records.of, records.count);
    const ofRow = sums(forRow, rows.of, rows.count);
    let moved = 0;
    for (let i = 0; i < odds.length; i++) {
      recordFree[i] = halfway(
        recordFree[i] as number,
        ofRecord[records.of[i] as number] as number,
        forRecord[i] as number,
      );
      rowFree[i] = halfway(rowFree[i] as number, ofRow[rows.of[i] as number] as number, forRow[i] as number);
      const alone = (odds[i] as number) * (recordFree[i] as number) * (rowFree[i] as number);
      const probability = alone / (1 + alone);
      moved = Math.max(moved, Math.abs(probability - (probabilities[i] as number)));
      probabilities[i] = probability;
    }
    return moved;
  }
}

/** Between the chance before and the new one, as a geometric mean: without it two who want the same two would swing for ever. */
function halfway(before: number, all: number, own: number): number {
  return Math.sqrt(before / (1 + Math.max(0, all - own)));
}
