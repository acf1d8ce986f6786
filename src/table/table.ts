/** Types of the table room: what a CSV file turned out to hold. Rows stay in the worker that read them. */

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type CsvEncoding = (typeof ENCODINGS)[number];

/** How a file is to be read: detected, shown, and correctable by the person. */
export interface CsvOptions {
  readonly encoding: CsvEncoding;
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly header: boolean;
}

/** Everything a column can be used for. The researcher's side has no `group` and no `average`. */
export const COLUMN_USES = ['ignore', 'name', 'text', 'code', 'date', 'category', 'group', 'average'] as const;
export type ColumnUse = (typeof COLUMN_USES)[number];

export interface ColumnSummary {
  readonly name: string;
  /** Rows with an empty (blank) value. */
  readonly empty: number;
  /** Distinct values seen, counted up to 10,000. */
  readonly distinct: number;
  /** Guessed from header and values. */
  readonly guess: ColumnUse;
  /** For a column of numbers: a declared range and decimals to start from. */
  readonly range?: { readonly minimum: number; readonly maximum: number; readonly decimals: number };
}

/** One kind of trouble in a file, counted, with the first row numbers (1 = first data row). */
export interface Problem {
  readonly kind:
    | 'ragged-row'
    | 'blank-row'
    | 'stray-quote'
    | 'undecodable-text'
    | 'repeated-column-name'
    | 'not-a-number'
    | 'not-a-date'
    | 'empty-match-field'
    | 'no-key'
    | 'duplicate-person'
    | 'similar-person'
    | 'same-values'
    | 'clamped-value'
    | 'missing-group';
  readonly column?: string;
  readonly count: number;
  /** At most the first 20. */
  readonly rows: readonly number[];
  /** What it is and what happens to these rows, in plain words. */
  readonly message: string;
  /** Rows that are taken for one person's, side by side: at most the first 3 pairs. */
  readonly examples?: readonly RowPair[];
}

/** Two rows of a file in the columns that matter. */
export interface RowPair {
  readonly columns: readonly string[];
  /** Row numbers, and each row's values as written. */
  readonly rows: readonly { readonly row: number; readonly values: readonly string[] }[];
}

export interface TableSummary {
  readonly name: string;
  readonly bytes: number;
  readonly options: CsvOptions;
  readonly columns: readonly ColumnSummary[];
  readonly rows: number;
  /** The first rows, for the preview (at most 8). */
  readonly preview: readonly (readonly string[])[];
  readonly problems: readonly Problem[];
}
