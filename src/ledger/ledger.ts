/**
 * The owner's ledger: what was agreed, run and how it ended, for each of their files. It only ever grows. It holds rules and
 * times, and nothing of any person, list or row.
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import { type Agreement, agreementHash, studiesOf } from '../agreement/agreement.ts';
import { pastDay } from '../agreement/study.ts';
import {
  type EntryContent,
  type LedgerEntry,
  type Limit,
  nextEntry,
  type RunEnding,
  type RunEntry,
  readChain,
} from './entry.ts';
import { queryOf } from './query.ts';
import { type Refusal, refusalOf, type Standing, standingOf } from './standing.ts';

/** Where entries are kept. */
export interface LedgerStore {
  /** As stored, in order; whoever reads checks them. */
  read(): Promise<unknown[]>;
  /** In one step that no other page can come between: shows all entries to `next`, and adds the entry that it returns, if any. */
  append(next: (stored: unknown[]) => LedgerEntry | undefined): Promise<void>;
  /** Removes all entries; the key stays. */
  clear(): Promise<void>;
  /** The key of file fingerprints, HMAC-SHA-256, made once. */
  key(): Promise<CryptoKey>;
}

/** The owner's limit forbids the run. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached';
  constructor(readonly refusal: Refusal) {
    super('the limit of runs with this file is reached');
  }
}

/** The last day of the study is over. */
export class StudyOver extends Error {
  override readonly name = 'StudyOver';
  constructor(readonly day: string) {
    super(`the study held until ${day}`);
  }
}

/** The chain does not hold: what it says cannot be relied on, and nothing is added. */
export class LedgerBroken extends Error {
  override readonly name = 'LedgerBroken';
}

export class Ledger {
  readonly #store: LedgerStore;
  readonly #now: () => Date;

  constructor(store: LedgerStore, now: () => Date = () => new Date()) {
    this.#store = store;
    this.#now = now;
  }

  /**
   * A file's name in this ledger, 64 hex digits: HMAC of its SHA-256 under a key that never leaves this browser. A plain digest
   * in an exported ledger would let somebody who knows all rows but one test guesses for that one.
   */
  async fingerprint(digest: Uint8Array<ArrayBuffer>): Promise<string> {
    const mac = await crypto.subtle.sign('HMAC', await this.#store.key(), digest);
    return bytesToHex(new Uint8Array(mac));
  }

  /** @throws `LedgerBroken` */
  async standing(file: string): Promise<Standing> {
    return standingOf(entriesOf(await this.#store.read()), file, this.#now());
  }

  /**
   * Writes nothing.
   * @throws `LimitReached` or `StudyOver` where this agreement may not run now, `LedgerBroken`
   */
  async check(file: string, agreement: Agreement): Promise<void> {
    this.#refuse(entriesOf(await this.#store.read()), file, agreement);
  }

  /**
   * Writes down that a run begins, before it does. A run counts from here, however it ends: the matches of bands may
   * have left already, and whoever could cancel without being counted could ask as often as they like. Of the same
   * agreement, which its nonces make one of a kind, this writes once.
   * @throws `LimitReached`, `StudyOver`, `LedgerBroken`
   */
  async begin(file: string, agreement: Agreement): Promise<RunEntry> {
    const named = agreementHash(agreement);
    let begun: LedgerEntry | undefined;
    const added = await this.#add((entries) => {
      begun = entries.find((entry) => entry.kind === 'run' && entry.agreementHash === named);
      if (begun) return undefined;
      this.#refuse(entries, file, agreement);
      return { kind: 'run', file, agreementHash: named, query: queryOf(agreement) };
    });
    return (begun ?? added) as RunEntry;
  }

  /** Writes down how the run under an agreement ended; the first ending counts. */
  async end(file: string, agreement: Agreement, ending: RunEnding): Promise<void> {
    const named = agreementHash(agreement);
    await this.#add((entries) => {
      const of = (kind: 'run' | 'outcome') =>
        entries.some((entry) => entry.kind === kind && entry.agreementHash === named);
      return of('run') && !of('outcome') ? { kind: 'outcome', file, agreementHash: named, ending } : undefined;
    });
  }

  async setLimit(file: string, limit: Limit | undefined): Promise<void> {
    await this.#add(() => ({ kind: 'limit', file, limit: limit ?? null }));
  }

  /** All entries as stored, those of a broken chain too, as JSON. */
  async exported(): Promise<string> {
    return JSON.stringify({ ledger: 'blindjoin', version: 1, entries: await this.#store.read() }, null, 2);
  }

  /** Puts a ledger aside, broken or not: the next entry is the first. */
  async startAnew(): Promise<void> {
    await this.#store.clear();
  }

  #refuse(entries: readonly LedgerEntry[], file: string, agreement: Agreement): void {
    const now = this.#now();
    const day = pastDay(studiesOf(agreement), now);
    if (day !== undefined) throw new StudyOver(day);
    const refusal = refusalOf(standingOf(entries, file, now), queryOf(agreement), now);
    if (refusal) throw new LimitReached(refusal);
  }

  async #add(content: (entries: readonly LedgerEntry[]) => EntryContent | undefined): Promise<LedgerEntry | undefined> {
    let added: LedgerEntry | undefined;
    await this.#store.append((stored) => {
      const entries = entriesOf(stored);
      const next = content(entries);
      added = next && nextEntry(entries.at(-1), next, this.#now());
      return added;
    });
    return added;
  }
}

function entriesOf(stored: readonly unknown[]): LedgerEntry[] {
  const chain = readChain(stored);
  if ('problem' in chain) throw new LedgerBroken(chain.problem);
  return chain.entries;
}
