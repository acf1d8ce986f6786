/**
 * What the researcher's own list says of how common its values are: which records share one, who has a similar one, and which
 * fields hang together.
 */
import type { KeyDesign } from '../agreement/agreement.ts';
import { findEqualRows } from '../keys/equal-rows.ts';
import { gramsOf } from '../keys/expectation.ts';
import type { MatchRecords } from '../keys/records.ts';
import { type Dependence, dependenceOf } from './dependence.ts';
import { type ValueLikeness, valueLikeness } from './likeness.ts';
import { type WithinList, withinList } from './within-list.ts';

export interface ListField extends Dependence {
  /** A number a record: equal for equal values, 0 where the record has none. */
  readonly codes: Uint32Array;
  /** By code: the chance, 0 to 1, that somebody else's value is this one. */
  readonly shares: Float64Array;
  /** What one record adds to a share. */
  readonly one: number;
  /** By code: how many others have a similar value. */
  readonly likeness: ValueLikeness;
}

export interface ListValues {
  /** By field of the agreement. */
  readonly fields: readonly ListField[];
  readonly within: WithinList;
}

/**
 * `design`: of the run, for records that agree with each other. Who stands several times on the list is one person here: counted by
 * rows, their values would be common, and they themselves the strangers who look just like them.
 */
export function listValues(records: MatchRecords, design: KeyDesign): ListValues {
  const { firstOf } = findEqualRows(records);
  const rows = [...firstOf.keys()].filter((row) => firstOf[row] === row);
  if (rows.length === records.rows) {
    return { fields: listFields(records, design), within: withinList(records, design) };
  }
  const codes = records.codes.map((column) => Uint32Array.from(rows, (row) => column[row] as number));
  const people = { ...records, rows: rows.length, codes };
  const { records: compared, pairs } = withinList(people, design);
  const original = (person: number) => rows[person] as number;
  const personAt = new Map(rows.map((row, person) => [row, person]));
  const personOf = firstOf.map((first) => personAt.get(first) as number);
  const fields = listFields(people, design).map(
    (field, f): ListField => ({
      ...field,
      codes: records.codes[f] as Uint32Array,
      withParent: Float32Array.from(personOf, (person) => field.withParent[person] ?? 0),
    }),
  );
  const within = pairs.map((pair) => ({ ...pair, list: original(pair.list), data: original(pair.data) }));
  return { fields, within: { records: compared, pairs: within } };
}

/** One of each field of the records, every record taken for a person. `bands`: of the design, whose tokens count. */
export function listFields(records: MatchRecords, { bands }: Pick<KeyDesign, 'bands'>): ListField[] {
  const { fields, values, codes } = records;
  const dependence = dependenceOf(records).fields;
  return fields.map(({ type }, field) => ({
    codes: codes[field] as Uint32Array,
    ...sharesOf(codes[field] as Uint32Array, values[field]?.length ?? 0),
    likeness: valueLikeness(type, values[field] ?? [''], codes[field] as Uint32Array, gramsOf(bands, field)),
    ...(dependence[field] as Dependence),
  }));
}

/**
 * Shares of the values among the records that have one. A value's own record is a part of its count, and most values of an address
 * are there once: counted as they stand, they would be far too common. So every count is lowered by the same discount, singles /
 * (singles + 2 pairs), which leaves values seen once the share that values seen twice suggest (absolute discounting; Ney, Essen and
 * Kneser, On structuring probabilistic dependences in stochastic language modelling, 1994). One pair more than there are is
 * counted: where all values differ, the next one may repeat.
 */
function sharesOf(codes: Uint32Array, distinct: number): Pick<ListField, 'shares' | 'one'> {
  const counts = new Float64Array(distinct);
  for (const code of codes) counts[code] = (counts[code] as number) + 1;
  counts[0] = 0;
  const filled = counts.reduce((sum, count) => sum + count, 0);
  const having = (wanted: number) => counts.reduce((sum, count) => sum + (count === wanted ? 1 : 0), 0);
  const singles = having(1);
  const discount = singles === 0 ? 0 : singles / (singles + 2 * (having(2) + 1));
  const shares = counts.map((count) => (count === 0 ? 0 : (count - discount) / filled));
  return { shares, one: 1 / Math.max(1, filled) };
}
