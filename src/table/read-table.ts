import type { Table } from './data-table.ts';
import { detectDialect } from './dialect.ts';
import { assertText, detectEncoding, encodingOfCensus, encodingOfMark, Utf8Census } from './encoding.ts';
import type { CsvEncoding, CsvOptions, Problem } from './table.ts';
import { TableBuilder } from './table-builder.ts';
import { TableError } from './table-error.ts';

/** Bytes from which the encoding, and characters from which the dialect is detected. */
const SAMPLE = 1 << 16;

export interface ReadTable {
  readonly table: Table;
  readonly options: CsvOptions;
  readonly problems: readonly Problem[];
  /** Bytes read. */
  readonly bytes: number;
}

/**
 * Reads a CSV file into a table without ever holding it as one string. `options` overrides what detection says;
 * `onProgress` gets the bytes read so far. Runs wherever there are web streams (browsers, workers, Node).
 *
 * A Blob is read twice where its encoding is not given, for a Latin-1 name may come late; of a stream the first 64 KiB
 * decide. Throws `TableError` for what cannot be read as a table.
 */
export async function readTable(
  source: Blob | ReadableStream<Uint8Array>,
  fileName: string,
  options: Partial<CsvOptions> = {},
  onProgress: (bytesRead: number) => void = () => {},
): Promise<ReadTable> {
  try {
    if (!(source instanceof Blob)) return await readStream(source, fileName, options, onProgress);
    if (source.size === 0) throw emptyFile(fileName);
    const encoding = options.encoding ?? (await detectBlobEncoding(source));
    return await readStream(source.stream(), fileName, { ...options, encoding }, onProgress);
  } catch (error) {
    if (error instanceof DOMException) {
      throw new TableError(
        `${fileName} could not be read (${error.message}). It may have been moved or changed: choose it again.`,
      );
    }
    throw error;
  }
}

async function detectBlobEncoding(blob: Blob): Promise<CsvEncoding> {
  const sample = new Uint8Array(await blob.slice(0, SAMPLE).arrayBuffer());
  const detected = detectEncoding(sample);
  if (encodingOfMark(sample) !== undefined || detected.startsWith('utf-16')) return detected;
  const census = new Utf8Census();
  for await (const bytes of pieces(blob.stream())) census.add(bytes);
  return encodingOfCensus(census);
}

async function* pieces(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

async function readStream(
  stream: ReadableStream<Uint8Array>,
  fileName: string,
  options: Partial<CsvOptions>,
  onProgress: (bytesRead: number) => void,
): Promise<ReadTable> {
  const reader = new TableReader(fileName, options);
  for await (const piece of pieces(stream)) {
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
  #held: Uint8Array[] = [];
  #encoding: CsvEncoding | undefined;
  #decoder: TextDecoder | undefined;
  #text = '';
  #builder: TableBuilder | undefined;

  constructor(fileName: string, known: Partial<CsvOptions>) {
    this.#fileName = fileName;
    this.#known = known;
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
    return { ...builder.finish(), bytes: this.bytes };
  }

  #startDecoding(): TextDecoder {
    const sample = concatenate(this.#held, this.bytes);
    this.#held = [];
    this.#encoding = this.#known.encoding ?? detectEncoding(sample);
    const decoder = new TextDecoder(this.#encoding);
    const text = decoder.decode(sample, { stream: true });
    assertText(sample, text, this.#fileName);
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
    const builder = new TableBuilder(this.#fileName, { ...dialect, encoding: this.#encoding ?? 'utf-8' });
    this.#builder = builder;
    builder.push(this.#text);
    this.#text = '';
    return builder;
  }
}

function concatenate(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function emptyFile(fileName: string): TableError {
  return new TableError(`${fileName} is empty. Choose a CSV file with a row for every person.`);
}
