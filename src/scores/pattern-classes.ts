/**
 * How often matches show each pattern of fields. Mistakes hang together: one file is typed with care and another is not, who moves has another
 * street, town and postcode at once. So matches are taken for a mixture of classes, within each of which fields err independently
 * (Lazarsfeld and Henry, Latent structure analysis, 1968).
 */
import { UNKNOWN } from './field-agreement.ts';

interface PatternClass {
  readonly share: number;
  /** By field and level. */
  readonly levels: readonly (readonly number[])[];
}

export class PatternClasses {
  #classes: readonly PatternClass[];

  readonly #patterns: readonly Uint8Array[];
  readonly #imagined: readonly (readonly number[])[];

  /** `imagined`: by class, how many imagined matches have each level, in every field. */
  constructor(patterns: readonly Uint8Array[], imagined: readonly (readonly number[])[]) {
    this.#patterns = patterns;
    this.#imagined = imagined;
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
    const fields = this.#patterns[0]?.length ?? 0;
    const all = Array.from({ length: fields }, () => new Float64Array(this.#patterns.length));
    for (const [cell, levels] of this.#patterns.entries()) {
      for (const one of this.#classes) {
        const whole = one.share * within(one, levels);
        for (const [field, ofField] of all.entries()) {
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
    for (const [cell, levels] of this.#patterns.entries()) {
      const count = seen[cell] as number;
      if (count === 0) continue;
      const likely = this.#classes.map((one) => one.share * within(one, levels));
      const all = total(likely);
      for (const [k, ofClass] of counts.entries()) {
        const part = (count * (likely[k] as number)) / all;
        ofClass.all += part;
        for (const [field, level] of levels.entries()) {
          const shown = ofClass.levels[field] as number[];
          if (level !== UNKNOWN) shown[level] = (shown[level] as number) + part;
        }
      }
    }
    this.#classes = classesOf(counts);
  }

  /** The imagined matches alone. */
  #counts() {
    const fields = Array.from({ length: this.#patterns[0]?.length ?? 0 });
    return this.#imagined.map((first) => ({ all: total(first), levels: fields.map(() => first.slice()) }));
  }
}

function classesOf(counts: readonly { all: number; levels: number[][] }[]): PatternClass[] {
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
