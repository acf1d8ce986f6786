import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLAIN_MODULUS } from './parameters.ts';
import { add, fromWords, invert, invertAll, multiply, power, reduce, subtract, toWords } from './plain-field.ts';

const P = BigInt(PLAIN_MODULUS);
const element = fc.oneof(
  fc.integer({ min: 0, max: PLAIN_MODULUS - 1 }),
  fc.constantFrom(0, 1, 2, PLAIN_MODULUS - 1, PLAIN_MODULUS - 2, 2 ** 17, 2 ** 32, 2 ** 32 + 1),
);

describe('Z_p on doubles equals Z_p on BigInt', () => {
  it('reduction below 2^53', () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger().filter((x) => x >= 0),
        (x) => {
          expect(reduce(x)).toBe(Number(BigInt(x) % P));
        },
      ),
    );
  });

  it('sum, difference, product', () => {
    fc.assert(
      fc.property(element, element, (a, b) => {
        expect(add(a, b)).toBe(Number((BigInt(a) + BigInt(b)) % P));
        expect(subtract(a, b)).toBe(Number((BigInt(a) - BigInt(b) + P) % P));
        expect(multiply(a, b)).toBe(Number((BigInt(a) * BigInt(b)) % P));
      }),
      { numRuns: 2000 },
    );
  });

  it('power and inverse', () => {
    expect(power(3, PLAIN_MODULUS - 1)).toBe(1);
    fc.assert(
      fc.property(
        element.filter((a) => a !== 0),
        (a) => {
          expect(multiply(a, invert(a))).toBe(1);
        },
      ),
    );
    expect(() => invert(0)).toThrow('zero');
  });

  it('batch inversion inverts each value and leaves zeros', () => {
    fc.assert(
      fc.property(fc.array(element, { maxLength: 40 }), (list) => {
        const values = Float64Array.from(list);
        invertAll(values);
        expect(Array.from(values)).toEqual(list.map((a) => (a === 0 ? 0 : invert(a))));
      }),
    );
  });

  it('words round trip', () => {
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 40 }), (list) => {
        const words = new BigUint64Array(list.length);
        toWords(Float64Array.from(list), words);
        expect(Array.from(words)).toEqual(list.map(BigInt));
        expect(Array.from(fromWords(words))).toEqual(list);
      }),
    );
  });
});
