import Papa from 'papaparse';

/** Spreadsheets run what starts like this (full-width signs too); a leading apostrophe stops them. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

export type CsvCell = string | number | undefined;

/** Digits past the 15th are what binary fractions make of a number: 0.30000000000000004 is 0.3. */
const DIGITS = 15;
const plainNumber = (value: number) =>
  Number.isFinite(value) && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value;

const BYTE_ORDER_MARK = '\ufeff';

/** A CSV text as a file that spreadsheets open in UTF-8: with a byte order mark where it has letters beyond ASCII. */
export function csvFile(text: string): string {
  return /\P{ASCII}/u.test(text) ? `${BYTE_ORDER_MARK}${text}` : text;
}

/**
 * CSV by RFC 4180, rows ending in CR LF. Texts that a spreadsheet would run as formulas get a leading apostrophe;
 * numbers have at most 15 digits, and undefined is an empty cell.
 */
export function writeCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const data = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? plainNumber(cell) : cell)));
  const text = Papa.unparse({ fields: [...header], data }, { escapeFormulae: FORMULA });
  return `${text}\r\n`;
}
