import Papa from 'papaparse';
import type { CsvOptions } from './table.ts';

/** Characters in one row past which a file is broken rather than wide. */
const MAX_ROW_LENGTH = 1 << 25;
/** An unfinished row of so many characters is parsed anew only when it has doubled. */
const LONG_ROW = 1 << 17;

/** With which files of DOS end. */
const DOS_END = '\x1a';

/** `mixed`: rows end in LF, CR LF and CR alone. */
export type Newline = '\n' | '\r' | 'mixed';

export interface Cuts {
  readonly delimiter: CsvOptions['delimiter'];
  readonly newline: Newline;
  /** Blanks between a delimiter and an opening quotation mark are passed over. */
  readonly spacedQuotes: boolean;
}

export interface ParsedRows {
  readonly rows: readonly string[][];
  /** Indices into `rows` where a quotation mark stood inside of a quoted value without being doubled. */
  readonly strayQuotes: readonly number[];
  /** Why no more rows can follow, if so: the row after these starts with a quote without end, or has no end at all. */
  readonly fault?: 'unclosed-quote' | 'endless-row';
}

interface PapaResult {
  readonly data: string[][];
  readonly errors: readonly { readonly code: string; readonly row?: number }[];
  readonly meta: { readonly cursor: number };
}

/**
 * Turns text that arrives in pieces into rows of fields (RFC 4180). A row is parsed once its line break has been seen;
 * what is after the last whole row waits for the next piece, so a piece may end anywhere, inside of a quoted value too.
 * With newline `\n`, rows may end in CR LF, LF, or a mixture.
 */
export class RowParser {
  readonly #delimiter: CsvOptions['delimiter'];
  readonly #newline: '\n' | '\r';
  readonly #tidy: (text: string) => string;
  #tail = '';
  /** Pieces that came after a long unfinished row. */
  #waiting: string[] = [];
  #waitingLength = 0;

  constructor({ delimiter, newline, spacedQuotes }: Cuts) {
    this.#delimiter = delimiter;
    this.#newline = newline === '\r' ? '\r' : '\n';
    this.#tidy = tidier(delimiter, newline === 'mixed', spacedQuotes);
  }

  push(piece: string): ParsedRows {
    this.#waiting.push(piece);
    this.#waitingLength += piece.length;
    if (this.#tail.length > LONG_ROW && this.#waitingLength < this.#tail.length) return { rows: [], strayQuotes: [] };
    const text = this.#tidy(this.#tail + this.#taken());
    const { data, errors, meta } = this.#parse(text, true);
    this.#tail = text.slice(meta.cursor);
    const whole = { rows: data, strayQuotes: strayQuotes(errors, data.length) };
    if (this.#tail.length <= MAX_ROW_LENGTH) return whole;
    return { ...whole, fault: this.#tail.includes('"') ? 'unclosed-quote' : 'endless-row' };
  }

  #taken(): string {
    const text = this.#waiting.join('');
    this.#waiting = [];
    this.#waitingLength = 0;
    return text;
  }

  /** The last rows; the very last needs no line break. */
  end(): ParsedRows {
    let text = this.#tidy(this.#tail + this.#taken());
    this.#tail = '';
    if (this.#newline === '\n' && text.endsWith('\r')) text = text.slice(0, -1);
    if (text.trimEnd().endsWith(DOS_END)) text = text.slice(0, text.lastIndexOf(DOS_END));
    // The parser takes a closing quote only right before a delimiter, a line break or the end.
    text = text.replace(/" +$/, '"');
    if (text === '') return { rows: [], strayQuotes: [] };
    const { data, errors } = this.#parse(text, false);
    if (errors.some((error) => error.code === 'MissingQuotes')) {
      return { rows: data.slice(0, -1), strayQuotes: [], fault: 'unclosed-quote' };
    }
    return { rows: data, strayQuotes: strayQuotes(errors, data.length) };
  }

  #parse(text: string, ignoreLastRow: boolean): PapaResult {
    if (this.#newline === '\n' && text.includes('\r"')) return this.#parseRowByRow(text, ignoreLastRow);
    const result: PapaResult = this.#papa().parse(text, 0, ignoreLastRow);
    if (this.#newline === '\n' && text.includes('\r')) {
      for (const row of result.data) {
        const last = row[row.length - 1];
        if (last?.endsWith('\r')) row[row.length - 1] = last.slice(0, -1);
      }
    }
    return result;
  }

  /**
   * For the rare text in which a quoted value may end in CR: whether a CR at the end of a row belongs to the value or
   * to the line break shows only in the row's own text, which is parsed once more without its line break.
   */
  #parseRowByRow(text: string, ignoreLastRow: boolean): PapaResult {
    const data: string[][] = [];
    const errors: { code: string; row: number }[] = [];
    let start = 0;
    const step = (result: PapaResult) => {
      const end = result.meta.cursor;
      const line = text.slice(start, end);
      const row = line.endsWith('\r\n') ? this.#papa().parse(line.slice(0, -2), 0, false).data[0] : result.data[0];
      for (const { code } of result.errors) errors.push({ code, row: data.length });
      data.push(row ?? []);
      start = end;
    };
    const last: PapaResult = new Papa.Parser({
      delimiter: this.#delimiter,
      newline: this.#newline,
      step: step as never,
    }).parse(text, 0, ignoreLastRow);
    for (const { code } of last.errors) errors.push({ code, row: data.length });
    return { data, errors, meta: { cursor: start } };
  }

  #papa(): Papa.Parser {
    return new Papa.Parser({ delimiter: this.#delimiter, newline: this.#newline });
  }
}

/** Rows with a malformed quote; errors about the row that is not complete yet come again with it. */
function strayQuotes(errors: PapaResult['errors'], rows: number): number[] {
  const found = new Set<number>();
  for (const { code, row } of errors) {
    if (code === 'InvalidQuotes' && row !== undefined && row < rows) found.add(row);
  }
  return [...found];
}

/** Makes lone CRs outside of quoted values line feeds, and drops blanks before opening quotation marks. */
function tidier(delimiter: string, mixed: boolean, spacedQuotes: boolean): (text: string) => string {
  if (!mixed && !spacedQuotes) return (text) => text;
  const cut = delimiter === '|' ? '\\|' : delimiter;
  const spaced = spacedQuotes ? `|(?<=^|[\\r\\n]|${cut}) +(?=")` : '';
  const lone = mixed ? '|\\r(?!\\n|$)' : '';
  const pattern = new RegExp(`(?<=^|[\\r\\n ]|${cut})"(?:[^"]|"")*"?${spaced}${lone}`, 'g');
  return (text) => text.replace(pattern, (found) => (found.startsWith('"') ? found : found === '\r' ? '\n' : ''));
}
