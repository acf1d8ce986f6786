/**
 * Rivals that agree better in everything: of two candidates of one record, or of one row, the one whose fields all agree at least as well
 * is no less likely the match. The model alone does not know: somebody similar may be rarer among strangers, by the list, than
 * somebody equal is.
 */
import { CROSSED, DIFFERENT, IN_PLACE, MISSING, SAME, SIMILAR } from './field-agreement.ts';

/** What is compared of candidates: who they are, and how their fields agree. */
export interface RivalPairs {
  readonly recordOf: Uint32Array;
  readonly rowOf: Uint32Array;
  /** By candidate, the levels of its fields; those of numbers of bands mean something else. */
  readonly levelsOf: readonly Uint8Array[];
}

/** What a level is no worse than, beside itself. */
const NO_WORSE: ReadonlyMap<number, readonly number[]> = new Map([
  [SAME, [SIMILAR, MISSING, DIFFERENT]],
  [SIMILAR, [DIFFERENT]],
  [MISSING, [DIFFERENT]],
  [IN_PLACE, [CROSSED]],
]);

/** Candidates of one record, or of one row, whose fields agree alike; and which such sets of it agree better than another. */
interface Worse {
  readonly members: readonly number[];
  /** Numbers of sets. */
  readonly better: readonly number[];
}

/** Candidates that agree alike are compared once: hundreds of one family, or thousands of one wrong row, have few patterns. */
export class Rivals {
  /** Those that agree better than others. */
  readonly #sets: (readonly number[])[] = [];
  readonly #worse: Worse[] = [];

  constructor({ recordOf, rowOf, levelsOf }: RivalPairs) {
    for (const of of [recordOf, rowOf]) {
      for (const group of grouped(of.keys(), (i) => of[i] as number)) {
        if (group.length > 1)
          this.#compare(
            grouped(group, (i) => `${levelsOf[i]}`),
            levelsOf,
          );
      }
    }
  }

  #compare(sets: readonly (readonly number[])[], levelsOf: RivalPairs['levelsOf']): void {
    const levels = sets.map(([first]) => levelsOf[first as number] as Uint8Array);
    const numbers = new Map<number, number>();
    const numberOf = (set: number) => {
      const number = numbers.get(set) ?? this.#sets.push(sets[set] as readonly number[]) - 1;
      numbers.set(set, number);
      return number;
    };
    for (const [set, members] of sets.entries()) {
      const better = [...sets.keys()].filter((one) =>
        agreesBetter(levels[one] as Uint8Array, levels[set] as Uint8Array),
      );
      if (better.length > 0) this.#worse.push({ members, better: better.map(numberOf) });
    }
  }

  /** Lowers the odds of each candidate to those of its better rivals. */
  bound(odds: Float64Array): void {
    const lowest = this.#sets.map((set) => set.reduce((least, i) => Math.min(least, odds[i] as number), Infinity));
    for (const { members, better } of this.#worse) {
      const most = better.reduce((least, set) => Math.min(least, lowest[set] as number), Infinity);
      for (const i of members) odds[i] = Math.min(odds[i] as number, most);
    }
  }
}

function grouped(numbers: Iterable<number>, nameOf: (number: number) => number | string): number[][] {
  const groups = new Map<number | string, number[]>();
  for (const number of numbers) {
    const name = nameOf(number);
    const members = groups.get(name) ?? [];
    members.push(number);
    groups.set(name, members);
  }
  return [...groups.values()];
}

/** Whether fields agree at least as well in all, and better in some. */
function agreesBetter(a: Uint8Array, b: Uint8Array): boolean {
  let isBetter = false;
  for (let field = 0; field < a.length; field++) {
    const [one, other] = [a[field] as number, b[field] as number];
    if (one === other) continue;
    if (!NO_WORSE.get(one)?.includes(other)) return false;
    isBetter = true;
  }
  return isBetter;
}
