/** What leaves the owner's page sealed, what the owner takes from a peer, and where randomness comes from. */
import type { Mutant } from './mutant.ts';

const SEAL = 'src/seal/seal.browser.test.ts';
const sealing = (name: string) => ({ file: 'src/seal/public-side.ts', test: { file: SEAL, name } });
const random = (name: string) => ({
  file: 'src/seal/random.ts',
  test: { file: 'src/seal/random.test.ts', name },
});
const EVEN = 'noise is even over the room that a message leaves';
const PLANTED = 'noise that a researcher plants in a query tells nothing of what it was multiplied by';
const NOISE = 'a sealed answer decrypts exactly, and noise fills the room that its message leaves';

export const SEAL_MUTANTS: readonly Mutant[] = [
  {
    ...sealing('one answer sealed twice has no coefficient in common'),
    name: 'no encryption of zero',
    before: 'this.evaluator.addInplace(zero, answer);',
    after: 'zero.assign(answer);',
    gives: "The components of an answer show the owner's numbers to whoever has the secret key",
  },
  {
    ...sealing('encryptions of zero that were made ahead seal one answer each'),
    name: 'one encryption of zero for all answers',
    before: 'this.#zeros.pop() ?? this.#encryptZero()',
    after: '(this.#zeros[0] ??= this.#encryptZero()).copy()',
    gives: 'The difference of two answers is not sealed',
  },
  {
    ...sealing(NOISE),
    name: 'no noise on top',
    before: 'addNoise(image, shape, answerModulus, () => randomBelow(2 * mostNoise + 1) - mostNoise);',
    after: '',
    gives: 'What a malformed ciphertext carries in its noise: 18 bits a coefficient',
  },
  {
    ...sealing(NOISE),
    name: 'an eighth of the noise',
    before: 'randomBelow(2 * mostNoise + 1) - mostNoise',
    after: 'randomBelow(Math.floor(mostNoise / 4) + 1) - Math.floor(mostNoise / 8)',
    gives: 'Three bits more of what a malformed ciphertext carries',
  },
  {
    ...sealing(NOISE),
    name: 'noise of one sign',
    before: 'randomBelow(2 * mostNoise + 1) - mostNoise',
    after: 'randomBelow(mostNoise + 1)',
    gives: 'One bit more of what a malformed ciphertext carries',
    test: { file: SEAL, name: EVEN },
  },
  {
    ...sealing(PLANTED),
    name: 'noise over seven eighths of the room',
    before: 'randomBelow(2 * mostNoise + 1) - mostNoise',
    after: 'randomBelow(Math.floor(1.75 * mostNoise) + 1) - Math.floor(0.875 * mostNoise)',
    gives: 'A fifth of a bit a coefficient of planted noise: 33 bits of a second key of a bin',
  },
  {
    ...sealing(PLANTED),
    file: 'src/seal/parameters.ts',
    name: 'a first prime of 45 bits',
    before: 'primeBits: [51, 44, 44, 51],',
    after: 'primeBits: [45, 47, 47, 51],',
    gives: 'What rounding needs is a fifth of the room: noise covers the rest only, and planted noise shows',
  },
  {
    ...sealing(PLANTED),
    file: 'src/seal/context.ts',
    name: 'room for rounding that it does not need',
    before: 'Math.ceil(12 * Math.sqrt(',
    after: 'Math.ceil(1200 * Math.sqrt(',
    gives: 'Noise over four fifths of the room: planted noise shows',
  },
  {
    ...sealing('an answer of nothing but zeros is a fresh encryption of zero'),
    name: 'products with zeros are not skipped',
    before: 'if (isZero(values)) return new PreparedValues(undefined);',
    after: '',
    gives: 'An exception that depends on the data: an empty group ends the run',
  },
  {
    ...sealing('keys that make a square look like its root let no weight pass for a bit'),
    name: 'a test of keys that no key fails',
    before: 'const error = this.multiply(encrypted(a), encrypted(b));',
    after: 'const error = encrypted(a.map((value, i) => multiply(value, b[i] as number)));',
    gives: 'Forged keys pass: one row with the weight of fifty',
    test: {
      file: 'src/tally/cheating.browser.test.ts',
      name: 'keys that make a square look like its root let no weight pass for a bit',
    },
  },
  {
    file: 'src/seal/context.ts',
    name: 'security that SEAL does not grant',
    before: 'new seal.SEALContext(parms, true, seal.SecLevelType.tc128)',
    after: 'new seal.SEALContext(parms, true, seal.SecLevelType.none)',
    gives: 'Parameters that can be broken are taken',
    test: { file: SEAL, name: 'a set of more bits than 128-bit security allows is refused' },
  },
  {
    file: 'src/seal/wire-format.ts',
    name: 'objects of another length',
    before: 'if (bytes.byteLength !== expected) {',
    after: 'if (bytes.byteLength < expected) {',
    gives: 'Ciphertexts of another set are read as if they were of this one',
    test: {
      file: SEAL,
      name: 'what a peer may send ciphertexts of another length, another set, or with coefficients above the prime',
    },
  },
  {
    ...random('elements are uniform in the field'),
    name: 'elements of 32 bits',
    before: '(randomWord() & 1) * 4294967296 + randomWord()',
    after: 'randomWord()',
    gives: 'Pads and masks hide all but the upper bit',
  },
  {
    ...random('elements are uniform in the field'),
    name: 'one block of randomness for ever',
    before: '    crypto.getRandomValues(block);',
    after: '    if (block[0] === 0) crypto.getRandomValues(block);',
    gives: 'Pads, masks and labels repeat: differences in the clear',
  },
  {
    ...random('what is not below p, and zero where it may not be, is drawn anew'),
    name: 'elements not below p',
    before: 'if (value < PLAIN_MODULUS) return value;',
    after: 'return value % PLAIN_MODULUS;',
    gives: 'Small numbers are twice as likely: pads tell of what they hide',
  },
  {
    ...random('what is not below p, and zero where it may not be, is drawn anew'),
    name: 'factors of zero',
    before: 'if (value !== 0) return value;',
    after: 'return value;',
    gives: 'Once in 2^33 a factor that hides is zero',
  },
  {
    ...random('integers below a bound are even'),
    name: 'integers that favour the small',
    before: 'if (word < limit) return word % bound;',
    after: 'return word % bound;',
    gives: 'Slots, noise and lots favour the small: the order of the file shows over many rows',
  },
  {
    ...random('every permutation is as likely as any other'),
    name: 'permutations without fixed points',
    before: 'const j = randomBelow(i + 1);',
    after: 'const j = randomBelow(i);',
    gives: "A row's slot is not its number: one guess in each is excluded",
  },
];
