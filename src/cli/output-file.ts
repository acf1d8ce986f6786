import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CommandError } from './command-error.ts';
import { wasRead } from './read-files.ts';
import { fileReason, type Terminal } from './terminal.ts';

/** A file's name as messages write it: `-` is standard output. */
export function outputName(file: string): string {
  return file === '-' ? '<stdout>' : file;
}

/**
 * Writes a file whole, or to standard output for `-`.
 * @throws CommandError when it cannot be written; what stood in its place stays then
 */
export async function writeText(terminal: Terminal, file: string, text: string | Iterable<string>): Promise<void> {
  const parts = typeof text === 'string' ? [text] : text;
  if (file === '-') {
    for (const part of parts) terminal.out(part);
    return;
  }
  const output = await openOutput(terminal, file);
  try {
    for (const part of parts) await output.write(part);
    await output.finish();
  } finally {
    await output.discard();
  }
}

/** A file that is written part by part. */
export interface OutputFile {
  /** Whether nobody sees anything of it before `finish`, however long it is. */
  readonly unseen: boolean;
  write(part: string | Uint8Array): Promise<void>;
  /** Puts the whole file in its place. */
  finish(): Promise<void>;
  /** Leaves no trace; what stood in its place stays. Does nothing after `finish`. */
  discard(): Promise<void>;
}

const HELD_BYTES = 1 << 26;

/** Nothing reaches standard output before all of it is there, unless it is more than memory should hold. */
function standardOutput(terminal: Terminal): OutputFile {
  const decoder = new TextDecoder();
  let held: string[] = [];
  let length = 0;
  const release = (): void => {
    for (const part of held) terminal.out(part);
    held = [];
    length = 0;
  };
  return {
    unseen: false,
    write: async (part) => {
      const text = typeof part === 'string' ? part : decoder.decode(part, { stream: true });
      held.push(text);
      length += text.length;
      if (length > HELD_BYTES) release();
    },
    finish: async () => release(),
    discard: async () => {
      held = [];
    },
  };
}

/**
 * Opens a file, or standard output for `-`. A file is written beside its place and moved there once it is whole; pipes and
 * devices are written as they are.
 * @throws CommandError when it cannot be written, or is what the command reads
 */
export async function openOutput(terminal: Terminal, file: string): Promise<OutputFile> {
  if (file === '-') return standardOutput(terminal);
  const given = resolve(terminal.folder, file);
  const place = await realpath(given).catch(() => given);
  const there = await stat(place).catch(() => undefined);
  if (there && wasRead(terminal, there)) {
    throw new CommandError(`${file} is what this command reads. Name another file for what it writes.`);
  }
  const aside = there === undefined || there.isFile() ? `${place}.${randomUUID()}.part` : place;
  const orRefuse = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw new CommandError(`${file} cannot be written: ${fileReason(error)}.`);
    }
  };
  const handle = await orRefuse(open(aside, 'w', there?.mode));
  const leave = aside === place ? () => {} : terminal.leavesNothing(aside);
  let finished = false;
  return {
    unseen: aside !== place,
    write: (text) => orRefuse(handle.writeFile(text)),
    finish: async () => {
      await orRefuse(handle.close());
      if (aside !== place) await orRefuse(rename(aside, place));
      finished = true;
      leave();
    },
    discard: async () => {
      if (finished) return;
      await handle.close().catch(() => {});
      if (aside !== place) await rm(aside, { force: true });
      leave();
    },
  };
}

/**
 * Looks whether a file can be written, before work that takes long.
 * @throws CommandError when it cannot be
 */
export async function checkOutput(terminal: Terminal, file: string): Promise<void> {
  const there = await stat(resolve(terminal.folder, file)).catch(() => undefined);
  // Who reads a pipe would take it for ended.
  if (file !== '-' && (there === undefined || there.isFile())) await (await openOutput(terminal, file)).discard();
}

/**
 * Writes what cannot be had again, such as tokens, to a file that was opened before it came to be; to the error stream
 * where that fails.
 * @throws CommandError when it could not be written
 */
export async function writePrecious(terminal: Terminal, output: OutputFile, text: string): Promise<void> {
  try {
    await output.write(text);
    await output.finish();
  } catch (error) {
    terminal.err(`${text}\n`);
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError(`${error.message} The answer of the service is above: keep it, it comes only once.`);
  }
}
