/** The researcher's side of the sealed tally: bits out, padded sums in, and pads where a cell reached the minimum. */
import { TALLY } from '../seal/parameters.ts';
import { invertAll, subtract } from '../seal/plain-field.ts';
import type { SecretSide } from '../seal/secret-side.ts';
import {
  blockStart,
  cellValues,
  gateConditions,
  gateLength,
  gateSlotsOf,
  statisticSlots,
  type TallyLayout,
} from './layout.ts';
import { sumSlots } from './sums-sender.ts';

/** What step 1 encrypts, N values a chunk. */
export interface Selection {
  /** b of each stratum: one where a tally slot was matched to a record of it, zero elsewhere, repeated in every block. */
  readonly bits: Float64Array[][];
  /** y: the label that was seen where some b is one, zero elsewhere. */
  readonly labels: Float64Array[];
}

/** A matched row. */
export interface MatchedSlot {
  /** Its tally slot. */
  readonly slot: number;
  readonly label: number;
  /** Of the record that it was matched to. */
  readonly stratum: number;
}

export function selectMatched(layout: TallyLayout, matched: Iterable<MatchedSlot>): Selection {
  const zeros = () => Array.from({ length: layout.chunks }, () => new Float64Array(TALLY.degree));
  const [bits, labels] = [Array.from({ length: layout.strata }, zeros), zeros()];
  for (const { slot: tallySlot, label, stratum } of matched) {
    for (let block = 0; block < layout.blocks; block++) {
      const at = blockStart(layout, block) + tallySlot;
      const [chunk, slot] = [Math.floor(at / TALLY.degree), at % TALLY.degree];
      (bits[stratum]?.[chunk] as Float64Array)[slot] = 1;
      (labels[chunk] as Float64Array)[slot] = label;
    }
  }
  return { bits, labels };
}

/** Step 1: Enc(b) of each stratum, one ciphertext a chunk, then Enc(y), as many as of one stratum. */
export function encryptSelection(side: SecretSide, { bits, labels }: Selection): Uint8Array<ArrayBuffer>[] {
  return [...bits.flat(), ...labels].map((values) => side.encrypt(values));
}

/**
 * Step 2: each statistic's padded sum, from the decrypted answers in order.
 * @throws on a wrong number of answers
 */
export function readPaddedSums(
  side: SecretSide,
  layout: TallyLayout,
  answers: readonly Uint8Array[],
): Float64Array<ArrayBuffer> {
  const opened = decryptAll(side, answers, layout.answers, 'the tally');
  return Float64Array.from(layout.statistics, (statistic) => {
    const [start, end] = statisticSlots(layout, statistic);
    return sumSlots(opened[statistic.answer] as Float64Array, start, end - start);
  });
}

/** Step 3: Enc(x) and Enc(x'): every slot of the gate holds the padded count and padded check of the cell that it compares. */
export function encryptCounts(
  side: SecretSide,
  layout: TallyLayout,
  padded: Float64Array,
): { counts: Uint8Array<ArrayBuffer>[]; checks: Uint8Array<ArrayBuffer>[] } {
  const ofCells = (kind: 'count' | 'check') => encryptSlots(side, layout, cellSlots(layout, padded, kind));
  return { counts: ofCells('count'), checks: ofCells('check') };
}

/** The slots of the gate, each with its cell's padded count or check. */
export function cellSlots(layout: TallyLayout, padded: Float64Array, kind: 'count' | 'check'): Float64Array {
  const values = cellValues(layout, padded, kind);
  const slots = new Float64Array(gateLength(layout));
  for (const { slot, cell, from } of gateConditions(layout)) {
    slots.fill(values[cell] as number, slot, slot + layout.minimum - from);
  }
  return slots;
}

/** Step 5: which statistics stay sealed, and Enc(w), w = f^-1 or 0. */
export function answerGate(
  side: SecretSide,
  layout: TallyLayout,
  gate: readonly Uint8Array[],
): { inverses: Uint8Array<ArrayBuffer>[]; sealed: boolean[] } {
  const f = decryptSlots(side, layout, gate);
  const sealed = layout.released.map((_, released) => f.subarray(...gateSlotsOf(layout, released)).includes(0));
  invertAll(f);
  return { inverses: encryptSlots(side, layout, f), sealed };
}

/** Step 6: the value of each released statistic, in the order of `layout.released`; undefined where it stays sealed. */
export function readReleased(
  side: SecretSide,
  layout: TallyLayout,
  padded: Float64Array,
  sealed: readonly boolean[],
  release: readonly Uint8Array[],
): (number | undefined)[] {
  const shares = decryptSlots(side, layout, release);
  return layout.released.map((index, released) => {
    if (sealed[released]) return undefined;
    const own = shares.subarray(...gateSlotsOf(layout, released));
    return subtract(padded[index] as number, sumSlots(own, 0, own.length));
  });
}

/**
 * The used slots of the gate, from its ciphertexts.
 * @throws on a wrong number of them
 */
export function decryptSlots(
  side: SecretSide,
  layout: TallyLayout,
  answers: readonly Uint8Array[],
): Float64Array<ArrayBuffer> {
  const slots = new Float64Array(gateLength(layout));
  for (const [chunk, values] of decryptAll(side, answers, layout.gateChunks, 'the gate').entries()) {
    const start = chunk * side.context.slots;
    slots.set(values.subarray(0, slots.length - start), start);
  }
  return slots;
}

/** Of `of`, which has `due` answers. */
function decryptAll(
  side: SecretSide,
  answers: readonly Uint8Array[],
  due: number,
  of: string,
): Float64Array<ArrayBuffer>[] {
  if (answers.length !== due) throw new RangeError(`${of} has ${due} answers, got ${answers.length}`);
  return answers.map((answer) => side.decrypt(answer));
}

/** One ciphertext for every N slots of the gate. */
export function encryptSlots(side: SecretSide, layout: TallyLayout, slots: Float64Array): Uint8Array<ArrayBuffer>[] {
  return Array.from({ length: layout.gateChunks }, (_, chunk) => {
    const start = chunk * side.context.slots;
    return side.encrypt(slots.slice(start, start + side.context.slots));
  });
}
