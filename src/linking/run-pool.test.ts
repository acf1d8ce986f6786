import { expect, it } from 'vitest';
import { testEngine } from '../testing/linkage-engine.ts';
import { madeUpUpload as upload } from '../testing/made-up-upload.ts';
import { LinkagePool, type LinkageThread } from './run-pool.ts';
import { createLinkageWorker } from './run-worker.ts';

const control = () => ({ signal: new AbortController().signal, onProgress: () => {} });

/** Threads within this one, and how many of them were ended. */
function testThreads() {
  const count = { opened: 0, ended: 0 };
  const open = (): LinkageThread => {
    count.opened++;
    return { worker: createLinkageWorker(), failed: new Promise(() => {}), end: () => count.ended++ };
  };
  return { count, open };
}

it.each([false, true])('computes what the plainest engine computes (blocks: %s)', async (blocked) => {
  const uploads = [60, 50, 40].map((rows, party) => upload(rows, party, blocked));
  const { count, open } = testThreads();
  const pool = new LinkagePool(2, open);
  const shares: number[] = [];
  const pairs = await pool.compare(uploads, 0.8, { ...control(), onProgress: (share) => shares.push(share) });
  expect(pairs).toEqual(await testEngine.compare(uploads, 0.8, control()));
  expect(pairs.similarity.length).toBeGreaterThan(100);
  expect(shares.at(-1)).toBe(1);
  const groups = await pool.solve(pairs, control());
  const everybody = new Set(groups.group).size;
  expect(everybody).toBe(new Set((await testEngine.solve(pairs, control())).group).size);
  const { orders, mask } = await pool.permute(groups, [60, 50, 40], control());
  expect(orders.map(({ length }) => length)).toEqual([60, 50, 40]);
  expect(mask).toHaveLength(40);
  expect(count.ended).toBe(count.opened);
});

it('computes nothing of empty data sets', async () => {
  const pool = new LinkagePool(2, testThreads().open);
  expect((await pool.compare([upload(0, 0), upload(3, 1)], 0.5, control())).similarity).toHaveLength(0);
});

it('ends threads when a run is aborted, a thread dies, or the pool is closed', async () => {
  const { count, open } = testThreads();
  const never = { ...createLinkageWorker(), load: () => new Promise<void>(() => {}) };
  const uploads = [upload(5, 0), upload(5, 1)];
  const stuck = new LinkagePool(2, () => ({ ...open(), worker: never }));
  const abort = new AbortController();
  const aborted = stuck.compare(uploads, 0.5, { ...control(), signal: abort.signal });
  abort.abort(new Error('enough'));
  await expect(aborted).rejects.toThrow('enough');
  const dying = new LinkagePool(1, () => ({ ...open(), worker: never, failed: Promise.reject(new Error('died')) }));
  await expect(dying.compare(uploads, 0.5, control())).rejects.toThrow('died');
  const closed = stuck.compare(uploads, 0.5, control());
  stuck.close();
  await expect(closed).rejects.toThrow('closed');
  await expect(stuck.compare(uploads, 0.5, control())).rejects.toThrow('closed');
  expect(count.ended).toBe(count.opened);
});

it('refuses data sets of which some have blocks', async () => {
  const pool = new LinkagePool(1, testThreads().open);
  await expect(pool.compare([upload(5, 0, true), upload(5, 1)], 0.5, control())).rejects.toThrow('or none');
});
