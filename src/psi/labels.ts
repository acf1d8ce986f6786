/** The owner's labels: for the session, every row gets a pseudonym in Z_p that hides all but a secret tally slot. */
import { PLAIN_MODULUS } from '../seal/parameters.ts';
import { randomBelow, randomElements, randomPermutation } from '../seal/random.ts';

export interface RowLabels {
  /** One label a row; `label mod slots` is the row's tally slot, the rest is random. */
  readonly labels: Float64Array<ArrayBuffer>;
  /** The secret injection of rows into tally slots. */
  readonly slotOf: Uint32Array<ArrayBuffer>;
}

/** `slots`: T, at least the number of rows. */
export function drawLabels(rows: number, slots: number): RowLabels {
  if (rows > slots) throw new RangeError(`${rows} rows do not fit into ${slots} tally slots`);
  const slotOf = randomPermutation(slots).slice(0, rows);
  const labels = new Float64Array(rows);
  for (let row = 0; row < rows; row++) labels[row] = drawLabel(slotOf[row] as number, slots);
  return { labels, slotOf };
}

/** A label that stands for a slot, uniform among them. */
export function drawLabel(slot: number, slots: number): number {
  return slot + slots * randomBelow(Math.floor((PLAIN_MODULUS - 1 - slot) / slots) + 1);
}

/** The labels of matched rows, and of each the stratum of the record that it was matched to. */
export interface MatchedRows {
  readonly labels: Float64Array<ArrayBuffer>;
  readonly strata: Uint32Array<ArrayBuffer>;
}

/** The same with the tally slots that the labels stand for. */
export function matchedSlots({ labels, strata }: MatchedRows, slots: number) {
  return Array.from(labels, (label, i) => ({ slot: slotOfLabel(label, slots), label, stratum: strata[i] as number }));
}

/** lambda: the label of the row in each tally slot; in a slot without a row a number that nobody can have seen. */
export function labelsBySlot(labels: Float64Array, slots: number): Float64Array<ArrayBuffer> {
  const bySlot = randomElements(slots);
  for (const label of labels) bySlot[slotOfLabel(label, slots)] = label;
  return bySlot;
}

/** The tally slot a label stands for. */
export function slotOfLabel(label: number, slots: number): number {
  return label % slots;
}
