/**
 * Steps 3 to 6 of the sealed tally, owner's side: conditional disclosure of the pads.
 * Source of the idea: Aiello, Ishai, Reingold, Priced Oblivious Transfer, 2001.
 *
 * Slot i belongs to released statistic i. From Enc(x), x = count + pad, he computes f = r * prod_{i<k} (x - pad - i) + D, zero
 * exactly below the minimum k. The researcher returns w = f^-1 (0 where f = 0), and he releases
 * pad_s - noise_s + R1 (1 - f w) + D': the statistic's pad where the cell passed and nothing was tampered with, a uniform
 * number everywhere else. Counts, checks and the minimum know nothing of noise.
 *
 * D and D' are zero where she was honest and independently uniform elsewhere: R2 (alpha (x - pad) - (x' - pad')) + R3 E, with
 * fresh R2 and R3, and E the error of a product under her keys (`PublicSide.productError`), at every level at which f was
 * multiplied (the last product, with w, needs none: an error there is noise in what it releases). Without D the gate would
 * tell whether any number she likes, added to a count, falls below the minimum; without E forged keys could open it.
 */
import { type Ciphertext, loadBytes, type Plaintext, saveBytes } from '../seal/library.ts';
import { add, multiply, subtract } from '../seal/plain-field.ts';
import type { PublicSide } from '../seal/public-side.ts';
import { randomElements, randomNonzero } from '../seal/random.ts';
import { type Handle, withScope } from '../seal/scope.ts';
import type { TallyLayout } from './layout.ts';
import { releasedPad, type TallyPads } from './pads.ts';

/** A ciphertext and how many ciphertext products deep it is. */
interface Deep {
  readonly cipher: Ciphertext;
  readonly depth: number;
}

export class GateSender implements Handle {
  private readonly counts: Ciphertext;
  private readonly checks: Ciphertext;
  /** E, one for each level at which the gate was multiplied: zero in every slot where her keys multiply as they should. */
  private readonly productErrors: readonly Ciphertext[];
  private readonly gate: Ciphertext;
  private readonly slots: GateSlots;

  /**
   * `counts`, `checks`: Enc(x) and Enc(x'), wire bytes. `saved`: Enc(f) as it was computed for them before, by `saveGate`; left
   * out, it is computed.
   */
  constructor(
    private readonly side: PublicSide,
    layout: TallyLayout,
    pads: TallyPads,
    minimum: number,
    counts: Uint8Array,
    checks: Uint8Array,
    saved?: Uint8Array,
  ) {
    this.slots = gateSlots(layout, pads, side.context.slots);
    this.counts = side.load(counts);
    this.checks = side.load(checks);
    this.gate = saved ? this.loadGate(saved) : this.product(minimum);
    const above = side.context.levels.filter(({ primes }) => primes > this.gate.coeffModulusSize());
    const multiplied = above.length > 0 ? above : [side.context.first];
    this.productErrors = multiplied.map(({ parmsId }) => side.productError(parmsId));
    if (!saved) withScope((keep) => side.evaluator.addInplace(this.gate, keep(this.tampering())));
  }

  /** f without D. */
  private product(minimum: number): Ciphertext {
    const { side } = this;
    return withScope((keep) => {
      const y = keep(new side.context.seal.Ciphertext());
      side.evaluator.subPlain(this.counts, keep(side.context.encode(this.slots.countPads)), y);
      return this.belowMinimum(y, minimum);
    });
  }

  /** Step 4: Enc(f), sealed. */
  gateAnswer(): Uint8Array<ArrayBuffer> {
    return this.side.seal(this.gate);
  }

  /** The gate before sealing, for budget tests. */
  get gateCipher(): Ciphertext {
    return this.gate;
  }

  /** The gate before sealing, as bytes for this page only; never for the wire. */
  saveGate(): Uint8Array<ArrayBuffer> {
    return saveBytes(this.side.context.seal, this.gate);
  }

  private loadGate(saved: Uint8Array): Ciphertext {
    const { seal, native } = this.side.context;
    const cipher = new seal.Ciphertext();
    loadBytes(seal, native, cipher, saved);
    return cipher;
  }

  /** Step 6: the pads, sealed. `inverses`: Enc(w), wire bytes. */
  release(inverses: Uint8Array): Uint8Array<ArrayBuffer> {
    return withScope((keep) => this.side.seal(keep(this.releaseCipher(inverses))));
  }

  /** Step 6 before sealing; the caller frees it. */
  releaseCipher(inverses: Uint8Array): Ciphertext {
    const { side, slots } = this;
    const { evaluator, context } = side;
    return withScope((keep) => {
      const r1 = randomElements(context.slots);
      // R1 goes into Enc(w) before the product with Enc(f): that saves a level.
      const w = keep(side.load(inverses));
      evaluator.multiplyPlainInplace(w, keep(context.encode(r1)));
      const release = side.multiply(keep(this.lowered(w)), this.gate);
      evaluator.negateInplace(release);
      evaluator.addInplace(release, keep(this.tampering()));
      const constants = slots.pads.map((pad, i) => add(pad, r1[i] as number));
      evaluator.addPlainInplace(release, keep(context.encode(constants)));
      return release;
    });
  }

  /** D: zero where count and check belong together and her keys are honest, uniform elsewhere; drawn anew in every call. */
  private tampering(): Ciphertext {
    const { side, slots } = this;
    const { evaluator, context } = side;
    return withScope((keep) => {
      const r2 = randomElements(context.slots);
      // Multiplied first and lowered then: that adds the least noise.
      const scaled = (cipher: Ciphertext, factors: Float64Array) => {
        const product = keep(cipher.copy());
        evaluator.multiplyPlainInplace(product, keep(context.encode(factors)));
        return this.lowered(product);
      };
      const sum = scaled(this.checks, r2);
      evaluator.negateInplace(sum);
      for (const error of this.productErrors) {
        evaluator.addInplace(sum, keep(scaled(error, randomElements(context.slots))));
      }
      const r2Mac = r2.map((r, i) => multiply(r, slots.macKeys[i] as number));
      evaluator.addInplace(sum, keep(scaled(this.counts, r2Mac)));
      const constants = r2.map((r, i) => {
        const mac = multiply(slots.macKeys[i] as number, slots.countPads[i] as number);
        return multiply(r, subtract(slots.checkPads[i] as number, mac));
      });
      evaluator.addPlainInplace(sum, keep(context.encode(constants)));
      return sum;
    });
  }

  /** A copy at the gate's level; the caller frees it. */
  private lowered(cipher: Ciphertext): Ciphertext {
    return withScope((keep) => {
      const copy = new this.side.context.seal.Ciphertext();
      this.side.evaluator.cipherModSwitchTo(cipher, keep(this.gate.parmsId()), copy);
      return copy;
    });
  }

  /**
   * r * prod_{i<k} (y - i), in few products: with u = y (y - (k-1)), the factors i and k-1-i make u + i (k-1-i), and two
   * such make u^2 + (a+b) u + ab, one product saved each. k = 10 takes 4 products for 9, k = 32 takes 9 for 31.
   */
  private belowMinimum(y: Ciphertext, k: number): Ciphertext {
    return withScope((keep) => {
      const { side } = this;
      const leaf = (cipher: Ciphertext, depth: number): Deep => ({ cipher: keep(cipher), depth });
      const shifted = this.plusConstant(y, -(k - 1));
      const u = leaf(side.multiply(keep(shifted), y), 1);
      const constants = Array.from({ length: Math.floor(k / 2) }, (_, i) => i * (k - 1 - i));
      const factors: Deep[] = [];
      if (constants.length >= 2) {
        const u2 = leaf(this.descend(side.square(u.cipher), 2), 2);
        const uLow = leaf(this.descend(u.cipher.copy(), 2), 1);
        while (constants.length >= 2) {
          const a = constants.shift() as number;
          const b = constants.shift() as number;
          const quadratic = leaf(this.plusConstant(u2.cipher, a * b), 2);
          withScope((free) => {
            const linear = free(uLow.cipher.copy());
            if (a + b > 0) {
              side.evaluator.multiplyPlainInplace(linear, free(this.constant(a + b)));
              side.evaluator.addInplace(quadratic.cipher, linear);
            }
          });
          factors.push(quadratic);
        }
      }
      for (const c of constants) factors.push(leaf(this.plusConstant(u.cipher, c), 1));
      if (k % 2 === 1) factors.push(leaf(this.plusConstant(y, -(k - 1) / 2), 0));

      // Shallowest first; the blinding goes to the shallowest leaf, where its noise is squared least often.
      factors.sort((a, b) => a.depth - b.depth);
      const blinding = Float64Array.from({ length: side.context.slots }, () => randomNonzero());
      side.evaluator.multiplyPlainInplace((factors[0] as Deep).cipher, keep(side.context.encode(blinding)));
      while (factors.length > 1) {
        const a = factors.shift() as Deep;
        const b = factors.shift() as Deep;
        const deepest = Math.max(a.depth, b.depth);
        const product = side.multiply(
          leaf(this.descend(a.cipher.copy(), deepest), 0).cipher,
          leaf(this.descend(b.cipher.copy(), deepest), 0).cipher,
        );
        factors.push(leaf(this.descend(product, deepest + 1), deepest + 1));
        factors.sort((x, z) => x.depth - z.depth);
      }
      return (factors[0] as Deep).cipher.copy();
    });
  }

  /**
   * Drops the primes that a ciphertext this deep no longer needs, in place: a product adds about 46 bits of noise and a
   * prime has 56, so from depth 2 on one prime a level goes without loss of budget, and every later product is cheaper.
   */
  private descend(cipher: Ciphertext, depth: number): Ciphertext {
    const primes = this.side.context.levels.length - Math.max(0, depth - 1);
    if (cipher.coeffModulusSize() > primes) {
      this.side.evaluator.cipherModSwitchToInplace(cipher, this.side.context.level(primes).parmsId);
    }
    return cipher;
  }

  private constant(value: number): Plaintext {
    const { context } = this.side;
    return context.encode(new Float64Array(context.slots).fill(value < 0 ? value + context.plainModulus : value));
  }

  /** cipher + value in every slot; a new ciphertext. */
  private plusConstant(cipher: Ciphertext, value: number): Ciphertext {
    return withScope((keep) => {
      const sum = new this.side.context.seal.Ciphertext();
      this.side.evaluator.addPlain(cipher, keep(this.constant(value)), sum);
      return sum;
    });
  }

  delete(): void {
    this.gate.delete();
    for (const error of this.productErrors) error.delete();
    this.checks.delete();
    this.counts.delete();
  }
}

interface GateSlots {
  /** The pad to release of the slot's statistic, the pads of its cell's count and check; the cell's MAC key. */
  readonly pads: Float64Array;
  readonly countPads: Float64Array;
  readonly checkPads: Float64Array;
  readonly macKeys: Float64Array;
}

/** All slots are filled, used or not: unused ones with random numbers, so that no slot shows anything. */
function gateSlots(layout: TallyLayout, pads: TallyPads, slots: number): GateSlots {
  const out = {
    pads: randomElements(slots),
    countPads: randomElements(slots),
    checkPads: randomElements(slots),
    macKeys: Float64Array.from({ length: slots }, () => randomNonzero()),
  };
  const padOf = (cell: number, kind: 'count' | 'check') =>
    pads.pads[layout.statistics.findIndex((s) => s.cell === cell && s.kind === kind)] as number;
  for (const [slot, index] of layout.released.entries()) {
    const cell = layout.statistics[index]?.cell as number;
    out.pads[slot] = releasedPad(pads, index);
    out.countPads[slot] = padOf(cell, 'count');
    out.checkPads[slot] = padOf(cell, 'check');
    out.macKeys[slot] = pads.macKeys[cell] as number;
  }
  return out;
}
