import { t } from '../words/translate.ts';
import type { Cleaning, CleaningStep } from './cleaning.ts';
import { dateReader, holdsDates, numberReader } from './column-readers.ts';
import { type ColumnSource, DerivedColumn } from './column-source.ts';
import type { Table } from './data-table.ts';
import { parseDate } from './dates.ts';
import { JoinedDate } from './joined-date.ts';
import { normaliseWord } from './missing-words.ts';
import { remembered } from './remembered.ts';
import { TableError } from './table-error.ts';

/** What a step did: values that it changed, or rows that it left out. */
export interface StepEffect {
  readonly changed: number;
}

export interface CleanedTable {
  readonly table: Table;
  /** One a step. */
  readonly effects: readonly StepEffect[];
}

/** For each row the first row of the same person, by the columns of a `repeats` step. Given by the rooms that know of matching. */
export type FindPeople = (table: Table, step: Extract<CleaningStep, { kind: 'repeats' }>) => ArrayLike<number>;

type AddingStep = Extract<CleaningStep, { kind: 'date' | 'year' }>;
type ValueStep = Exclude<CleaningStep, { kind: 'rows' | 'repeats' | 'date' | 'year' }>;

/**
 * The table after all steps, in their order.
 * @throws `TableError` where a step names a column that there is not, or leaves no row
 */
export function applyCleaning(table: Table, cleaning: Cleaning, findPeople: FindPeople): CleanedTable {
  let current = table;
  const effects = cleaning.map((step) => {
    const before = current;
    current = applyStep(before, step, findPeople);
    if (current.rowCount === 0) {
      throw new TableError(
        t('No row would be left after this step. Choose another condition, or undo an earlier step.'),
      );
    }
    return { changed: effectOf(before, current, step) };
  });
  return { table: current, effects };
}

function effectOf(before: Table, after: Table, step: CleaningStep): number {
  if (changesRows(step)) return before.rowCount - after.rowCount;
  return addsColumn(step) ? filledRows(after, step.column) : changedValues(before, after, step);
}

function filledRows(table: Table, name: string): number {
  let filled = 0;
  for (const value of table.values(columnOf(table, name))) if (value !== '') filled++;
  return filled;
}

/** Whether a step adds a column, and says how many rows have a value there. */
export function addsColumn(step: CleaningStep): step is AddingStep {
  return step.kind === 'date' || step.kind === 'year';
}

/** Whether a step leaves rows out rather than change values. */
export function changesRows(step: CleaningStep): step is Extract<CleaningStep, { kind: 'rows' | 'repeats' }> {
  return step.kind === 'rows' || step.kind === 'repeats';
}

function applyStep(table: Table, step: CleaningStep, findPeople: FindPeople): Table {
  if (step.kind === 'repeats') {
    const firstOf = findPeople(table, step);
    return table.withRows(rowsThat(table.rowCount, (row) => firstOf[row] === row));
  }
  if (addsColumn(step)) return withAddedColumn(table, step);
  const column = columnOf(table, step.column);
  if (step.kind === 'rows') {
    const stays = remembered(rowTest(table, column, step));
    const values = table.values(column)[Symbol.iterator]();
    return table.withRows(rowsThat(table.rowCount, () => stays(values.next().value ?? '')));
  }
  const change = remembered(valueChange(table, column, step));
  return table.withColumns((source, c) => (c === column ? new DerivedColumn(source, undefined, change) : source));
}

function withAddedColumn(table: Table, step: AddingStep): Table {
  if (table.columns.includes(step.column)) {
    throw new TableError(
      t('This file has a column “{{column}}” already. Undo the step that adds it.', { column: step.column }),
    );
  }
  if (step.kind === 'year') {
    const of = columnOf(table, step.of);
    const reading = table.reading(of);
    const yearOf = (value: string) =>
      isMissing(table, of, value) ? '' : (parseDate(value, reading)?.slice(0, 4) ?? '');
    return table.withColumn(
      step.column,
      (sources) => new DerivedColumn(sources[of] as ColumnSource, undefined, remembered(yearOf)),
    );
  }
  const parts = [step.year, step.month, step.day].map((name) => columnOf(table, name));
  const missing = parts.map((column) => (value: string) => isMissing(table, column, value));
  const thisYear = new Date().getFullYear();
  return table.withColumn(step.column, (sources) => {
    const [year, month, day] = parts.map((column) => sources[column] as ColumnSource);
    return new JoinedDate([year as ColumnSource, month as ColumnSource, day as ColumnSource], missing, thisYear);
  });
}

function isMissing(table: Table, column: number, value: string): boolean {
  const { missing } = table.reading(column);
  return missing.size > 0 && missing.has(normaliseWord(value));
}

export function columnOf(table: Table, name: string): number {
  const column = table.columns.indexOf(name);
  if (column < 0) {
    throw new TableError(
      t('This file has no column “{{column}}”, which a cleaning step is about. Undo that step.', { column: name }),
    );
  }
  return column;
}

function rowsThat(rows: number, stays: (row: number) => boolean): Uint32Array {
  const kept = new Uint32Array(rows);
  let used = 0;
  for (let row = 0; row < rows; row++) if (stays(row)) kept[used++] = row;
  return kept.slice(0, used);
}

function changedValues(before: Table, after: Table, step: ValueStep): number {
  const column = columnOf(before, step.column);
  const values = after.values(column)[Symbol.iterator]();
  let changed = 0;
  for (const value of before.values(column)) if (value !== values.next().value) changed++;
  return changed;
}

function valueChange(table: Table, column: number, step: ValueStep): (value: string) => string {
  switch (step.kind) {
    case 'merge': {
      const from = new Set(step.from.map((label) => label.trim()));
      return (value) => (from.has(value.trim()) ? step.into : value);
    }
    case 'range': {
      const read = numberReader(table, column);
      const { minimum = -Infinity, maximum = Infinity } = step;
      return (value) => {
        const number = read(value);
        return number === undefined || (number >= minimum && number <= maximum) ? value : '';
      };
    }
    case 'blanks':
      return (value) => value.replace(/\s+/gu, ' ').trim();
    case 'case':
      return CASES[step.to];
  }
}

const CASES: Readonly<Record<'upper' | 'lower' | 'title', (value: string) => string>> = {
  upper: (value) => value.toUpperCase(),
  lower: (value) => value.toLowerCase(),
  title: (value) => value.toLowerCase().replace(/(?<![\p{L}\p{M}’'])\p{L}/gu, (letter) => letter.toUpperCase()),
};

/** Blanks around and letter case make no difference to a word for no value. */
const plain = (text: string) => text.trim().toLowerCase();

type RowsStep = Extract<CleaningStep, { kind: 'rows' }>;

function rowTest(table: Table, column: number, { comparison, values }: RowsStep): (value: string) => boolean {
  const [first = ''] = values;
  const labels = new Set(values.map((value) => value.trim()));
  switch (comparison) {
    case 'is':
      return (value) => labels.has(value.trim());
    case 'is-not':
      return (value) => !labels.has(value.trim());
    case 'contains':
      return (value) => plain(value).includes(plain(first));
    case 'filled':
      return (value) => value.trim() !== '';
    case 'empty':
      return (value) => value.trim() === '';
    case 'at-least':
    case 'at-most':
      return orderTest(table, column, comparison, first);
  }
}

/** Numbers with numbers, dates with dates. A row whose value is neither goes. */
function orderTest(
  table: Table,
  column: number,
  comparison: 'at-least' | 'at-most',
  bound: string,
): (value: string) => boolean {
  const date = dateReader(table, column);
  const number = numberReader(table, column);
  const [asDate, asNumber] = [date(bound), number(bound)];
  const fits = <Value extends string | number>(value: Value | undefined, limit: Value) =>
    value !== undefined && (comparison === 'at-least' ? value >= limit : value <= limit);
  if (asDate !== undefined && (asNumber === undefined || holdsDates(table, column)))
    return (value) => fits(date(value), asDate);
  if (asNumber !== undefined) return (value) => fits(number(value), asNumber);
  throw new TableError(
    t('“{{value}}” is neither a number nor a date, so nothing can be at least or at most that.', { value: bound }),
  );
}
