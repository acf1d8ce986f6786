/** Temporary files without names: nothing stays of them however the program ends, and nobody else can open them. */
import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, rmSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the system's codes mean for a folder of temporary files, and what to do. */
const WORDS: Readonly<Record<string, (folder: string) => string>> = {
  ENOSPC: (folder) =>
    `The disk of the temporary files (${folder}) is full. Make room there, or name another folder by TMPDIR.`,
  EDQUOT: (folder) =>
    `Temporary files in ${folder} are more than you may keep there. Make room, or name another folder by TMPDIR.`,
  EACCES: (folder) => `You may not write temporary files into ${folder}. Name a folder of yours by TMPDIR.`,
  EROFS: (folder) =>
    `Temporary files cannot be written into ${folder}, which can only be read. Name another folder by TMPDIR.`,
  ENOENT: (folder) => `There is no folder ${folder} for temporary files. Make it, or name another one by TMPDIR.`,
  ENOTDIR: (folder) => `${folder}, where temporary files are to be, is no folder. Name one by TMPDIR.`,
  EMFILE: () => 'There are too many open files for a temporary one more. Allow more of them (ulimit -n).',
};

/** The system refused a temporary file, or room for it; the message says all. */
export class TemporaryFileError extends Error {
  override readonly name = 'TemporaryFileError';

  constructor(folder: string, cause: unknown) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const words =
      WORDS[code]?.(folder) ?? `Temporary files in ${folder} fail (${code}). Name another folder by TMPDIR.`;
    super(words, { cause });
  }
}

/** A file that can be read and written until it is closed. */
export class TemporaryFile {
  readonly #folder: string;
  readonly #handle: number;
  #open = true;

  /** @throws TemporaryFileError */
  constructor(folder: string) {
    this.#folder = folder;
    this.#handle = this.#orRefuse(() => {
      const file = join(folder, `blindjoin-${randomUUID()}`);
      const handle = openSync(file, 'wx+', 0o600);
      try {
        unlinkSync(file);
      } catch (error) {
        // Some file systems keep the name of a file that is open.
        closeSync(handle);
        rmSync(file, { force: true });
        throw error;
      }
      return handle;
    });
  }

  get bytes(): number {
    return this.#opened((handle) => fstatSync(handle).size);
  }

  /** Writes after what was written before. @throws TemporaryFileError */
  append(bytes: Uint8Array): void {
    this.#opened((handle) => {
      // The system may take fewer at a time.
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    });
  }

  /** Fills `bytes` with what stands from a position on. @throws RangeError when the file ends before */
  read(bytes: Uint8Array, position: number): void {
    this.#opened((handle) => {
      for (let got = 0; got < bytes.length; ) {
        const length = readSync(handle, bytes, got, bytes.length - got, position + got);
        if (length === 0) throw new RangeError(`a temporary file ends at ${position + got}`);
        got += length;
      }
    });
  }

  /** Gives its room back. Does nothing the second time. */
  close(): void {
    if (this.#open) closeSync(this.#handle);
    this.#open = false;
  }

  /** The system may have given the handle of a closed file to another. */
  #opened<T>(work: (handle: number) => T): T {
    if (!this.#open) throw new Error('a temporary file was used after it was closed');
    return this.#orRefuse(() => work(this.#handle));
  }

  #orRefuse<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof Error && 'syscall' in error) throw new TemporaryFileError(this.#folder, error);
      throw error;
    }
  }
}

/** The temporary files of one piece of work. */
export interface TemporaryFiles {
  /** @throws TemporaryFileError */
  open(): TemporaryFile;
}

/**
 * Gives files to a piece of work, and takes them back when it ends.
 * @param folder where their room is; that of the system, which TMPDIR names, unless given
 */
export async function withTemporaryFiles<T>(
  work: (files: TemporaryFiles) => Promise<T> | T,
  folder = tmpdir(),
): Promise<T> {
  const opened: TemporaryFile[] = [];
  const open = (): TemporaryFile => {
    const file = new TemporaryFile(folder);
    opened.push(file);
    return file;
  };
  try {
    return await work({ open });
  } finally {
    for (const file of opened) file.close();
  }
}
