import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PLAIN_MODULUS } from '../seal/parameters.ts';
import { SegmentKernel } from './segment-kernel.ts';

const P = BigInt(PLAIN_MODULUS);
const mod = (x: bigint) => ((x % P) + P) % P;

/** Numbers at the ends of the field and of the halves into which the kernel splits are as likely as any. */
const element = fc.oneof(
  fc.integer({ min: 0, max: PLAIN_MODULUS - 1 }),
  fc.constantFrom(0, 1, 2, 2 ** 17 - 1, 2 ** 17, 2 ** 32, 2 ** 33 - 2 ** 20, PLAIN_MODULUS - 2, PLAIN_MODULUS - 1),
);

const bin = (degree: number) =>
  fc.record({
    points: fc.uniqueArray(element, { maxLength: degree }),
    values: fc.array(element, { minLength: degree + 1, maxLength: degree + 1 }),
  });

const bins = fc
  .integer({ min: 1, max: 32 })
  .chain((degree) =>
    fc.record({ degree: fc.constant(degree), list: fc.array(bin(degree), { minLength: 1, maxLength: 5 }) }),
  );

function power(base: bigint, exponent: bigint): bigint {
  if (exponent === 0n) return 1n;
  const half = power(mod(base * base), exponent / 2n);
  return exponent % 2n === 0n ? half : mod(half * base);
}

/** Lagrange's form for the points, plus the free coefficients times the product of all (x - point). */
function expected(points: readonly bigint[], values: readonly bigint[]): bigint[] {
  const times = (f: readonly bigint[], root: bigint) =>
    Array.from({ length: f.length + 1 }, (_, i) => mod((f[i - 1] ?? 0n) - (f[i] ?? 0n) * root));
  const product = (roots: readonly bigint[], f: readonly bigint[]) => roots.reduce(times, [...f]);
  const sum = product(points, values.slice(points.length));
  for (const [i, x] of points.entries()) {
    const others = points.filter((other) => other !== x);
    const divisor = others.reduce((all, other) => mod(all * (x - other)), 1n);
    const scale = mod((values[i] as bigint) * power(divisor, P - 2n));
    for (const [k, c] of product(others, [1n]).entries()) sum[k] = mod((sum[k] ?? 0n) + scale * c);
  }
  return sum;
}

it('equals interpolation on BigInt, at every degree, with any number of points', () => {
  fc.assert(
    fc.property(bins, ({ degree, list }) => {
      const kernel = new SegmentKernel(list.length, degree);
      for (const [k, { points, values }] of list.entries()) {
        kernel.counts[k] = points.length;
        kernel.points.set(points, k * degree);
        kernel.values.set(values, k * (degree + 1));
      }
      kernel.interpolate();
      for (const [k, { points, values }] of list.entries()) {
        expect(kernel.planes.map((plane) => plane[k])).toEqual(expected(points.map(BigInt), values.map(BigInt)));
      }
    }),
    { numRuns: 300 },
  );
});
