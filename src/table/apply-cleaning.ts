import type { Cleaning, CleaningStep } from './cleaning.ts';
import { dateReader, holdsDates, numberReader } from './column-readers.ts';
import { DerivedColumn } from './column-source.ts';
import type { Table } from './data-table.ts';
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

/** The table after all steps, in their order. Throws `TableError` where a step names a column that there is not, or leaves no row. */
export function applyCleaning(table: Table, cleaning: Cleaning, findPeople: FindPeople): CleanedTable {
  let current = table;
  const effects = cleaning.map((step) => {
    const before = current;
    current = applyStep(before, step, findPeople);
    if (current.rowCount === 0) {
      throw new TableError('No row would be left after this step. Choose another condition, or undo an earlier step.');
    }
    return { changed: changesRows(step) ? before.rowCount - current.rowCount : changedValues(before, current, step) };
  });
  return { table: current, effects };
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
  const column = columnOf(table, step.column);
  if (step.kind === 'rows') {
    const stays = remembered(rowTest(table, column, step));
    const values = table.values(column)[Symbol.iterator]();
    return table.withRows(rowsThat(table.rowCount, () => stays(values.next().value ?? '')));
  }
  const change = remembered(valueChange(table, column, step));
  return table.withColumns((source, c) => (c === column ? new DerivedColumn(source, undefined, change) : source));
}

export function columnOf(table: Table, name: string): number {
  const column = table.columns.indexOf(name);
  if (column < 0) {
    throw new TableError(`This file has no column “${name}”, which a cleaning step is about. Undo that step.`);
  }
  return column;
}

function rowsThat(rows: number, stays: (row: number) => boolean): Uint32Array {
  const kept = new Uint32Array(rows);
  let used = 0;
  for (let row = 0; row < rows; row++) if (stays(row)) kept[used++] = row;
  return kept.slice(0, used);
}

function changedValues(before: Table, after: Table, step: Exclude<CleaningStep, { kind: 'rows' | 'repeats' }>): number {
  const column = columnOf(before, step.column);
  const values = after.values(column)[Symbol.iterator]();
  let changed = 0;
  for (const value of before.values(column)) if (value !== values.next().value) changed++;
  return changed;
}

type ValueStep = Exclude<CleaningStep, { kind: 'rows' | 'repeats' }>;

function valueChange(table: Table, column: number, step: ValueStep): (value: string) => string {
  switch (step.kind) {
    case 'missing': {
      const words = new Set(step.values.map(plain));
      return (value) => (words.has(plain(value)) ? '' : value);
    }
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
  throw new TableError(`“${bound}” is neither a number nor a date, so nothing can be at least or at most that.`);
}
