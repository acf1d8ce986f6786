import type { Terminal } from '../cli/terminal.ts';
import { openHere } from '../cli/threads.ts';

/** A terminal that keeps what is written to it. */
export interface TestTerminal extends Terminal {
  readonly written: string;
  readonly told: string;
  /** Asks the command to end. */
  stop(): void;
}

/**
 * @param input what standard input holds
 * @param open how threads are had
 */
export function createTestTerminal(
  folder: string,
  input: string | Uint8Array = '',
  environment: Terminal['environment'] = {},
  open: Terminal['threads']['open'] = openHere,
): TestTerminal {
  let written = '';
  let told = '';
  const listeners = new Set<() => void>();
  return {
    folder,
    environment,
    watched: false,
    threads: { cores: 1, open },
    input: async () => (typeof input === 'string' ? new TextEncoder().encode(input) : input),
    out: (text) => {
      written += text;
    },
    err: (text) => {
      told += text;
    },
    onStop: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    leavesNothing: () => () => {},
    stop: () => {
      for (const listener of listeners) listener();
    },
    get written() {
      return written;
    },
    get told() {
      return told;
    },
  };
}
