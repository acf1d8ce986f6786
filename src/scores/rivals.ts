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
  /** By candidate, the levels of its fields. */
  readonly levelsOf: readonly Uint8Array[];
}

/** What a level is no worse than, beside itself. */
const NO_WORSE: ReadonlyMap<number, readonly number[]> = new Map([
  [SAME, [SIMILAR, MISSING, DIFFERENT]],
  [SIMILAR, [DIFFERENT]],
  [MISSING, [DIFFERENT]],
  [IN_PLACE, [CROSSED]],
]);

export class Rivals {
  /** Candidates that have a better rival, and which one, pair by pair. */
  readonly #worse: readonly number[];
  readonly #better: readonly number[];

  constructor({ recordOf, rowOf, levelsOf }: RivalPairs) {
    const [worse, better]: [number[], number[]] = [[], []];
    for (const of of [recordOf, rowOf]) {
      for (const group of groupsOf(of)) {
        for (const a of group) {
          for (const b of group) {
            if (!agreesBetter(levelsOf[a] as Uint8Array, levelsOf[b] as Uint8Array)) continue;
            better.push(a);
            worse.push(b);
          }
        }
      }
    }
    this.#worse = worse;
    this.#better = better;
  }

  /** Lowers the odds of each candidate to those of its better rivals. */
  bound(odds: Float64Array): void {
    const before = odds.slice();
    for (let i = 0; i < this.#worse.length; i++) {
      const worse = this.#worse[i] as number;
      odds[worse] = Math.min(odds[worse] as number, before[this.#better[i] as number] as number);
    }
  }
}

function groupsOf(of: Uint32Array): Iterable<number[]> {
  const groups = new Map<number, number[]>();
  for (const [i, group] of of.entries()) {
    const members = groups.get(group) ?? [];
    members.push(i);
    groups.set(group, members);
  }
  return groups.values();
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
