/**
 * All names of a row as one value: a bag of tokens in which it does not matter in which column a name stands. Names come in each
 * other's column, and a surname of before the marriage as a second name.
 */
import type { KeyDesign } from '../agreement/agreement.ts';
import type { MatchRecords } from './records.ts';

/** What is joined is a name itself; no normalised name has a space in it, so the tokens are those of the names. */
const TYPE = 'name';
const BETWEEN = ' ';

/**
 * The fields whose names are joined, in their order; none where fewer than two have names, or where nothing but names is there to
 * go with them. `filled`: by field, the chance that both records have a value.
 */
export function namesToJoin({ fields }: Pick<MatchRecords, 'fields'>, filled: readonly number[]): number[] {
  const usable = [...fields.keys()].filter((field) => (filled[field] as number) > 0);
  const names = usable.filter((field) => fields[field]?.type === TYPE);
  return names.length < 2 || names.length === usable.length ? [] : names;
}

/**
 * The records with one field more, behind the others: the joined names of each row. The records themselves where nothing is joined.
 * @throws RangeError where a field is named that there is not, or has no names
 */
export function withJoinedNames(records: MatchRecords, joined: KeyDesign['joined'] = []): MatchRecords {
  if (joined.length === 0) return records;
  for (const field of joined) {
    if (records.fields[field]?.type !== TYPE)
      throw new RangeError(`field ${field} is joined, but is no field of names`);
  }
  const { rows, fields, values, codes } = records;
  const { combined, firstRows } = combine(joined.map((field) => codes[field] as Uint32Array));
  const names = [''];
  const codeOf = new Map([['', 0]]);
  const codeOfCombination = Uint32Array.from(firstRows, (row) => {
    const name = joined
      .map((field) => values[field]?.[codes[field]?.[row] ?? 0] ?? '')
      .filter((part) => part !== '')
      .sort()
      .join(BETWEEN);
    const code = codeOf.get(name) ?? names.length;
    if (code === names.length) names.push(name);
    codeOf.set(name, code);
    return code;
  });
  return {
    rows,
    fields: [...fields, { name: joined.map((field) => fields[field]?.name).join(BETWEEN), type: TYPE }],
    values: [...values, names],
    codes: [...codes, combined.map((combination) => codeOfCombination[combination] as number)],
  };
}

/** Numbers the combinations of codes that rows have. `firstRows`: of each, the first row that has it. */
function combine(columns: readonly Uint32Array[]): { combined: Uint32Array; firstRows: readonly number[] } {
  let combined = new Uint32Array(columns[0]?.length ?? 0);
  let firstRows: number[] = [];
  for (const column of columns) {
    const size = column.reduce((most, code) => Math.max(most, code), 0) + 1;
    const numbers = new Map<number, number>();
    firstRows = [];
    combined = combined.map((before, row) => {
      const name = before * size + (column[row] as number);
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, firstRows.length);
      return firstRows.push(row) - 1;
    });
  }
  return { combined, firstRows };
}

/** Whether a row has a value in a field, or in that of the joined names: one of them is enough. */
export function filledTest(
  { codes }: Pick<MatchRecords, 'codes'>,
  joined: KeyDesign['joined'] = [],
): (field: number, row: number) => boolean {
  const has = (field: number, row: number) => (codes[field]?.[row] ?? 0) !== 0;
  return (field, row) => (field < codes.length ? has(field, row) : joined.some((name) => has(name, row)));
}

/** How alike the joined names of two rows are, by how alike the names are and how many tokens these have (Jaccard similarities). */
export function joinedLikeness(
  likeness: readonly number[],
  lengths: readonly number[],
  filled: readonly boolean[],
): number {
  let shared = 0;
  let all = 0;
  for (const [i, alike] of likeness.entries()) {
    const tokens = 1 + (lengths[i] as number);
    shared += filled[i] ? (2 * tokens * alike) / (1 + alike) : 0;
    all += filled[i] ? 2 * tokens : tokens;
  }
  return all === 0 ? 0 : shared / (all - shared);
}
