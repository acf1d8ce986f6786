import { randomUUID } from 'node:crypto';
import { closeSync, openSync, type Stats } from 'node:fs';
import { copyFile, type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CommandError } from './command-error.ts';
import { wasRead } from './read-files.ts';
import { fileReason, isOfSystem, type Terminal } from './terminal.ts';

/** A file's name as messages write it: `-` is standard output. */
export function outputName(file: string): string {
  return file === '-' ? '<stdout>' : file;
}

/**
 * Writes a file whole, or to standard output for `-`.
 * @throws CommandError when it cannot be written
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
  /** Leaves no trace; what stood in its place stays if this is `unseen`. Does nothing after `finish`. */
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

/** Letters of a name that stand in the name of the file beside it: a name has at most 255 bytes. */
const NAME_LETTERS = 50;

/** Written beside its place with the access that the file there has, and moved there once it is whole. @throws of the system */
async function openBeside(terminal: Terminal, place: string, mode: number | undefined): Promise<OutputFile> {
  const name = `${basename(place).slice(0, NAME_LETTERS)}.${randomUUID()}.part`;
  const aside = join(dirname(place), name);
  // Known before it exists, and made in one step, or a signal in between would leave it.
  const leave = terminal.leavesNothing(aside);
  const takeAway = async (): Promise<void> => {
    await rm(aside, { force: true }).finally(leave);
  };
  let handle: FileHandle;
  try {
    closeSync(openSync(aside, 'wx', mode && mode | 0o600));
    handle = await open(aside, 'r+');
  } catch (error) {
    await takeAway().catch(() => {});
    throw error;
  }
  // The mask of this process may have taken something away; some file systems know no such access.
  if (mode !== undefined) await handle.chmod(mode & 0o777).catch(() => {});
  let finished = false;
  return {
    unseen: true,
    write: (part) => handle.writeFile(part),
    finish: async () => {
      await handle.close();
      await moveTo(place, aside);
      finished = true;
      leave();
    },
    discard: async () => {
      if (finished) return;
      await handle.close().catch(() => {});
      await takeAway();
    },
  };
}

/** Puts a file where one may be that can be written and not replaced, as a container mounts them one by one. */
async function moveTo(place: string, aside: string): Promise<void> {
  try {
    await rename(aside, place);
  } catch (error) {
    if (!hasCode(error, ['EBUSY', 'EXDEV', 'EPERM', 'EACCES'])) throw error;
    await copyFile(aside, place);
    await rm(aside, { force: true });
  }
}

/** Written as it is: pipes, devices, and a file in a folder that takes no other. @throws of the system */
async function openInPlace(place: string, flags: 'w' | 'r+'): Promise<OutputFile> {
  const handle = await open(place, flags);
  let begun = flags === 'w';
  const begin = async (): Promise<void> => {
    if (!begun) await handle.truncate();
    begun = true;
  };
  let finished = false;
  return {
    unseen: false,
    write: async (part) => {
      await begin();
      await handle.writeFile(part);
    },
    finish: async () => {
      await begin();
      await handle.close();
      finished = true;
    },
    discard: async () => {
      if (finished) return;
      // Half a file must not pass for a whole one.
      if (begun && flags === 'r+') await handle.truncate().catch(() => {});
      await handle.close().catch(() => {});
    },
  };
}

const hasCode = (error: unknown, codes: readonly string[]): boolean =>
  isOfSystem(error) && codes.includes(error.code ?? '');

async function openAt(terminal: Terminal, place: string, there: Stats | undefined): Promise<OutputFile> {
  if (there && !there.isFile()) return openInPlace(place, 'w');
  try {
    return await openBeside(terminal, place, there?.mode);
  } catch (error) {
    if (!there || !hasCode(error, ['EACCES', 'EPERM', 'EROFS'])) throw error;
    return openInPlace(place, 'r+');
  }
}

/**
 * Opens a file, or standard output for `-`. A file is written beside its place and moved there once it is whole, where its folder
 * takes another file; pipes and devices are written as they are.
 * @throws CommandError when it cannot be written, or is what the command reads
 */
export async function openOutput(terminal: Terminal, file: string): Promise<OutputFile> {
  if (file === '-') return standardOutput(terminal);
  const orRefuse = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw new CommandError(`${file} cannot be written: ${fileReason(error)}.`);
    }
  };
  const given = resolve(terminal.folder, file);
  const place = await realpath(given).catch(() => given);
  const looked = stat(place).catch((error: unknown) => {
    if (!hasCode(error, ['ENOENT'])) throw error;
    return undefined;
  });
  const there = await orRefuse(looked);
  if (there && wasRead(terminal, there)) {
    throw new CommandError(`${file} is what this command reads. Name another file for what it writes.`);
  }
  const output = await orRefuse(openAt(terminal, place, there));
  return {
    ...output,
    write: (part) => orRefuse(output.write(part)),
    finish: () => orRefuse(output.finish()),
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
