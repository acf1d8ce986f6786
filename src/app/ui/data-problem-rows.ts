/** Problems of a table as lines of a list: row, column, value, what to do. */

import { type DataProblem, placeWords } from '../../clk/data-check.ts';
import { tCounted } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import type { CsvTable } from './csv-table.ts';

export interface ProblemRow {
  /** From 1, without the header; undefined for the whole file. */
  readonly row: number | undefined;
  readonly column: string | undefined;
  readonly value: string | undefined;
  /** What is wrong and what to do. */
  readonly message: string;
}

function capital(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}

/** The message without the place, which stands in columns of its own. */
export function problemRow({ row, column, value, message }: DataProblem): ProblemRow {
  const place = row === undefined ? '' : placeWords(row, column ?? '');
  const text = place !== '' && message.startsWith(place) ? capital(message.slice(place.length)) : message;
  return { row: row === undefined ? undefined : row + 1, column, value, message: text };
}

function raggedWords(values: number, expected: number): string {
  const found = tCounted(
    'It has {{count}} value; {{expected}} are expected.',
    'It has {{count}} values; {{expected}} are expected.',
    values,
    { expected },
  );
  const advice =
    values > expected
      ? t('Look for a comma in a value that is not in quotes.')
      : t('Look for a missing comma, or a quote that is not closed.');
  return `${found} ${advice}`;
}

/** Rows whose number of values is not that of the columns. */
export function raggedProblems({ raggedRows, columns }: Pick<CsvTable, 'raggedRows' | 'columns'>): ProblemRow[] {
  return raggedRows.first.map(({ row, values }) => ({
    row: row + 1,
    column: undefined,
    value: undefined,
    message: values === 0 ? t('It is a blank line. Remove it.') : raggedWords(values, columns.length),
  }));
}
