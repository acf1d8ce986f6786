/**
 * Steps 1 and 2 of the sealed tally, owner's side: padded sums over the rows the researcher's bits select.
 *
 * Each answer is Enc(b) * v + c * Z + mask: v the statistics' vectors, c a fresh nonzero scalar, mask uniform among the vectors
 * whose slots sum to each statistic's pad, and Z = (b^2 - b) tau + (b lambda - y) tau'' + E tau'. The taus are uniform per slot and
 * chunk of b; lambda are the labels of the slots; y is what she says that they are where her b is one; E is the error of a product
 * of the owner's own (`PublicSide.productError`). With bits in b, labels that she has seen and honest keys Z vanishes; anything else
 * drowns the sums, differently in a count and in its check.
 */
import { type Ciphertext, saveBytes } from '../seal/library.ts';
import { add, multiply, subtract } from '../seal/plain-field.ts';
import type { PublicSide } from '../seal/public-side.ts';
import { randomElements, randomNonzero } from '../seal/random.ts';
import { type Handle, withScope } from '../seal/scope.ts';
import { blockLength, blockStart, type TallyLayout } from './layout.ts';
import type { TallyPads } from './pads.ts';
import type { StatisticVectors } from './statistic-vectors.ts';

/** Which of the owner's workers this is. Squares are most of the work before the first answer, so they are shared out. */
export interface WorkerShare {
  readonly index: number;
  readonly workers: number;
}

export class SumsSender implements Handle {
  /** Enc(b), a chunk each, in NTT form. */
  private readonly bits: readonly Ciphertext[];
  /** What this worker adds to Z, as bytes for the workers of this page only; never for the wire. Empty where it has no chunk. */
  readonly part: Uint8Array<ArrayBuffer>;
  /** Z, in NTT form. */
  private nonBits: Ciphertext | undefined;

  /** `queries`: Enc(b), one ciphertext a chunk, then Enc(y), as many, wire bytes. Throws on another number or on what is no ciphertext. */
  constructor(
    private readonly side: PublicSide,
    private readonly layout: TallyLayout,
    private readonly vectors: StatisticVectors,
    private readonly pads: TallyPads,
    queries: readonly Uint8Array[],
    share: WorkerShare,
  ) {
    const { chunks } = layout;
    if (queries.length !== 2 * chunks) {
      throw new RangeError(
        `the tally takes ${chunks} ciphertexts of bits and as many of labels, got ${queries.length}`,
      );
    }
    this.bits = queries.slice(0, chunks).map((bytes) => side.load(bytes));
    this.part = this.drawPart(queries.slice(chunks), share);
  }

  /** Leaves the bits in NTT form. `labels`: Enc(y). */
  private drawPart(labels: readonly Uint8Array[], { index, workers }: WorkerShare): Uint8Array<ArrayBuffer> {
    const { side } = this;
    const randomly = (sum: Ciphertext | undefined, cipher: Ciphertext) =>
      side.addProduct(sum, cipher, randomElements(side.context.slots));
    let sum = index === 0 ? randomly(undefined, side.productError()) : undefined;
    for (const [chunk, bit] of this.bits.entries()) {
      if (chunk % workers !== index) {
        side.toNtt(bit);
        continue;
      }
      withScope((keep) => {
        const square = keep(side.square(bit));
        side.evaluator.subInplace(square, bit);
        sum = randomly(sum, side.toNtt(square));
        const shown = side.toNtt(keep(side.load(labels[chunk] as Uint8Array)));
        sum = this.addTie(sum, side.toNtt(bit), shown, this.vectors.slotLabels(chunk));
      });
    }
    const part = sum ? saveBytes(side.context.seal, sum) : new Uint8Array(0);
    sum?.delete();
    return part;
  }

  /** sum + (b lambda - y) tau'', all in NTT form. */
  private addTie(sum: Ciphertext | undefined, bit: Ciphertext, shown: Ciphertext, lambda: Float64Array) {
    const { side } = this;
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
      const cipher = this.side.context.reload(part);
      if (this.nonBits) {
        this.side.evaluator.addInplace(this.nonBits, cipher);
        cipher.delete();
      } else {
        this.nonBits = cipher;
      }
    }
  }

  /** One sealed answer. */
  answer(index: number): Uint8Array<ArrayBuffer> {
    const { side } = this;
    const { slots } = side.context;
    if (!this.nonBits) throw new Error('sums are answered once the workers have joined their parts');
    const vectors = this.vectors.answerVectors(index, this.pads);
    let sum = side.addProduct(undefined, this.nonBits, new Float64Array(slots).fill(randomNonzero()));
    for (const [chunk, bit] of this.bits.entries()) {
      sum = side.addProduct(sum, bit, vectors[chunk] as Float64Array);
    }
    sum = side.addValues(sum, this.mask(index));
    const sealed = side.seal(sum);
    sum?.delete();
    return sealed;
  }

  /** Uniform, but for one slot of each block that makes the block's sum its statistic's pad. */
  private mask(answer: number): Float64Array {
    const mask = randomElements(this.side.context.slots);
    const length = blockLength(this.layout);
    for (const [index, statistic] of this.layout.statistics.entries()) {
      if (statistic.answer !== answer) continue;
      const start = blockStart(this.layout, statistic.block);
      const sum = sumSlots(mask, start + 1, length - 1);
      mask[start] = subtract(this.pads.pads[index] as number, sum);
    }
    return mask;
  }

  delete(): void {
    for (const bit of this.bits) bit.delete();
    this.nonBits?.delete();
  }
}

/** Sum in Z_p of `count` slots from `start`. */
export function sumSlots(values: Float64Array, start: number, count: number): number {
  let sum = 0;
  for (let i = start; i < start + count; i++) sum = add(sum, values[i] as number);
  return sum;
}
