/**
 * How the values of one column are read. What a person decided is `ColumnSettings`; what is in force, decided or shown by
 * the values themselves, is a `ColumnReading`; what the values leave open is a `ColumnDoubt`.
 */
import type { ColumnUse } from './column-use.ts';

/** What parts a number's whole from its fraction. */
export type DecimalMark = '.' | ',';

/** Which part comes first where a date is all numbers and does not begin with a year of four digits. */
export const DATE_ORDERS = ['dmy', 'mdy', 'ymd'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** Decisions of a person about one column. What is left out follows from the values. */
export interface ColumnSettings {
  /** Values that stand for no value: trimmed, upper and lower case alike. An empty list: there are none. */
  readonly missing?: readonly string[];
  readonly decimalMark?: DecimalMark;
  /** What is no number counts as no value, even where that is more than a tenth of the column. */
  readonly notNumbers?: 'missing';
  readonly dateOrder?: DateOrder;
  /** Two-digit years lie within the hundred years up to this one. */
  readonly lastYear?: number;
  /** Whole numbers are days since the beginning of 1900 (Excel) or of 1904 (old Excel for Mac); `no`: they are no dates. */
  readonly serialDates?: '1900' | '1904' | 'no';
  /** Digits of a code: shorter ones get their leading zeros back, `.0` at the end goes. 0: codes stay as written. */
  readonly codeLength?: number;
}

/** A change of such decisions; undefined takes one back. */
export type SettingsChange = { readonly [Name in keyof ColumnSettings]?: ColumnSettings[Name] | undefined };

export function changedSettings(settings: ColumnSettings, change: SettingsChange): ColumnSettings {
  return Object.fromEntries(Object.entries({ ...settings, ...change }).filter(([, value]) => value !== undefined));
}

/** How a column is read. */
export interface ColumnReading {
  /** Trimmed, in lower case. */
  readonly missing: ReadonlySet<string>;
  readonly decimalMark: DecimalMark;
  readonly dateOrder: DateOrder;
  readonly lastYear: number;
  readonly serialDates: '1900' | '1904' | 'no';
  /** Names of months are Croatian, some of which are other months elsewhere. */
  readonly isCroatian?: true;
  /** Currency or unit that most numbers have beside them, in lower case; `` for none. */
  readonly unit: string;
}

/** A value that may stand for no value, and how many rows have it. */
export interface MissingCandidate {
  readonly value: string;
  readonly rows: number;
  /** Whether it is read as no value now. */
  readonly taken: boolean;
}

/** What a person may answer to a doubt. */
export interface DoubtChoice<Settings> {
  readonly label: string;
  /** To be added to what is decided already. */
  readonly settings: Settings;
}

/** Something that the values leave open, with what was taken so far in `message`, counts and examples included. */
export interface ColumnDoubt {
  readonly kind: 'decimal-mark' | 'missing-code' | 'not-numbers' | 'date-order';
  readonly message: string;
  /** Uses of the column that wait for a decision. Other doubts are shown, and what was taken holds. */
  readonly stops: readonly ColumnUse[];
  /** Possible decisions, the likeliest first. */
  readonly choices: readonly DoubtChoice<ColumnSettings>[];
}
