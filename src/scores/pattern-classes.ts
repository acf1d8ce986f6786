/**
 * How often matches show each pattern of fields. Mistakes hang together: one file is typed with care and another is not, who moves has another
 * street, town and postcode at once. So matches are taken for a mixture of classes, within each of which fields err independently
 * (Lazarsfeld and Henry, Latent structure analysis, 1968).
 */
import { CROSSED, IN_PLACE, UNKNOWN } from './field-agreement.ts';

/** Of imagined matches, and of others, so many have their names in each other's columns. */
const IMAGINED_CROSSED = 0.02;

interface PatternClass {
  readonly share: number;
  /** By place in the pattern and level: of the fields, and behind them of whether names are in place. */
  readonly levels: readonly (readonly number[])[];
}

/** How many matches are of a class, and by place in the pattern and level how many show it. */
interface PatternCounts {
  all: number;
  readonly levels: number[][];
}

export class PatternClasses {
  #classes: readonly PatternClass[];

  readonly #patterns: readonly Uint8Array[];
  readonly #imagined: readonly (readonly number[])[];
  readonly #fields: number;

  /** `imagined`: by class, how many imagined matches have each level, in every field. */
  constructor(patterns: readonly Uint8Array[], imagined: readonly (readonly number[])[]) {
    this.#patterns = patterns;
    this.#imagined = imagined;
    const [first = new Uint8Array()] = patterns;
    const last = first[first.length - 1];
    this.#fields = first.length - (last === IN_PLACE || last === CROSSED ? 1 : 0);
    this.#classes = classesOf(this.#counts());
  }

  /** The probability of each pattern. Unknown fields say nothing. */
  probabilities(): Float64Array {
    return Float64Array.from(this.#patterns, (levels) =>
      this.#classes.reduce((sum, one) => sum + one.share * within(one, levels), 0),
    );
  }

  /** By field: the probability of each pattern where that field shows each level as often as `shown` says, and the others are as before. */
  probabilitiesWith(shown: readonly number[]): Float64Array[] {
    const all = Array.from({ length: this.#fields }, () => new Float64Array(this.#patterns.length));
    for (let cell = 0; cell < this.#patterns.length; cell++) {
      const levels = this.#patterns[cell] as Uint8Array;
      for (const one of this.#classes) {
        const whole = one.share * within(one, levels);
        for (let field = 0; field < all.length; field++) {
          const ofField = all[field] as Float64Array;
          const level = levels[field] as number;
          const own = level === UNKNOWN ? 1 : (one.levels[field]?.[level] as number);
          const other = level === UNKNOWN ? 1 : (shown[level] as number);
          ofField[cell] = (ofField[cell] as number) + (whole * other) / own;
        }
      }
    }
    return all;
  }

  /** One round of EM with so many matches of each pattern. */
  update(seen: Float64Array): void {
    const counts = this.#counts();
    for (let cell = 0; cell < this.#patterns.length; cell++) {
      const count = seen[cell] as number;
      if (count === 0) continue;
      const levels = this.#patterns[cell] as Uint8Array;
      const likely = this.#classes.map((one) => one.share * within(one, levels));
      const all = total(likely);
      for (let k = 0; k < counts.length; k++) {
        const ofClass = counts[k] as PatternCounts;
        const part = (count * (likely[k] as number)) / all;
        ofClass.all += part;
        for (let field = 0; field < levels.length; field++) {
          const level = levels[field] as number;
          const shown = ofClass.levels[field] as number[];
          if (level !== UNKNOWN) shown[level] = (shown[level] as number) + part;
        }
      }
    }
    this.#classes = classesOf(counts);
  }

  /** The imagined matches alone. */
  #counts(): PatternCounts[] {
    const places = Array.from({ length: this.#patterns[0]?.length ?? 0 }, (_, place) => place);
    return this.#imagined.map((first) => {
      const all = total(first);
      const inPlace = new Array<number>(CROSSED + 1).fill(0);
      inPlace[IN_PLACE] = all * (1 - IMAGINED_CROSSED);
      inPlace[CROSSED] = all * IMAGINED_CROSSED;
      return { all, levels: places.map((place) => (place < this.#fields ? first.slice() : inPlace.slice())) };
    });
  }
}

function classesOf(counts: readonly PatternCounts[]): PatternClass[] {
  const all = total(counts.map((one) => one.all));
  return counts.map((one) => ({
    share: one.all / all,
    levels: one.levels.map((ofField) => ofField.map((count) => count / total(ofField))),
  }));
}

function within({ levels: shares }: PatternClass, levels: Uint8Array): number {
  let product = 1;
  for (let field = 0; field < levels.length; field++) {
    const level = levels[field] as number;
    if (level !== UNKNOWN) product *= (shares[field] as readonly number[])[level] as number;
  }
  return product;
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
