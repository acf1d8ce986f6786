/**
 * What a SEAL worker does for the page, one instance a worker. Secret keys stay in workers of this page; each call takes and
 * gives plain arrays. A run uses one role only; the state between calls is named in the fields below.
 */
import * as Comlink from 'comlink';
import type { Agreement } from '../agreement/agreement.ts';
import type { MatchScores, ResultRow } from '../agreement/result.ts';
import type { Bytes, OpenedTally, SealWork, SetName } from '../protocol/seal-port.ts';
import type { TableShape } from '../psi/geometry.ts';
import { type MatchedLabels, matchedLabels } from '../psi/label-check.ts';
import { type MatchedRows, matchedSlots } from '../psi/labels.ts';
import { SightingCollector } from '../psi/matches.ts';
import { type BundleQuery, type BundleSightings, queryBundle, readAnswers } from '../psi/receiver.ts';
import { rehearseBands } from '../psi/rehearsal.ts';
import { answerBundle, type BundleAnswer, PreparedBundle } from '../psi/sender.ts';
import type { ListValues } from '../scores/list-values.ts';
import { matchScores, scoreCandidates } from '../scores/match-scores.ts';
import { matchByWeight } from '../scores/one-to-one.ts';
import type { Scored } from '../scores/scored.ts';
import { HeContext } from '../seal/context.ts';
import { loadSeal } from '../seal/library.ts';
import { PARAMETER_SETS } from '../seal/parameters.ts';
import { PublicSide } from '../seal/public-side.ts';
import { randomBelow } from '../seal/random.ts';
import { type PublicKeys, SecretSide } from '../seal/secret-side.ts';
import { resultRows } from '../tally/figures.ts';
import { GateSender } from '../tally/gate-sender.ts';
import { layTally } from '../tally/layout.ts';
import type { TallyPads } from '../tally/pads.ts';
import {
  answerGate,
  encryptCounts,
  encryptSelection,
  readPaddedSums,
  readReleased,
  selectMatched,
} from '../tally/receiver.ts';
import { StatisticVectors, type TallyRows } from '../tally/statistic-vectors.ts';
import { SumsSender, type WorkerShare } from '../tally/sums-sender.ts';
import { secretLot } from '../tally/suppression.ts';
import { rehearseScoring } from './scoring-rehearsal.ts';

const buffers = (arrays: readonly { readonly buffer: ArrayBuffer }[]) => arrays.map((array) => array.buffer);

/** One worker's share of SEAL: keys, contexts and what a run's steps leave for later ones. `SealWork` says what each call does. */
export class SealWorker implements SealWork {
  readonly #contexts = new Map<SetName, HeContext>();
  readonly #secrets = new Map<SetName, SecretSide>();
  readonly #publics = new Map<SetName, PublicSide>();
  /** Researcher: keys made ahead of the run that will use them. */
  readonly #ahead = new Map<SetName, PublicKeys>();
  /** Researcher: what the list's records have shown so far. */
  #collector: SightingCollector | undefined;
  #candidates: Scored | undefined;
  /** Owner: the labels of the rows, and the tally's senders. */
  #labels: Float64Array | undefined;
  #prepared: PreparedBundle | undefined;
  readonly #bits: Uint8Array[] = [];
  #sums: SumsSender | undefined;
  #gate: GateSender | undefined;

  async prepare(set: SetName): Promise<void> {
    const context = await this.#context(set);
    if (set === 'linkage') rehearseBands(context);
  }

  async makeKeysAhead(set: SetName): Promise<void> {
    const context = await this.#context(set);
    if (this.#secrets.has(set)) return;
    const side = new SecretSide(context);
    this.#secrets.set(set, side);
    this.#ahead.set(set, side.createPublicKeys());
    // What the worker with the keys does between linkage and table, while everybody waits.
    if (set === 'tally') rehearseScoring();
  }

  // ---- Researcher ----

  async createSecretKey(set: SetName): Promise<Bytes> {
    const context = await this.#context(set);
    if (!this.#ahead.has(set)) this.#secrets.set(set, new SecretSide(context));
    return this.#secret(set).exportSecretKey();
  }

  async takeSecretKey(set: SetName, secretKey: Uint8Array): Promise<void> {
    this.#ahead.delete(set);
    this.#secrets.set(set, new SecretSide(await this.#context(set), secretKey));
  }

  createPublicKeys(set: SetName): PublicKeys {
    const made = this.#ahead.get(set);
    this.#ahead.delete(set);
    return made ?? this.#secret(set).createPublicKeys();
  }

  queryBundle(geometry: TableShape, bands: readonly Uint32Array[]): BundleQuery | undefined {
    const query = queryBundle(this.#secret('linkage'), geometry, bands);
    return query && Comlink.transfer(query, [...buffers(query.queries), query.binOf.buffer]);
  }

  readAnswers(geometry: TableShape, binOf: Int32Array, answers: readonly Uint8Array[]): BundleSightings {
    const sightings = readAnswers(this.#secret('linkage'), geometry, binOf, answers);
    return Comlink.transfer(sightings, [sightings.places.buffer, sightings.values.buffer]);
  }

  startCollecting(records: number): void {
    this.#collector = new SightingCollector(records);
  }

  collect(firstBand: number, sightings: BundleSightings): void {
    this.#need(this.#collector).add(firstBand, sightings);
  }

  scoreMatches({ terms }: Agreement, values: ListValues): MatchScores {
    const candidates = this.#need(this.#collector).candidates(terms.agreeingBands);
    this.#collector = undefined;
    this.#candidates = scoreCandidates(candidates, { design: terms.keys, values, dataRows: terms.dataRows });
    return matchScores(this.#candidates, randomBelow);
  }

  matchedLabels(threshold: number): MatchedLabels {
    const matches = matchByWeight(this.#need(this.#candidates).candidates, threshold, randomBelow);
    this.#candidates = undefined;
    return matchedLabels(matches);
  }

  encryptMatched(agreement: Agreement, matched: MatchedRows): Bytes[] {
    const layout = layTally(agreement);
    const selection = selectMatched(layout, matchedSlots(matched, layout.slots));
    const queries = encryptSelection(this.#secret('tally'), selection);
    return Comlink.transfer(queries, buffers(queries));
  }

  encryptCounts(
    agreement: Agreement,
    answers: readonly Uint8Array[],
  ): { counts: Bytes[]; checks: Bytes[]; padded: Float64Array<ArrayBuffer> } {
    const layout = layTally(agreement);
    const padded = readPaddedSums(this.#secret('tally'), layout, answers);
    const { counts, checks } = encryptCounts(this.#secret('tally'), layout, padded);
    return Comlink.transfer({ counts, checks, padded }, buffers([...counts, ...checks]));
  }

  answerGate(agreement: Agreement, gate: readonly Uint8Array[]): { inverses: Bytes[]; sealed: boolean[] } {
    const answer = answerGate(this.#secret('tally'), layTally(agreement), gate);
    return Comlink.transfer(answer, buffers(answer.inverses));
  }

  readResult(
    agreement: Agreement,
    { matches, padded, sealed }: OpenedTally,
    release: readonly Uint8Array[],
  ): ResultRow[] {
    const layout = layTally(agreement);
    const released = readReleased(this.#secret('tally'), layout, padded, sealed, release);
    return resultRows(agreement, layout, released, matches, secretLot(padded));
  }

  // ---- Owner ----

  async takePublicKeys(set: SetName, keys: PublicKeys): Promise<void> {
    const side = new PublicSide(await this.#context(set), keys);
    this.#publics.set(set, side);
    // Made now, while the owner waits for what the keys are needed for.
    if (set === 'tally') side.productError();
  }

  takeLabels(labels: Float64Array): void {
    this.#labels = labels;
  }

  answerBundle(geometry: TableShape, bands: readonly Uint32Array[], queries: readonly Uint8Array[]): BundleAnswer {
    const answer = answerBundle(this.#open('linkage'), geometry, bands, this.#need(this.#labels), queries);
    return Comlink.transfer(answer, buffers(answer.answers));
  }

  prepareBundle(geometry: TableShape, bands: readonly Uint32Array[]): void {
    this.#prepared?.delete();
    this.#prepared = new PreparedBundle(this.#open('linkage'), geometry, bands, this.#need(this.#labels));
  }

  answerPrepared(queries: readonly Uint8Array[]): BundleAnswer {
    const answer = this.#need(this.#prepared).answer(queries);
    return Comlink.transfer(answer, buffers(answer.answers));
  }

  takeBits(bits: Uint8Array): void {
    this.#bits.push(bits);
  }

  sealAhead(answers: number): void {
    this.#open('tally').sealAhead(answers);
  }

  startSums(agreement: Agreement, rows: TallyRows, pads: TallyPads, share: WorkerShare): Bytes {
    this.#labels = undefined;
    this.#prepared?.delete();
    this.#prepared = undefined;
    const bits = this.#bits.splice(0);
    const layout = layTally(agreement);
    const vectors = new StatisticVectors(agreement, layout, rows);
    this.#sums = new SumsSender(this.#open('tally'), layout, vectors, pads, bits, share);
    return this.#sums.part;
  }

  joinSums(parts: readonly Uint8Array[]): void {
    this.#need(this.#sums).join(parts);
  }

  answerSum(index: number): Bytes {
    const answer = this.#need(this.#sums).answer(index);
    return Comlink.transfer(answer, [answer.buffer]);
  }

  answerCounts(
    agreement: Agreement,
    pads: TallyPads,
    claims: readonly Uint8Array[],
  ): { answers: Bytes[]; saved: Bytes[] } {
    this.#gate = this.#gateSender(agreement, pads, claims);
    const result = { answers: this.#gate.gateAnswers(), saved: this.#gate.saveGate() };
    return Comlink.transfer(result, buffers([...result.answers, ...result.saved]));
  }

  resumeGate(agreement: Agreement, pads: TallyPads, claims: readonly Uint8Array[], saved: readonly Uint8Array[]): void {
    this.#gate = this.#gateSender(agreement, pads, claims, saved);
  }

  #gateSender(
    agreement: Agreement,
    pads: TallyPads,
    claims: readonly Uint8Array[],
    saved?: readonly Uint8Array[],
  ): GateSender {
    const layout = layTally(agreement);
    const [counts, checks] = [claims.slice(0, layout.gateChunks), claims.slice(layout.gateChunks)];
    return new GateSender(this.#open('tally'), layout, pads, counts, checks, saved);
  }

  release(inverses: readonly Uint8Array[]): Bytes[] {
    const answers = this.#need(this.#gate).release(inverses);
    return Comlink.transfer(answers, buffers(answers));
  }

  async #context(set: SetName): Promise<HeContext> {
    const seal = await loadSeal();
    const context = this.#contexts.get(set) ?? new HeContext(seal, PARAMETER_SETS[set]);
    this.#contexts.set(set, context);
    return context;
  }

  #secret(set: SetName): SecretSide {
    return this.#need(this.#secrets.get(set));
  }

  #open(set: SetName): PublicSide {
    return this.#need(this.#publics.get(set));
  }

  #need<T>(value: T | undefined): T {
    if (value === undefined) throw new Error('a SEAL worker was asked for a step before the one it needs');
    return value;
  }
}
