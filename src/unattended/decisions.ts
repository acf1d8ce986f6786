/** What the command line says of how files are to be read, where the files leave it open: `data:income:decimal=,`. */
import { type ColumnSettings, DATE_ORDERS } from '../table/column-settings.ts';
import type { ColumnUse } from '../table/column-use.ts';
import type { Table } from '../table/data-table.ts';
import { ENCODINGS } from '../table/encodings.ts';
import type { ReadTable } from '../table/read-table.ts';
import type { CsvOptions } from '../table/table.ts';

export interface SideDecisions {
  readonly options: Partial<CsvOptions>;
  /** By the column's name. */
  readonly columns: ReadonlyMap<string, ColumnSettings>;
}

export interface Decisions {
  readonly list: SideDecisions;
  readonly data: SideDecisions;
}

export const DECIDE_HELP =
  'how a file is to be read, may be repeated: SIDE:WHAT=VALUE with list or data and encoding, delimiter, header=yes|no, ' +
  'skip, row-names=yes|no, sheet, hidden-rows=read|skip, lost-values=read, extra-rows=read|skip; or SIDE:COLUMN:WHAT=VALUE with decimal=.|,, order=dmy|mdy|ymd, missing=A|B, not-numbers=missing, ' +
  'last-year, day-numbers=1900|1904|no, digits';

const NOBODY: SideDecisions = { options: {}, columns: new Map() };
export const UNDECIDED: Decisions = { list: NOBODY, data: NOBODY };

function whole(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new Error(`--decide: "${text}" is no whole number`);
  return Number(text);
}

function oneOf<T extends string>(text: string, known: readonly T[]): T {
  const found = known.find((one) => one === text);
  if (found === undefined) throw new Error(`--decide: "${text}" is none of ${known.join(', ')}`);
  return found;
}

const OPTIONS: Readonly<Record<string, (text: string) => Partial<CsvOptions>>> = {
  encoding: (text) => ({ encoding: oneOf(text, ENCODINGS) }),
  delimiter: (text) => ({ delimiter: oneOf(text === 'tab' ? '\t' : text, [',', ';', '\t', '|']) }),
  header: (text) => ({ header: oneOf(text, ['yes', 'no']) === 'yes' }),
  skip: (text) => ({ skip: whole(text) }),
  'row-names': (text) => ({ rowNames: oneOf(text, ['yes', 'no']) === 'yes' }),
  sheet: (text) => ({ sheet: text }),
  'hidden-rows': (text) => ({ hiddenRows: oneOf<'read' | 'skip'>(text, ['read', 'skip']) }),
  'lost-values': (text) => ({ lostValues: oneOf<'read'>(text, ['read']) }),
  'extra-rows': (text) => ({ extraRows: oneOf<'read' | 'skip'>(text, ['read', 'skip']) }),
};

const SETTINGS: Readonly<Record<string, (text: string) => ColumnSettings>> = {
  decimal: (text) => ({ decimalMark: oneOf(text, ['.', ',']) }),
  order: (text) => ({ dateOrder: oneOf(text, DATE_ORDERS) }),
  missing: (text) => ({ missing: text.split('|').filter((value) => value !== '') }),
  'not-numbers': (text) => ({ notNumbers: oneOf(text, ['missing']) }),
  'last-year': (text) => ({ lastYear: whole(text) }),
  'day-numbers': (text) => ({ serialDates: oneOf(text, ['1900', '1904', 'no']) }),
  digits: (text) => ({ codeLength: whole(text) }),
};

/**
 * Adds one `--decide` to what was decided before.
 * @throws for what cannot be understood
 */
export function addDecision(text: string, before: Decisions = UNDECIDED): Decisions {
  const [, sideName = '', column, what = '', value = ''] = /^(list|data):(?:(.*):)?([a-z-]+)=(.*)$/s.exec(text) ?? [];
  const option = column === undefined ? OPTIONS[what] : undefined;
  const setting = column === undefined ? undefined : SETTINGS[what];
  if (option === undefined && setting === undefined) {
    throw new Error(`--decide: "${text}" is not understood. It gives ${DECIDE_HELP}.`);
  }
  const side = oneOf(sideName, ['list', 'data']);
  const { options, columns } = before[side];
  const decided: SideDecisions =
    setting === undefined || column === undefined
      ? { options: { ...options, ...option?.(value) }, columns }
      : { options, columns: new Map([...columns, [column, { ...columns.get(column), ...setting(value) }]]) };
  return { ...before, [side]: decided };
}

/** The option that states a decision, for telling a person what to write. */
function statement(
  side: keyof Decisions,
  column: string | undefined,
  settings: ColumnSettings & Partial<CsvOptions>,
): string {
  const { encoding, header, rowNames, hiddenRows, lostValues, extraRows, decimalMark, dateOrder, missing, notNumbers } =
    settings;
  const where = column === undefined ? side : `${side}:${column}`;
  if (encoding !== undefined) return `${where}:encoding=${encoding}`;
  if (header !== undefined) return `${where}:header=${header ? 'yes' : 'no'}`;
  if (rowNames !== undefined) return `${where}:row-names=${rowNames ? 'yes' : 'no'}`;
  if (hiddenRows !== undefined) return `${where}:hidden-rows=${hiddenRows}`;
  if (lostValues !== undefined) return `${where}:lost-values=${lostValues}`;
  if (extraRows !== undefined) return `${where}:extra-rows=${extraRows}`;
  if (decimalMark !== undefined) return `${where}:decimal=${decimalMark}`;
  if (dateOrder !== undefined) return `${where}:order=${dateOrder}`;
  if (missing !== undefined) return `${where}:missing=${missing.join('|')}`;
  return `${where}:not-numbers=${notNumbers ?? ''}`;
}

/**
 * The table with every decision taken.
 * @throws where the file leaves open what the given uses depend on, with the options that would decide it, and where a
 *   decision names no column
 */
export function decidedTable(
  { table, doubts }: Pick<ReadTable, 'table' | 'doubts'>,
  side: keyof Decisions,
  decisions: SideDecisions,
  uses: ReadonlyMap<string, ColumnUse>,
): Table {
  const open = doubts.map(({ message, choices }) => ({ message, column: undefined, choices }));
  let decided = table;
  for (const [name, settings] of decisions.columns) {
    const column = table.columns.indexOf(name);
    if (column < 0)
      throw new Error(`--decide: the ${side} has no column "${name}"; it has ${table.columns.join(', ')}.`);
    decided = decided.decided(column, settings);
  }
  const columns = [...uses].flatMap(([name, use]) => {
    const column = table.columns.indexOf(name);
    const stopping = column < 0 ? [] : decided.profile(column).doubts.filter(({ stops }) => stops.includes(use));
    return stopping.map(({ message, choices }) => ({ message: `${name}: ${message}`, column: name, choices }));
  });
  const all = [...open, ...columns];
  if (all.length === 0) return decided;
  const lines = all.map(({ message, column, choices }) => {
    const ways = choices.map(({ label, settings }) => `  --decide '${statement(side, column, settings)}'  ${label}`);
    return [`${side}: ${message}`, ...ways].join('\n');
  });
  throw new Error(`${lines.join('\n')}\nSay which it is.`);
}
