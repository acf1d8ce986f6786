/**
 * Steps 1 and 2 of the sealed tally, owner's side: padded sums over the rows the researcher's bits select.
 *
 * Each answer is Enc(b) * v + c * Z + mask: v the statistics' vectors, Z = Enc(b^2 - b) * tau + E * tau', c a fresh nonzero
 * scalar, mask uniform among the vectors whose slots sum to each statistic's pad. tau and tau' are uniform per slot; E is
 * the error of a product of the owner's own (`PublicSide.productError`). With bits in b and honest keys the middle term
 * vanishes; anything else drowns the sums, differently in a count and in its check.
 */
import type { Ciphertext } from '../seal/library.ts';
import { add, subtract } from '../seal/plain-field.ts';
import type { PublicSide } from '../seal/public-side.ts';
import { randomElements, randomNonzero } from '../seal/random.ts';
import { type Handle, withScope } from '../seal/scope.ts';
import { blockLength, blockStart, type TallyLayout } from './layout.ts';
import type { TallyPads } from './pads.ts';
import type { StatisticVectors } from './statistic-vectors.ts';

export class SumsSender implements Handle {
  /** Enc(b), a chunk each, in NTT form. */
  private readonly bits: readonly Ciphertext[];
  /** Z, in NTT form. */
  private readonly nonBits: Ciphertext;

  /** `queries`: Enc(b), one ciphertext a chunk, wire bytes. Throws on another number or on what is no ciphertext. */
  constructor(
    private readonly side: PublicSide,
    private readonly layout: TallyLayout,
    private readonly vectors: StatisticVectors,
    private readonly pads: TallyPads,
    queries: readonly Uint8Array[],
  ) {
    if (queries.length !== layout.chunks) {
      throw new RangeError(`the tally takes ${layout.chunks} ciphertexts of bits, got ${queries.length}`);
    }
    this.bits = queries.map((bytes) => side.load(bytes));
    const randomly = (sum: Ciphertext | undefined, cipher: Ciphertext) =>
      side.addProduct(sum, side.toNtt(cipher), randomElements(side.context.slots), side.context.first);
    let sum = withScope((keep) => randomly(undefined, keep(side.productError(side.context.first.parmsId))));
    for (const bit of this.bits) {
      withScope((keep) => {
        const square = keep(side.square(bit));
        side.evaluator.subInplace(square, bit);
        sum = randomly(sum, square);
      });
    }
    if (!sum) throw new Error('uniform values were all zero');
    this.nonBits = sum;
    for (const bit of this.bits) side.toNtt(bit);
  }

  /** One sealed answer. */
  answer(index: number): Uint8Array<ArrayBuffer> {
    const { side } = this;
    const { slots, first } = side.context;
    const vectors = this.vectors.answerVectors(index, this.pads);
    let sum = side.addProduct(undefined, this.nonBits, new Float64Array(slots).fill(randomNonzero()), first);
    for (const [chunk, bit] of this.bits.entries()) {
      sum = side.addProduct(sum, bit, vectors[chunk] as Float64Array, first);
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
    this.nonBits.delete();
  }
}

/** Sum in Z_p of `count` slots from `start`. */
export function sumSlots(values: Float64Array, start: number, count: number): number {
  let sum = 0;
  for (let i = start; i < start + count; i++) sum = add(sum, values[i] as number);
  return sum;
}
