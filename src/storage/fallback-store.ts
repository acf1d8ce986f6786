/**
 * A run kept on disk as long as the disk takes it, and in memory from then on: storage that fills up under way ends no run. What is
 * on disk then lags behind what was sent, so that a reloaded page must not go on with it: it is moved to memory and deleted.
 */
import { type Kept, MemoryRunStore, type RunStore } from '../protocol/run-store.ts';

/** Names of what a page keeps beside the run begin so: what a page that is not reloaded has no need of. */
export const OF_PAGE = 'page/';

/** What is on disk, and can be deleted. */
export interface DiskRun extends RunStore {
  discard(): Promise<void>;
}

export class FallbackStore implements RunStore {
  readonly #disk: DiskRun;
  readonly #onMoved: () => void;
  /** Writes to the disk that have not ended. */
  readonly #writing = new Set<Promise<void>>();
  #memory: Promise<MemoryRunStore> | undefined;

  /** `onMoved`: from now on a reload of this page ends the run. */
  constructor(disk: DiskRun, onMoved: () => void) {
    this.#disk = disk;
    this.#onMoved = onMoved;
  }

  async names(): Promise<readonly string[]> {
    return (await (this.#memory ?? this.#disk)).names();
  }

  async get(name: string): Promise<Kept> {
    return (await (this.#memory ?? this.#disk)).get(name);
  }

  async put(name: string, kept: Kept): Promise<void> {
    if (this.#memory === undefined) {
      const writing = this.#disk.put(name, kept);
      this.#writing.add(writing);
      try {
        return await writing;
      } catch {
        this.#memory ??= this.#move();
      } finally {
        this.#writing.delete(writing);
      }
    }
    await (await this.#memory).put(name, kept);
  }

  /** What is being written meanwhile is waited for: it is copied too, or was refused and goes to memory by itself. */
  async #move(): Promise<MemoryRunStore> {
    await Promise.allSettled(this.#writing);
    const memory = new MemoryRunStore();
    const names = (await this.#disk.names()).filter((name) => !name.startsWith(OF_PAGE));
    for (const name of names) await memory.put(name, await this.#disk.get(name));
    // The tab's half of the key is forgotten first: what a full disk does not let be deleted cannot be read any more.
    await this.#disk.discard().catch(() => {});
    this.#onMoved();
    return memory;
  }
}
