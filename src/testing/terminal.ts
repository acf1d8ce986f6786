import type { Terminal } from '../cli/terminal.ts';
import { openHere } from '../cli/threads.ts';

/** A terminal that keeps what is written to it. */
export interface TestTerminal extends Terminal {
  readonly written: string;
  readonly told: string;
}

/** @param input what standard input holds */
export function createTestTerminal(
  folder: string,
  input: string | Uint8Array = '',
  environment: Terminal['environment'] = {},
): TestTerminal {
  let written = '';
  let told = '';
  return {
    folder,
    environment,
    watched: false,
    threads: { cores: 1, open: openHere },
    input: async () => (typeof input === 'string' ? new TextEncoder().encode(input) : input),
    out: (text) => {
      written += text;
    },
    err: (text) => {
      told += text;
    },
    get written() {
      return written;
    },
    get told() {
      return told;
    },
  };
}
