import { counted, inQuotes, numberWords, tCounted } from '../words/format.ts';
import { message, t } from '../words/translate.ts';
import { ColumnArena } from './column-arena.ts';
import { Table } from './data-table.ts';
import type { FoundDialect } from './dialect.ts';
import { type CsvEncoding, ENCODING_NAMES } from './encodings.ts';
import { isSameRow } from './header.ts';
import { withoutUnseen } from './plain-text.ts';
import { ProblemCount } from './problem-list.ts';
import { type ParsedRows, RowParser } from './row-parser.ts';
import type { CsvOptions, Problem } from './table.ts';
import { TableError } from './table-error.ts';

export const MAX_COLUMNS = 1000;
/** As many as an agreement can name. */
export const MAX_ROWS = 4_000_000;

/** Characters of a column's name, as many as an agreement can name. */
const MAX_NAME_LENGTH = 200;
const NAMED_DELIMITERS: Readonly<Record<string, string>> = {
  ',': message('commas within quotation marks around whole lines'),
  ';': message('semicolons within quotation marks around whole lines'),
  '\t': message('tabs within quotation marks around whole lines'),
  '|': message('bars within quotation marks around whole lines'),
};
const BYTE_ORDER_MARK = '\ufeff';
/** A line that only underlines the header. */
const RULE = /^\s*[-=_+]{2,}\s*$/;

export type FileDialect = Omit<FoundDialect, 'doubts'> & { readonly encoding: CsvEncoding };

const hasMore = (row: readonly string[], from: number) => row.slice(from).some((field) => field.trim() !== '');

/** Collects a file's text, piece by piece, into a table, and what was wrong with its rows. */
export class TableBuilder {
  readonly #fileName: string;
  readonly #dialect: FileDialect;
  readonly #parser: RowParser;
  #columns: string[] = [];
  #arenas: ColumnArena[] = [];
  /** Data rows met so far, blank ones included. */
  #rowsMet = 0;
  readonly #blankRows: number[] = [];
  #replacementSeen = false;
  readonly #blank = new ProblemCount();
  readonly #short = new ProblemCount();
  readonly #long = new ProblemCount();
  readonly #undecodable = new ProblemCount();
  readonly #strayQuote = new ProblemCount();
  readonly #headerAgain = new ProblemCount();
  /** In small letters. */
  #header: readonly string[] = [];
  readonly #renamed: string[] = [];
  /** Rows above the table, met so far. */
  #above = 0;
  readonly #passedOver: string[] = [];

  constructor(fileName: string, dialect: FileDialect) {
    this.#fileName = fileName;
    this.#dialect = dialect;
    this.#parser = new RowParser(dialect);
  }

  /** @throws `TableError` as soon as the text cannot become a table */
  push(text: string): void {
    this.#replacementSeen ||= text.includes('\uFFFD');
    this.#takeRows(this.#parser.push(text));
  }

  /** Rows that are cut into fields already, as a workbook has them; undefined ones are left out, and keep their number. */
  takeRows(rows: readonly (readonly string[] | undefined)[]): void {
    for (const row of rows) {
      if (row !== undefined) this.#takeRow(row, false);
      else if (this.#above < this.#dialect.skip) this.#above++;
      else if (this.#columns.length > 0) this.#blankRows.push(++this.#rowsMet);
    }
  }

  /**
   * The table and its problems.
   * @throws `TableError` where there is no data row
   */
  finish(): { table: Table; options: CsvOptions; problems: Problem[] } {
    this.#takeRows(this.#parser.end());
    const rows = this.#arenas[0]?.rows ?? 0;
    if (rows === 0) throw new TableError(this.#noRows());
    for (const arena of this.#arenas) arena.seal();
    const { encoding, delimiter, header, skip, rowNames } = this.#dialect;
    return {
      table: new Table(this.#columns, this.#arenas, this.#blankRows),
      options: { encoding, delimiter, header, skip, ...(rowNames && { rowNames }) },
      problems: this.#problems(),
    };
  }

  #noRows(): string {
    const file = this.#fileName;
    if (this.#columns.length === 0) return t('{{file}} holds nothing but blank lines. Choose another file.', { file });
    return t(
      '{{file}} has a header row and no row of data below it. If that first row is a person, switch the header row off; otherwise choose another file.',
      { file },
    );
  }

  #takeRows({ rows, strayQuotes, fault }: ParsedRows): void {
    const stray = new Set(strayQuotes);
    for (const [i, row] of rows.entries()) this.#takeRow(row, stray.has(i));
    if (fault === undefined) return;
    const inHeader = this.#columns.length === 0 && this.#dialect.header;
    const values = {
      file: this.#fileName,
      row: inHeader ? t('the header row') : t('row {{row}}', { row: this.#rowsMet + 1 }),
    };
    if (fault === 'unclosed-quote') {
      throw new TableError(
        t(
          '{{file}}: a quotation mark opened in {{row}} is never closed, so where the rows after it end cannot be told. Close it, or double the quotation marks inside of quoted values, and choose the file again.',
          values,
        ),
      );
    }
    throw new TableError(
      t(
        '{{file}}: {{row}} does not end within 33 million characters. Is this a CSV file, a line for every person?',
        values,
      ),
    );
  }

  #takeRow(cut: readonly string[], strayQuote: boolean): void {
    // Files that were put one behind the other have their byte order marks in the middle.
    const row = cut[0]?.startsWith(BYTE_ORDER_MARK) ? [cut[0].slice(1), ...cut.slice(1)] : cut;
    const blank = row.every((field) => field.trim() === '');
    if (this.#above < this.#dialect.skip) {
      this.#above++;
      const text = row.filter((field) => field.trim() !== '').join(' ');
      if (text !== '') this.#passedOver.push(text);
      return;
    }
    if (this.#columns.length === 0) {
      if (blank) {
        this.#blank.add();
        return;
      }
      this.#startColumns(row);
      if (this.#dialect.header) return;
    }
    const number = ++this.#rowsMet;
    if (blank) {
      this.#blank.add(number);
      this.#blankRows.push(number);
      return;
    }
    if (this.#isHeaderAgain(row)) {
      this.#headerAgain.add(number);
      this.#blankRows.push(number);
      return;
    }
    if (number > MAX_ROWS) {
      throw new TableError(
        t(
          '{{file}} has more than {{rows}} rows, the most that a run takes. Split the file, or leave out rows that cannot matter.',
          { file: this.#fileName, rows: numberWords(MAX_ROWS) },
        ),
      );
    }
    if (row.length < this.#columns.length) this.#short.add(number);
    if (row.length > this.#columns.length && hasMore(row, this.#columns.length)) this.#long.add(number);
    if (strayQuote) this.#strayQuote.add(number);
    if (this.#replacementSeen && row.some((field) => field.includes('\uFFFD'))) this.#undecodable.add(number);
    for (const [column, arena] of this.#arenas.entries()) arena.append(row[column] ?? '');
  }

  /** The header where files were put one below the other, or a line below it. */
  #isHeaderAgain(row: readonly string[]): boolean {
    if (this.#header.length < 2) return false;
    const [first = ''] = row;
    // Databases draw one line below all columns: `------+-----`.
    if (row.length === 1) return RULE.test(first);
    if (row.length !== this.#header.length) return false;
    if (first.trim().toLowerCase() !== this.#header[0] && !RULE.test(first)) return false;
    const names = row.map((field) => field.toLowerCase());
    return isSameRow(names, this.#header) || row.every((field) => field.trim() === '' || RULE.test(field));
  }

  #startColumns(cut: readonly string[]): void {
    const header = cut.slice(0, this.#dialect.columns);
    if (this.#dialect.header && header.some((label) => label.includes('\uFFFD'))) this.#undecodable.add();
    const row = this.#dialect.rowNames && this.#dialect.header ? ['', ...header] : header;
    if (this.#dialect.header) this.#header = header.map((label) => label.trim().toLowerCase());
    if (row.length > MAX_COLUMNS) {
      throw new TableError(
        t(
          '{{file}} has {{columns}} columns in its first row; at most {{most}} can be read. Is the delimiter right? Otherwise export only the columns that you need.',
          { file: this.#fileName, columns: numberWords(row.length), most: numberWords(MAX_COLUMNS) },
        ),
      );
    }
    const taken = new Set<string>();
    for (const [column, label] of row.entries()) {
      const said = this.#dialect.header ? withoutUnseen(label).trim() : '';
      const name = Array.from(said).slice(0, MAX_NAME_LENGTH).join('') || `column ${column + 1}`;
      let unique = name;
      for (let n = 2; taken.has(unique); n++) unique = `${name} (${n})`;
      if (unique !== name) this.#renamed.push(unique);
      taken.add(unique);
    }
    this.#columns = [...taken];
    this.#arenas = this.#columns.map(() => new ColumnArena());
  }

  /** Says what was passed over, so that nobody's first row is lost in silence. */
  #linesAbove(): Problem[] {
    const texts = this.#passedOver.filter((text) => !/^sep=.$/i.test(text));
    if (texts.length === 0) return [];
    const shown = texts.slice(0, 3).map((text) => inQuotes(text.slice(0, 60)));
    const message = t('{{lines}} above the table, passed over: {{texts}}.', {
      lines: counted(texts.length, 'line'),
      texts: `${shown.join(', ')}${texts.length > 3 ? ', …' : ''}`,
    });
    return [{ kind: 'lines-above', count: texts.length, rows: [], message }];
  }

  /** A table of one column is usually one whose delimiter is not known here. */
  #oneColumn(): Problem[] {
    const { otherDelimiter } = this.#dialect;
    if (this.#columns.length > 1 || otherDelimiter === undefined) return [];
    const named = NAMED_DELIMITERS[otherDelimiter];
    const unnamed = otherDelimiter.trim() === '' ? t('blanks') : inQuotes(otherDelimiter);
    const message = t(
      'All values stand in one column. It looks as if they are separated by {{delimiters}}: save the file as CSV with commas, semicolons or tabs, and choose it again.',
      { delimiters: named === undefined ? unnamed : t(named) },
    );
    return [{ kind: 'one-column', count: 1, rows: [], message }];
  }

  #problems(): Problem[] {
    const width = counted(this.#columns.length, 'column');
    const renamed = this.#renamed.map(
      (name): Problem => ({
        kind: 'repeated-column-name',
        column: name,
        count: 1,
        rows: [],
        message: t('An earlier column has the same name; this one is called “{{name}}” here.', { name }),
      }),
    );
    return [
      ...this.#linesAbove(),
      ...this.#oneColumn(),
      ...renamed,
      ...this.#short.report('ragged-row', (n) =>
        t('{{rows}} with fewer fields than there are columns ({{width}}): the missing fields are empty.', {
          rows: counted(n, 'row'),
          width,
        }),
      ),
      ...this.#long.report('ragged-row', (n) =>
        t('{{rows}} with more fields than there are columns ({{width}}): the surplus is ignored.', {
          rows: counted(n, 'row'),
          width,
        }),
      ),
      ...this.#blank.report('blank-row', (n) =>
        tCounted('{{count}} blank row, skipped.', '{{count}} blank rows, skipped.', n),
      ),
      ...this.#headerAgain.report('header-again', (n) =>
        t('{{rows}} with the header again or a line below it, skipped.', { rows: counted(n, 'row') }),
      ),
      ...this.#strayQuote.report('stray-quote', (n) =>
        t(
          '{{rows}} with a quotation mark inside of a quoted value that is not doubled: the value was read up to the next one before a delimiter. Check that no rows run together there.',
          { rows: counted(n, 'row') },
        ),
      ),
      ...this.#undecodable.report('undecodable-text', (n) =>
        t(
          '{{rows}} with characters that are not {{encoding}}, shown as \uFFFD. If there are many, choose another encoding.',
          { rows: counted(n, 'row'), encoding: t(ENCODING_NAMES[this.#dialect.encoding]) },
        ),
      ),
    ];
  }
}
