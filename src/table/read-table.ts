import { joinedBytes } from '../parsing/joined-bytes.ts';
import { numberWords } from '../words/format.ts';
import { t } from '../words/translate.ts';
import { columnName } from './column-name.ts';
import type { Table } from './data-table.ts';
import { detectDialect, detectLayout, type FoundDialect } from './dialect.ts';
import { EncodingSearch, type FoundEncoding, findEncoding } from './encoding.ts';
import { type CsvEncoding, decoderOf, type PieceDecoder } from './encodings.ts';
import { withoutExtraRows } from './extra-rows.ts';
import { assertTable } from './file-format.ts';
import { type FileSource, pieces, sourceOf } from './file-source.ts';
import type { CsvOptions, FileDoubt, Problem } from './table.ts';
import { MAX_COLUMNS, TableBuilder } from './table-builder.ts';
import { TableError } from './table-error.ts';
import { readWorkbook } from './workbook.ts';

/** Characters from which the dialect is detected, and bytes of a stream from which the encoding is. */
const SAMPLE = 1 << 16;
/** Rows of a sheet that show where its table begins. */
const LAYOUT_ROWS = 200;

export interface ReadTable {
  readonly table: Table;
  readonly options: CsvOptions;
  readonly problems: readonly Problem[];
  /** What the file leaves open, with what was taken. */
  readonly doubts: readonly FileDoubt[];
  /** Of a workbook, the names of its sheets. */
  readonly sheets?: readonly string[];
  /** Bytes read, unpacked. */
  readonly bytes: number;
}

/**
 * Reads a table (CSV, CSV packed by gzip, a sheet of an Excel workbook) without ever holding a CSV file as one string.
 * `options` overrides what detection says; `onProgress` gets the bytes read so far. Runs wherever there are web streams
 * (browsers, workers, Node).
 *
 * A Blob is read twice where its encoding is not given, for a letter that tells may come late; of a stream the first 64
 * KiB decide.
 * @throws `TableError` for what cannot be read as a table
 */
export async function readTable(
  source: Blob | ReadableStream<Uint8Array>,
  fileName: string,
  options: Partial<CsvOptions> = {},
  onProgress: (bytesRead: number) => void = () => {},
): Promise<ReadTable> {
  try {
    return withoutExtraRows(await readRows(source, fileName, options, onProgress), options.extraRows);
  } catch (error) {
    if (error instanceof DOMException) {
      throw new TableError(
        t('{{file}} could not be read ({{reason}}). It may have been moved or changed: choose it again.', {
          file: fileName,
          reason: error.message,
        }),
      );
    }
    throw error;
  }
}

async function readRows(
  source: Blob | ReadableStream<Uint8Array>,
  fileName: string,
  options: Partial<CsvOptions>,
  onProgress: (bytesRead: number) => void,
): Promise<ReadTable> {
  if (!(source instanceof Blob)) return readPieces(pieces(source), fileName, options, undefined, onProgress);
  if (source.size === 0) throw emptyFile(fileName);
  const file = await sourceOf(source, fileName);
  if (file.kind === 'workbook') return readSheet(source, fileName, options, onProgress);
  const found = options.encoding === undefined ? await searchEncoding(file) : undefined;
  return readPieces(file.open(), fileName, options, found, onProgress);
}

/** The encoding of a whole file. */
async function searchEncoding(file: FileSource): Promise<FoundEncoding> {
  const search = new EncodingSearch();
  for await (const bytes of file.open()) search.add(bytes);
  return search.found();
}

async function readSheet(
  file: Blob,
  fileName: string,
  known: Partial<CsvOptions>,
  onProgress: (bytesRead: number) => void,
): Promise<ReadTable> {
  const { name, rows: taken, sheets, dateSystem, ...found } = await readWorkbook(file, fileName, known);
  const rows = taken.map((row) => row ?? []);
  assertNarrow(rows, fileName);
  onProgress(file.size);
  const { doubts, ...layout } = detectLayout(rows, { ...known, skip: known.skip ?? linesAboveSheet(rows, known) });
  const dialect = { ...layout, delimiter: ',', newline: '\n', spacedQuotes: false, encoding: 'utf-8' } as const;
  const builder = new TableBuilder(fileName, dialect);
  builder.takeRows(taken);
  const { table, options, problems } = builder.finish();
  const { hiddenRows, lostValues } = known;
  return {
    table: table.countingDays(dateSystem),
    options: { ...options, sheet: name, ...(hiddenRows && { hiddenRows }), ...(lostValues && { lostValues }) },
    problems: [...found.problems, ...problems],
    doubts: [...found.doubts, ...doubts],
    sheets,
    bytes: file.size,
  };
}

function assertNarrow(rows: readonly (readonly string[])[], fileName: string): void {
  for (const [row, cells] of rows.entries()) {
    const column = cells.length <= MAX_COLUMNS ? -1 : cells.findLastIndex((field) => field.trim() !== '');
    if (column < MAX_COLUMNS) continue;
    throw new TableError(
      t(
        '{{file}} has something at {{cell}}; at most {{most}} columns can be read. Delete what stands there, or save the table alone as CSV.',
        { file: fileName, cell: `${columnName(column)}${row + 1}`, most: numberWords(MAX_COLUMNS) },
      ),
    );
  }
}

/** Lines above a sheet's table: of a title as wide as the table only what it holds tells that it is one. */
function linesAboveSheet(rows: readonly (readonly string[])[], known: Partial<CsvOptions>): number {
  const cut = (row: readonly string[]) => row.slice(0, row.findLastIndex((field) => field.trim() !== '') + 1);
  return detectLayout(rows.slice(0, LAYOUT_ROWS).map(cut), known).skip;
}

async function readPieces(
  bytes: AsyncIterable<Uint8Array>,
  fileName: string,
  options: Partial<CsvOptions>,
  found: FoundEncoding | undefined,
  onProgress: (bytesRead: number) => void,
): Promise<ReadTable> {
  const reader = new TableReader(fileName, options, found);
  for await (const piece of bytes) {
    reader.push(piece);
    onProgress(reader.bytes);
  }
  return reader.end();
}

/** From bytes to rows: waits until there is enough to detect encoding and dialect from, then passes everything on. */
class TableReader {
  bytes = 0;
  readonly #fileName: string;
  readonly #known: Partial<CsvOptions>;
  #found: FoundEncoding | undefined;
  #held: Uint8Array[] = [];
  #decoder: PieceDecoder | undefined;
  #text = '';
  #dialect: FoundDialect | undefined;
  #builder: TableBuilder | undefined;

  constructor(fileName: string, known: Partial<CsvOptions>, found: FoundEncoding | undefined) {
    this.#fileName = fileName;
    this.#known = known;
    this.#found = known.encoding === undefined ? found : { encoding: known.encoding, doubts: [] };
  }

  push(piece: Uint8Array): void {
    this.bytes += piece.length;
    if (this.#decoder !== undefined) {
      this.#take(this.#decoder.decode(piece, { stream: true }));
      return;
    }
    this.#held.push(piece);
    if (this.bytes >= SAMPLE) this.#startDecoding();
  }

  end(): ReadTable {
    if (this.bytes === 0) throw emptyFile(this.#fileName);
    const decoder = this.#decoder ?? this.#startDecoding();
    this.#take(decoder.decode());
    const builder = this.#builder ?? this.#startBuilding(true);
    const doubts = [...(this.#found?.doubts ?? []), ...(this.#dialect?.doubts ?? [])];
    return { ...builder.finish(), doubts, bytes: this.bytes };
  }

  #startDecoding(): PieceDecoder {
    const sample = joinedBytes(this.#held, this.bytes);
    this.#held = [];
    this.#found ??= findEncoding(sample);
    const decoder = openDecoder(this.#found.encoding, this.#fileName);
    const text = decoder.decode(sample, { stream: true });
    assertTable(sample, text, this.#fileName);
    this.#decoder = decoder;
    this.#take(text);
    return decoder;
  }

  #take(text: string): void {
    if (this.#builder !== undefined) {
      this.#builder.push(text);
      return;
    }
    this.#text += text;
    if (this.#text.length >= SAMPLE) this.#startBuilding(false);
  }

  #startBuilding(whole: boolean): TableBuilder {
    const dialect = detectDialect(this.#text, whole, this.#known);
    const builder = new TableBuilder(this.#fileName, { ...dialect, encoding: this.#found?.encoding ?? 'utf-8' });
    this.#dialect = dialect;
    this.#builder = builder;
    builder.push(this.#text);
    this.#text = '';
    return builder;
  }
}

function openDecoder(encoding: CsvEncoding, fileName: string): PieceDecoder {
  try {
    return decoderOf(encoding);
  } catch {
    throw new TableError(
      t('{{file}}: this browser cannot decode {{encoding}}. Save the file as UTF-8, or use another browser.', {
        file: fileName,
        encoding,
      }),
    );
  }
}

function emptyFile(fileName: string): TableError {
  return new TableError(t('{{file}} is empty. Choose a CSV file with a row for every person.', { file: fileName }));
}
