/** The owner's plaintext vectors: what each tally slot adds to each statistic. */
import type { Agreement, GroupColumn } from '../agreement/agreement.ts';
import { tablesOf } from '../agreement/tables.ts';
import { TALLY } from '../seal/parameters.ts';
import { add, subtract } from '../seal/plain-field.ts';
import { randomElements } from '../seal/random.ts';
import type { Cell } from './cells.ts';
import { blockStart, type TallyLayout, type TallyStatistic } from './layout.ts';
import { squareLimb, valueLimb } from './limbs.ts';
import { roundToStep } from './noise-plan.ts';
import type { TallyPads } from './pads.ts';

/** The owner's rows as the tally needs them. */
export interface TallyRows {
  /** For each group column, the index into its agreed labels, one a row. */
  readonly groups: readonly Uint16Array[];
  /** For each payload, the scaled integer, one a row; NaN where missing. */
  readonly payloads: readonly Float64Array[];
  /** Each row's tally slot. */
  readonly slotOf: Uint32Array;
  /** lambda: each tally slot's label. */
  readonly slotLabels: Float64Array;
}

const N = TALLY.degree;

export class StatisticVectors {
  /** Of each table. */
  readonly #grouped: readonly GroupedRows[];

  readonly #layout: TallyLayout;
  readonly #rows: TallyRows;

  constructor(agreement: Agreement, layout: TallyLayout, rows: TallyRows) {
    this.#layout = layout;
    this.#rows = rows;
    if (rows.slotLabels.length !== layout.slots) {
      throw new RangeError(`there are ${layout.slots} tally slots, but ${rows.slotLabels.length} labels of slots`);
    }
    this.#grouped = tablesOf(agreement.terms).map((table, i) => {
      const { groups = 1 } = layout.tables[i] ?? {};
      return groupRows(agreement, table.groups, groups, rows);
    });
  }

  /** The vectors of one answer, one of N values a chunk. */
  answerVectors(answer: number, pads: TallyPads): Float64Array[] {
    const chunks = Array.from({ length: this.#layout.chunks }, () => new Float64Array(N));
    for (const statistic of this.#layout.statistics) {
      if (statistic.answer !== answer) continue;
      if (statistic.kind === 'equality') this.#fillEquality(chunks[0] as Float64Array);
      else this.#fill(statistic, pads, chunks);
    }
    return chunks;
  }

  /**
   * Uniform numbers, drawn anew, of which those of a tally slot in all blocks sum to zero. Copies of b that are equal add nothing, and
   * others a uniform number.
   */
  #fillEquality(chunk: Float64Array): void {
    const { blocks, slots } = this.#layout;
    const last = blockStart(this.#layout, blocks - 1);
    chunk.set(randomElements(last));
    for (let slot = 0; slot < slots; slot++) {
      let others = 0;
      for (let at = slot; at < last; at += slots) others = add(others, chunk[at] as number);
      chunk[last + slot] = subtract(0, others);
    }
  }

  /** lambda in every block, in one chunk's slots; uniform numbers where no block reaches. */
  slotLabels(chunk: number): Float64Array {
    const layout = this.#layout;
    const rows = this.#rows;
    if (layout.chunks > 1) return rows.slotLabels.subarray(chunk * N, (chunk + 1) * N);
    const labels = randomElements(N);
    for (let block = 0; block < layout.blocks; block++) labels.set(rows.slotLabels, blockStart(layout, block));
    return labels;
  }

  #fill(statistic: TallyStatistic, pads: TallyPads, chunks: Float64Array[]): void {
    const cell = this.#layout.cells[statistic.cell];
    if (!cell) throw new RangeError('a statistic of no cell');
    const counts = this.#counts(cell);
    const valueAt = this.#rowValue(statistic, pads);
    const offset = blockStart(this.#layout, statistic.block);
    const { starts, rowsByGroup } = this.#grouped[cell.table] as GroupedRows;
    const end = starts[cell.group + 1] as number;
    for (let i = starts[cell.group] as number; i < end; i++) {
      const row = rowsByGroup[i] as number;
      if (!counts(row)) continue;
      const slot = offset + (this.#rows.slotOf[row] as number);
      (chunks[Math.floor(slot / N)] as Float64Array)[slot % N] = valueAt(row);
    }
  }

  /** Whether a row of the cell's group is in the cell. */
  #counts({ payload, gap }: Cell): (row: number) => boolean {
    const { payloads } = this.#rows;
    const has = (of: number) => (row: number) => !Number.isNaN(payloads[of]?.[row]);
    if (gap) return (row) => payloads.every((_, of) => has(of)(row) !== gap.includes(of));
    if (payload !== undefined) return has(payload);
    if (!this.#layout.completeCases) return () => true;
    return (row) => payloads.every((values) => !Number.isNaN(values[row]));
  }

  #rowValue(statistic: TallyStatistic, pads: TallyPads): (row: number) => number {
    if (statistic.kind === 'count') return () => 1;
    if (statistic.kind === 'check') {
      const macKey = pads.macKeys[statistic.cell] as number;
      return () => macKey;
    }
    const values = this.#rows.payloads[statistic.payload];
    if (!values) throw new RangeError('a statistic of no payload');
    const { noise } = this.#layout;
    if (noise) {
      const square = statistic.kind === 'square';
      const step = (square ? noise.squares : noise.sums)[statistic.payload]?.step as bigint;
      return (row) => {
        const value = BigInt(values[row] as number);
        return Number(roundToStep(square ? value * value : value, step));
      };
    }
    const width = this.#layout.limbWidths[statistic.payload] as number;
    const limb = statistic.kind === 'sum' ? valueLimb : squareLimb;
    return (row) => limb(values[row] as number, statistic.limb, width);
  }
}

/** Rows by a table's groups: those of group g are `rowsByGroup[starts[g] .. starts[g + 1]]`. */
interface GroupedRows {
  readonly rowsByGroup: Uint32Array;
  readonly starts: Uint32Array;
}

/**
 * `columns`: the table's group columns, by their places in the agreement.
 * @throws where a row has a label that is not agreed
 */
function groupRows({ terms }: Agreement, columns: readonly number[], groups: number, rows: TallyRows): GroupedRows {
  const count = rows.slotOf.length;
  const groupOf = new Uint32Array(count);
  for (const column of columns) {
    const { name, labels } = terms.groups[column] as GroupColumn;
    const codes = rows.groups[column];
    if (codes?.length !== count) throw new RangeError(`group column ${name} has another number of rows`);
    for (let row = 0; row < count; row++) {
      const code = codes[row] as number;
      if (code >= labels.length) throw new RangeError(`row ${row + 1} has a label of ${name} that is not agreed`);
      groupOf[row] = (groupOf[row] as number) * labels.length + code;
    }
  }
  const starts = new Uint32Array(groups + 1);
  for (const group of groupOf) starts[group + 1] = (starts[group + 1] as number) + 1;
  for (let g = 0; g < groups; g++) starts[g + 1] = (starts[g + 1] as number) + (starts[g] as number);
  const next = starts.slice();
  const rowsByGroup = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    const group = groupOf[row] as number;
    const at = next[group] as number;
    rowsByGroup[at] = row;
    next[group] = at + 1;
  }
  return { rowsByGroup, starts };
}
