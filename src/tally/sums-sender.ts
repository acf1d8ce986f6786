/**
 * Steps 1 and 2 of the sealed tally, owner's side: padded sums over the rows the researcher's bits select.
 *
 * Each answer is Enc(b) * v + c * Z + mask: v the statistics' vectors, c a fresh nonzero scalar, mask uniform among the vectors
 * whose slots sum to each statistic's pad, and Z = sum over strata s of (b_s^2 - b_s) tau_s + (U^2 - U) tau_U + (U lambda - y) tau'' +
 * E tau', U the sum of the strata's b: without its square one row could stand in two strata. The taus are uniform per slot and chunk; lambda are the labels of the slots; y is what the researcher says that they are where b is one; E is the error of a product
 * of the owner's own (`PublicSide.productError`). With bits in every b and in U, labels that the researcher has seen and honest keys Z vanishes; anything else
 * drowns the sums, differently in a count and in its check.
 */
import { type Ciphertext, saveBytes } from '../seal/library.ts';
import { add, multiply, subtract } from '../seal/plain-field.ts';
import type { PublicSide } from '../seal/public-side.ts';
import { randomElements, randomNonzero } from '../seal/random.ts';
import { type Handle, withScope } from '../seal/scope.ts';
import { statisticSlots, stratumOfAnswer, type TallyLayout } from './layout.ts';
import type { TallyPads } from './pads.ts';
import type { StatisticVectors } from './statistic-vectors.ts';

/** Which of the owner's workers this is. Squares are most of the work before the first answer, so they are shared out. */
export interface WorkerShare {
  readonly index: number;
  readonly workers: number;
}

export class SumsSender implements Handle {
  /** Enc(b) of each stratum, a chunk each, in NTT form. */
  readonly #bits: readonly (readonly Ciphertext[])[];
  /** What this worker adds to Z, as bytes for the workers of this page only; never for the wire. Empty where it has no chunk. */
  readonly part: Uint8Array<ArrayBuffer>;
  /** Z, in NTT form. */
  #nonBits: Ciphertext | undefined;

  readonly #side: PublicSide;
  readonly #layout: TallyLayout;
  readonly #vectors: StatisticVectors;
  readonly #pads: TallyPads;

  /**
   * `queries`: Enc(b) of each stratum, one ciphertext a chunk, then Enc(y), wire bytes.
   * @throws on another number or on what is no ciphertext
   */
  constructor(
    side: PublicSide,
    layout: TallyLayout,
    vectors: StatisticVectors,
    pads: TallyPads,
    queries: readonly Uint8Array[],
    share: WorkerShare,
  ) {
    this.#side = side;
    this.#layout = layout;
    this.#vectors = vectors;
    this.#pads = pads;
    const { chunks, strata } = layout;
    if (queries.length !== (strata + 1) * chunks) {
      throw new RangeError(
        `the tally takes ${strata * chunks} ciphertexts of bits and ${chunks} of labels, got ${queries.length}`,
      );
    }
    this.#bits = Array.from({ length: strata }, (_, stratum) =>
      queries.slice(stratum * chunks, (stratum + 1) * chunks).map((bytes) => side.load(bytes)),
    );
    this.part = this.#drawPart(queries.slice(strata * chunks), share);
    for (const bit of this.#bits.flat()) side.toNtt(bit);
  }

  /** Takes the bits in coefficient form. `labels`: Enc(y). */
  #drawPart(labels: readonly Uint8Array[], { index, workers }: WorkerShare): Uint8Array<ArrayBuffer> {
    const side = this.#side;
    const layout = this.#layout;
    const bits = this.#bits;
    const { chunks, strata } = layout;
    let sum = index === 0 ? this.#randomly(undefined, side.productError()) : undefined;
    // Chunk by chunk every stratum's square, and once the strata's together.
    for (let task = index; task < chunks * (strata + 1); task += workers) {
      const [chunk, stratum] = [Math.floor(task / (strata + 1)), task % (strata + 1)];
      withScope((keep) => {
        if (stratum < strata) {
          sum = this.#addNonBits(sum, bits[stratum]?.[chunk] as Ciphertext);
          return;
        }
        const together = keep(this.#together(chunk));
        if (strata > 1) sum = this.#addNonBits(sum, together);
        const shown = side.toNtt(keep(side.load(labels[chunk] as Uint8Array)));
        sum = this.#addTie(sum, side.toNtt(together), shown, this.#vectors.slotLabels(chunk));
      });
    }
    const part = sum ? saveBytes(side.context.seal, sum) : new Uint8Array(0);
    sum?.delete();
    return part;
  }

  /** U: the sum of the strata's bits, in coefficient form; the caller frees it. */
  #together(chunk: number): Ciphertext {
    const [first, ...others] = this.#bits.map((bits) => bits[chunk] as Ciphertext);
    const together = (first as Ciphertext).copy();
    for (const other of others) this.#side.evaluator.addInplace(together, other);
    return together;
  }

  #randomly(sum: Ciphertext | undefined, cipher: Ciphertext): Ciphertext | undefined {
    return this.#side.addProduct(sum, cipher, randomElements(this.#side.context.slots));
  }

  /** sum + (b^2 - b) tau, in NTT form; b in coefficient form. */
  #addNonBits(sum: Ciphertext | undefined, bits: Ciphertext): Ciphertext | undefined {
    const side = this.#side;
    return withScope((keep) => {
      const square = keep(side.square(bits));
      side.evaluator.subInplace(square, bits);
      return this.#randomly(sum, side.toNtt(square));
    });
  }

  /** sum + (U lambda - y) tau'', all in NTT form. */
  #addTie(sum: Ciphertext | undefined, bit: Ciphertext, shown: Ciphertext, lambda: Float64Array) {
    const side = this.#side;
    const tau = randomElements(side.context.slots);
    const tied = side.addProduct(
      sum,
      bit,
      tau.map((factor, i) => multiply(factor, lambda[i] as number)),
    );
    return side.addProduct(
      tied,
      shown,
      tau.map((factor) => subtract(0, factor)),
    );
  }

  /** Adds the workers' parts up to Z, the same for all of them. `parts`: every worker's, its own with them; once, before answers. */
  join(parts: readonly Uint8Array[]): void {
    for (const part of parts) {
      if (part.byteLength === 0) continue;
      const cipher = this.#side.context.reload(part);
      if (this.#nonBits) {
        this.#side.evaluator.addInplace(this.#nonBits, cipher);
        cipher.delete();
      } else {
        this.#nonBits = cipher;
      }
    }
  }

  /** One sealed answer. */
  answer(index: number): Uint8Array<ArrayBuffer> {
    const side = this.#side;
    const { slots } = side.context;
    if (!this.#nonBits) throw new Error('sums are answered once the workers have joined their parts');
    const vectors = this.#vectors.answerVectors(index, this.#pads);
    let sum = side.addProduct(undefined, this.#nonBits, new Float64Array(slots).fill(randomNonzero()));
    for (const [chunk, bit] of this.#bits[stratumOfAnswer(this.#layout, index)]?.entries() ?? []) {
      sum = side.addProduct(sum, bit, vectors[chunk] as Float64Array);
    }
    sum = side.addValues(sum, this.#mask(index));
    const sealed = side.seal(sum);
    sum?.delete();
    return sealed;
  }

  /** Uniform, but for one slot of each statistic that makes their sum its pad. */
  #mask(answer: number): Float64Array {
    const mask = randomElements(this.#side.context.slots);
    for (const [index, statistic] of this.#layout.statistics.entries()) {
      if (statistic.answer !== answer) continue;
      const [start, end] = statisticSlots(this.#layout, statistic);
      const sum = sumSlots(mask, start + 1, end - start - 1);
      mask[start] = subtract(this.#pads.pads[index] as number, sum);
    }
    return mask;
  }

  delete(): void {
    for (const bit of this.#bits.flat()) bit.delete();
    this.#nonBits?.delete();
  }
}

/** Sum in Z_p of `count` slots from `start`. */
export function sumSlots(values: Float64Array, start: number, count: number): number {
  let sum = 0;
  for (let i = start; i < start + count; i++) sum = add(sum, values[i] as number);
  return sum;
}
