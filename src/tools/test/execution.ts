/** Running one check and seeing what came of it. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './checks.ts';
import { type Outcome, readOutcome } from './outcome.ts';

/** Characters of a failed check's output that are shown again below everything else, where its reasons are found at once. */
const LAST_WORDS = 6_000;

export interface Execution {
  readonly check: Check;
  readonly outcome: Outcome;
  readonly seconds: number;
  /** The last that it printed. */
  readonly lastWords: string;
}

/** Runs a check. What it prints is passed on as it comes, or where `held` all at once when it ends. */
export function execute(check: Check, held: boolean): Promise<Execution> {
  const [program = '', ...args] = check.command;
  const local = join('node_modules', '.bin', program);
  const started = Date.now();
  return new Promise((resolve) => {
    let words = '';
    const end = (exitCode: number) => {
      if (held) process.stdout.write(`\n--- ${check.name} ---\n${words}`);
      const outcome = readOutcome(check.report, exitCode);
      resolve({ check, outcome, seconds: (Date.now() - started) / 1000, lastWords: words.slice(-LAST_WORDS) });
    };
    const child = spawn(existsSync(local) ? local : program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}), ...check.environment },
      shell: process.platform === 'win32',
    });
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      from.setEncoding('utf8').on('data', (text: string) => {
        if (!held) to.write(text);
        words = held ? words + text : (words + text).slice(-LAST_WORDS);
      });
    }
    child.once('error', (error) => {
      words += error.message;
      end(1);
    });
    child.once('close', (code) => end(code ?? 1));
  });
}
