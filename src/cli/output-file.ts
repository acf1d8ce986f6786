import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CommandError } from './command-error.ts';
import { fileReason, type Terminal } from './terminal.ts';

/** A file's name as messages write it: `-` is standard output. */
export function outputName(file: string): string {
  return file === '-' ? '<stdout>' : file;
}

/**
 * Writes a file, or to standard output for `-`.
 * @throws CommandError when it cannot be written
 */
export async function writeText(terminal: Terminal, file: string, text: string | Iterable<string>): Promise<void> {
  if (file === '-') {
    if (typeof text === 'string') terminal.out(text);
    else for (const part of text) terminal.out(part);
    return;
  }
  try {
    await writeFile(resolve(terminal.folder, file), text);
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${fileReason(error)}.`);
  }
}
