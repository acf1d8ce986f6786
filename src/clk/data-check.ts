import { t } from '../words/translate.ts';
import { type CompiledFormat, compileFieldFormat, shown } from './field-format.ts';
import { isIgnored, type LinkageSchema } from './linkage-schema.ts';
import { createTokenizer, TokenError } from './tokens.ts';

/** One thing that is wrong with a table. */
export interface DataProblem {
  /** `value` is a problem that clkhash finds when validating; `number` one that it meets only when encoding. */
  readonly kind: 'header' | 'row-length' | 'value' | 'number';
  /** Zero-based, without the header. */
  readonly row?: number;
  readonly column?: string;
  /** Zero-based. */
  readonly columnIndex?: number;
  /** What was read. */
  readonly value?: string;
  /** Where it is, what is wrong, and what to do, in plain words; rows count from 1 here. */
  readonly message: string;
  /** What clkhash 0.18.3 says of it. */
  readonly clkhash: string;
}

export interface DataReport {
  /** The first problems, in row order, up to the limit. */
  readonly problems: readonly DataProblem[];
  /** How many there are in all. */
  readonly total: number;
  /** How many there are by column, for columns that have any; rows of a wrong length are under "". */
  readonly byColumn: ReadonlyMap<string, number>;
  readonly rows: number;
}

export interface CheckOptions {
  /** Problems that are described; the others are only counted. 1000 unless given. */
  readonly limit?: number;
  /** Added to row numbers, for a table that is checked in parts. */
  readonly firstRow?: number;
}

/** clkhash checks the lengths of so many rows before their values. */
const CLKHASH_CHUNK = 10_000;

function headerHint(expected: string, read: string, header: readonly string[]): string {
  if (read.replace(/^\ufeff/, '') === expected)
    return t('The file starts with a byte-order mark; save it as UTF-8 without one.');
  if (read.trim() === expected) return t('Remove the blanks around it.');
  if (read.trim().toLowerCase() === expected.trim().toLowerCase()) return t('Write it with the same capital letters.');
  if (header.includes(expected)) return t('The columns stand in another order; sort them as in the schema.');
  return t('Rename the column, or correct the schema.');
}

/** Names of columns that a sentence holds. */
const NAMES_SHOWN = 20;

function namesOf(columns: readonly string[]): string {
  const names = columns.slice(0, NAMES_SHOWN).map(shown);
  return [...names, ...(columns.length > NAMES_SHOWN ? ['…'] : [])].join(', ');
}

/**
 * Compares a table's header with the schema.
 * @returns every difference; clkhash reports the first
 */
export function checkHeader(schema: LinkageSchema, header: readonly string[]): DataProblem[] {
  const expected = schema.features.map((feature) => feature.identifier);
  const found: DataProblem[] = [];
  if (header.length !== expected.length) {
    const missing = expected.filter((name) => !header.includes(name));
    const extra = header.filter((name) => !expected.includes(name));
    const hints = [
      missing.length > 0 ? t('Missing: {{columns}}.', { columns: namesOf(missing) }) : '',
      extra.length > 0
        ? t('Not in the schema: {{columns}}; remove them or add them as ignored.', {
            columns: namesOf(extra),
          })
        : '',
    ];
    const clkhash = `Header has ${header.length} columns when ${expected.length} are expected.`;
    const counts = t('The header has {{columns}} columns; the schema has {{expected}}.', {
      columns: header.length,
      expected: expected.length,
    });
    found.push({ kind: 'header', message: `${counts} ${hints.join(' ').trim()}`.trim(), clkhash });
    return found;
  }
  expected.forEach((name, i) => {
    const read = header[i] ?? '';
    if (read === name) return;
    found.push({
      kind: 'header',
      column: name,
      columnIndex: i,
      value: read,
      message: t('Column {{number}} is called {{name}}; the schema expects {{expected}}. {{hint}}', {
        number: i + 1,
        name: shown(read),
        expected: shown(name),
        hint: headerHint(name, read, header),
      }),
      clkhash: `Column has identifier '${read}' when '${name}' is expected.`,
    });
  });
  return found;
}

interface Column {
  readonly identifier: string;
  readonly problems: CompiledFormat['problems'];
  /** The words of Python when a value of a numeric comparison is no number. */
  readonly numberError: (value: string) => string | undefined;
}

function compileColumns(schema: LinkageSchema): Column[] {
  return schema.features.map((feature) => {
    const { identifier } = feature;
    if (isIgnored(feature)) return { identifier, problems: () => [], numberError: () => undefined };
    const { problems, format } = compileFieldFormat(feature);
    if (feature.hashing.comparison.type !== 'numeric') return { identifier, problems, numberError: () => undefined };
    const tokenize = createTokenizer(feature.hashing.comparison);
    const numberError = (value: string): string | undefined => {
      const formatted = format(value);
      if (!formatted.ok) return undefined;
      try {
        tokenize(formatted.value);
        return undefined;
      } catch (error) {
        if (error instanceof TokenError) return error.message;
        throw error;
      }
    };
    return { identifier, problems, numberError };
  });
}

function rowLengthProblem(row: number, length: number, expected: number): DataProblem {
  const hint =
    length === 0
      ? t('It is a blank line; remove it.')
      : length > expected
        ? t('Look for a comma in a value that is not in quotes.')
        : t('Look for a missing comma, or a quote that is not closed.');
  return {
    kind: 'row-length',
    row,
    message: t('Row {{row}} has {{values}} values; {{expected}} are expected. {{hint}}', {
      row: row + 1,
      values: length,
      expected,
      hint,
    }),
    clkhash: `Row ${row} has ${length} entries when ${expected} are expected.`,
  };
}

/** How the message about a value begins. Rows count from 0. */
export function placeWords(row: number, column: string): string {
  return t('Row {{row}}, column "{{column}}": ', { row: row + 1, column });
}

/** A problem that is put into words only where it is listed: there can be one for each value of a table. */
interface Finding {
  readonly kind: DataProblem['kind'];
  describe(): DataProblem;
}

const NO_PROBLEMS: readonly Finding[] = [];

function valueProblems(column: Column, columnIndex: number, row: number, value: string): readonly Finding[] {
  const problems = column.problems(value);
  const error = problems.length > 0 ? undefined : column.numberError(value);
  if (problems.length === 0 && error === undefined) return NO_PROBLEMS;
  const { identifier } = column;
  const finding = (kind: 'value' | 'number', say: () => string, clkhash: string): Finding => ({
    kind,
    describe: () => ({
      kind,
      row,
      column: identifier,
      columnIndex,
      value,
      message: placeWords(row, identifier) + say(),
      clkhash,
    }),
  });
  if (error !== undefined) {
    const say = () =>
      t(
        '{{value}} is not a finite number, and the column is compared as numbers. Correct it, or declare it as missingValue.',
        { value: shown(value) },
      );
    return [finding('number', say, error)];
  }
  return problems.map((problem) =>
    finding('value', () => problem.message, `Invalid entry in row ${row}, column '${identifier}'. ${problem.clkhash}`),
  );
}

/** Checks all rows of a table against the schema, before anything is hashed. */
export function checkRows(
  schema: LinkageSchema,
  rows: Iterable<readonly string[]>,
  options: CheckOptions = {},
): DataReport {
  const { limit = 1000, firstRow = 0 } = options;
  const columns = compileColumns(schema);
  const problems: DataProblem[] = [];
  const byColumn = new Map<string, number>();
  let total = 0;
  let count = 0;
  const add = (column: string, describe: () => DataProblem): void => {
    total++;
    byColumn.set(column, (byColumn.get(column) ?? 0) + 1);
    if (problems.length < limit) problems.push(describe());
  };
  for (const row of rows) {
    const number = firstRow + count++;
    if (row.length !== columns.length) add('', () => rowLengthProblem(number, row.length, columns.length));
    else
      columns.forEach((column, i) => {
        for (const { describe } of valueProblems(column, i, number, row[i] ?? '')) add(column.identifier, describe);
      });
  }
  return { problems, total, byColumn, rows: count };
}

/**
 * The problem that clkhash stops at, or undefined where its validation passes: the first of the header, then in chunks
 * of 10,000 rows the first row of a wrong length, then the first value.
 * @param header left out when the table has none, or when it is not to be checked
 */
export function firstDataProblem(
  schema: LinkageSchema,
  header: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
): DataProblem | undefined {
  const [wrongHeader] = header ? checkHeader(schema, header) : [];
  if (wrongHeader) return wrongHeader;
  const columns = compileColumns(schema);
  for (let start = 0; start < rows.length; start += CLKHASH_CHUNK) {
    const chunk = rows.slice(start, start + CLKHASH_CHUNK);
    const ragged = chunk.findIndex((row) => row.length !== columns.length);
    if (ragged >= 0) return rowLengthProblem(start + ragged, chunk[ragged]?.length ?? 0, columns.length);
    for (const [r, row] of chunk.entries()) {
      for (const [i, column] of columns.entries()) {
        const problem = valueProblems(column, i, start + r, row[i] ?? '').find(({ kind }) => kind === 'value');
        if (problem) return problem.describe();
      }
    }
  }
  return undefined;
}
