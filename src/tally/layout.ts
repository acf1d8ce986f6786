/**
 * Which numbers the sealed tally carries and where: derived from the agreement, the same on both sides.
 *
 * A *cell* is a group, or a group and a payload that some rows lack; it passes or falls with its own count. Its
 * *statistics* are its count, a check on the count (a one-time MAC), and the limb sums of its payloads and their squares.
 * The tally vector b is repeated in `blocks` equal blocks, so that one answer carries one statistic for each block. All
 * cells of a group live in one block. Groups share no rows, so even copies of b that differ select one set of rows: the
 * researcher cannot count with one b and sum with another, nor learn a group's figures over two sets in one run.
 */
import { type Agreement, MAX_GROUPS } from '../agreement/agreement.ts';
import { TALLY } from '../seal/parameters.ts';
import { planLimbs } from './limbs.ts';
import { type NoisePlan, planNoise } from './noise-plan.ts';

export interface Cell {
  readonly group: number;
  /** The payload whose present values are counted; undefined: all rows of the group. */
  readonly payload: number | undefined;
}

export interface Statistic {
  readonly cell: number;
  readonly kind: 'count' | 'check' | 'sum' | 'square';
  /** Of sums and squares: the payload, and which limb. */
  readonly payload: number;
  readonly limb: number;
  readonly block: number;
  /** The answer ciphertext that carries it. */
  readonly answer: number;
}

export interface TallyLayout {
  readonly groups: number;
  /** T: tally slots a row can stand in (one block's, or all chunks'). */
  readonly slots: number;
  /** Ciphertexts that b takes. */
  readonly chunks: number;
  readonly blocks: number;
  readonly cells: readonly Cell[];
  readonly statistics: readonly Statistic[];
  readonly answers: number;
  /** Statistics that are released (all but checks). The gate has `minimum` slots for each, in this order. */
  readonly released: readonly number[];
  /** k: the smallest group that is released. */
  readonly minimum: number;
  /** Ciphertexts that the gate takes. */
  readonly gateChunks: number;
  /** Bits of a limb, a payload. */
  readonly limbWidths: readonly number[];
  /** Undefined: figures are exact. Under noise every sum is one limb. */
  readonly noise: NoisePlan | undefined;
}

const N = TALLY.degree;

/** Throws RangeError where the agreement asks for more than one run carries, naming what to reduce. */
export function layTally(agreement: Agreement): TallyLayout {
  const { terms, list } = agreement;
  const groups = terms.groups.reduce((product, column) => product * column.labels.length, 1);
  if (groups > MAX_GROUPS) {
    throw new RangeError(`the table would have ${groups} groups; at most ${MAX_GROUPS} are possible`);
  }
  const noise = planNoise(agreement);
  const plans = terms.payloads.map((payload) => planLimbs(payload, Math.min(list.listRows, terms.dataRows)));
  const wantsSums = terms.statistics.mean || terms.statistics.sum || terms.statistics.sd;

  const cells: Cell[] = [];
  const contents: Pick<Statistic, 'kind' | 'payload' | 'limb'>[][] = [];
  for (let group = 0; group < groups; group++) {
    const counted = () => [
      { kind: 'count' as const, payload: -1, limb: 0 },
      { kind: 'check' as const, payload: -1, limb: 0 },
    ];
    const own: Pick<Statistic, 'kind' | 'payload' | 'limb'>[] = counted();
    cells.push({ group, payload: undefined });
    contents.push(own);
    for (const [payload, column] of terms.payloads.entries()) {
      let target = own;
      if (!column.complete) {
        target = counted();
        cells.push({ group, payload });
        contents.push(target);
      }
      const plan = plans[payload];
      if (!plan || !wantsSums) continue;
      for (let limb = 0; limb < (noise ? 1 : plan.valueLimbs); limb++) target.push({ kind: 'sum', payload, limb });
      if (!terms.statistics.sd) continue;
      for (let limb = 0; limb < (noise ? 1 : plan.squareLimbs); limb++) target.push({ kind: 'square', payload, limb });
    }
  }

  const fitting = Math.floor(N / terms.dataRows);
  const blocks = Math.max(1, Math.min(fitting, groups));
  const chunks = Math.ceil(terms.dataRows / N);
  const slots = chunks > 1 ? chunks * N : Math.floor(N / blocks);
  const statistics = assignBlocks(cells, contents, blocks);
  const released = [...statistics.keys()].filter((i) => statistics[i]?.kind !== 'check');
  if (released.length > N) {
    throw new RangeError(
      `the table would need ${released.length} figures; at most ${N} are possible: choose fewer columns`,
    );
  }
  return {
    groups,
    slots,
    chunks,
    blocks,
    cells,
    statistics,
    answers: Math.max(...statistics.map((statistic) => statistic.answer)) + 1,
    released,
    minimum: terms.minimumGroupSize,
    gateChunks: Math.ceil((released.length * terms.minimumGroupSize) / N),
    limbWidths: plans.map((plan) => plan.width),
    noise,
  };
}

/** Largest groups first, each whole into the block with the fewest statistics so far. */
function assignBlocks(
  cells: readonly Cell[],
  contents: readonly Pick<Statistic, 'kind' | 'payload' | 'limb'>[][],
  blocks: number,
): Statistic[] {
  const byGroup = new Map<number, Omit<Statistic, 'block' | 'answer'>[]>();
  for (const [cell, { group }] of cells.entries()) {
    const own = (contents[cell] ?? []).map((statistic) => ({ ...statistic, cell }));
    byGroup.set(group, [...(byGroup.get(group) ?? []), ...own]);
  }
  const filled = new Array<number>(blocks).fill(0);
  const placed: Statistic[] = [];
  const largestFirst = [...byGroup].sort(([g, a], [h, b]) => b.length - a.length || g - h);
  for (const [, statistics] of largestFirst) {
    const block = filled.indexOf(Math.min(...filled));
    const first = filled[block] as number;
    placed.push(...statistics.map((statistic, i) => ({ ...statistic, block, answer: first + i })));
    filled[block] = first + statistics.length;
  }
  return placed;
}

/** Slots of the gate that are used. */
export const gateLength = ({ released, minimum }: TallyLayout) => released.length * minimum;

/** From the first slot of a released statistic in the gate to the one after its last. */
export const gateSlotsOf = ({ minimum }: TallyLayout, released: number): [from: number, to: number] => [
  released * minimum,
  (released + 1) * minimum,
];

/** First slot of a block in a ciphertext. */
export function blockStart(layout: TallyLayout, block: number): number {
  return layout.blocks === 1 ? 0 : block * layout.slots;
}

/** Slots of a block in one ciphertext. */
export function blockLength(layout: TallyLayout): number {
  return layout.chunks > 1 ? N : layout.slots;
}
