import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { joinedBytes } from '../parsing/joined-bytes.ts';
import { CommandError, UsageError } from './command-error.ts';
import { noteRead } from './read-files.ts';
import { fileReason, type Terminal } from './terminal.ts';

/** Bytes that are read part by part, as often as they are needed. */
export interface ByteSource {
  /** As messages call it. */
  readonly name: string;
  /** Bytes that there are. */
  readonly size: number;
  /** Each part may be overwritten by the next. */
  parts(): Iterable<Uint8Array>;
}

/** What is made of a part takes many times its memory, until it is given back. */
const PART_BYTES = 1 << 18;

function* partsOfFile(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  const buffer = new Uint8Array(PART_BYTES);
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

function* partsOfBytes(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PART_BYTES) yield bytes.subarray(at, at + PART_BYTES);
}

/**
 * Opens a file, of which never more than a part is held, or standard input (`-`) or a pipe, whose bytes are kept.
 * @param argument the argument's name in the usage
 * @throws UsageError when it cannot be read
 */
export async function openBytes(terminal: Terminal, file: string, argument: string): Promise<ByteSource> {
  if (file === '-') {
    const bytes = await terminal.input();
    return { name: 'Standard input', size: bytes.length, parts: () => partsOfBytes(bytes) };
  }
  const path = resolve(terminal.folder, file);
  try {
    const found = await stat(path);
    noteRead(terminal, found);
    if (found.isFile()) {
      closeSync(openSync(path, 'r'));
      return { name: file, size: found.size, parts: () => partsOfFile(path) };
    }
    const bytes = await readFile(path);
    return { name: file, size: bytes.length, parts: () => partsOfBytes(bytes) };
  } catch (error) {
    throw new UsageError(`Invalid value for '${argument}': '${file}': ${fileReason(error)}`);
  }
}

/** Bytes at the end that begin a character and do not end it: the last of them has its first byte among the last three. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return length > back ? back : 0;
  }
  return 0;
}

/** Takes UTF-8 in parts, and gives whole characters; without bytes at the end. */
function createCharacterCheck(name: string): (bytes?: Uint8Array) => Uint8Array {
  let held: Uint8Array = new Uint8Array();
  return (bytes) => {
    const next = bytes ?? held;
    const all = held.length === 0 || !bytes ? next : joinedBytes([held, bytes], held.length + bytes.length);
    const whole = all.subarray(0, all.length - (bytes === undefined ? 0 : unfinished(all)));
    if (!isUtf8(whole)) throw new CommandError(`${name} is not UTF-8. Save it as UTF-8 and try again.`);
    held = all.slice(whole.length);
    return whole;
  };
}

/**
 * The text of a source, part by part, with its byte order mark where it has one. Node's `TextDecoder` is slow with parts.
 * @throws CommandError when it is not UTF-8
 */
export function* textParts({ name, parts }: ByteSource): Generator<string> {
  const check = createCharacterCheck(name);
  const textOf = ({ buffer, byteOffset, length }: Uint8Array): string =>
    Buffer.from(buffer, byteOffset, length).toString('utf8');
  for (const bytes of parts()) yield textOf(check(bytes));
  yield textOf(check());
}

/**
 * The parts of a source, each looked at first.
 * @throws CommandError when it is not UTF-8
 */
export function* checkedParts({ name, parts }: ByteSource): Generator<Uint8Array> {
  const check = createCharacterCheck(name);
  for (const bytes of parts()) {
    check(bytes);
    yield bytes;
  }
  check();
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** How many lines there are; the last one may lack an end. Lines end as Python takes them to: at LF, CR, or CR LF, in one file too. */
export function countLines({ parts }: ByteSource): number {
  let [lines, last] = [0, LINE_FEED];
  for (const bytes of parts()) {
    for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) {
      if ((at > 0 ? bytes[at - 1] : last) !== CARRIAGE_RETURN) lines++;
    }
    for (let at = bytes.indexOf(CARRIAGE_RETURN); at >= 0; at = bytes.indexOf(CARRIAGE_RETURN, at + 1)) lines++;
    last = bytes.at(-1) ?? last;
  }
  return lines + (last === LINE_FEED || last === CARRIAGE_RETURN ? 0 : 1);
}

/** Whether the first character that is no blank is a brace, as that of a JSON object is. */
export function startsAsObject(source: ByteSource): boolean {
  for (const text of textParts(source)) {
    const start = text.replace(/^\ufeff/, '').trimStart();
    if (start !== '') return start.startsWith('{');
  }
  return false;
}
