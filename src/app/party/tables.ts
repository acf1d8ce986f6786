/** The owner's tables: from columns of the file to what the terms name. */
import { MAX_GROUP_COLUMNS, MAX_TABLES, type TablePlan } from '../../agreement/tables.ts';
import { t } from '../../words/translate.ts';
import { averagedColumns } from './bindings.ts';
import { groupedColumns } from './group-ranges.ts';
import type { PartyState, TableChoice } from './state.ts';
import { tooManyGroups } from './terms.ts';

/** The tables as chosen, without columns that are of another use by now; empty: one table of all columns. */
export function chosenTables(state: PartyState): TableChoice[] {
  const [grouped, averaged] = [columnsOf(groupedColumns(state)), columnsOf(averagedColumns(state))];
  return state.tables.map(({ groups, payloads }) => ({
    groups: groups.filter((column) => grouped.includes(column)),
    payloads: payloads.filter((column) => averaged.includes(column)),
  }));
}

const columnsOf = (columns: readonly { readonly column: number }[]) => columns.map(({ column }) => column);

/** One table for each column to group by, each with all averages. */
export function oneWayTables(state: PartyState): TableChoice[] {
  const payloads = columnsOf(averagedColumns(state));
  return columnsOf(groupedColumns(state))
    .slice(0, MAX_TABLES)
    .map((column) => ({ groups: [column], payloads }));
}

/** What the terms say of several tables; undefined for a single one. */
export function tablePlans(state: PartyState): TablePlan[] | undefined {
  const tables = chosenTables(state);
  if (tables.length === 0) return undefined;
  const [grouped, averaged] = [columnsOf(groupedColumns(state)), columnsOf(averagedColumns(state))];
  const places = (columns: readonly number[], all: readonly number[]) =>
    columns.map((column) => all.indexOf(column)).toSorted((a, b) => a - b);
  return tables.map(({ groups, payloads }) => ({
    groups: places(groups, grouped),
    payloads: places(payloads, averaged),
  }));
}

/** What is wrong with the chosen tables, in sentences. `labels`: those of each column to group by. */
export function tableProblems(
  state: PartyState,
  labels: readonly Parameters<typeof tooManyGroups>[0][number][],
): string[] {
  const tables = chosenTables(state);
  const grouped = groupedColumns(state);
  if (tables.length === 0) {
    return grouped.length > MAX_GROUP_COLUMNS
      ? [
          t(
            'At most {{most}} columns can be grouped by in one table; {{grouped}} are chosen. Make several tables, set one of them to Ignore, or take its ranges away.',
            { most: MAX_GROUP_COLUMNS, grouped: grouped.length },
          ),
        ]
      : [tooManyGroups(labels, state.rules.minimumGroupSize)].filter((problem) => problem !== undefined);
  }
  if (tables.length === 1) return [t('Add a second table, or go back to one table of all columns.')];
  const unused = [
    ...grouped.filter(({ column }) => !tables.some(({ groups }) => groups.includes(column))),
    ...averagedColumns(state).filter(({ column }) => !tables.some(({ payloads }) => payloads.includes(column))),
  ];
  const left = [
    ...new Set(
      unused.map(({ name }) => t('“{{name}}” is in no table: put it into one, or set it to Ignore.', { name })),
    ),
  ];
  const tooMany = tables.flatMap(({ groups }, i) => {
    const own = labels.filter(({ name }) => grouped.some((one) => one.name === name && groups.includes(one.column)));
    const problem = tooManyGroups(own, state.rules.minimumGroupSize);
    return problem === undefined ? [] : [t('Table {{number}}: {{problem}}', { number: i + 1, problem })];
  });
  return [...left, ...tooMany];
}
