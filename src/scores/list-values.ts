/**
 * What the researcher's own list says of how common its values are: which records share one, who has a similar one, and which
 * fields hang together.
 */
import type { KeyDesign } from '../agreement/agreement.ts';
import { type EqualRows, findEqualRows } from '../keys/equal-rows.ts';
import { gramsOf } from '../keys/expectation.ts';
import { withJoinedNames } from '../keys/joined-names.ts';
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
  /** By field of the agreement; behind them the joined names, where the design joins any. */
  readonly fields: readonly ListField[];
  /** How many different people the list's records are. */
  readonly people: number;
  readonly within: WithinList;
  /** Of pairs of rows, the share, 0 to 1, with the same values in all fields, none of them a date: of one person, or of two namesakes. */
  readonly equalRows: number;
}

/**
 * `design`: of the run, for records that agree with each other. `people`: which records repeat an earlier one; they have no keys, and
 * make no value commoner.
 */
export function listValues(
  records: MatchRecords,
  design: KeyDesign,
  { firstOf }: Pick<EqualRows, 'firstOf'> = findEqualRows(records),
): ListValues {
  const people = firstOf.filter((first, row) => first === row);
  const once = (codes: Uint32Array) => codes.map((code, row) => (firstOf[row] === row ? code : 0));
  return {
    fields: listFields({ ...records, codes: records.codes.map(once) }, design),
    people: people.length,
    within: withinList(records, design, people),
    equalRows: equalRowPairs(records, firstOf) / Math.max(1, records.rows * (records.rows - 1)),
  };
}

/** Both ways round. Who was born on one day and has the same names is one person: a date tells even a parent from a child. */
function equalRowPairs({ fields, codes, rows }: MatchRecords, firstOf: EqualRows['firstOf']): number {
  const dates = codes.filter((_, field) => fields[field]?.type === 'date');
  const alike = new Uint32Array(rows);
  for (const [row, first] of firstOf.entries()) {
    if (dates.every((column) => column[row] === 0)) alike[first] = (alike[first] as number) + 1;
  }
  return alike.reduce((sum, count) => sum + count * Math.max(0, count - 1), 0);
}

/** What the joined names hang on: nothing, since they are looked at in place of the names. */
const ALONE: Dependence = { parent: -1, withParent: new Float32Array(), sharing: new Float32Array(), kept: 0 };

/** One of each field of the records, and one of the joined names. `design`: its bands' tokens count. */
export function listFields(records: MatchRecords, { bands, joined }: Pick<KeyDesign, 'bands' | 'joined'>): ListField[] {
  const { fields, values, codes } = withJoinedNames(records, joined);
  const dependence = dependenceOf(records).fields;
  return fields.map(({ type }, field) => ({
    codes: codes[field] as Uint32Array,
    ...sharesOf(codes[field] as Uint32Array, values[field]?.length ?? 0),
    likeness: valueLikeness(type, values[field] ?? [''], codes[field] as Uint32Array, gramsOf(bands, field)),
    ...(dependence[field] ?? ALONE),
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
