import { describe, expect, it } from 'vitest';
import { type Kept, MemoryRunStore } from '../protocol/run-store.ts';
import { type DiskRun, FallbackStore } from './fallback-store.ts';

const record = (body: unknown): Kept => ({ body, blobs: [new Uint8Array([1, 2, 3])] });

/** A disk with room for so many records, which reads and writes only after others had their turn. */
class SmallDisk extends MemoryRunStore implements DiskRun {
  writes = 0;
  discarded = 0;

  readonly #room: number;
  readonly #lets: { readonly discard: boolean };

  constructor(room: number, lets = { discard: true }) {
    super();
    this.#room = room;
    this.#lets = lets;
  }

  override async put(name: string, kept: Kept): Promise<void> {
    this.writes++;
    const full = this.writes > this.#room;
    await new Promise((resolve) => setTimeout(resolve));
    if (full) throw new DOMException('no room', 'QuotaExceededError');
    await super.put(name, kept);
  }

  async discard(): Promise<void> {
    this.discarded++;
    if (!this.#lets.discard) throw new DOMException('no room', 'QuotaExceededError');
  }
}

function storeOn(disk: DiskRun) {
  const moved = { times: 0 };
  return { moved, store: new FallbackStore(disk, () => moved.times++) };
}

async function all(store: FallbackStore): Promise<[string, unknown][]> {
  const names = [...(await store.names())].sort();
  return Promise.all(names.map(async (name) => [name, (await store.get(name)).body] as [string, unknown]));
}

describe('a run whose disk fills up', () => {
  it('is on disk as long as that takes it', async () => {
    const disk = new SmallDisk(2);
    const { store, moved } = storeOn(disk);
    await store.put('linkage-secret', record('a'));
    await store.put('bundle/1', record(1));
    expect(await disk.names()).toEqual(['linkage-secret', 'bundle/1']);
    expect([moved.times, disk.discarded]).toEqual([0, 0]);
  });

  it('goes on in memory with all that was kept, and is no longer on disk for a reloaded page', async () => {
    const disk = new SmallDisk(2);
    const { store, moved } = storeOn(disk);
    await store.put('linkage-secret', record('a'));
    await store.put('page/file', record('rows'));
    await store.put('bundle/1', record(1));
    expect([moved.times, disk.discarded]).toEqual([1, 1]);
    await store.put('bundle/2', record(2));
    // The page that stays has its file.
    expect(await all(store)).toEqual([
      ['bundle/1', 1],
      ['bundle/2', 2],
      ['linkage-secret', 'a'],
    ]);
    expect([moved.times, disk.discarded, disk.writes]).toEqual([1, 1, 3]);
  });

  it('loses none of the records that were being written at the same time', async () => {
    const { store, moved } = storeOn(new SmallDisk(2));
    const writes = [1, 2, 3, 4].map((n) => store.put(`bundle/${n}`, record(n)));
    await Promise.race(writes);
    await store.put('bundle/5', record(5));
    await Promise.all(writes);
    expect((await all(store)).map(([, body]) => body)).toEqual([1, 2, 3, 4, 5]);
    expect(moved.times).toBe(1);
  });

  it('has what was to replace a record, not the record', async () => {
    const { store } = storeOn(new SmallDisk(1));
    await store.put('bundle/1', record('long'));
    await store.put('bundle/1', record('short'));
    expect(await all(store)).toEqual([['bundle/1', 'short']]);
  });

  it('goes on where the full disk does not even let it be deleted', async () => {
    const { store, moved } = storeOn(new SmallDisk(1, { discard: false }));
    await store.put('bundle/1', record(1));
    await store.put('bundle/2', record(2));
    expect((await all(store)).map(([, body]) => body)).toEqual([1, 2]);
    expect(moved.times).toBe(1);
  });
});
