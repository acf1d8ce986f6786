/**
 * Steps 3 to 6 of the sealed tally, owner's side: conditional disclosure of the pads.
 * Source of the idea: Aiello, Ishai, Reingold, Priced Oblivious Transfer, 2001.
 *
 * Every condition on a released statistic (`layout.ts`), as a rule one, has k slots, k the minimum, one for each number below it.
 * A condition that nobody meets too has no slot for zero. From Enc(x), x = count + pad in all of them,
 * the owner computes f = r * (x - pad - pi(i)) + D, i = 0 .. k-1, r uniform nonzero, pi a secret permutation of 0 .. k-1 for this condition:
 * zero in one slot, which tells nothing, where the count is below k, and in none otherwise. The researcher returns w = f^-1 (0
 * where f = 0), and the owner releases share + R1 (1 - f w) + D': the shares of a statistic are uniform but for their sum, its pad less
 * its noise. So the researcher has the pad where every slot was opened, and a uniform number where one was not. Counts, checks and
 * the minimum know nothing of noise.
 *
 * D and D' are zero where the researcher was honest and independently uniform elsewhere: R2 (alpha (x - pad) - (x' - pad')), and in D' also
 * R3 E, E the error of a product under the researcher's keys (`PublicSide.productError`). Without D the gate would tell whether any number
 * the researcher likes, added to a count, falls below the minimum. f is no product of ciphertexts, so forged keys cannot move it.
 */
import { type Ciphertext, saveBytes } from '../seal/library.ts';
import { add, multiply, subtract } from '../seal/plain-field.ts';
import type { PublicSide } from '../seal/public-side.ts';
import { randomElements, randomNonzero, randomPermutation } from '../seal/random.ts';
import { type Handle, withScope } from '../seal/scope.ts';
import { cellValues, gateConditions, gateSlotsOf, type TallyLayout } from './layout.ts';
import { releasedPad, type TallyPads } from './pads.ts';
import { sumSlots } from './sums-sender.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export class GateSender implements Handle {
  readonly #chunks: readonly GateChunk[];

  /**
   * `counts`, `checks`: Enc(x) and Enc(x'), wire bytes, one ciphertext for every N slots. `saved`: Enc(f) as it was
   * computed for them before, by `saveGate`; left out, it is drawn.
   * @throws on another number of ciphertexts or on what is none
   */
  constructor(
    side: PublicSide,
    layout: TallyLayout,
    pads: TallyPads,
    counts: readonly Uint8Array[],
    checks: readonly Uint8Array[],
    saved?: readonly Uint8Array[],
  ) {
    if (counts.length !== layout.gateChunks || checks.length !== layout.gateChunks) {
      throw new RangeError(`the gate takes ${layout.gateChunks} ciphertexts of counts and as many of checks`);
    }
    const slots = gateSlots(layout, pads, layout.gateChunks * side.context.slots);
    this.#chunks = counts.map((bytes, chunk) => {
      const start = chunk * side.context.slots;
      const own = (values: Float64Array) => values.subarray(start, start + side.context.slots);
      const [x, check] = [bytes, checks[chunk] as Uint8Array].map((query) => side.toNtt(side.load(query)));
      return new GateChunk(
        side,
        {
          shares: own(slots.shares),
          countPads: own(slots.countPads),
          checkPads: own(slots.checkPads),
          macKeys: own(slots.macKeys),
          smaller: own(slots.smaller),
        },
        x as Ciphertext,
        check as Ciphertext,
        saved?.[chunk],
      );
    });
  }

  /** Step 4: Enc(f), sealed. */
  gateAnswers(): Bytes[] {
    return this.#chunks.map((chunk) => chunk.gateAnswer());
  }

  /** The gate before sealing, as bytes for this page only; never for the wire. */
  saveGate(): Bytes[] {
    return this.#chunks.map((chunk) => chunk.saveGate());
  }

  /** Step 6: the shares of the pads, sealed. `inverses`: Enc(w), wire bytes. */
  release(inverses: readonly Uint8Array[]): Bytes[] {
    return this.#chunks.map((chunk, i) => chunk.release(inverses[i] as Uint8Array));
  }

  /** The release of the first N slots before sealing, for budget tests; the caller frees it. */
  releaseCipher(inverses: Uint8Array): Ciphertext {
    return (this.#chunks[0] as GateChunk).releaseCipher(inverses);
  }

  delete(): void {
    for (const chunk of this.#chunks) chunk.delete();
  }
}

/** What belongs to each slot. */
interface GateSlots {
  readonly shares: Float64Array;
  /** The pads of its cell's count and check, and the cell's MAC key. */
  readonly countPads: Float64Array;
  readonly checkPads: Float64Array;
  readonly macKeys: Float64Array;
  /** The number below the minimum that it compares the count with. */
  readonly smaller: Float64Array;
}

/** N slots: one ciphertext of every kind. */
class GateChunk implements Handle {
  /** Enc(f), coefficient form. */
  readonly #gate: Ciphertext;

  readonly #side: PublicSide;
  readonly #slots: GateSlots;
  readonly #counts: Ciphertext;
  readonly #checks: Ciphertext;

  /** `counts`, `checks`: in NTT form; freed with this. */
  constructor(side: PublicSide, slots: GateSlots, counts: Ciphertext, checks: Ciphertext, saved?: Uint8Array) {
    this.#side = side;
    this.#slots = slots;
    this.#counts = counts;
    this.#checks = checks;
    this.#gate = saved ? side.context.reload(saved) : this.#drawGate();
  }

  #drawGate(): Ciphertext {
    const { countPads, smaller } = this.#slots;
    const { onCounts, onChecks, constants } = this.#tampering();
    const r = Float64Array.from(countPads, () => randomNonzero());
    const gate = this.#combine(
      r.map((factor, i) => add(factor, onCounts[i] as number)),
      onChecks,
      r.map((factor, i) => {
        const zeroAt = add(countPads[i] as number, smaller[i] as number);
        return subtract(constants[i] as number, multiply(factor, zeroAt));
      }),
    );
    return this.#side.fromNtt(gate);
  }

  /** D as factors of x and x', and what is added: R2 alpha, -R2, R2 (pad' - alpha pad), R2 drawn anew in every call. */
  #tampering() {
    const { countPads, checkPads, macKeys } = this.#slots;
    const r2 = randomElements(countPads.length);
    return {
      onCounts: r2.map((r, i) => multiply(r, macKeys[i] as number)),
      onChecks: r2.map((r) => subtract(0, r)),
      constants: r2.map((r, i) => {
        const mac = multiply(macKeys[i] as number, countPads[i] as number);
        return multiply(r, subtract(checkPads[i] as number, mac));
      }),
    };
  }

  /** x onCounts + x' onChecks + constants, slot by slot, in NTT form. */
  #combine(onCounts: Float64Array, onChecks: Float64Array, constants: Float64Array): Ciphertext {
    const side = this.#side;
    const counted = side.addProduct(undefined, this.#counts, onCounts);
    const checked = side.addProduct(counted, this.#checks, onChecks);
    // Of N uniform factors not all are zero.
    return side.addValues(checked, constants) as Ciphertext;
  }

  gateAnswer(): Bytes {
    return this.#side.seal(this.#gate);
  }

  saveGate(): Bytes {
    return saveBytes(this.#side.context.seal, this.#gate);
  }

  release(inverses: Uint8Array): Bytes {
    return withScope((keep) => this.#side.seal(keep(this.releaseCipher(inverses))));
  }

  /** Step 6 before sealing; the caller frees it. */
  releaseCipher(inverses: Uint8Array): Ciphertext {
    const side = this.#side;
    const slots = this.#slots;
    const { evaluator, context } = side;
    return withScope((keep) => {
      const r1 = randomElements(context.slots);
      // R1 goes into Enc(w) before the product with Enc(f): that saves a level.
      const w = keep(side.toNtt(side.load(inverses)));
      const masked = keep(side.fromNtt(side.addProduct(undefined, w, r1) as Ciphertext));
      const release = side.multiply(masked, this.#gate);
      evaluator.negateInplace(release);
      const { onCounts, onChecks, constants } = this.#tampering();
      const opened = constants.map((constant, i) => add(constant, add(slots.shares[i] as number, r1[i] as number)));
      const rest = side.addProduct(
        this.#combine(onCounts, onChecks, opened),
        side.productError(),
        randomElements(context.slots),
      );
      evaluator.addInplace(release, keep(side.fromNtt(rest as Ciphertext)));
      return release;
    });
  }

  delete(): void {
    this.#gate.delete();
    this.#checks.delete();
    this.#counts.delete();
  }
}

/** All slots are filled, used or not: unused ones with random numbers, so that no slot shows anything. */
function gateSlots(layout: TallyLayout, pads: TallyPads, slots: number): GateSlots {
  const out = {
    shares: randomElements(slots),
    countPads: randomElements(slots),
    checkPads: randomElements(slots),
    macKeys: Float64Array.from({ length: slots }, () => randomNonzero()),
    smaller: new Float64Array(slots),
  };
  const [countPads, checkPads] = [cellValues(layout, pads.pads, 'count'), cellValues(layout, pads.pads, 'check')];
  for (const { slot: start, cell, from } of gateConditions(layout)) {
    const [countPad, checkPad] = [countPads[cell] as number, checkPads[cell] as number];
    for (const [i, order] of randomPermutation(layout.minimum - from).entries()) {
      const slot = start + i;
      out.countPads[slot] = countPad;
      out.checkPads[slot] = checkPad;
      out.macKeys[slot] = pads.macKeys[cell] as number;
      out.smaller[slot] = from + order;
    }
  }
  for (const [released, index] of layout.released.entries()) {
    const [start, end] = gateSlotsOf(layout, released);
    const others = out.shares.subarray(start, end - 1);
    out.shares[end - 1] = subtract(releasedPad(pads, index), sumSlots(others, 0, others.length));
  }
  return out;
}
