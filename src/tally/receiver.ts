/** The researcher's side of the sealed tally: bits out, padded sums in, and pads where a cell reached the minimum. */
import { invertAll, subtract } from '../seal/plain-field.ts';
import type { SecretSide } from '../seal/secret-side.ts';
import { blockLength, blockStart, type TallyLayout } from './layout.ts';
import { sumSlots } from './sums-sender.ts';

/** Step 1: Enc(b), b one where a tally slot was matched, repeated in every block. One ciphertext a chunk. */
export function encryptMatched(
  side: SecretSide,
  layout: TallyLayout,
  matchedSlots: Iterable<number>,
): Uint8Array<ArrayBuffer>[] {
  const chunks = Array.from({ length: layout.chunks }, () => new Float64Array(side.context.slots));
  for (const slot of matchedSlots) {
    for (let block = 0; block < layout.blocks; block++) {
      const at = blockStart(layout, block) + slot;
      (chunks[Math.floor(at / side.context.slots)] as Float64Array)[at % side.context.slots] = 1;
    }
  }
  return chunks.map((bits) => side.encrypt(bits));
}

/** Step 2: each statistic's padded sum, from the decrypted answers in order. Throws on a wrong number of answers. */
export function readPaddedSums(
  side: SecretSide,
  layout: TallyLayout,
  answers: readonly Uint8Array[],
): Float64Array<ArrayBuffer> {
  if (answers.length !== layout.answers)
    throw new RangeError(`the tally has ${layout.answers} answers, got ${answers.length}`);
  const opened = answers.map((answer) => side.decrypt(answer));
  return Float64Array.from(layout.statistics, (statistic) =>
    sumSlots(opened[statistic.answer] as Float64Array, blockStart(layout, statistic.block), blockLength(layout)),
  );
}

/** Step 3: Enc(x) and Enc(x'): for every released statistic its cell's padded count and padded check. */
export function encryptCounts(
  side: SecretSide,
  layout: TallyLayout,
  padded: Float64Array,
): { counts: Uint8Array<ArrayBuffer>; checks: Uint8Array<ArrayBuffer> } {
  const ofCell = (kind: 'count' | 'check') => {
    const values = new Float64Array(layout.cells.length);
    for (const [i, statistic] of layout.statistics.entries()) {
      if (statistic.kind === kind) values[statistic.cell] = padded[i] as number;
    }
    return Float64Array.from(layout.released, (i) => values[layout.statistics[i]?.cell as number] as number);
  };
  return { counts: side.encrypt(ofCell('count')), checks: side.encrypt(ofCell('check')) };
}

/** Step 5: which slots stay sealed, and Enc(w), w = f^-1 or 0. */
export function answerGate(
  side: SecretSide,
  layout: TallyLayout,
  gate: Uint8Array,
): { inverses: Uint8Array<ArrayBuffer>; sealed: boolean[] } {
  const f = side.decrypt(gate).slice(0, layout.released.length);
  const sealed = Array.from(f, (value) => value === 0);
  invertAll(f);
  return { inverses: side.encrypt(f), sealed };
}

/** Step 6: the value of each released statistic, in the order of `layout.released`; undefined where it stays sealed. */
export function readReleased(
  side: SecretSide,
  layout: TallyLayout,
  padded: Float64Array,
  sealed: readonly boolean[],
  release: Uint8Array,
): (number | undefined)[] {
  const pads = side.decrypt(release);
  return layout.released.map((index, slot) =>
    sealed[slot] ? undefined : subtract(padded[index] as number, pads[slot] as number),
  );
}
