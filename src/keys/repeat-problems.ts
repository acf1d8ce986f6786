import type { Table } from '../table/data-table.ts';
import { ProblemCount } from '../table/problem-list.ts';
import type { Problem, RowPair } from '../table/table.ts';
import { tCounted } from '../words/format.ts';
import type { BoundField } from './bound-field.ts';
import type { MatchRecords } from './records.ts';
import { EXACT_REPEAT, FUZZY_REPEAT, findRepeats } from './repeats.ts';

const EXAMPLES = 3;

/** People who stand in a file more than once, with examples side by side. `records` are those of `fields` in `table`. */
export function repeatProblems(table: Table, fields: readonly BoundField[], records: MatchRecords): Problem[] {
  const { firstOf, kind, undecided } = findRepeats(records);
  const show = (row: number): RowPair => rowPair(table, fields, firstOf[row] as number, row);
  const exact = new ProblemCount();
  const fuzzy = new ProblemCount();
  const examples: Record<number, RowPair[]> = { [EXACT_REPEAT]: [], [FUZZY_REPEAT]: [] };
  for (const [row, of] of kind.entries()) {
    const count = of === EXACT_REPEAT ? exact : of === FUZZY_REPEAT ? fuzzy : undefined;
    if (count === undefined) continue;
    if (count.count < EXAMPLES) examples[of]?.push(show(row));
    count.add(table.rowNumber(row));
  }
  const equal = new ProblemCount();
  for (const row of undecided) equal.add(table.rowNumber(row));
  return [
    ...exact.report('duplicate-person', exactWords).map((problem) => withExamples(problem, examples[EXACT_REPEAT])),
    ...fuzzy.report('similar-person', fuzzyWords).map((problem) => withExamples(problem, examples[FUZZY_REPEAT])),
    ...equal.report('same-values', equalWords),
  ];
}

function withExamples(problem: Problem, examples: readonly RowPair[] | undefined): Problem {
  return examples === undefined ? problem : { ...problem, examples };
}

const exactWords = (n: number) =>
  tCounted(
    '{{count}} row repeats an earlier one: the same values in all columns to match by. Such a person is matched and counted once, by the first of their rows.',
    '{{count}} rows repeat an earlier one: the same values in all columns to match by. Such a person is matched and counted once, by the first of their rows.',
    n,
  );

const fuzzyWords = (n: number) =>
  tCounted(
    '{{count}} row looks like another row of the same person, with slips. If so, that person may be counted more than once; relatives can look alike too.',
    '{{count}} rows look like another row of the same person, with slips. If so, that person may be counted more than once; relatives can look alike too.',
    n,
  );

const equalWords = (n: number) =>
  tCounted(
    '{{count}} row has the same values as an earlier one in all columns to match by, but values that many people may share. Each is matched by itself. Match by more columns to tell these people apart.',
    '{{count}} rows have the same values as an earlier one in all columns to match by, but values that many people may share. Each is matched by itself. Match by more columns to tell these people apart.',
    n,
  );

function rowPair(table: Table, fields: readonly BoundField[], first: number, row: number): RowPair {
  const bound = fields.filter(({ column }) => column >= 0);
  const side = (of: number) => ({
    row: table.rowNumber(of),
    values: bound.map(({ column }) => table.value(column, of)),
  });
  return { columns: bound.map(({ column }) => table.columnName(column)), rows: [side(first), side(row)] };
}
