/**
 * People who are as good as the record in all fields but one: twins, children named after a parent, namesakes at one address. Few lists
 * show enough of them, and none shows all the mistakes that they may have besides. So there are some before any is seen, of whom one field
 * is another's and the rest errs as a match's does; what is seen of them makes them more or fewer.
 */
import type { PatternClasses } from './pattern-classes.ts';

/** The field in which they differ: different, the same by chance, similar, missing. */
const OTHERS_FIELD: readonly number[] = [0.8, 0.02, 0.15, 0.03];
/** Imagined relatives, in all fields together, and imagined records that could have shown them. */
const IMAGINED = 5;
const IMAGINED_RECORDS = 100;

export class Relatives {
  /** By field: how many a record meets who differ in it, and how often they show each cell. */
  #rates: readonly number[] = [];
  #shown: readonly Float64Array[] = [];

  /** By cell, how many of them a record meets on average. */
  expected: Float64Array;

  readonly #matches: PatternClasses;

  constructor(matches: PatternClasses, cells: number) {
    this.#matches = matches;
    this.expected = new Float64Array(cells);
  }

  /**
   * `seen`: by cell, of pairs that are no matches, the sum of 1 / (how many strangers, look-alikes and relatives were expected): times
   * what a relative makes of that, the pairs that relatives are. `decided`: how many records could have shown one.
   */
  update(seen: Float64Array, decided: number): void {
    const found = this.#shown.map((cells, field) => {
      const rate = this.#rates[field] as number;
      return cells.reduce((sum, share, cell) => sum + rate * share * (seen[cell] as number), 0);
    });
    this.#shown = this.#matches.probabilitiesWith(OTHERS_FIELD);
    const imagined = IMAGINED / Math.max(1, this.#shown.length);
    this.#rates = this.#shown.map((_, field) => (imagined + (found[field] ?? 0)) / (IMAGINED_RECORDS + decided));
    this.expected = this.expected.map((_, cell) =>
      this.#shown.reduce((sum, cells, field) => sum + (this.#rates[field] as number) * (cells[cell] as number), 0),
    );
  }
}
