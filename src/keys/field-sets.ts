/** Which fields each band of a design starts with. */
import type { FieldType } from '../agreement/match-field.ts';
import type { SeededRandom } from './random.ts';

/** A band that asks for a field which is empty in more rows would have few rows left. */
export const MAX_EMPTY = 0.2;

export interface FieldSet {
  /** The joined names count as the field behind the last (`joined-names.ts`). */
  readonly fields: readonly number[];
  /** A further field that is to have a value, whichever it is. */
  readonly filled: number | undefined;
}

/**
 * The fields that each band starts with: pairs in random order, used as often as both records of a person can be expected to have a value in
 * both fields; of equals none twice before all were used, and fields equally often. A band of two fields survives whatever is wrong
 * with the others. A long text tells people, or products, apart alone: it gets as many bands by itself as it gets in pairs. `filled`: by
 * field, the chance that both records have a value; a field that one side lacks is in no band. `long`: whether it is a long text.
 */
export function fieldSets(
  filled: readonly number[],
  bands: number,
  random: SeededRandom,
  long: readonly boolean[] = [],
): number[][] {
  const usable = [...filled.keys()].filter((field) => (filled[field] as number) > 0);
  const fields = usable.length > 0 ? usable : [...filled.keys()];
  const size = Math.min(2, fields.length);
  const alone = size === 1 ? [] : fields.filter((field) => long[field]).map((field) => [field]);
  const sets = [...random.shuffle(subsets(fields, size)), ...alone].map((set) => ({
    set,
    share: Math.max(
      1e-6,
      set.reduce((product, field) => product * (filled[field] as number), set.length < size ? fields.length - 1 : 1),
    ),
    uses: 0,
  }));
  const fieldUses = new Array<number>(filled.length).fill(0);
  return Array.from({ length: bands }, () => {
    const fieldsUsed = (set: readonly number[]) => set.reduce((sum, field) => sum + (fieldUses[field] as number), 0);
    const chosen = sets.reduce((best, next) => {
      const difference = (next.uses + 1) / next.share - (best.uses + 1) / best.share;
      if (Math.abs(difference) > 1e-9) return difference < 0 ? next : best;
      return fieldsUsed(next.set) < fieldsUsed(best.set) ? next : best;
    });
    chosen.uses++;
    for (const field of chosen.set) fieldUses[field] = (fieldUses[field] as number) + 1;
    return chosen.set;
  });
}

/** One band in so many takes all names of a row as one bag of tokens, in place of its own fields. */
const JOINED_EVERY = 8;
/** A date of birth stays with a person who moves: it goes with the names so many times as often as another field. */
const JOINED_DATES = 3;

/** What joined names go with. */
export interface JoinableFields {
  readonly types: readonly FieldType[];
  /** By field, as in `fieldSets`. */
  readonly filled: readonly number[];
  /** The fields that are joined; none: nothing is. */
  readonly names: readonly number[];
}

/**
 * The sets of so many bands: every so many one is the joined names and a field that is none of them, each in its turn. `setsOf`: the
 * others, of so many bands.
 */
export function withNamesJoined(
  bands: number,
  { types, filled, names }: JoinableFields,
  setsOf: (bands: number) => number[][],
): number[][] {
  if (names.length === 0) return setsOf(bands);
  const others = [...types.keys()].filter((field) => (filled[field] as number) > 0 && !names.includes(field));
  const uses = new Float64Array(types.length);
  const turn = (field: number) =>
    ((uses[field] as number) + 1) / ((types[field] === 'date' ? JOINED_DATES : 1) * (filled[field] as number));
  const sets = setsOf(bands - Math.floor(bands / JOINED_EVERY));
  for (let index = JOINED_EVERY - 1; index < bands; index += JOINED_EVERY) {
    const other = least(others, turn) as number;
    uses[other] = (uses[other] as number) + 1;
    sets.splice(index, 0, [other, types.length]);
  }
  return sets;
}

/** All sets of `size` of the numbers, each in their order. */
function subsets(numbers: readonly number[], size: number): number[][] {
  if (size === 0) return [[]];
  return numbers.flatMap((first, i) => subsets(numbers.slice(i + 1), size - 1).map((rest) => [first, ...rest]));
}

/**
 * Every second time that a set of fields comes, it asks for a value in a further field too, in each in its turn: that tells rows that
 * lack it from rows that have another one, which speaks against a match. Joined names ask for none: who has one in the wrong
 * column lacks it elsewhere. `askable`: by field, whether that is worth asking.
 */
export function withFilledFields(sets: readonly (readonly number[])[], askable: readonly boolean[]): FieldSet[] {
  const seen = new Map<string, number>();
  const asked = new Map<string, number>();
  const count = (counts: Map<string, number>, name: string) => {
    const before = counts.get(name) ?? 0;
    counts.set(name, before + 1);
    return before;
  };
  return sets.map((fields) => {
    const name = fields.join(' ');
    const joins = fields.some((field) => field >= askable.length);
    if (joins || count(seen, name) % 2 === 0) return { fields, filled: undefined };
    const others = [...askable.keys()].filter((field) => askable[field] && !fields.includes(field));
    const times = (field: number) => (asked.get(`${name}: ${field}`) ?? 0) * sets.length + (asked.get(`${field}`) ?? 0);
    const filled = least(others, times);
    if (filled !== undefined) for (const key of [`${name}: ${filled}`, `${filled}`]) count(asked, key);
    return { fields, filled };
  });
}

/** The first of the items for which `of` is lowest. */
export function least<T>(items: readonly T[], of: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || of(item) < of(best) ? item : best),
    undefined,
  );
}
