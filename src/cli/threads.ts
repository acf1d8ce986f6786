import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { expose, transfer, wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { InvalidArgumentError, Option } from 'commander';
import { type ClkWorkerApi, createClkWorker } from '../clk/clk-worker.ts';
import { createLinkageWorker, type LinkageWorkerApi } from '../linking/run-worker.ts';
import { PartComparer, type PartThread } from '../queue/part-comparer.ts';
import { CommandError } from './command-error.ts';

/** All that a thread of the command can do. */
export type CommandWorkerApi = ClkWorkerApi & LinkageWorkerApi & PartThread;

/** A thread with its worker. */
export interface CommandThread {
  readonly worker: CommandWorkerApi;
  /** Rejects when the thread dies. */
  readonly failed: Promise<never>;
  end(): void;
}

/** How the command gets threads. */
export interface Threads {
  /** How many at most, where the person does not say. */
  readonly cores: number;
  open(): CommandThread;
}

function createCommandWorker(): CommandWorkerApi {
  const clk = createClkWorker((part) =>
    part.ok ? transfer(part, [part.table.bits.buffer, part.table.popcounts.buffer]) : part,
  );
  const comparer = new PartComparer();
  return { ...clk, ...createLinkageWorker(), comparePart: async (request) => comparer.compare(request) };
}

/** No thread of its own: the work is done where it is asked for. */
export function openHere(): CommandThread {
  return { worker: createCommandWorker(), failed: new Promise(() => {}), end: () => {} };
}

/**
 * Threads of this process.
 * @param file the program, which calls {@link serveThread} when it is started as a thread
 */
export function processThreads(file: URL): Threads {
  return {
    cores: availableParallelism(),
    open: () => {
      const thread = new Worker(file);
      const failed = new Promise<never>((_, reject) => {
        thread.on('error', ({ message }) => reject(new CommandError(`A thread stopped: ${message}`)));
      });
      return { worker: wrap<CommandWorkerApi>(nodeEndpoint(thread)), failed, end: () => void thread.terminate() };
    },
  };
}

/** Works for the thread that started this one. */
export function serveThread(port: Parameters<typeof nodeEndpoint>[0]): void {
  expose(createCommandWorker(), nodeEndpoint(port));
}

/**
 * Threads for a job of so many parts: as many as the person says, or as there are cores; one part is done here.
 * @param parts pieces of work that are worth a thread each
 */
export function threadsFor(threads: Threads, asked: number | undefined, parts: number): Threads {
  const cores = asked ?? Math.max(1, Math.min(threads.cores, Math.ceil(parts)));
  return { cores, open: cores === 1 ? openHere : threads.open };
}

const MAX_THREADS = 256;

/** `--threads`. */
export function threadsOption(): Option {
  return new Option('--threads <N>', 'threads to work in; as many as there are cores unless given').argParser(
    (text) => {
      const count = Number(text);
      if (!Number.isInteger(count) || count < 1 || count > MAX_THREADS) {
        throw new InvalidArgumentError(`'${text}' is not a whole number from 1 to ${MAX_THREADS}.`);
      }
      return count;
    },
  );
}
