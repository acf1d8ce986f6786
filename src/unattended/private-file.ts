import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file that nobody but this user can read, in place of the one that was there. */
export function writePrivately(path: string, text: string): void {
  const written = `${path}.${process.pid}.new`;
  writeFileSync(written, text, { mode: 0o600, flag: 'wx' });
  renameSync(written, path);
}
