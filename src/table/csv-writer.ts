import Papa from 'papaparse';

/** Spreadsheets run what starts like this (full-width signs too); a leading apostrophe stops them. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;
/**
 * Where commas are decimal points, a spreadsheet parts a file of commas at its semicolons, and others at tabs or bars; quotation marks that do not
 * stand first in such a part are nothing to it, and lines end within them. So a formula may begin after any of these.
 */
const WITHIN = /(?<=[;|\t\r\n][\s"']*)(?=[=+\-@＝＋－＠])/gu;

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
 * CSV by RFC 4180, rows ending in CR LF. What a spreadsheet would run as a formula gets an apostrophe before it;
 * numbers have at most 15 digits, and undefined is an empty cell.
 */
export function writeCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const disarmed = (text: string) => text.replaceAll(WITHIN, "'");
  const data = rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? plainNumber(cell) : cell && disarmed(cell))),
  );
  const text = Papa.unparse({ fields: header.map(disarmed), data }, { escapeFormulae: FORMULA });
  return `${text}\r\n`;
}
