/** What the protocol asks of the workers that hold SEAL. `workers` implements it; tests put others in their place. */
import { transfer } from 'comlink';
import type { Agreement } from '../agreement/agreement.ts';
import type { MatchScores, ResultRow } from '../agreement/result.ts';
import type { TableShape } from '../psi/geometry.ts';
import type { MatchedLabels } from '../psi/label-check.ts';
import type { MatchedRows } from '../psi/labels.ts';
import type { BundleQuery, BundleSightings } from '../psi/receiver.ts';
import type { BundleAnswer } from '../psi/sender.ts';
import type { ListValues } from '../scores/list-values.ts';
import type { PARAMETER_SETS } from '../seal/parameters.ts';
import type { PublicKeys } from '../seal/secret-side.ts';
import type { TallyPads } from '../tally/pads.ts';
import type { TallyRows } from '../tally/statistic-vectors.ts';
import type { WorkerShare } from '../tally/sums-sender.ts';

export type SetName = keyof typeof PARAMETER_SETS;
export type Bytes = Uint8Array<ArrayBuffer>;

/** Researcher, between the steps of the tally. */
export interface OpenedTally {
  /** Of each stratum. */
  readonly matches: readonly number[];
  readonly padded: Float64Array;
  readonly sealed: readonly boolean[];
}

/** The calls of one SEAL worker. A run uses one role's only. */
export interface SealWork {
  /** Makes a parameter set's context ahead of a run: it needs no key and takes seconds. */
  prepare(set: SetName): Promise<void>;
  /** Researcher: makes the keys of a set ahead of a run. They depend on nothing but chance, and stay here until it begins. */
  makeKeysAhead(set: SetName): Promise<void>;

  // ---- Researcher ----

  /** The secret key made ahead, or a new one; gives it, for the other workers of this page and for keeping. */
  createSecretKey(set: SetName): Promise<Bytes>;
  takeSecretKey(set: SetName, secretKey: Uint8Array): Promise<void>;
  /** Public keys, for the owner, of a secret key that this worker made or took. */
  createPublicKeys(set: SetName): PublicKeys;
  /** `bands`: the keys of each band of a bundle. */
  queryBundle(table: TableShape, bands: readonly Uint32Array[]): BundleQuery | undefined;
  readAnswers(table: TableShape, binOf: Int32Array, answers: readonly Uint8Array[]): BundleSightings;
  startCollecting(records: number): void;
  /** `firstBand`: the number of the bundle's first band. */
  collect(firstBand: number, sightings: BundleSightings): void;
  /** Weighs who may match whom, when all bands are collected. */
  scoreMatches(agreement: Agreement, values: ListValues): MatchScores;
  /** Resolves matches of at least this weight: their labels, and those that are to be asked for. */
  matchedLabels(threshold: number): MatchedLabels;
  /** Step 1. */
  encryptMatched(agreement: Agreement, matched: MatchedRows): Bytes[];
  /** Steps 2 and 3: opens the padded sums, gives them for keeping, and Enc(x) and Enc(x'). */
  encryptCounts(
    agreement: Agreement,
    answers: readonly Uint8Array[],
  ): { counts: Bytes[]; checks: Bytes[]; padded: Float64Array<ArrayBuffer> };
  /** Steps 4 and 5: gives Enc(w), and for keeping which statistics stay sealed. */
  answerGate(agreement: Agreement, gate: readonly Uint8Array[]): { inverses: Bytes[]; sealed: boolean[] };
  /** Step 6, and the table. `opened`: what the steps before gave. */
  readResult(agreement: Agreement, opened: OpenedTally, release: readonly Uint8Array[]): ResultRow[];

  // ---- Owner ----

  takePublicKeys(set: SetName, keys: PublicKeys): Promise<void>;
  takeLabels(labels: Float64Array): void;
  answerBundle(table: TableShape, bands: readonly Uint32Array[], queries: readonly Uint8Array[]): BundleAnswer;
  /** What of `answerBundle` needs no query, for the next `answerPrepared`. */
  prepareBundle(table: TableShape, bands: readonly Uint32Array[]): void;
  /** Answers, once, with what `prepareBundle` made. */
  answerPrepared(queries: readonly Uint8Array[]): BundleAnswer;
  /** The next ciphertext of Enc(b) and Enc(y), for `startSums`: one at a time, or handing over millions of rows' would hold up the page. */
  takeBits(bits: Uint8Array): void;
  /** While the owner waits for Enc(b): encryptions of zero for so many of the tally's answers. */
  sealAhead(answers: number): void;
  /** Frees what linkage needed and starts with Enc(b) and Enc(y). Gives what this worker adds to Z. */
  startSums(agreement: Agreement, rows: TallyRows, pads: TallyPads, share: WorkerShare): Bytes;
  /** `parts`: what `startSums` gave, of every worker. */
  joinSums(parts: readonly Uint8Array[]): void;
  answerSum(index: number): Bytes;
  /** Step 4. `claims`: all of Enc(x), then all of Enc(x'). Gives the answers, and for keeping the gate behind them. */
  answerCounts(
    agreement: Agreement,
    pads: TallyPads,
    claims: readonly Uint8Array[],
  ): { answers: Bytes[]; saved: Bytes[] };
  /** The gate as it was kept, after a reload of the page. */
  resumeGate(agreement: Agreement, pads: TallyPads, claims: readonly Uint8Array[], saved: readonly Uint8Array[]): void;
  release(inverses: readonly Uint8Array[]): Bytes[];
}

/** A SEAL worker as the page calls it. */
export type SealCalls = {
  [Name in keyof SealWork]: (...args: Parameters<SealWork[Name]>) => Promise<Awaited<ReturnType<SealWork[Name]>>>;
};

/** The workers of a page. */
export interface SealTasks {
  /** Workers. */
  readonly size: number;
  /** Runs a task on the next free worker. Queued tasks start in order. */
  run<T>(task: (worker: SealCalls) => Promise<T>): Promise<T>;
  /** Runs a task on every worker, for what all of them need: keys, labels. */
  all<T>(task: (worker: SealCalls, index: number) => Promise<T>): Promise<T[]>;
  /** Runs a task on the first worker, which keeps the state of the tally between steps. */
  first<T>(task: (worker: SealCalls) => Promise<T>): Promise<T>;
}

/** For a call to a worker: keys or a message's blobs, handed on and not copied. They are empty here afterwards. */
export function handOver<A extends ArrayBufferView>(arrays: readonly A[]): readonly A[] {
  return transfer(arrays, [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))]);
}
