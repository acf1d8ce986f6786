/** Mutated bytes for everything of SEAL that reads a peer's: an error or an object, and good bytes work afterwards. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { HeContext } from './context.ts';
import { GATE, LINKAGE, type ParameterSet, PLAIN_MODULUS, SUMS } from './parameters.ts';
import { PublicSide } from './public-side.ts';
import { randomElements } from './random.ts';
import { type Handle, withScope } from './scope.ts';
import { SecretSide } from './secret-side.ts';
import { testContexts, watchMemory } from './test-contexts.ts';

const heap = watchMemory();
let contextOf: (parameters: ParameterSet) => HeContext;
beforeAll(async () => {
  contextOf = await testContexts();
});

const RUNS = 25;

/** Changes of well-formed bytes, most of which leave the length as it must be. */
const change: fc.Arbitrary<(bytes: Uint8Array) => Uint8Array> = fc.oneof(
  fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 }).map((sets) => (bytes: Uint8Array) => {
    const copy = bytes.slice();
    for (const [at, value] of sets) copy[at % copy.length] = value;
    return copy;
  }),
  fc.tuple(fc.nat(), fc.nat(), fc.nat(255)).map(([from, length, value]) => (bytes: Uint8Array) => {
    const start = from % bytes.length;
    return bytes.slice().fill(value, start, start + (length % bytes.length));
  }),
  fc.nat().map((seed) => (bytes: Uint8Array) => {
    let state = seed;
    return bytes.map(() => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    });
  }),
  fc.nat(255).map((value) => (bytes: Uint8Array) => new Uint8Array(bytes.length).fill(value)),
  fc.nat().map((at) => (bytes: Uint8Array) => bytes.subarray(0, at % bytes.length)),
  fc.constant((bytes: Uint8Array) => Uint8Array.from([...bytes, 0])),
);

/** Reads hostile bytes: it gives something or throws an Error; anything else, and a dead module, fails the test. */
function reads(read: () => Handle | undefined): 'refused' | 'taken' {
  try {
    read()?.delete();
    return 'taken';
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(WebAssembly.RuntimeError);
    expect((error as Error).message).not.toBe('');
    return 'refused';
  }
}

describe.each([LINKAGE, SUMS, GATE])('hostile bytes in $name', (parameters) => {
  function works(secret: SecretSide, open: PublicSide): void {
    withScope((keep) => {
      const values = randomElements(50);
      const cipher = keep(open.toNtt(open.load(secret.encrypt(values))));
      const twos = new Float64Array(parameters.degree).fill(2);
      const product = open.addProduct(undefined, cipher, twos, open.context.first);
      const seen = secret.decrypt(open.seal(product && keep(product)));
      expect(seen.subarray(0, 50)).toEqual(values.map((value) => (2 * value) % PLAIN_MODULUS));
    });
  }

  test('ciphertexts and answers', () => {
    withScope((keep) => {
      const secret = keep(new SecretSide(contextOf(parameters)));
      const open = keep(new PublicSide(contextOf(parameters), secret.createPublicKeys()));
      const query = secret.encrypt(randomElements(parameters.degree));
      const answer = open.seal(undefined);
      const seen = { refused: 0, taken: 0 };
      const before = heap();
      fc.assert(
        fc.property(change, (apply) => {
          seen[reads(() => open.load(apply(query)))]++;
          seen[reads(() => void secret.decrypt(apply(answer)))]++;
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
      expect(seen.refused).toBeGreaterThan(0);
      expect(seen.refused + seen.taken).toBe(2 * RUNS);
      expect(heap() - before).toBeLessThan(64 * 1024 * 1024);
      works(secret, open);
    });
  });

  test('keys', () => {
    withScope((keep) => {
      const secret = keep(new SecretSide(contextOf(parameters)));
      const { publicKey, relinKeys } = secret.createPublicKeys();
      const before = heap();
      fc.assert(
        fc.property(change, fc.boolean(), (apply, relin) => {
          const hostile = (bytes: Uint8Array) => apply(bytes) as Uint8Array<ArrayBuffer>;
          const keys =
            relin && relinKeys.length > 0
              ? { publicKey, relinKeys: hostile(relinKeys) }
              : { publicKey: hostile(publicKey), relinKeys };
          reads(() => new PublicSide(contextOf(parameters), keys));
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
      expect(heap() - before).toBeLessThan(128 * 1024 * 1024);
      works(secret, keep(new PublicSide(contextOf(parameters), { publicKey, relinKeys })));
    });
  });
});
