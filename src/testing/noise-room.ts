/** How near the noise of sealed answers is to what would make them unreadable, for tests. */
import type { SecretSide } from '../seal/secret-side.ts';
import { addNoise, packCipher, unpackCipher } from '../seal/wire-format.ts';

/**
 * Whether an answer still says the same when so much is added to the noise of all its coefficients, up and down; in parts of
 * the most noise that can be read (half of q / p). Sealing leaves one part in 340 for rounding.
 */
export function staysReadable(secret: SecretSide, answer: Uint8Array, part: number): boolean {
  const { answer: shape, answerModulus, plainModulus } = secret.context;
  const shift = Math.floor((part * answerModulus) / (2 * plainModulus));
  const message = secret.decrypt(answer);
  return [shift, -shift].every((noise) => {
    const image = unpackCipher(answer, shape);
    addNoise(image, shape, answerModulus, () => noise);
    return secret.decrypt(packCipher(image, shape)).every((value, i) => value === message[i]);
  });
}
