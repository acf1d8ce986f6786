/**
 * What one side of a run remembers across reloads of its page: named results of its steps, each made once. A result is kept
 * before it is sent, so that a resumed run repeats bytes and computes nothing anew.
 */
import type { Measures } from '../agreement/result.ts';
import { OWNER_STEPS, type OwnerPosition, RESEARCHER_STEPS, type ResearcherPosition } from './positions.ts';
import type { Kept, RunStore } from './run-store.ts';
import { StageWatch } from './session.ts';

const SPENT = 'spent';
/** What was spent is kept at most so often, milliseconds: a reload may lose as much of it. */
const KEEP_SPENT_EVERY_MS = 1000;

/** Time and traffic that a kept run had taken when its page was reloaded. */
export async function spentBefore(store: RunStore): Promise<Measures | undefined> {
  return (await store.names()).includes(SPENT) ? ((await store.get(SPENT)).body as Measures) : undefined;
}

export class RunMemory {
  #spentKeptAt = Number.NEGATIVE_INFINITY;

  readonly #store: RunStore;
  readonly #names: Set<string>;

  private constructor(
    store: RunStore,
    names: Set<string>,
    /** Counts on from before a reload. */
    readonly watch: StageWatch,
  ) {
    this.#store = store;
    this.#names = names;
  }

  static async open(store: RunStore): Promise<RunMemory> {
    const names = new Set(await store.names());
    return new RunMemory(store, names, new StageWatch(await spentBefore(store)));
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  get(name: string): Promise<Kept> {
    return this.#store.get(name);
  }

  async put(name: string, kept: Kept): Promise<void> {
    await Promise.all([this.#store.put(name, kept), this.#keepSpent()]);
    this.#names.add(name);
  }

  async #keepSpent(): Promise<void> {
    const now = performance.now();
    if (now < this.#spentKeptAt + KEEP_SPENT_EVERY_MS) return;
    this.#spentKeptAt = now;
    await this.#store.put(SPENT, { body: this.watch.total(), blobs: [] });
  }

  /** What is kept by that name, or what `make` gives, which is kept then. */
  async once(name: string, make: () => Promise<Kept>): Promise<Kept> {
    if (this.has(name)) return this.get(name);
    const made = await make();
    await this.put(name, made);
    return made;
  }

  /** The numbers n of which `prefix/n` is kept. */
  numbers(prefix: string): number[] {
    const start = `${prefix}/`;
    return [...this.#names].filter((name) => name.startsWith(start)).map((name) => Number(name.slice(start.length)));
  }

  /** Where the owner stands: what they keep bears the names of the messages they came with, answers of bundles `bundle/n`. */
  get ownerPosition(): OwnerPosition {
    const reached = OWNER_STEPS.findLast((step) => this.has(step)) ?? 'nothing';
    return { reached, answered: this.numbers('bundle') };
  }

  /** Where the researcher stands: what they keep bears the names of the answers they came of, sightings of bundles `seen/n`. */
  get researcherPosition(): ResearcherPosition {
    const reached = RESEARCHER_STEPS.findLast((step) => this.has(step)) ?? 'nothing';
    return { reached, read: this.numbers('seen') };
  }
}
