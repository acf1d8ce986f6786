/** SEAL workers for tests of whole runs, closed when a test, or its file, is done. */
import { afterAll, afterEach } from 'vitest';
import { SealPool } from '../workers/seal-pool.ts';
import { madeUpParties, type PartyOptions } from './run-parties.ts';

/** Workers of the test under way. */
export const pools: SealPool[] = [];
export function newPool(size = 1) {
  const pool = new SealPool(false, size);
  pools.push(pool);
  return pool;
}
afterEach(() => {
  for (const pool of pools.splice(0)) pool.close();
});

/** With workers of the test's own. */
export const partiesWith = (bands: number, [researcher, owner]: [number, number] = [1, 1]) =>
  madeUpParties(bands, { researcher: newPool(researcher), owner: newPool(owner) });

/** Workers that serve one test after another: loading SEAL and making its tables takes longer than a short run. */
const lasting: { researcher?: SealPool; owner?: SealPool } = {};
afterAll(() => {
  lasting.researcher?.close();
  lasting.owner?.close();
});

/** With workers that last. */
export function parties(bands: number, options: PartyOptions = {}) {
  lasting.researcher ??= new SealPool(true, 1);
  lasting.owner ??= new SealPool(false, 1);
  return madeUpParties(bands, { researcher: lasting.researcher, owner: lasting.owner }, options);
}
