import type { Terminal } from './terminal.ts';

/** Tells on the error stream how far a job is. */
export interface Progress {
  /** @param done from 0 to 1 */
  report(done: number, words: string): void;
  /** Takes a drawn line away. */
  end(): void;
}

const REDRAW_MS = 100;
const LINE_MS = 2000;

/** One line, drawn anew, where a person watches; a line every two seconds for `-v` into a file; else nothing. */
export function createProgress(terminal: Terminal, verbose: boolean): Progress {
  let next = 0;
  let drawn = 0;
  return {
    report: (done, words) => {
      const now = performance.now();
      if ((!terminal.watched && !verbose) || (now < next && done < 1)) return;
      const line = `${Math.floor(done * 100)} % ${words}`;
      if (terminal.watched) {
        next = now + REDRAW_MS;
        terminal.err(`\r${line.padEnd(drawn)}`);
        drawn = line.length;
      } else {
        next = now + LINE_MS;
        terminal.err(`${line}\n`);
      }
    },
    end: () => {
      if (drawn > 0) terminal.err(`\r${' '.repeat(drawn)}\r`);
      drawn = 0;
    },
  };
}
