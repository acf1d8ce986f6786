import { expect, it } from 'vitest';
import type { PreparedValues, PublicSide } from '../seal/public-side.ts';
import { PreparedBundle } from './sender.ts';

/** One group of 64 bins, three segments of degree 2: nine vectors. */
const TABLE = { bins: 64, degree: 2, segments: 3 };
const VECTORS = 9;

/** Counts what is made ready and not freed; nothing is encrypted. `failing`: what throws in its turn. */
function countingSide(failing: { readonly vector?: number; readonly ahead?: boolean }) {
  const living = new Set<object>();
  let made = 0;
  const side = {
    context: { slots: TABLE.bins },
    prepareValues: (): PreparedValues => {
      if (made++ === failing.vector) throw new Error('no memory for a vector');
      const values = { plain: undefined, delete: () => living.delete(values) };
      living.add(values);
      return values;
    },
    sealAhead: () => {
      if (failing.ahead) throw new Error('no memory for zeros');
    },
  };
  const bundle = () =>
    new PreparedBundle(side as unknown as PublicSide, TABLE, [new Uint32Array(4)], Float64Array.of(7));
  return { bundle, living };
}

it.each([0, 1, VECTORS - 1])('frees what was made ready where vector %i cannot be made', (vector) => {
  const { bundle, living } = countingSide({ vector });
  expect(bundle).toThrow('no memory for a vector');
  expect(living.size).toBe(0);
});

it('frees what was made ready where nothing can be sealed ahead', () => {
  const { bundle, living } = countingSide({ ahead: true });
  expect(bundle).toThrow('no memory for zeros');
  expect(living.size).toBe(0);
});

it('keeps what was made ready until it is deleted, and that too where a query has the wrong number of parts', () => {
  const { bundle, living } = countingSide({});
  const prepared = bundle();
  expect(living.size).toBe(VECTORS);
  expect(() => prepared.answer([])).toThrow('a bundle needs 2 ciphertexts, got 0');
  expect(living.size).toBe(VECTORS);
  prepared.delete();
  expect(living.size).toBe(0);
});
