/**
 * A researcher who cheats, for tests only: the researcher's run as it is, over a worker of this thread that computes the tally
 * with the same functions and hooks in between. The owner opposite is real.
 */
import type { Agreement } from '../agreement/agreement.ts';
import type { ResultRow } from '../agreement/result.ts';
import type { OpenedTally, SealCalls, SealTasks, SetName } from '../protocol/seal-port.ts';
import { type MatchedRows, matchedSlots } from '../psi/labels.ts';
import type { HeContext } from '../seal/context.ts';
import { PARAMETER_SETS, type ParameterSet } from '../seal/parameters.ts';
import { invertAll } from '../seal/plain-field.ts';
import { type PublicKeys, SecretSide } from '../seal/secret-side.ts';
import { layTally } from '../tally/layout.ts';
import {
  decryptSlots,
  encryptCounts,
  encryptSelection,
  encryptSlots,
  readPaddedSums,
  readReleased,
  selectMatched,
} from '../tally/receiver.ts';
import { SealWorker } from '../workers/seal-worker.ts';
import type { Cheats } from './tally-parties.ts';

export interface RunCheats extends Pick<Cheats, 'bits' | 'counts' | 'inverses'> {
  relinKeys?(context: HeContext, set: SetName, relinKeys: Uint8Array): Uint8Array<ArrayBuffer>;
}

class CheatingWorker extends SealWorker {
  readonly #own = new Map<SetName, SecretSide>();
  #claimed = new Float64Array();
  /** f as the gate showed it, and every statistic as read without heeding the gate, in the order of `layout.released`. */
  gateSeen = new Float64Array();
  unsealed: readonly number[] = [];

  readonly #contextOf: (parameters: ParameterSet) => HeContext;
  readonly #cheats: RunCheats;

  constructor(contextOf: (parameters: ParameterSet) => HeContext, cheats: RunCheats) {
    super();
    this.#contextOf = contextOf;
    this.#cheats = cheats;
  }

  override async createSecretKey(set: SetName): Promise<Uint8Array<ArrayBuffer>> {
    const secretKey = await super.createSecretKey(set);
    this.#own.set(set, new SecretSide(this.#contextOf(PARAMETER_SETS[set]), secretKey));
    return secretKey;
  }

  override createPublicKeys(set: SetName): PublicKeys {
    const { publicKey, relinKeys } = super.createPublicKeys(set);
    if (!this.#cheats.relinKeys || relinKeys.length === 0) return { publicKey, relinKeys };
    return { publicKey, relinKeys: this.#cheats.relinKeys(this.#contextOf(PARAMETER_SETS[set]), set, relinKeys) };
  }

  override encryptMatched(agreement: Agreement, matched: MatchedRows) {
    const layout = layTally(agreement);
    const selection = selectMatched(layout, matchedSlots(matched, layout.slots));
    this.#cheats.bits?.(layout, selection.bits[0] as Float64Array[], selection.labels, selection.bits);
    return encryptSelection(this.#side('tally'), selection);
  }

  override encryptCounts(agreement: Agreement, answers: readonly Uint8Array[]) {
    const layout = layTally(agreement);
    this.#claimed = readPaddedSums(this.#side('tally'), layout, answers);
    this.#cheats.counts?.(this.#claimed, layout);
    return { ...encryptCounts(this.#side('tally'), layout, this.#claimed), padded: this.#claimed };
  }

  override answerGate(agreement: Agreement, gate: readonly Uint8Array[]) {
    const layout = layTally(agreement);
    this.gateSeen = decryptSlots(this.#side('tally'), layout, gate);
    const inverses = this.#cheats.inverses?.(this.gateSeen) ?? this.gateSeen.slice();
    if (!this.#cheats.inverses) invertAll(inverses);
    return { inverses: encryptSlots(this.#side('tally'), layout, inverses), sealed: [] };
  }

  override readResult(agreement: Agreement, _opened: OpenedTally, release: readonly Uint8Array[]): ResultRow[] {
    const layout = layTally(agreement);
    const heedless = layout.released.map(() => false);
    this.unsealed = readReleased(this.#side('tally'), layout, this.#claimed, heedless, release) as number[];
    return [];
  }

  #side(set: SetName): SecretSide {
    const side = this.#own.get(set);
    if (!side) throw new Error('a step came before its keys');
    return side;
  }
}

export class CheatingPool implements SealTasks {
  readonly size = 1;
  readonly worker: CheatingWorker;
  readonly #calls: SealCalls;

  constructor(contextOf: (parameters: ParameterSet) => HeContext, cheats: RunCheats) {
    this.worker = new CheatingWorker(contextOf, cheats);
    // Calls to a worker of this thread give what they give at once; awaited, that is the same.
    this.#calls = this.worker as unknown as SealCalls;
  }

  run<T>(task: (worker: SealCalls) => Promise<T>): Promise<T> {
    return task(this.#calls);
  }

  async all<T>(task: (worker: SealCalls, index: number) => Promise<T>): Promise<T[]> {
    return [await task(this.#calls, 0)];
  }

  first<T>(task: (worker: SealCalls) => Promise<T>): Promise<T> {
    return task(this.#calls);
  }
}
