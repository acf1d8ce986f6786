import { describe, expect, it } from 'vitest';
import { withProgress } from './with-progress.ts';

describe('progress', () => {
  it.each([
    ['result', async () => 'done', 'done'],
    ['error', () => Promise.reject(new Error('refused')), 'refused'],
  ])('that comes after the %s is dropped', async (_end, end, outcome) => {
    const told: number[] = [];
    let late: (done: number) => void = () => {};
    const working = withProgress(
      (report: (done: number) => void) => {
        report(0.5);
        late = report;
        return end();
      },
      (done) => told.push(done),
    );
    expect(await working.catch((error: Error) => error.message)).toBe(outcome);
    late(0.9);
    expect(told).toEqual([0.5]);
  });
});
