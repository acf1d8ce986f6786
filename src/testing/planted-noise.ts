/** Noise of a researcher's choice in a query, and what is left of it in the answer, for tests. */
import type { HeContext } from '../seal/context.ts';
import { loadBytes, saveBytes } from '../seal/library.ts';
import { withScope } from '../seal/scope.ts';
import type { SecretSide } from '../seal/secret-side.ts';
import { packCipher, unpackCipher } from '../seal/wire-format.ts';
import { DATA_OFFSET, primesOf } from './forged-keys.ts';

/** The query with `noise`, integers, one for each coefficient, beside its own. */
export function plantNoise(context: HeContext, query: Uint8Array, noise: readonly bigint[]): Uint8Array<ArrayBuffer> {
  const { querySeeded: shape, parameters } = context;
  const primes = primesOf(context).slice(0, -1);
  const image = unpackCipher(query, shape);
  const view = new DataView(image.buffer);
  for (const [i, prime] of primes.entries()) {
    for (const [j, planted] of noise.entries()) {
      const at = DATA_OFFSET + 8 * (i * parameters.degree + j);
      view.setBigUint64(at, (view.getBigUint64(at, true) + planted) % prime, true);
    }
  }
  return packCipher(image, shape);
}

/** What whoever has the secret key sees of an answer before they round it to its message: c0 + c1 s, coefficient by coefficient, mod q. */
export function phaseOf(secret: SecretSide, answer: Uint8Array): number[] {
  const { context } = secret;
  const { seal, native, answer: shape, parameters } = context;
  const { degree, primeBits } = parameters;
  const [q] = primesOf(context) as [bigint];
  return withScope((keep) => {
    const key = secret.exportSecretKey();
    // In NTT form, prime by prime.
    const s = new BigUint64Array(key.slice(-8 * degree * primeBits.length).buffer);
    const evaluator = keep(new seal.Evaluator(native));
    const cipher = keep(new seal.Ciphertext());
    loadBytes(seal, native, cipher, unpackCipher(answer, shape));
    evaluator.cipherTransformToNttInplace(cipher);
    const image = saveBytes(seal, cipher);
    const view = new DataView(image.buffer);
    for (let i = 0; i < degree; i++) {
      const [first, second] = [DATA_OFFSET + 8 * i, DATA_OFFSET + 8 * (degree + i)];
      const phase = (view.getBigUint64(first, true) + view.getBigUint64(second, true) * (s[i] as bigint)) % q;
      view.setBigUint64(first, phase, true);
    }
    loadBytes(seal, native, cipher, image);
    evaluator.cipherTransformFromNttInplace(cipher);
    const phases = new DataView(saveBytes(seal, cipher).buffer);
    return Array.from({ length: degree }, (_, i) => Number(phases.getBigUint64(DATA_OFFSET + 8 * i, true)));
  });
}
