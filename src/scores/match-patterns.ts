/** How often matches show each pattern of fields: by their classes, and by how many were seen to. */
import { type Cells, cellsOf } from './cells.ts';
import { DIFFERENT, IN_PLACE, SAME, UNKNOWN } from './field-agreement.ts';
import { PatternClasses } from './pattern-classes.ts';
import { sums } from './sums.ts';

/**
 * How far the classes of matches are believed where few matches show a pattern: it is as common as they make it, times a factor that is
 * 1 on average, and as uncertain as this many imagined matches leave it (a gamma distribution).
 */
const IMAGINED_OF_PATTERN = 10;
/** The share of matches without a mistake, before any is known. */
const FIRST_CLEAN = 0.5;

export class MatchPatterns {
  readonly classes: PatternClasses;
  /** By cell, whether all that is known is the same. */
  readonly clean: readonly boolean[];
  /** The share of matches without a mistake. */
  cleanShare = FIRST_CLEAN;

  readonly #cells: Cells;
  readonly #unknownOf: Uint32Array;
  /** By cell: the share of matches that show it by the classes, how many do, and how many have the same fields unknown. */
  #byClasses: Float64Array;
  #shown: Float64Array;
  #alikeUnknown: Float64Array;

  /** `imagined`: by class, as `PatternClasses` takes them. */
  constructor(cells: Cells, imagined: readonly (readonly number[])[]) {
    const { levels } = cells;
    this.#cells = cells;
    this.#unknownOf = cellsOf(levels.map((cell) => cell.map((l) => (l === UNKNOWN ? UNKNOWN : DIFFERENT)))).of;
    this.clean = levels.map((cell) => cell.every((level) => level === SAME || level === UNKNOWN || level === IN_PLACE));
    this.classes = new PatternClasses(levels, imagined);
    this.#byClasses = this.classes.probabilities();
    this.#shown = new Float64Array(levels.length);
    this.#alikeUnknown = new Float64Array(levels.length);
  }

  /** One round of EM. `samePerson`: by candidate, how much of a match it is. */
  update(samePerson: Float64Array): void {
    const { of, levels } = this.#cells;
    const shown = sums(samePerson, of.subarray(0, samePerson.length), levels.length);
    const byUnknown = sums(shown, this.#unknownOf, levels.length);
    this.classes.update(shown);
    this.#byClasses = this.classes.probabilities();
    this.#shown = shown;
    this.#alikeUnknown = Float64Array.from(this.#unknownOf, (unknown) => byUnknown[unknown] as number);
    const all = shown.reduce((sum, count) => sum + count, 0);
    const clean = shown.reduce((sum, count, cell) => (this.clean[cell] ? sum + count : sum), 0);
    this.cleanShare = all === 0 ? FIRST_CLEAN : clean / all;
  }

  /** The share of matches that show a cell, so many of those that do left out. */
  share(cell: number, own = 0): number {
    const share = this.#byClasses[cell] as number;
    const seen = Math.max(0, (this.#shown[cell] as number) - own);
    const all = Math.max(0, (this.#alikeUnknown[cell] as number) - own);
    return (share * (IMAGINED_OF_PATTERN + seen)) / (IMAGINED_OF_PATTERN + all * share);
  }
}
