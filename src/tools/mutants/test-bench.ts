/** A copy of the project in which lines are changed and named tests run; the project itself stays as it is. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Answer, Order, Verdict } from './test-process.ts';

/** What a copy needs for unit tests. Data that some tests read lies beside the project and is not copied: they skip themselves. */
const COPIED = [
  'src',
  'public',
  'docs',
  'README.md',
  'SECURITY.md',
  'index.html',
  'package.json',
  'tsconfig.json',
  'vite.config.ts',
];

/** Kept apart from the project's: dependencies made ready for the browser, and files served through a link. No module outlives its run. */
const CONFIG = `import config from './vite.config.ts';
const isolated = (project) => ({ ...project, test: { ...project.test, isolate: true } });
const test = { ...config.test, projects: config.test.projects.map(isolated) };
export default { ...config, test, cacheDir: '.vite', server: { fs: { strict: false } } };
`;

const PROCESS = fileURLToPath(new URL('./test-process.ts', import.meta.url));
/** Longest that a run without a mutant may take before it counts as a hang. */
export const MAX_MS = 600_000;
/** How long a process may take to close its browser. */
const CLOSING_MS = 20_000;

/** `hung`: it took too long. `crashed`: the process that ran it ended. */
export interface Outcome {
  readonly verdict: Verdict | 'hung' | 'crashed';
  /** Of what failed, the first line of its error. */
  readonly error?: string | undefined;
}

export class TestBench {
  #process: ChildProcess | undefined;
  /** Files changed since the process was last told. */
  readonly #changed = new Set<string>();

  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  /** `project`: its folder. */
  static copy(project: string): TestBench {
    const root = mkdtempSync(join(tmpdir(), 'blindjoin-mutants-'));
    for (const name of COPIED) cpSync(join(project, name), join(root, name), { recursive: true });
    symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
    writeFileSync(join(root, 'vite.mutants.config.ts'), CONFIG);
    return new TestBench(root);
  }

  /**
   * Runs `work` while `file` says what `change` makes of it.
   * @throws what `change` throws
   */
  async having<T>(file: string, change: (text: string) => string, work: () => Promise<T>): Promise<T> {
    const path = join(this.#root, file);
    const original = readFileSync(path, 'utf8');
    const write = (content: string) => {
      writeFileSync(path, content);
      this.#changed.add(file);
    };
    write(change(original));
    try {
      return await work();
    } finally {
      write(original);
    }
  }

  /** Runs all tests of a file whose full names have one of `names` in them. `longest`: in milliseconds. */
  async run(file: string, names: readonly string[], longest = MAX_MS): Promise<ReadonlyMap<string, Outcome>> {
    this.#process ??= fork(PROCESS, [this.#root], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const child = this.#process;
    const order: Order = { file, names, changed: [...this.#changed] };
    this.#changed.clear();
    const done = new AbortController();
    const { signal } = done;
    child.send(order);
    const answer = await Promise.race([
      once(child, 'message', { signal }).then(([verdicts]) => verdicts as Answer),
      once(child, 'exit', { signal }).then(() => 'crashed' as const),
      wait(longest, 'hung' as const, { signal }),
    ]);
    done.abort();
    const known = typeof answer !== 'string';
    // Whoever lost the browser once does so again.
    if (!known || answer.some(([, verdict]) => verdict === 'lost')) await this.#close();
    // What is undefined comes from another process as null.
    if (known) return new Map(answer.map(([name, verdict, error]) => [name, { verdict, error: error ?? undefined }]));
    return new Map(names.map((name) => [name, { verdict: answer }]));
  }

  async #close(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.disconnect();
    const killer = setTimeout(() => child.kill('SIGKILL'), CLOSING_MS);
    await gone;
    clearTimeout(killer);
  }

  async delete(): Promise<void> {
    await this.#close();
    rmSync(this.#root, { recursive: true });
  }
}
