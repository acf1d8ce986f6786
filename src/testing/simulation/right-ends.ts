import { expect } from 'vitest';
import { simulate } from './simulator.ts';

/** Simulates sessions with a seed by chance, which is printed, and expects that none ends wrongly and most end with a table. */
export async function expectRightEnds(count: number): Promise<void> {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`simulated sessions: seed ${seed}`);
  const { sessions, breach, ends } = await simulate(count, seed);
  expect(breach, `seed ${seed}`).toBeUndefined();
  expect(sessions).toBe(count);
  expect(ends.get('researcher result, owner result')).toBeGreaterThan(count / 2);
}
