import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

/** Writes beside `path` a file that nobody but this user can read, and hands its name on; leaves none behind. */
function beside<T>(path: string, text: string, use: (written: string) => T): T {
  const written = `${path}.${randomUUID()}.new`;
  try {
    writeFileSync(written, text, { mode: 0o600, flag: 'wx' });
    return use(written);
  } finally {
    rmSync(written, { force: true });
  }
}

/** Writes a file that nobody but this user can read, in place of the one that was there. */
export function writePrivately(path: string, text: string): void {
  beside(path, text, (written) => renameSync(written, path));
}

/**
 * Whether a file can be written there later, when it would be too late to say that it cannot.
 * @throws Error of the file system where it cannot
 */
export function expectWritable(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Error('there is a folder of that name.');
  beside(path, '', () => {});
}
