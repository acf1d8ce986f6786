/** What stays of the choices when cleaning steps have changed values, added columns, or no longer do. */
import type { Cleaning } from '../../table/cleaning.ts';
import type { ColumnSummary, ColumnUse, TableSummary } from '../../table/table.ts';
import type { FieldColumn, PartyState, PayloadState } from './state.ts';

/** A step in words that tell it from others. */
const key = (step: Cleaning[number]) => JSON.stringify(step);

interface Before {
  readonly columns: readonly ColumnSummary[];
  readonly uses: readonly ColumnUse[];
  readonly steps: Cleaning;
}

/**
 * The uses of the columns after other steps were taken. A date of three parts is matched and its parts are not; when it is
 * undone they are again what they were guessed to be. Everything else stays.
 */
function usesAfter(before: Before, columns: readonly ColumnSummary[], steps: Cleaning): ColumnUse[] {
  const known = new Map(before.columns.map(({ name }, column) => [name, before.uses[column] ?? 'ignore']));
  const dates = (list: Cleaning, other: Cleaning) => {
    const others = new Set(other.map(key));
    return list.flatMap((step) => (step.kind === 'date' && !others.has(key(step)) ? [step] : []));
  };
  const parts = (list: ReturnType<typeof dates>) => new Set(list.flatMap(({ year, month, day }) => [year, month, day]));
  const joined = parts(dates(steps, before.steps));
  const apart = parts(dates(before.steps, steps));
  const added = new Map<string, ColumnUse>(
    steps.flatMap((step) =>
      step.kind === 'date' || step.kind === 'year' ? [[step.column, step.kind === 'date' ? 'date' : 'code']] : [],
    ),
  );
  return columns.map(({ name, guess }) => {
    const use = known.get(name);
    if (use === undefined) return added.get(name) ?? guess;
    if (joined.has(name)) return 'ignore';
    return apart.has(name) && use === 'ignore' && guess !== 'average' ? guess : use;
  });
}

/** Where a column is after columns were added or taken away; undefined where it is gone. */
function movedColumn(
  column: FieldColumn,
  before: readonly ColumnSummary[],
  columns: readonly ColumnSummary[],
): FieldColumn {
  if (column === undefined || column === null) return column;
  const name = before[column]?.name;
  const moved = columns.findIndex((one) => one.name === name);
  return moved < 0 ? undefined : moved;
}

/** What was chosen by the places of columns, for their places after other steps were taken. */
export function choicesAfter(
  { uses, fieldColumns, ranges, cleaning }: PartyState,
  before: readonly ColumnSummary[],
  columns: readonly ColumnSummary[],
  steps: Cleaning,
): Pick<PartyState, 'uses' | 'fieldColumns' | 'ranges'> {
  const moved = Object.entries(ranges).flatMap(([column, text]) => {
    const place = movedColumn(Number(column), before, columns);
    return typeof place === 'number' ? [[place, text] as const] : [];
  });
  return {
    uses: usesAfter({ columns: before, uses, steps: cleaning.steps }, columns, steps),
    fieldColumns: fieldColumns.map((column) => movedColumn(column, before, columns)),
    ranges: Object.fromEntries(moved),
  };
}

/** Whether a declared range is still the one that the values suggested. */
export function isGiven(
  { minimum, maximum, decimals }: PayloadState,
  { columns }: TableSummary,
  column: number,
): boolean {
  const range = columns[column]?.range;
  return range?.minimum === minimum && range.maximum === maximum && range.decimals === decimals;
}
