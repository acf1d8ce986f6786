/**
 * How likely each candidate is a match, after Fellegi and Sunter (A theory for record linkage, 1969), without anybody knowing who is
 * who. The evidence is the pattern of agreeing fields. Four things can make it:
 *
 * - a match, with a probability m of the pattern (`pattern-classes.ts`);
 * - the same person once more, where a file repeats people: with the same m, as often as records, and rows, that have a match show another;
 * - a stranger: as often as the list's own values coincide, times the rows of the data;
 * - a look-alike (a relative, somebody of the same address): as often as somebody who is known not to be the match shows one. That
 *   are second candidates of records, and of rows, that have a better one; and other records of the list.
 *
 * EM alternates between each candidate's probability and these four. Everybody is matched once at most, so candidates of one
 * record, or of one row, compete (`marginals.ts`); that is what tells look-alikes from matches.
 */
import { type Cells, cellsOf } from './cells.ts';
import { LookAlikes, MAX_WITHIN } from './look-alikes.ts';
import { Marginals } from './marginals.ts';
import type { Decoy, Decoys, MatchEvidence, MatchModel, PairEvidence } from './match-evidence.ts';
import { MatchPatterns } from './match-patterns.ts';
import { mirrorsOf } from './mirrors.ts';
import { Rivals } from './rivals.ts';
import { belonging, belongs, sums } from './sums.ts';

const ROUNDS = 100;
/** Rounds end when no probability, and no rate of repeats, moves by more. */
const STILL = 1e-6;
/**
 * Of a match's fields before anything is known: different, the same, similar, missing. Imagined matches of careful records, and of
 * records with mistakes in most fields. Where a file has fewer rows than `FULL_SIZE` there are so many fewer, down to a tenth: its own
 * matches are fewer, too, and would not be heard.
 */
const MATCH_CLASSES: readonly (readonly number[])[] = [
  [7, 58, 7, 7],
  [4, 8, 4, 4],
];
const FULL_SIZE = 1000;
const LEAST_IMAGINED = 0.1;
/**
 * How often a record, or a row, meets its person once more, before anything is known: seldom, or relatives of
 * people who match would be taken for repeats before any is seen to be a relative. And imagined records and rows that do not.
 */
const FIRST_AGAIN = 0.2;
const PRIOR_AGAIN = 5;
/** Imagined candidates that are look-alikes, met as expected. */
const IMAGINED_MET = 10;

const mostOf = (numbers: Uint32Array) => numbers.reduce((most, number) => Math.max(most, number + 1), 0);

/** @throws RangeError where there are fewer records or rows than candidates name */
export function fitMatchModel(evidence: MatchEvidence): MatchModel {
  const fit = new MatchFit(evidence);
  for (let round = 0; round < ROUNDS; round++) if (fit.round() <= STILL) break;
  return fit.model();
}

/** By side, for patterns without and with mistakes. */
interface Again {
  ofRecord: number[];
  ofRow: number[];
}

class MatchFit {
  readonly #evidence: MatchEvidence;
  /** The candidates, and then the pairs within the list. */
  readonly #all: readonly PairEvidence[];
  /** How many of them are candidates. */
  readonly #met: number;
  readonly #recordOf: Uint32Array;
  readonly #rowOf: Uint32Array;
  readonly #named: { readonly records: number; readonly rows: number };
  readonly #cells: Cells;
  readonly #patterns: MatchPatterns;
  readonly #marginals: Marginals;
  readonly #lookAlikes: LookAlikes;
  /** Undefined where levels are numbers of bands. */
  readonly #rivals: Rivals | undefined;

  #matches: number;
  /** How often a record, and a row, meets its person once more, against the match's own patterns: where all is the same, and where not. */
  #again: Again = { ofRecord: [FIRST_AGAIN, FIRST_AGAIN], ofRow: [FIRST_AGAIN, FIRST_AGAIN] };

  readonly #odds: Float64Array;
  readonly #probabilities: Float64Array;
  readonly #samePerson: Float64Array;

  constructor(evidence: MatchEvidence) {
    this.#evidence = evidence;
    const { pairs, records, rows, within } = evidence;
    this.#all = [...pairs, ...(within?.pairs ?? [])];
    this.#met = pairs.length;
    this.#recordOf = Uint32Array.from(pairs, ({ record }) => record);
    this.#rowOf = Uint32Array.from(pairs, ({ row }) => row);
    this.#named = { records: mostOf(this.#recordOf), rows: mostOf(this.#rowOf) };
    if (this.#named.records > records || this.#named.rows > rows) {
      throw new RangeError('candidates name more rows than there are');
    }
    this.#cells = cellsOf(this.#all.map(({ levels }) => levels));
    const imagined = Math.max(LEAST_IMAGINED, Math.min(1, records / FULL_SIZE, rows / FULL_SIZE));
    const { classes = MATCH_CLASSES.map((one) => one.map((count) => count * imagined)) } = evidence;
    this.#patterns = new MatchPatterns(this.#cells, classes);
    const mirror = mirrorsOf(this.#all, this.#met, this.#cells);
    this.#lookAlikes = new LookAlikes(
      { cells: this.#cells, mirror, met: this.#met, equal: this.#equal() },
      this.#patterns,
      evidence.classes,
    );
    const levelsOf = pairs.map(({ levels }) => levels);
    const rivals = { recordOf: this.#recordOf, rowOf: this.#rowOf, levelsOf };
    this.#rivals = evidence.classes === undefined ? new Rivals(rivals) : undefined;
    this.#matches = Math.min(records, rows) / 2;
    this.#odds = new Float64Array(this.#met);
    this.#probabilities = new Float64Array(this.#met);
    this.#samePerson = new Float64Array(this.#met);
    this.#marginals = new Marginals(
      { of: this.#recordOf, count: this.#named.records },
      { of: this.#rowOf, count: this.#named.rows },
    );
  }

  /** One round of EM. Returns by how much the probability, or the rate of repeats, that moved most has moved. */
  round(): number {
    const { records, rows } = this.#evidence;
    // The odds against "nobody": everything that the match would otherwise have left free is taken into account.
    const free = ((records - this.#matches + 1) / records) * ((rows - this.#matches + 1) / rows);
    const prior = this.#matches / records / free;
    for (let i = 0; i < this.#met; i++) this.#odds[i] = prior * (this.#match(i) / this.#others(i));
    this.#rivals?.bound(this.#odds);
    const moved = this.#marginals.update(this.#odds, this.#probabilities);
    const { second, once, taken } = this.#explain();
    const all = this.#probabilities.reduce((sum, p) => sum + p, 0);
    this.#matches = Math.min(all, records, rows);
    this.#patterns.update(this.#samePerson);
    const drift = this.#updateAgain(once, taken);
    this.#updateLookAlikes(second, taken);
    return Math.max(moved, drift);
  }

  model(): MatchModel {
    const likelier = Float64Array.from({ length: this.#met }, (_, i) => this.#match(i) / this.#others(i));
    this.#rivals?.bound(likelier);
    return {
      weights: likelier.map((times) => Math.log2(times * this.#evidence.rows)),
      probabilities: this.#probabilities,
      samePerson: this.#samePerson,
      decoys: this.#decoys(),
      doubtful: this.#lookAlikes.doubt * this.#evidence.records,
    };
  }

  #decoys(): Decoys | undefined {
    const { within, records, rows } = this.#evidence;
    if (within === undefined || within.records === 0) return undefined;
    const taken = sums(this.#odds, this.#recordOf, this.#named.records);
    const each = (records * rows) / within.records ** 2;
    const rowFree = 1 - this.#matches / rows;
    const pairs = within.pairs.map(({ record, strangers }, number): Decoy => {
      const i = this.#met + number;
      const others = strangers + this.#lookAlikes.rateBeside(i);
      const free = rowFree / (1 + (taken[record] ?? 0));
      return { weight: Math.log2((this.#match(i) / others) * rows), wrong: each * free };
    });
    return { pairs, worth: 2 * each };
  }

  /** What matches show as the pair does, the pair itself left out: nobody confirms themselves. */
  #match(i: number): number {
    const cell = this.#cells.of[i] as number;
    const own = i < this.#met ? (this.#samePerson[i] as number) : 0;
    return this.#patterns.share(cell, own);
  }

  #alike(i: number): number {
    return this.#lookAlikes.rates[this.#cells.of[i] as number] as number;
  }

  #others(i: number): number {
    return (this.#all[i] as PairEvidence).strangers + this.#alike(i);
  }

  /** 0 where all that is known is the same, 1 where there is a mistake: who is entered twice is often entered with a mistake once. */
  #mistaken(i: number): 0 | 1 {
    return (this.#patterns.clean[this.#cells.of[i] as number] as boolean) ? 0 : 1;
  }

  /** Returns by how much the rates have moved. */
  #updateAgain(once: Again, taken: { readonly records: number; readonly rows: number }): number {
    const [cells, { clean }, samePerson] = [this.#cells, this.#patterns, this.#samePerson];
    const seen = [0.5, 0.5];
    for (const [i, same] of samePerson.entries()) {
      const group = clean[cells.of[i] as number] ? 0 : 1;
      seen[group] = (seen[group] as number) + same;
    }
    const all = (seen[0] as number) + (seen[1] as number);
    const rates = (counts: readonly number[], met: number) =>
      counts.map((count, group) => count / ((met * (seen[group] as number)) / all + PRIOR_AGAIN));
    const before = [...this.#again.ofRecord, ...this.#again.ofRow];
    this.#again = { ofRecord: rates(once.ofRecord, taken.records), ofRow: rates(once.ofRow, taken.rows) };
    const after = [...this.#again.ofRecord, ...this.#again.ofRow];
    return after.reduce((most, rate, i) => Math.max(most, Math.abs(rate - (before[i] as number))), 0);
  }

  /** How many records would have met as many rows of the data as records have met each other. */
  #metWithin(): number {
    const { rows, within } = this.#evidence;
    return within === undefined ? 0 : within.records ** 2 / rows;
  }

  /**
   * What pairs are where they are not the match: `second`, by pair, how much of a look-alike; `once`, how often
   * the same person was met once more; `taken`, how many records and rows belong to some candidate.
   */
  #explain() {
    const [again, odds, met] = [this.#again, this.#odds, this.#met];
    const ofRecord = sums(odds, this.#recordOf, this.#named.records);
    const ofRow = sums(odds, this.#rowOf, this.#named.rows);
    const taken = { records: belonging(ofRecord), rows: belonging(ofRow) };
    const second = new Float64Array(this.#all.length);
    const once: Again = { ofRecord: [0, 0], ofRow: [0, 0] };
    for (let i = 0; i < met; i++) {
      const [match, others, alone] = [this.#match(i), this.#others(i), odds[i] as number];
      const [recordNumber, rowNumber] = [this.#recordOf[i] as number, this.#rowOf[i] as number];
      const record = belongs(ofRecord[recordNumber] as number, alone);
      const row = belongs(ofRow[rowNumber] as number, alone);
      const group = this.#mistaken(i);
      const onceMore = [again.ofRecord, again.ofRow].map((rates) => (rates[group] as number) * match);
      const [recordAgain, rowAgain] = onceMore.map((rate) => rate / (rate + others)) as [number, number];
      second[i] = (record * (1 - recordAgain) + row * (1 - rowAgain)) * (this.#alike(i) / others);
      once.ofRecord[group] = (once.ofRecord[group] as number) + record * recordAgain;
      once.ofRow[group] = (once.ofRow[group] as number) + row * rowAgain;
      this.#samePerson[i] = Math.min(1, (this.#probabilities[i] as number) + record * recordAgain + row * rowAgain);
    }
    for (let i = met; i < second.length; i++) {
      const rowAgain = (again.ofRow[this.#mistaken(i)] as number) * this.#match(i);
      second[i] = this.#alike(i) / (rowAgain + this.#others(i));
    }
    const weight = Math.min(1, MAX_WITHIN / this.#metWithin()) * this.#shareMet(second);
    for (let i = met; i < second.length; i++) second[i] = weight * (second[i] as number);
    return { second, once, taken };
  }

  /**
   * Of the look-alikes that pairs within the list let expect among the candidates, the share that was met, 1 at most: one shop words its
   * own goods alike, one register its own entries, and another differs.
   */
  #shareMet(alike: Float64Array): number {
    const { records, rows, within } = this.#evidence;
    if (within === undefined || within.records === 0) return 1;
    const inside = alike.subarray(this.#met).reduce((sum, one) => sum + one, 0);
    let met = IMAGINED_MET;
    for (let i = 0; i < this.#met; i++) {
      met += ((1 - (this.#samePerson[i] as number)) * this.#alike(i)) / this.#others(i);
    }
    return Math.min(1, met / ((inside * records * rows) / within.records ** 2 + IMAGINED_MET));
  }

  /** `second`: as `explain` gives it. A row could meet as many look-alikes as there are records, a record as many as there are rows. */
  #updateLookAlikes(second: Float64Array, taken: { readonly records: number; readonly rows: number }): void {
    const { records, rows } = this.#evidence;
    this.#lookAlikes.update({
      second,
      decided: taken.records + (records / rows) * taken.rows,
      ofMatches: Float64Array.from(this.#cells.levels, (_, cell) => this.#patterns.share(cell)),
      cleanMatches: this.#patterns.cleanShare,
      within: this.#metWithin(),
    });
  }

  /** How many namesakes equal rows of the list let a record meet in the data: not more than there are candidates that agree in all. */
  #equal(): number {
    const { records, rows, equalRows = 0 } = this.#evidence;
    const clean = this.#recordOf.reduce((sum, _, i) => sum + 1 - this.#mistaken(i), 0);
    return Math.min(equalRows * rows, clean / records);
  }
}
