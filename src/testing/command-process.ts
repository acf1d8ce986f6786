/** The `blindjoin` command as a process of its own, for what cannot be seen within one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
/** The command as it stands here; it has no threads of its own, which only the built one can start. */
const SOURCE = ['--import', TSX, fileURLToPath(new URL('../cli/blindjoin.ts', import.meta.url))];

export class CommandProcess implements AsyncDisposable {
  /** What it wrote to both streams so far. */
  said = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;

  /** @param program arguments of Node before those of the command */
  constructor(
    words: readonly string[],
    folder: string,
    environment: Readonly<Record<string, string>> = {},
    program: readonly string[] = SOURCE,
  ) {
    this.#child = spawn(process.execPath, [...program, ...words], {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (text: Buffer) => {
        this.said += String(text);
      });
    }
    this.#ended = once(this.#child, 'close').then(([code]) => code as number | null);
  }

  /** Its number; 0 where it did not start. */
  get process(): number {
    return this.#child.pid ?? 0;
  }

  /** What everybody sees who can list processes. */
  listed(): string {
    return readFileSync(`/proc/${this.#child.pid}/cmdline`, 'utf8');
  }

  /** Of all its threads, by Linux's clock of a hundredth of a second. */
  processorSeconds(): number {
    const fields = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  /** @returns the exit code; null where a signal ended it */
  ended(): Promise<number | null> {
    return this.#ended;
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    this.#child.kill(signal);
    await this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.kill('SIGKILL');
  }
}
