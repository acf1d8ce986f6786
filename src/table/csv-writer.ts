import Papa from 'papaparse';

/** Spreadsheets run what starts like this (full-width signs too); a leading apostrophe stops them. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

export type CsvCell = string | number | undefined;

/**
 * CSV by RFC 4180, rows ending in CR LF. Texts that a spreadsheet would run as formulas get a leading apostrophe;
 * numbers stay as they are, and undefined is an empty cell.
 */
export function writeCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const text = Papa.unparse({ fields: [...header], data: rows.map((row) => [...row]) }, { escapeFormulae: FORMULA });
  return `${text}\r\n`;
}
