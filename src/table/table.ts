/** Types of the table room: what a CSV file turned out to hold. Rows stay in the worker that read them. */

import type {
  ColumnDoubt,
  ColumnReading,
  ColumnSettings,
  DateOrder,
  DoubtChoice,
  MissingCandidate,
} from './column-settings.ts';
import type { ColumnUse } from './column-use.ts';
import type { CsvEncoding } from './encodings.ts';

export { COLUMN_USES, type ColumnUse } from './column-use.ts';

/** How a file is to be read: detected, shown, and correctable by the person. */
export interface CsvOptions {
  readonly encoding: CsvEncoding;
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly header: boolean;
  /** Lines above the header, or above the first row where there is none: titles, comments, blank ones. */
  readonly skip: number;
  /** The rows begin with a field that the header does not name, as R writes them. */
  readonly rowNames?: boolean | undefined;
  /** Of a workbook, the sheet that is read. */
  readonly sheet?: string | undefined;
  /** Of a sheet with rows that it does not show, whether they are read; undefined where nobody has said. */
  readonly hiddenRows?: 'read' | 'skip' | undefined;
  /** Cells whose value the workbook has lost are read as they stand: formulas as empty ones. */
  readonly lostValues?: 'read' | undefined;
  /** Of rows that look like sums, notes or units, whether they are read as people; undefined where nobody has said. */
  readonly extraRows?: 'read' | 'skip' | undefined;
}

/** Something about the file that its bytes leave open; the run waits for a decision, which the options then state. */
export interface FileDoubt {
  readonly kind: 'encoding' | 'header' | 'width' | 'hidden-rows' | 'lost-values' | 'extra-rows';
  /** What was taken, why it is not certain, with examples. */
  readonly message: string;
  /** Possible decisions, what was taken first. */
  readonly choices: readonly DoubtChoice<Partial<CsvOptions>>[];
}

export interface ColumnSummary {
  readonly name: string;
  /** Rows with an empty (blank) value. */
  readonly empty: number;
  /** Distinct values seen, counted up to 10,000. */
  readonly distinct: number;
  /** Guessed from header and values. */
  readonly guess: ColumnUse;
  /** What a person decided about its values. */
  readonly settings: ColumnSettings;
  /** How its values are read. */
  readonly reading: ColumnReading;
  /** Values that may stand for no value. */
  readonly missing: readonly MissingCandidate[];
  /** What the values leave open. */
  readonly doubts: readonly ColumnDoubt[];
  /** Of a column of codes that are digits: how many they usually have. */
  readonly digits?: number;
  /** Of dates that are all numbers: the order that the column shows, or that a person decided. */
  readonly dateOrder?: DateOrder;
  /** Whether most of its values are dates. */
  readonly dates?: boolean;
  /** Whether its values are years by themselves. */
  readonly years?: boolean;
  /** Where it has numbers: a declared range and decimals to start from. */
  readonly range?: { readonly minimum: number; readonly maximum: number; readonly decimals: number };
}

/** Names of the columns that hold year, month and day of one date. */
export interface DateParts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

/** One kind of trouble in a file, counted, with the first row numbers (1 = first data row). */
export interface Problem {
  readonly kind:
    | 'lines-above'
    | 'other-sheets'
    | 'merged-cells'
    | 'hidden-columns'
    | 'ragged-row'
    | 'blank-row'
    | 'header-again'
    | 'extra-rows'
    | 'one-column'
    | 'garbled-text'
    | 'stray-quote'
    | 'undecodable-text'
    | 'repeated-column-name'
    | 'not-a-number'
    | 'not-a-date'
    | 'future-date'
    | 'early-day'
    | 'empty-match-field'
    | 'no-key'
    | 'duplicate-person'
    | 'similar-person'
    | 'same-values'
    | 'clamped-value'
    | 'missing-group'
    | 'mended-code'
    | 'lost-digits';
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
  readonly doubts: readonly FileDoubt[];
  /** Columns that are the parts of one date. */
  readonly dateParts?: DateParts;
  /** Of a workbook, the names of its sheets. */
  readonly sheets?: readonly string[];
}
