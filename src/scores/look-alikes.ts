/** How many people who are not the match look like it, by the cell of the pair (`cells.ts`). */
import { type Cells, cellsOf } from './cells.ts';
import { DIFFERENT, UNKNOWN } from './field-agreement.ts';
import { PatternClasses } from './pattern-classes.ts';
import { Relatives } from './relatives.ts';
import { sums } from './sums.ts';

/** Imagined look-alikes, whose fields err as their classes do. */
const PRIOR_LOOK_ALIKES = 5;
/**
 * Of their fields before anything is known: different, the same, similar, missing. They are of several kinds: of one household, of one
 * name. These lean to nothing, to the same, and to different values.
 */
const LOOK_ALIKE_CLASSES: readonly (readonly number[])[] = [
  [1, 1, 1, 1],
  [1, 3, 1, 1],
  [3, 1, 1, 1],
];
/** Imagined look-alikes, and imagined records that could have shown them. */
const FIRST_LOOK_ALIKES = 0.5;
const IMAGINED_RECORDS = 5;

/** What was seen of them. */
export interface LookAlikesSeen {
  /** By cell, how many pairs are no matches and no strangers. */
  readonly counts: Float64Array;
  /** The records that could have shown them, for they have a match, and the rows, each for so much of a record as it meets people. */
  readonly decided: number;
  /** For relatives who differ in one field, whom every pair within the list tells of: as `Relatives.update` says. */
  readonly relatives: Float64Array;
  readonly decidedForRelatives: number;
}

export class LookAlikes {
  /** By cell: how many of its pattern a record meets on average. */
  rates: Float64Array;

  /** To somebody else, a value that the list lacks is one that differs. */
  readonly #shown: Cells;
  readonly #classes: PatternClasses;
  readonly #relatives: Relatives | undefined;
  /** By pattern: the look-alikes seen, and the share by their classes. */
  #seen: Float64Array = new Float64Array();
  #shares: Float64Array = new Float64Array();
  #all = 0;
  #perRecord = 0;

  /** `classes`: by class, the imagined levels; left out, those of fields. `matches`: where fields have levels, those of matches. */
  constructor(cells: Cells, matches: PatternClasses, classes?: readonly (readonly number[])[]) {
    this.#shown = cellsOf(cells.levels.map((cell) => cell.map((level) => (level === UNKNOWN ? DIFFERENT : level))));
    this.#classes = new PatternClasses(
      this.#shown.levels,
      classes?.map((one) => one.map(() => 1)) ?? LOOK_ALIKE_CLASSES,
    );
    this.#relatives = classes === undefined ? new Relatives(matches, cells.levels.length) : undefined;
    const nothing = new Float64Array(cells.levels.length);
    this.rates = nothing;
    this.update({ counts: nothing, decided: 0, relatives: nothing, decidedForRelatives: 0 });
  }

  update({ counts, decided, relatives, decidedForRelatives }: LookAlikesSeen): void {
    this.#seen = sums(counts, this.#shown.of, this.#shown.levels.length);
    this.#all = this.#seen.reduce((sum, count) => sum + count, 0);
    this.#perRecord = (this.#all + FIRST_LOOK_ALIKES) / (decided + IMAGINED_RECORDS);
    this.#classes.update(this.#seen);
    this.#shares = this.#classes.probabilities();
    this.#relatives?.update(relatives, decidedForRelatives);
    this.rates = this.rates.map((_, cell) => this.rateWithout(cell, 0));
  }

  /** The rate of a cell, so many of the look-alikes that show it left out. */
  rateWithout(cell: number, own: number): number {
    const pattern = this.#shown.of[cell] as number;
    const seen =
      Math.max(0, (this.#seen[pattern] as number) - own) + PRIOR_LOOK_ALIKES * (this.#shares[pattern] as number);
    const all = Math.max(0, this.#all - own) + PRIOR_LOOK_ALIKES;
    return (this.#perRecord * seen) / all + (this.#relatives?.expected[cell] ?? 0);
  }
}
