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
import { type Again, againOf, driftOf, firstAgain } from './again.ts';
import { type Cells, cellsOf } from './cells.ts';
import { LookAlikes, MAX_WITHIN } from './look-alikes.ts';
import { Marginals } from './marginals.ts';
import type { Decoy, Decoys, MatchEvidence, MatchModel, PairEvidence } from './match-evidence.ts';
import { MatchPatterns } from './match-patterns.ts';
import { mirrorsOf } from './mirrors.ts';
import type { EqualRowsMet } from './relatives.ts';
import { Rivals } from './rivals.ts';
import { belonging, belongs, sums } from './sums.ts';

const ROUNDS = 100;
/** So many rounds first where equal rows are to be namesakes: they have gone over most of the way. */
const ROUNDS_AT_WORST = 30;
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
/** Imagined candidates that are look-alikes, met as expected. */
const IMAGINED_MET = 10;

const mostOf = (numbers: Uint32Array) => numbers.reduce((most, number) => Math.max(most, number + 1), 0);

/** @throws RangeError where there are fewer records or rows than candidates name */
export function fitMatchModel(evidence: MatchEvidence): MatchModel {
  const fit = new MatchFit(evidence);
  fit.settle();
  const model = fit.model();
  return fit.hasEqualRows ? { ...model, samePersonAtWorst: fit.atWorst() } : model;
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
  #again = firstAgain();

  /** By candidate, in the round under way: how often matches, and others, show what it does, and the odds that follow. */
  readonly #matchOf: Float64Array;
  readonly #othersOf: Float64Array;
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
    this.#matchOf = new Float64Array(this.#met);
    this.#othersOf = new Float64Array(this.#met);
    this.#odds = new Float64Array(this.#met);
    this.#probabilities = new Float64Array(this.#met);
    this.#samePerson = new Float64Array(this.#met);
    this.#marginals = new Marginals(
      { of: this.#recordOf, count: this.#named.records },
      { of: this.#rowOf, count: this.#named.rows },
    );
  }

  /** Rounds of EM until nothing moves. */
  settle(): void {
    for (let round = 0; round < ROUNDS; round++) if (this.round() <= STILL) break;
  }

  /** Whether rows of the list with equal values may be namesakes who are among the candidates. */
  get hasEqualRows(): boolean {
    const { expected, met } = this.#equal();
    return expected > 0 && met > 0;
  }

  /**
   * By candidate, the probability of one person where equal rows are namesakes as far as the data leaves that open. Rounds begin with all of them
   * so: begun with none, matches that are namesakes themselves would speak against more.
   */
  atWorst(): Float64Array {
    this.#lookAlikes.atWorst = 'whatever';
    for (let round = 0; round < ROUNDS_AT_WORST; round++) this.round();
    this.#lookAlikes.atWorst = 'open';
    this.round();
    this.settle();
    return this.#samePerson;
  }

  /** One round of EM. Returns by how much the probability, or the rate of repeats, that moved most has moved. */
  round(): number {
    const { records, rows } = this.#evidence;
    // The odds against "nobody": everything that the match would otherwise have left free is taken into account.
    const free = ((records - this.#matches + 1) / records) * ((rows - this.#matches + 1) / rows);
    const prior = this.#matches / records / free;
    for (let i = 0; i < this.#met; i++) {
      const match = this.#match(i);
      const others = this.#others(i);
      this.#matchOf[i] = match;
      this.#othersOf[i] = others;
      this.#odds[i] = prior * (match / others);
    }
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
      probabilities: this.#probabilities.slice(),
      samePerson: this.#samePerson.slice(),
      decoys: this.#decoys(),
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
    const before = this.#again;
    this.#again = againOf(once, taken, seen);
    return driftOf(before, this.#again);
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
      const match = this.#matchOf[i] as number;
      const others = this.#othersOf[i] as number;
      const alone = odds[i] as number;
      const record = belongs(ofRecord[this.#recordOf[i] as number] as number, alone);
      const row = belongs(ofRow[this.#rowOf[i] as number] as number, alone);
      const group = this.#mistaken(i);
      const ofRecordAgain = (again.ofRecord[group] as number) * match;
      const ofRowAgain = (again.ofRow[group] as number) * match;
      const recordAgain = ofRecordAgain / (ofRecordAgain + others);
      const rowAgain = ofRowAgain / (ofRowAgain + others);
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
      met += ((1 - (this.#samePerson[i] as number)) * this.#alike(i)) / (this.#othersOf[i] as number);
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

  #equal(): EqualRowsMet {
    const { records, rows, equalRows = 0 } = this.#evidence;
    const clean = this.#recordOf.reduce((sum, _, i) => sum + 1 - this.#mistaken(i), 0);
    return { expected: equalRows * rows, met: clean / records, records };
  }
}
