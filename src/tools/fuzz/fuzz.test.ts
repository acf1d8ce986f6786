import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzz, type Target } from './fuzzer.ts';
import { joinRecords, splitRecords } from './inputs.ts';
import { linkingTargets } from './linking-targets.ts';
import { packedTargets } from './packed-targets.ts';
import { peerTargets } from './peer-targets.ts';
import { personTargets } from './person-targets.ts';
import { sealedTargets } from './sealed-targets.ts';

const INPUTS = 400;

it.each(
  [...peerTargets, ...sealedTargets, ...personTargets, ...packedTargets, ...linkingTargets].map(
    (target) => [target.name, target] as const,
  ),
)('hostile %s are refused with an error that says why, or read', async (_name, target) => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const { inputs, finding } = await fuzz(target, INPUTS, seed);
  expect(finding, `seed ${seed}`).toBeUndefined();
  expect(inputs).toBe(INPUTS);
});

describe('the fuzzer itself', () => {
  const target = (read: (input: Uint8Array) => unknown): Target => ({
    name: 'made up',
    inputs: fc.constant(Uint8Array.of(1, 2)),
    errors: [RangeError],
    read,
  });
  it.each<[string, (input: Uint8Array) => unknown, RegExp]>([
    ['an error of another class', () => JSON.parse('{'), /SyntaxError/],
    [
      'a hang',
      () => {
        for (;;);
      },
      /timed out/,
    ],
    ['a promise that rejects', () => Promise.reject(new TypeError('no')), /TypeError: no/],
    ['memory taken', () => new Uint8Array(100_000_000), /took 1\d+ bytes/],
  ])('finds %s', async (_name, read, message) => {
    const { finding } = await fuzz(target(read), 3, 1, 300);
    expect(finding).toMatchObject({ message: expect.stringMatching(message), hex: '0102' });
  });

  it('takes a batch that is late for one, where no input is late by itself', async () => {
    const slow = target(() => {
      const end = performance.now() + 20;
      while (performance.now() < end);
      throw new RangeError('no');
    });
    const report = await fuzz(slow, 40, 1, 500);
    expect(report).toMatchObject({ inputs: 40, refused: 40, finding: undefined });
  });

  it('finds memory that grows', async () => {
    const kept: unknown[] = [];
    const { finding } = await fuzz(
      target(() => kept.push(new Float64Array(4000).fill(1))),
      2000,
      1,
    );
    expect(finding?.message).toMatch(/memory grew/);
  });

  it('records come back', () => {
    const records = [new Uint8Array(), Uint8Array.of(7), new Uint8Array(300)];
    expect(splitRecords(joinRecords(records))).toEqual(records);
  });
});
