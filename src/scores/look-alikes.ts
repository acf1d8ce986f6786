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
    const byPattern = sums(counts, this.#shown.of, this.#shown.levels.length);
    const all = byPattern.reduce((sum, count) => sum + count, 0);
    const rate = (all + FIRST_LOOK_ALIKES) / (decided + IMAGINED_RECORDS);
    this.#classes.update(byPattern);
    const ofPattern = this.#classes
      .probabilities()
      .map(
        (share, pattern) =>
          (rate * ((byPattern[pattern] as number) + PRIOR_LOOK_ALIKES * share)) / (all + PRIOR_LOOK_ALIKES),
      );
    this.#relatives?.update(relatives, decidedForRelatives);
    this.rates = Float64Array.from(
      this.#shown.of,
      (pattern, cell) => (ofPattern[pattern] as number) + (this.#relatives?.expected[cell] ?? 0),
    );
  }
}
