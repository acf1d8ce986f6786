import { closeSync, openSync, readSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { streamedCsvRows, UnendedRowError } from '../python/csv-stream.ts';
import { CommandError } from './command-error.ts';
import { type CsvTable, readCsvTable } from './csv-table.ts';
import { readText, type Terminal } from './terminal.ts';

const CHUNK_BYTES = 4 << 20;

/** The bytes of a file in parts; each is overwritten by the next. */
function* chunksOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  const buffer = new Uint8Array(CHUNK_BYTES);
  try {
    for (;;) {
      const length = readSync(file, buffer);
      if (length === 0) return;
      yield buffer.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

function* textsOf(path: string, name: string): Generator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new CommandError(`${name} is not UTF-8. Save it as UTF-8 and try again.`);
    }
  };
  for (const bytes of chunksOf(path)) yield decode(bytes);
  yield decode();
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Lines of a file; its last one may lack an end. */
function countLines(path: string): number {
  let [feeds, returns, last] = [0, 0, LINE_FEED];
  for (const bytes of chunksOf(path)) {
    for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) feeds++;
    for (let at = bytes.indexOf(CARRIAGE_RETURN); at >= 0; at = bytes.indexOf(CARRIAGE_RETURN, at + 1)) returns++;
    last = bytes.at(-1) ?? last;
  }
  return Math.max(feeds, returns) + (last === LINE_FEED || last === CARRIAGE_RETURN ? 0 : 1);
}

function* rowsOf(path: string, name: string): Generator<string[]> {
  try {
    yield* streamedCsvRows(textsOf(path, name));
  } catch (error) {
    if (!(error instanceof UnendedRowError)) throw error;
    throw new CommandError(`${name}: ${error.message}`);
  }
}

/**
 * The table in a file, of which never more than a part is held, or in standard input or a pipe, which are read whole.
 * @param argument the argument's name in the usage
 * @throws UsageError when it cannot be read, CommandError when it is not UTF-8; so do its rows
 */
export async function openCsvTable(
  terminal: Terminal,
  file: string,
  argument: string,
  hasHeader: boolean,
): Promise<CsvTable> {
  const path = resolve(terminal.folder, file);
  const regular = file !== '-' && (await stat(path).catch(() => undefined))?.isFile() === true;
  if (!regular) return readCsvTable(await readText(terminal, file, argument), hasHeader);
  const lines = countLines(path);
  const read = function* (): Generator<string[]> {
    const rows = rowsOf(path, file);
    if (hasHeader) rows.next();
    yield* rows;
  };
  const first = hasHeader ? rowsOf(path, file) : undefined;
  const header = first?.next();
  first?.return(undefined);
  return {
    ...(header && !header.done ? { header: header.value } : {}),
    rows: { [Symbol.iterator]: read },
    estimate: lines - (hasHeader ? 1 : 0),
  };
}
