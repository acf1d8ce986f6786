import { beforeAll, describe, expect, it } from 'vitest';
import { primesOf } from '../testing/forged-keys.ts';
import { staysReadable } from '../testing/noise-room.ts';
import { phaseOf, plantNoise } from '../testing/planted-noise.ts';
import { testContexts } from '../testing/seal-contexts.ts';
import { HeContext } from './context.ts';
import { loadSeal, type Seal, saveBytes } from './library.ts';
import { LINKAGE, PARAMETER_SETS, type ParameterSet, PLAIN_MODULUS, TALLY } from './parameters.ts';
import { multiply } from './plain-field.ts';
import { PublicSide } from './public-side.ts';
import { randomElements } from './random.ts';
import { withScope } from './scope.ts';
import { SecretSide } from './secret-side.ts';
import { packCipher, packedSize, unpackCipher, WireFormatError } from './wire-format.ts';

let seal: Seal;
let contextOf: (parameters: ParameterSet) => HeContext;
beforeAll(async () => {
  contextOf = await testContexts();
  seal = await loadSeal();
});

function sides(parameters: ParameterSet) {
  const secret = new SecretSide(contextOf(parameters));
  return { secret, open: new PublicSide(contextOf(parameters), secret.createPublicKeys()) };
}

describe.each(Object.values(PARAMETER_SETS))('context $name', (parameters) => {
  it('SEAL grants 128-bit security and the expected levels', () => {
    withScope((keep) => {
      const { secret, open } = sides(parameters);
      keep(secret);
      keep(open);
      expect(open.context.levels.map((level) => level.primes)).toEqual(
        parameters.primeBits.slice(1).map((_, i) => parameters.primeBits.length - 1 - i),
      );
    });
  });

  it('our wire format holds exactly what SEAL saves, in fewer bytes', () => {
    withScope((keep) => {
      const secret = keep(new SecretSide(contextOf(parameters)));
      const values = randomElements(parameters.degree);
      const wire = secret.encrypt(values);
      expect(wire.byteLength).toBe(packedSize(secret.context.querySeeded));
      const image = unpackCipher(wire, secret.context.querySeeded);
      expect(packCipher(image, secret.context.querySeeded)).toEqual(wire);
      const cipher = keep(new seal.Ciphertext());
      cipher.loadFromArray(secret.context.native, image);
      const decryptor = keep(new seal.Decryptor(secret.context.native, keep(loadSecret(secret))));
      const plain = keep(new seal.Plaintext());
      decryptor.decrypt(cipher, plain);
      expect(secret.context.decode(plain)).toEqual(values);
      expect(wire.byteLength).toBeLessThan(0.8 * saveBytes(seal, cipher).byteLength);
    });
  });

  it('a sealed answer decrypts exactly, and noise fills the room that its message leaves', () => {
    withScope((keep) => {
      const { secret, open } = sides(parameters);
      keep(secret);
      keep(open);
      const values = randomElements(parameters.degree);
      const factors = randomElements(parameters.degree);
      const loaded = keep(open.load(secret.encrypt(values)));
      const product = open.addProduct(undefined, open.toNtt(loaded), factors);
      const answer = open.seal(product && keep(product));
      expect(staysReadable(secret, answer, 1 / 32)).toBe(false);
      const expected = values.map((v, i) => Number((BigInt(v) * BigInt(factors[i] as number)) % BigInt(PLAIN_MODULUS)));
      expect(secret.decrypt(answer)).toEqual(expected);
    });
  });
});

function loadSecret(secret: SecretSide) {
  const key = new seal.SecretKey();
  key.loadFromArray(secret.context.native, secret.exportSecretKey());
  return key;
}

describe('what a peer may send', () => {
  it('ciphertexts of another length, another set, or with coefficients above the prime are refused', () => {
    withScope((keep) => {
      const { secret, open } = sides(LINKAGE);
      keep(secret);
      keep(open);
      const other = keep(new SecretSide(contextOf(TALLY)));
      const good = secret.encrypt(randomElements(10));
      expect(() => open.load(good.subarray(1))).toThrow(WireFormatError);
      expect(() => open.load(new Uint8Array(0))).toThrow(WireFormatError);
      expect(() => open.load(other.encrypt(randomElements(10)))).toThrow(WireFormatError);
      const high = good.slice();
      high.fill(0xff, 0, 64);
      expect(() => open.load(high)).toThrow();
      expect(() => secret.decrypt(good)).toThrow(WireFormatError);
    });
  });

  it('keys of another length or set are refused', () => {
    withScope((keep) => {
      const secret = keep(new SecretSide(contextOf(LINKAGE)));
      const keys = secret.createPublicKeys();
      expect(() => new PublicSide(contextOf(TALLY), keys)).toThrow();
      expect(() => new PublicSide(contextOf(LINKAGE), { ...keys, publicKey: keys.publicKey.subarray(8) })).toThrow();
      expect(() => new PublicSide(contextOf(LINKAGE), { ...keys, relinKeys: keys.publicKey })).toThrow('takes no');
    });
  });

  it('an answer opened with the wrong key is noise', () => {
    withScope((keep) => {
      const { secret, open } = sides(LINKAGE);
      keep(secret);
      keep(open);
      const stranger = keep(new SecretSide(contextOf(LINKAGE)));
      const values = randomElements(LINKAGE.degree);
      const answer = open.seal(open.addValues(undefined, values));
      expect(secret.decrypt(answer)).toEqual(values);
      const seen = stranger.decrypt(answer);
      expect(seen.filter((v, i) => v === values[i]).length).toBeLessThan(3);
    });
  });
});

it('a set of more bits than 128-bit security allows is refused', () => {
  expect(() => new HeContext(seal, { ...LINKAGE, primeBits: [60, 60, 60, 60] })).toThrow('refuses the parameter set');
});

it('one answer sealed twice has no coefficient in common', () => {
  withScope((keep) => {
    const { secret, open } = sides(LINKAGE);
    keep(secret);
    keep(open);
    const values = randomElements(LINKAGE.degree);
    const answer = open.addValues(undefined, values);
    const coefficients = [open.seal(answer), open.seal(answer)].map((bytes) => {
      expect(secret.decrypt(bytes)).toEqual(values);
      return new BigUint64Array(unpackCipher(bytes, open.context.answer).slice(-16 * LINKAGE.degree).buffer);
    });
    const [first, second] = coefficients as [BigUint64Array, BigUint64Array];
    // 16,384 pairs, of which one is equal by chance in a million such tests.
    expect(first.filter((coefficient, i) => coefficient === second[i]).length).toBeLessThan(3);
  });
});

it('noise is even over the room that a message leaves', () => {
  withScope((keep) => {
    const { secret, open } = sides(LINKAGE);
    keep(secret);
    keep(open);
    const { mostNoise, answerModulus } = open.context;
    const noise = phaseOf(secret, open.seal(undefined)).map((v) => (v > answerModulus / 2 ? v - answerModulus : v));
    expect(Math.max(...noise.map(Math.abs))).toBeLessThan(answerModulus / (2 * PLAIN_MODULUS));
    // Sixteen equal shares of 512 each, all within seven standard deviations of 22: a false alarm in 2^36 such tests.
    const shares = new Array<number>(16).fill(0);
    for (const value of noise) {
      const share = Math.min(15, Math.max(0, Math.floor((16 * (value + mostNoise)) / (2 * mostNoise))));
      shares[share] = (shares[share] as number) + 1;
    }
    for (const count of shares) expect(Math.abs(count - LINKAGE.degree / 16)).toBeLessThan(7 * 22);
  });
});

/** How far a hypothesis about the owner's number stands out of chance, in standard deviations, by one answer to a query with noise planted for it. */
function plantedSignal(owners: number, guessed: number): number {
  return withScope((keep) => {
    const { secret, open } = sides(LINKAGE);
    keep(secret);
    keep(open);
    const { context } = open;
    const { answerModulus } = context;
    const pushed = primesOf(context)
      .slice(1, -1)
      .reduce((product, prime) => product * prime, 1n);
    const sizes = randomElements(LINKAGE.degree).map((value) => value % 2 ** 20);
    const planted = Array.from(sizes, (size) => (BigInt(size) * pushed) >> 32n);
    const query = plantNoise(context, secret.encrypt(new Float64Array(LINKAGE.degree)), planted);
    const cipher = keep(open.toNtt(open.load(query)));
    const product = open.addProduct(undefined, cipher, new Float64Array(LINKAGE.degree).fill(owners));
    const phases = phaseOf(secret, open.seal(product && keep(product)));
    // Noise is seen up to multiples of q / p, which the message takes.
    const turn = (2 * Math.PI * PLAIN_MODULUS) / answerModulus;
    const sum = phases.reduce(
      (all, v, i) => all + Math.cos(turn * (v - (guessed * (sizes[i] as number)) / 2 ** 32)),
      0,
    );
    return sum * Math.sqrt(2 / LINKAGE.degree);
  });
}

it('noise that a researcher plants in a query tells nothing of what it was multiplied by', () => {
  // With noise over 7/8 of the room: 17.8. With what it is: 0.4. Chance passes 8 once in 2^50 tests.
  expect(plantedSignal(3_000_000_019, 3_000_000_019)).toBeLessThan(8);
});

it('rounding takes no more of an answer than noise leaves it', () => {
  withScope((keep) => {
    for (const parameters of Object.values(PARAMETER_SETS)) {
      const { secret, open } = sides(parameters);
      keep(secret);
      keep(open);
      const [values, factors] = [randomElements(parameters.degree), randomElements(parameters.degree)];
      const cipher = keep(open.toNtt(open.load(secret.encrypt(values))));
      const product = open.addProduct(undefined, cipher, factors) as ReturnType<typeof open.load>;
      keep(product);
      open.evaluator.cipherModSwitchToInplace(open.fromNtt(product), open.context.last.parmsId);
      // Half of q / p is 2^17 (the tally: 2^18); so many bits of it are above the noise, which is below 2^8 (2^9).
      expect(secret.budgetOf(saveBytes(seal, product))).toBeGreaterThanOrEqual(9);
    }
  });
});

it('an answer of nothing but zeros is a fresh encryption of zero', () => {
  withScope((keep) => {
    const { secret, open } = sides(LINKAGE);
    keep(secret);
    keep(open);
    const cipher = keep(open.toNtt(open.load(secret.encrypt(randomElements(5)))));
    const nothing = open.addProduct(undefined, cipher, new Float64Array(LINKAGE.degree));
    expect(nothing).toBeUndefined();
    const first = open.seal(nothing);
    expect(secret.decrypt(first)).toEqual(new Float64Array(LINKAGE.degree));
    expect(open.seal(nothing)).not.toEqual(first);
  });
});

it('encryptions of zero that were made ahead seal one answer each', () => {
  withScope((keep) => {
    const { secret, open } = sides(LINKAGE);
    keep(secret);
    keep(open);
    open.sealAhead(2);
    const answers = Array.from({ length: 4 }, () => open.seal(undefined));
    for (const answer of answers) expect(secret.decrypt(answer)).toEqual(new Float64Array(LINKAGE.degree));
    // The second polynomial has no noise added to it: it is the encryption's own.
    const halves = answers.map((answer) => answer.slice(answer.length / 2).join());
    expect(new Set(halves).size).toBe(4);
  });
});

it('the tally multiplies by a plaintext, then by a ciphertext, with budget left to bury', () => {
  withScope((keep) => {
    const { secret, open } = sides(TALLY);
    keep(secret);
    keep(open);
    const values = randomElements(TALLY.degree);
    const cipher = keep(open.toNtt(open.load(secret.encrypt(values))));
    const scaled = keep(open.addProduct(undefined, cipher, values) as NonNullable<ReturnType<typeof open.addProduct>>);
    const product = keep(open.square(open.fromNtt(scaled)));
    expect(secret.budgetOf(saveBytes(seal, product))).toBeGreaterThan(60);
    const expected = values.map((v) => multiply(multiply(v, v), multiply(v, v)));
    expect(secret.decrypt(open.seal(product))).toEqual(expected);
  });
});
