/** Runs a target on hostile inputs and says which one broke a rule: an error of its own, a hang, or memory taken. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { createContext, runInContext, Script } from 'node:vm';
import { bytesToHex } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { joinRecords } from './inputs.ts';

/** A reader of what peers, links or files say. */
export interface Target {
  readonly name: string;
  readonly inputs: fc.Arbitrary<Uint8Array>;
  /** The only errors it may throw. */
  readonly errors: readonly (new (
    ...args: never[]
  ) => Error)[];
  /** Reads an input, and throws an error of another class where it took what it must not take. */
  read(input: Uint8Array): unknown;
}

export interface Finding {
  /** What happened, and the input in hex. */
  readonly message: string;
  readonly hex: string;
  /** Gives the same inputs again. */
  readonly seed: number;
}

export interface Report {
  readonly target: string;
  readonly inputs: number;
  readonly refused: number;
  readonly seconds: number;
  /** Memory held after the last input and not after the first tenth, bytes. */
  readonly growth: number;
  readonly finding: Finding | undefined;
}

/** Inputs of a batch. */
const BATCH = 500;
/** What a batch may take, milliseconds. */
const BATCH_WITHIN_MS = 5_000;
/** Memory that one input may take, bytes. */
const MAX_TAKEN = 64 * 1024 * 1024;
/** No target may keep more than this, bytes. */
const MAX_GROWTH = 32 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInContext('gc', createContext()) as () => void;

/** Streams and promises let go of their memory in later turns. */
async function held(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}

/** Calls `globalThis.fuzzedWork`; as a script, for only scripts can be stopped when they hang. */
const script = new Script('fuzzedWork()');
function within<T>(timeout: number, work: () => T): T {
  Object.assign(globalThis, { fuzzedWork: work });
  return script.runInThisContext({ timeout }) as T;
}

/** Work that did not settle in its time. */
class Late extends Error {
  override readonly name = 'Late';
}

/** Whether time was up: a busy machine does that to a batch of inputs none of which takes long. */
const isLate = (error: unknown) =>
  error instanceof Late || (error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT');

async function settled<T>(timeout: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late(`no end after ${timeout} ms`)), timeout);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/**
 * Reads one input: true where it was refused as it should.
 * @throws what breaks a rule, or rejects with it
 */
function attempt({ errors, read }: Target, input: Uint8Array): boolean | Promise<boolean> {
  const refusal = (error: unknown) => {
    if (errors.some((known) => error instanceof known)) return true;
    throw error;
  };
  const before = getHeapStatistics().external_memory;
  let result: boolean | Promise<boolean>;
  try {
    const work = read(input);
    result = work instanceof Promise ? work.then(() => false, refusal) : false;
  } catch (error) {
    result = refusal(error);
  }
  const taken = getHeapStatistics().external_memory - before;
  if (taken > MAX_TAKEN) throw new Error(`took ${taken} bytes for an input of ${input.length}`);
  return result;
}

/**
 * How many of these inputs were refused.
 * @throws Error that says which rule was broken
 */
async function runAll(target: Target, inputs: readonly Uint8Array[], timeout: number): Promise<number> {
  const outcomes = await settled(
    timeout,
    Promise.all(within(timeout, () => inputs.map((input) => attempt(target, input)))),
  );
  return outcomes.filter((refused) => refused).length;
}

/** One input by itself: whether it was refused, or the rule that it broke. */
async function tryAlone(target: Target, input: Uint8Array, timeout: number): Promise<number | string> {
  try {
    return await runAll(target, [input], timeout);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

/** Runs `inputs` inputs; stops at the first finding. `seed`: the same gives the same inputs. `timeout`: of a batch, ms. */
export async function fuzz(target: Target, inputs: number, seed: number, timeout = BATCH_WITHIN_MS): Promise<Report> {
  const start = performance.now();
  let refused = 0;
  let early: number | undefined;
  const report = (done: number, growth: number, finding: Finding | undefined): Report => ({
    target: target.name,
    inputs: done,
    refused,
    seconds: (performance.now() - start) / 1000,
    growth,
    finding,
  });
  for (let done = 0; done < inputs; done += BATCH) {
    if (done >= inputs / 10) early ??= await held();
    const numRuns = Math.min(BATCH, inputs - done);
    const batch = fc.sample(target.inputs, { numRuns, seed: seed + done });
    try {
      refused += await runAll(target, batch, timeout);
    } catch (error) {
      for (const [i, input] of batch.entries()) {
        // Garbage of other inputs, collected meanwhile, would be set off against what this one takes.
        if (!isLate(error)) collect();
        const outcome = await tryAlone(target, input, timeout);
        if (typeof outcome === 'string') {
          return report(done + i + 1, 0, { message: outcome, hex: bytesToHex(input), seed });
        }
        refused += outcome;
      }
      if (isLate(error)) continue;
      const message = `in a batch, but not alone: ${error instanceof Error ? error.message : error}`;
      return report(done + numRuns, 0, { message, hex: bytesToHex(joinRecords(batch)), seed });
    }
  }
  const last = await held();
  const growth = last - (early ?? last);
  const finding = { message: `memory grew by ${growth} bytes`, hex: '', seed };
  return report(inputs, growth, growth > MAX_GROWTH ? finding : undefined);
}
