/** How many people who are not the match look like it, by the cell of the pair (`cells.ts`). */
import { type Cells, cellsOf } from './cells.ts';
import { DIFFERENT, UNKNOWN } from './field-agreement.ts';
import type { MatchPatterns } from './match-patterns.ts';
import { PatternClasses } from './pattern-classes.ts';
import { type EqualRowsMet, Relatives } from './relatives.ts';
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

/** The pairs within a list count as those of at most so many records, since it may hold fewer look-alikes than the data. */
export const MAX_WITHIN = 500;

/** The pairs that look-alikes are looked for among. */
export interface LookAlikePairs {
  readonly cells: Cells;
  /** By pair, the same pair the other way round where it is within the list and shows the same; -1 otherwise. */
  readonly mirror: Int32Array;
  /** How many pairs are candidates; the others are within the list. */
  readonly met: number;
  readonly equal: EqualRowsMet;
}

/** What was seen of them. */
export interface LookAlikesSeen {
  /** By pair, how much of a look-alike it is: no match and no stranger. */
  readonly second: Float64Array;
  /** The records that could have shown them, for they have a match, and the rows, each for so much of a record as it meets people. */
  readonly decided: number;
  /** By cell, the share of matches that show it. */
  readonly ofMatches: Float64Array;
  /** The share of matches without a mistake. */
  readonly cleanMatches: number;
  /** How many records would have met as many rows of the data as records have met each other. */
  readonly within: number;
}

export class LookAlikes {
  /** By cell: how many of its pattern a record meets on average. */
  rates: Float64Array;

  readonly #pairs: LookAlikePairs;
  /** To somebody else, a value that the list lacks is one that differs. */
  readonly #shown: Cells;
  readonly #classes: PatternClasses;
  readonly #relatives: Relatives | undefined;
  /** By pair: how much of a look-alike it was seen to be. */
  #second: Float64Array;
  /** By pattern: the look-alikes seen, and the share by their classes. */
  #seen: Float64Array = new Float64Array();
  #shares: Float64Array = new Float64Array();
  #all = 0;
  #perRecord = 0;

  /** `classes`: by class, the imagined levels; left out, those of fields. `matches`: where fields have levels, those of matches. */
  constructor(pairs: LookAlikePairs, matches: MatchPatterns, classes?: readonly (readonly number[])[]) {
    const { cells, equal } = pairs;
    this.#pairs = pairs;
    this.#shown = cellsOf(cells.levels.map((cell) => cell.map((level) => (level === UNKNOWN ? DIFFERENT : level))));
    this.#classes = new PatternClasses(
      this.#shown.levels,
      classes?.map((one) => one.map(() => 1)) ?? LOOK_ALIKE_CLASSES,
    );
    this.#relatives = classes === undefined ? new Relatives(matches.classes, cells.levels.length, equal) : undefined;
    this.rates = new Float64Array(cells.levels.length);
    this.#second = new Float64Array(cells.of.length);
    const ofMatches = matches.classes.probabilities();
    this.update({ second: this.#second, ofMatches, cleanMatches: matches.cleanShare, decided: 0, within: 0 });
  }

  /**
   * One round of EM. What is a relative's is so beside what other pairs show, the pair itself left out: few pairs show the very same mistakes,
   * and each would be explained by itself.
   */
  update({ second, decided, within, ...matches }: LookAlikesSeen): void {
    const { cells, met } = this.#pairs;
    const forRelatives = new Float64Array(cells.levels.length);
    for (const [pair, one] of second.entries()) {
      if (one === 0) continue;
      const cell = cells.of[pair] as number;
      const times = pair < met ? 1 : Math.max(1, within / MAX_WITHIN);
      forRelatives[cell] = (forRelatives[cell] as number) + (times * one) / this.rateBeside(pair);
    }
    this.#second = second;
    this.#seen = sums(sums(second, cells.of, cells.levels.length), this.#shown.of, this.#shown.levels.length);
    this.#all = this.#seen.reduce((sum, count) => sum + count, 0);
    this.#perRecord = (this.#all + FIRST_LOOK_ALIKES) / (decided + Math.min(MAX_WITHIN, within) + IMAGINED_RECORDS);
    this.#classes.update(this.#seen);
    this.#shares = this.#classes.probabilities();
    this.#relatives?.update(forRelatives, { ...matches, decided, within });
    this.rates = this.rates.map((_, cell) => this.#rate(cell, 0));
  }

  /** From here on (`relatives.ts`). */
  set atWorst(atWorst: Relatives['atWorst']) {
    if (this.#relatives) this.#relatives.atWorst = atWorst;
  }

  /** The rate of a pair's cell, the pair itself left out. */
  rateBeside(pair: number): number {
    const { cells, mirror } = this.#pairs;
    const other = mirror[pair] as number;
    const own = (this.#second[pair] as number) + (other < 0 ? 0 : (this.#second[other] as number));
    return this.#rate(cells.of[pair] as number, own);
  }

  /** The rate of a cell, so many of the look-alikes that show it left out. */
  #rate(cell: number, own: number): number {
    const pattern = this.#shown.of[cell] as number;
    const seen =
      Math.max(0, (this.#seen[pattern] as number) - own) + PRIOR_LOOK_ALIKES * (this.#shares[pattern] as number);
    const all = Math.max(0, this.#all - own) + PRIOR_LOOK_ALIKES;
    return (this.#perRecord * seen) / all + (this.#relatives?.expected[cell] ?? 0);
  }
}
