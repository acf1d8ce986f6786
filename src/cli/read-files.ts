/** The files that a command reads, so that nothing it writes takes their place. */
import type { Stats } from 'node:fs';

/** By the terminal of the command. */
const read = new WeakMap<object, Set<string>>();

const nameOf = ({ dev, ino }: Stats): string => `${dev}:${ino}`;

/** Says that a command reads a file, by whatever name it goes. */
export function noteRead(terminal: object, file: Stats): void {
  if (!file.isFile()) return;
  const files = read.get(terminal) ?? new Set();
  read.set(terminal, files.add(nameOf(file)));
}

export function wasRead(terminal: object, file: Stats): boolean {
  return read.get(terminal)?.has(nameOf(file)) === true;
}
