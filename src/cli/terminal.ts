import { constants } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { buffer } from 'node:stream/consumers';
import { CommandError, UsageError } from './command-error.ts';
import { type Interruption, processInterruption } from './interruption.ts';
import { noteRead } from './read-files.ts';
import type { Threads } from './threads.ts';

/** Where a command reads and writes. The commands know no process, so that tests run them as they are. */
export interface Terminal extends Interruption {
  /** The folder that file names are relative to. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether a person watches the error stream, so that progress is worth drawing. */
  readonly watched: boolean;
  readonly threads: Threads;
  /** All bytes of standard input. */
  input(): Promise<Uint8Array>;
  out(text: string): void;
  err(text: string): void;
  /** Asks the person who sits there; undefined where nobody does. */
  readonly confirm?: ((question: string) => Promise<boolean>) | undefined;
}

/** Who read standard output stopped early, as `head` does: there is nothing more to do there, and nothing went wrong. */
export class NobodyReadsError extends Error {
  override readonly name = 'NobodyReadsError';
}

/** Watches for what goes wrong with standard output, and tells whether nobody reads it any more. */
function watchOutput(): () => boolean {
  let unread = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (unread) return;
    unread = true;
    if (error.code === 'EPIPE') return;
    process.stderr.write(`Standard output cannot be written: ${fileReason(error)}.\n`);
    // Also where the command has ended well by then.
    process.once('exit', (code) => {
      process.exitCode = code === 0 ? 1 : code;
    });
  });
  // Whoever closed it does not want to know.
  process.stderr.on('error', () => {});
  return () => unread;
}

/** The terminal of this process. */
export function processTerminal(threads: Threads): Terminal {
  const unread = watchOutput();
  return {
    threads,
    folder: process.cwd(),
    environment: process.env,
    watched: process.stderr.isTTY === true,
    input: () => buffer(process.stdin),
    out: (words) => {
      if (unread()) throw new NobodyReadsError();
      process.stdout.write(words);
    },
    err: (words) => {
      process.stderr.write(words);
    },
    ...processInterruption(),
    confirm: process.stdin.isTTY ? confirmHere : undefined,
  };
}

async function confirmHere(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [yes/no] `)).trim());
  } finally {
    lines.close();
  }
}

const PLAIN_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EISDIR: 'Is a directory',
  EACCES: 'Permission denied',
  ENOTDIR: 'Not a directory',
};

/** What Node puts around the words of the system: `ENOSPC: no space left on device, write`. */
const SYSTEM_WORDS = /^[A-Z0-9_]+: (.+?), \w+(?: '.*)?$/s;

/** A file system error in the words of the system, without its numbers. */
export function fileReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  const [, words] = SYSTEM_WORDS.exec(error.message) ?? [];
  return PLAIN_REASONS[code] ?? (words ? `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}` : error.message);
}

/** Whether the system refused something that was asked of it, such as room on a disk. */
export function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/**
 * The text of a file, or of standard input for `-`.
 * @param argument the argument's name in the usage
 * @throws UsageError when the file cannot be read, CommandError when it is not UTF-8
 */
export async function readText(terminal: Terminal, file: string, argument: string): Promise<string> {
  if (file === '-') return decoded(await terminal.input(), 'Standard input');
  let bytes: Uint8Array;
  try {
    const path = resolve(terminal.folder, file);
    noteRead(terminal, await stat(path));
    bytes = await readFile(path);
  } catch (error) {
    throw new UsageError(`Invalid value for '${argument}': '${file}': ${fileReason(error)}`);
  }
  return decoded(bytes, file);
}

function decoded(bytes: Uint8Array, name: string): string {
  if (bytes.byteLength > constants.MAX_STRING_LENGTH) {
    const [size, most] = [bytes.byteLength, constants.MAX_STRING_LENGTH].map((length) => Math.round(length / 1e6));
    throw new CommandError(
      `${name} has ${size} MB, and this command reads at most ${most} MB at once. Cut it into parts.`,
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CommandError(`${name} is not UTF-8. Save it as UTF-8 and try again.`);
  }
}
