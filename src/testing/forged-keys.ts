/**
 * Relinearisation keys as a cheating researcher may make them, for tests. SEAL takes them: nothing in their bytes shows it.
 *
 * A product's third component, cut into its residues modulo each prime, is multiplied by the keys. Whoever adds P Delta G to
 * the part for the last prime (P the special prime, Delta = Q / p) adds G times the last residue to every product that is
 * computed with all primes, cleanly and without noise, and to none that is computed after a prime was dropped.
 */
import type { HeContext } from '../seal/context.ts';
import { coeffModulus, saveBytes } from '../seal/library.ts';
import { PLAIN_MODULUS } from '../seal/parameters.ts';
import { withScope } from '../seal/scope.ts';
import { packCipher, packedSize, unpackCipher } from '../seal/wire-format.ts';

/** Bytes of SEAL's serialisation of a ciphertext before its coefficients. */
export const DATA_OFFSET = 113;

/** The primes of a context's coefficient modulus, the special one last. */
export function primesOf({ seal, parameters }: HeContext): bigint[] {
  return withScope((keep) => {
    const moduli = keep(coeffModulus(seal, parameters.degree, parameters.primeBits));
    return parameters.primeBits.map((_, i) => {
      const prime = moduli.get(i);
      if (!prime) throw new RangeError('a parameter set has as many primes as it says');
      return keep(prime).value();
    });
  });
}

/** The keys, shifted by the polynomial whose slots hold `shift` (N values of Z_p). */
export function forgeRelinKeys(
  context: HeContext,
  relinKeys: Uint8Array,
  shift: Float64Array,
): Uint8Array<ArrayBuffer> {
  const { seal, native, parameters, keySeeded, first } = context;
  return withScope((keep) => {
    const primes = primesOf(context);
    const special = primes.pop() as bigint;
    const step = special * (primes.reduce((product, prime) => product * prime, 1n) / BigInt(PLAIN_MODULUS));
    const plain = keep(context.encode(shift));
    keep(new seal.Evaluator(native)).plainTransformToNttInplace(plain, first.parmsId);
    const words = new BigUint64Array(saveBytes(seal, plain).slice(-8 * parameters.degree * primes.length).buffer);

    const size = packedSize(keySeeded);
    const image = unpackCipher(relinKeys.subarray(-size), keySeeded);
    const view = new DataView(image.buffer);
    for (const [i, word] of words.entries()) {
      const prime = primes[Math.floor(i / parameters.degree)] as bigint;
      const at = DATA_OFFSET + 8 * i;
      view.setBigUint64(at, (view.getBigUint64(at, true) + word * step) % prime, true);
    }
    const forged = Uint8Array.from(relinKeys);
    forged.set(packCipher(image, keySeeded), relinKeys.length - size);
    return forged;
  });
}
