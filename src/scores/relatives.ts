/**
 * People who are as good as the record in all fields but one: twins, children named after a parent, namesakes at one address. Few lists
 * show enough of them, and none shows all the mistakes that they may have besides. So there are some before any is seen, of whom one field
 * is another's and the rest errs as a match's does; what is seen of them makes them more or fewer.
 *
 * Namesakes of whom no field is another's err as a match does in all of them. Rows of the list with equal values are such people, or one
 * person entered twice, and nothing in them says which. If they are namesakes, others show them with a mistake; unless the list has none.
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

/** What the list's rows with equal values tell of. */
export interface EqualRowsMet {
  /** How many namesakes with equal values a record would meet in the data if all of them were two people. */
  readonly expected: number;
  /** How many candidates that agree in all a record has. */
  readonly met: number;
  readonly records: number;
}

export class Relatives {
  /** By field: how many a record meets who differ in it, and how often they show each cell. */
  #rates: readonly number[] = [];
  #shown: readonly Float64Array[] = [];
  /** How many namesakes a record meets, and how often they show each cell. */
  #namesakes = 0;
  #ofMatches: Float64Array = new Float64Array();

  /** Whether equal rows are namesakes as far as the data leaves that open, in a list without mistakes; and for now whatever the data says. */
  atWorst: 'no' | 'open' | 'whatever' = 'no';

  /** By cell, how many of all of them a record meets on average. */
  expected: Float64Array;

  readonly #matches: PatternClasses;
  readonly #equal: EqualRowsMet;

  constructor(matches: PatternClasses, cells: number, equal: EqualRowsMet) {
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
   * list without mistakes there are none: there, only those tell that stand in the data beside a match, and how many agree in all.
   */
  #updateNamesakes(found: number, { ofMatches, cleanMatches, decided, within }: Shown): void {
    this.#ofMatches = ofMatches;
    const { expected, met } = this.#equal;
    const equal = Math.min(expected, met);
    const clean = Math.max(LEAST_CLEAN, cleanMatches);
    const besideMatches = decided * (1 - clean ** 2);
    if (this.atWorst === 'no') {
      const most = equal / clean;
      const visible = most * (besideMatches + within * (1 - clean));
      this.#namesakes = (most * (TWO_PEOPLE + found)) / (TWO_PEOPLE + ONE_PERSON + Math.max(found, visible));
      return;
    }
    const visible = this.atWorst === 'open' ? equal * besideMatches : 0;
    const share = (TWO_PEOPLE + found) / (TWO_PEOPLE + Math.max(found, visible));
    this.#namesakes = equal * share * this.#fewerMet(clean);
  }

  /** How likely so few candidates, or fewer, agree in all where namesakes are as many as expected, 1 at most: a Poisson number, by Chernoff's bound. */
  #fewerMet(clean: number): number {
    const { expected, met, records } = this.#equal;
    const [most, seen] = [expected * clean * records, met * records];
    return seen >= most ? 1 : Math.exp(seen - most - (seen === 0 ? 0 : seen * Math.log(seen / most)));
  }
}
