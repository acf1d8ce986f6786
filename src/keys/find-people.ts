import { columnOf, type FindPeople } from '../table/apply-cleaning.ts';
import { findEqualRows } from './equal-rows.ts';
import { matchRecords } from './match-records.ts';
import { findRepeats } from './repeats.ts';

/** Rows that repeat a person, for the cleaning step that keeps one row of each. */
export const findPeople: FindPeople = (table, { fields, alike }) => {
  const bound = fields.map(({ column, type }) => ({ name: column, type, column: columnOf(table, column) }));
  const records = matchRecords(table, bound);
  return alike ? findRepeats(records).firstOf : findEqualRows(records).firstOf;
};
