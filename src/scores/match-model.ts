/**
 * How likely each candidate is a match, after Fellegi and Sunter (A theory for record linkage, 1969), without anybody knowing who is
 * who. The evidence is the pattern of agreeing fields. Three things can make it:
 *
 * - a match, with a probability m of the pattern;
 * - a stranger: as often as the list's own values coincide, times the rows of the data;
 * - a look-alike (a relative, somebody of the same address): as often as records, and rows, that have a better candidate show a
 *   second one.
 *
 * EM alternates between each candidate's probability and these three. Everybody is matched once at most, so candidates of one
 * record, or of one row, compete (`contest.ts`); that is what tells look-alikes from matches.
 */
import { Contest } from './contest.ts';
import { DIFFERENT, UNKNOWN } from './field-agreement.ts';
import { sums } from './sums.ts';

/** A candidate's evidence. */
export interface PairEvidence {
  /** The record of the list and the row of the data, numbered from 0. */
  readonly record: number;
  readonly row: number;
  /** A level a field (`candidate-evidence.ts`). */
  readonly levels: Uint8Array;
  /** How many strangers in the data agree with the record in these fields, on average. */
  readonly strangers: number;
}

export interface MatchModel {
  /** By candidate: log2 of how much likelier its pattern is between records of one person than between two people's. */
  readonly weights: Float64Array;
  /** By candidate: the probability of a match, 0 to 1; candidates of one record, or of one row, share 1. */
  readonly probabilities: Float64Array;
}

const ROUNDS = 100;
/** Rounds end when no probability moves by more. */
const STILL = 1e-6;
/**
 * Imagined matches and look-alikes, whose fields err independently. So many matches, since a pattern that few show would otherwise
 * confirm itself: whoever is half believed makes it commoner among matches, and so the others more credible.
 */
const PRIOR_MATCHES = 1000;
const PRIOR_LOOK_ALIKES = 5;
/** Of a match's fields before anything is known: different, the same, similar, missing; as many imagined matches. */
export const FIRST_FIELD_LEVELS: readonly number[] = [0.1, 0.8, 0.1, 0.1];
/** Imagined look-alikes, and as many imagined records that could have shown them. */
const FIRST_LOOK_ALIKES = 0.5;

/** Candidates with the same levels, and with the same unknown fields. */
interface Cells {
  readonly levels: readonly Uint8Array[];
  /** By candidate. */
  readonly of: Uint32Array;
}

function cellsOf(patterns: readonly Uint8Array[]): Cells {
  const known = new Map<string, number>();
  const levels: Uint8Array[] = [];
  const of = Uint32Array.from(patterns, (pattern) => {
    const name = pattern.join();
    const cell = known.get(name) ?? levels.push(pattern) - 1;
    known.set(name, cell);
    return cell;
  });
  return { levels, of };
}

const mostOf = (numbers: Uint32Array) => numbers.reduce((most, number) => Math.max(most, number + 1), 0);

/**
 * The probability of each cell when fields err independently of each other: of each field, levels as they come in the cells, weighed
 * by `counts`. `first`: imagined counts of a field's levels. Unknown fields say nothing.
 */
function independently(cells: readonly Uint8Array[], counts: Float64Array, first: readonly number[]): Float64Array {
  const fields = cells[0]?.length ?? 0;
  const shares = Array.from({ length: fields }, (_, field) => {
    const byLevel = first.slice();
    for (const [cell, levels] of cells.entries()) {
      const level = levels[field] as number;
      if (level !== UNKNOWN) byLevel[level] = (byLevel[level] as number) + (counts[cell] as number);
    }
    const all = byLevel.reduce((sum, count) => sum + count, 0);
    return byLevel.map((count) => count / all);
  });
  return Float64Array.from(cells, (levels) =>
    levels.reduce((product, level, field) => product * (level === UNKNOWN ? 1 : (shares[field]?.[level] as number)), 1),
  );
}

/**
 * `records` and `rows`: how many there are on either side. `firstLevels`: of a match's fields before anything is known, by level; as
 * many imagined matches. Throws a RangeError where there are fewer records or rows than candidates name.
 */
export function fitMatchModel(
  pairs: readonly PairEvidence[],
  records: number,
  rows: number,
  firstLevels: readonly number[] = FIRST_FIELD_LEVELS,
): MatchModel {
  const count = pairs.length;
  const recordOf = Uint32Array.from(pairs, ({ record }) => record);
  const rowOf = Uint32Array.from(pairs, ({ row }) => row);
  const named = { records: mostOf(recordOf), rows: mostOf(rowOf) };
  if (named.records > records || named.rows > rows) throw new RangeError('candidates name more rows than there are');
  const cells = cellsOf(pairs.map(({ levels }) => levels));
  const unknown = cellsOf(cells.levels.map((levels) => levels.map((l) => (l === UNKNOWN ? UNKNOWN : DIFFERENT))));
  // To somebody else, a value that the list lacks is one that differs.
  const shown = cellsOf(cells.levels.map((levels) => levels.map((l) => (l === UNKNOWN ? DIFFERENT : l))));
  const shownOf = Uint32Array.from(cells.of, (cell) => shown.of[cell] as number);

  let matchRate = independently(cells.levels, new Float64Array(cells.levels.length), firstLevels);
  let lookAlikes = new Float64Array(shown.levels.length).fill(0.001);
  let matches = records / 2;
  const ratios = new Float64Array(count);
  const odds = new Float64Array(count);
  const probabilities = new Float64Array(count);
  const second = new Float64Array(count);
  const contest = new Contest({ of: recordOf, count: named.records }, { of: rowOf, count: named.rows });
  for (let round = 0; round < ROUNDS; round++) {
    // The odds against "nobody": everything that the match would otherwise have left free is taken into account.
    const free = ((records - matches + 1) / records) * ((rows - matches + 1) / rows);
    for (let i = 0; i < count; i++) {
      const others = (pairs[i] as PairEvidence).strangers + (lookAlikes[shownOf[i] as number] as number);
      ratios[i] = (matchRate[cells.of[i] as number] as number) / others;
      odds[i] = ((matches / records) * (ratios[i] as number)) / free;
    }
    const moved = contest.update(odds, probabilities);
    const ofRecord = sums(odds, recordOf, named.records);
    const ofRow = sums(odds, rowOf, named.rows);
    for (let i = 0; i < count; i++) {
      const own = odds[i] as number;
      const better =
        belongs(ofRecord[recordOf[i] as number] as number, own) + belongs(ofRow[rowOf[i] as number] as number, own);
      const alike = lookAlikes[shownOf[i] as number] as number;
      second[i] = (better * alike) / (alike + (pairs[i] as PairEvidence).strangers);
    }
    if (moved <= STILL) break;
    matches = Math.min(
      probabilities.reduce((sum, p) => sum + p, 0),
      records,
      rows,
    );
    matchRate = matchRates(cells, unknown.of, probabilities, firstLevels);
    // A row could meet as many look-alikes as there are records, a record as many as there are rows.
    const decided = belonging(ofRecord) + (records / rows) * belonging(ofRow);
    lookAlikes = lookAlikeRates(shown.levels, sums(second, shownOf, shown.levels.length), decided, firstLevels.length);
  }
  return { weights: ratios.map((ratio) => Math.log2(ratio * rows)), probabilities };
}

/** The chance that a record or a row, whose candidates have these odds in all, belongs to another than the one with `own`. */
function belongs(all: number, own = 0): number {
  return Math.max(0, all - own) / (1 + all);
}

/** How many of them belong to some candidate. */
function belonging(odds: Float64Array): number {
  return odds.reduce((sum, all) => sum + belongs(all), 0);
}

/** Of the matches with the same unknown fields, which share shows each cell. */
function matchRates(
  cells: Cells,
  unknownOf: Uint32Array,
  probabilities: Float64Array,
  firstLevels: readonly number[],
): Float64Array<ArrayBuffer> {
  const counts = sums(probabilities, cells.of, cells.levels.length);
  const byUnknown = sums(counts, unknownOf, cells.levels.length);
  return independently(cells.levels, counts, firstLevels).map(
    (share, cell) =>
      ((counts[cell] as number) + PRIOR_MATCHES * share) /
      ((byUnknown[unknownOf[cell] as number] as number) + PRIOR_MATCHES),
  ) as Float64Array<ArrayBuffer>;
}

/**
 * How many look-alikes of each pattern a record meets on average. `counts`: those seen. `decided`: the records that could have shown
 * them, for they have a match, and the rows, each for so much of a record as it meets people.
 */
function lookAlikeRates(
  patterns: readonly Uint8Array[],
  counts: Float64Array,
  decided: number,
  levels: number,
): Float64Array<ArrayBuffer> {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const rate = (all + FIRST_LOOK_ALIKES) / (decided + FIRST_LOOK_ALIKES);
  return independently(patterns, counts, new Array<number>(levels).fill(1)).map(
    (share, pattern) => (rate * ((counts[pattern] as number) + PRIOR_LOOK_ALIKES * share)) / (all + PRIOR_LOOK_ALIKES),
  ) as Float64Array<ArrayBuffer>;
}
