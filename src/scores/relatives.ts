/**
 * People who are as good as the record in all fields but one: twins, children named after a parent, namesakes at one address. Few lists
 * show enough of them, and none shows all the mistakes that they may have besides. So there are some before any is seen, of whom one field
 * is another's and the rest errs as a match's does; what is seen of them makes them more or fewer.
 *
 * Namesakes of whom no field is another's err as a match does in all of them. Rows of the list with equal values are such people, or one
 * person entered twice, and nothing in them says which. If they are namesakes, others show them with a mistake.
 */
import type { PatternClasses } from './pattern-classes.ts';

/** The field in which they differ: different, the same by chance, similar, missing. */
const OTHERS_FIELD: readonly number[] = [0.8, 0.02, 0.15, 0.03];
/** Imagined relatives, in all fields together, and imagined records that could have shown them. */
const IMAGINED = 5;
const IMAGINED_RECORDS = 100;
/** Of imagined pairs of equal rows so many are two people, and so many are one. */
const TWO_PEOPLE = 1;
const ONE_PERSON = 1;
/** The least share of matches without a mistake: equal rows stand for at most so many times as many namesakes. */
const LEAST_CLEAN = 0.2;

/** What matches show, and which records could have shown relatives: as in `LookAlikesSeen`. */
export interface Shown {
  readonly ofMatches: Float64Array;
  readonly cleanMatches: number;
  readonly decided: number;
  readonly within: number;
}

export class Relatives {
  /** By field: how many a record meets who differ in it, and how often they show each cell. */
  #rates: readonly number[] = [];
  #shown: readonly Float64Array[] = [];
  /** How many namesakes a record meets, and how often they show each cell. */
  #namesakes = 0;
  #ofMatches: Float64Array = new Float64Array();

  /** How many more namesakes a record may meet: as far as nothing but the absence of others in the list says that equal rows are one person. */
  doubt = 0;

  /** By cell, how many of all of them a record meets on average. */
  expected: Float64Array;

  readonly #matches: PatternClasses;
  readonly #equal: number;

  /** `equal`: as in `LookAlikePairs`. */
  constructor(matches: PatternClasses, cells: number, equal: number) {
    this.#matches = matches;
    this.#equal = equal;
    this.expected = new Float64Array(cells);
  }

  /**
   * `seen`: by cell, of pairs that are no matches, the sum of 1 / (how many strangers, look-alikes and relatives were expected): times
   * what a relative makes of that, the pairs that relatives are.
   */
  update(seen: Float64Array, shown: Shown): void {
    const found = (rate: number, cells: Float64Array) =>
      cells.reduce((sum, share, cell) => sum + rate * share * (seen[cell] as number), 0);
    const ofFields = this.#shown.map((cells, field) => found(this.#rates[field] as number, cells));
    const ofNamesakes = found(this.#namesakes, this.#ofMatches);
    this.#shown = this.#matches.probabilitiesWith(OTHERS_FIELD);
    const imagined = IMAGINED / Math.max(1, this.#shown.length);
    const records = IMAGINED_RECORDS + shown.decided + shown.within;
    this.#rates = this.#shown.map((_, field) => (imagined + (ofFields[field] ?? 0)) / records);
    this.#updateNamesakes(ofNamesakes, shown);
    this.expected = this.expected.map((_, cell) =>
      this.#shown.reduce(
        (sum, cells, field) => sum + (this.#rates[field] as number) * (cells[cell] as number),
        this.#namesakes * (this.#ofMatches[cell] as number),
      ),
    );
  }

  /**
   * Of two equal rows, or two namesakes without a mistake, one is left out on either side: only those with a mistake are seen. In a
   * list without mistakes there are none, so what others of the list do not show is doubtful.
   */
  #updateNamesakes(found: number, { ofMatches, cleanMatches, decided, within }: Shown): void {
    this.#ofMatches = ofMatches;
    const clean = Math.max(LEAST_CLEAN, cleanMatches);
    const most = this.#equal / clean;
    const rate = (visible: number) =>
      (most * (TWO_PEOPLE + found)) / (TWO_PEOPLE + ONE_PERSON + Math.max(found, most * visible));
    const besideMatches = decided * (1 - clean ** 2);
    this.#namesakes = rate(besideMatches + within * (1 - clean));
    this.doubt = rate(besideMatches) - this.#namesakes;
  }
}
