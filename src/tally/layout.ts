/**
 * Which numbers the sealed tally carries and where: derived from the agreement, the same on both sides.
 *
 * A *cell* is a set of rows: those of a group that have every payload (complete cases), or, where each column is counted by itself,
 * a group, a group and a payload that some rows lack, or a group's rows with one *gap*: one combination of missing values. A cell's
 * *statistics* are its count, a check on the count (a one-time MAC), and the limb sums of its payloads and their squares. Figures of
 * a cell open where its count reaches the minimum. Those of a payload that some rows lack open only if, besides, nobody or at
 * least the minimum has each gap: otherwise the difference of two columns would tell of fewer (`missing-values.test.ts`).
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
  /** The payload whose present values are counted; undefined: the group as a whole. */
  readonly payload: number | undefined;
  /** Rows that lack exactly these payloads. Compared with the minimum, never released. */
  readonly gap?: readonly number[];
}

/** A condition on a figure's release: the cell's count is none of the numbers from `from` up to the minimum. */
export interface Condition {
  readonly cell: number;
  readonly from: 0 | 1;
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
  /** Statistics that are released (all but checks and the counts of gaps). The gate has slots for each, in this order. */
  readonly released: readonly number[];
  /** What a cell's figures are released on, by cell. */
  readonly conditions: readonly (readonly Condition[])[];
  /** True where rows without some payload count in no figure. */
  readonly completeCases: boolean;
  /** Where each released statistic's slots begin in the gate, and, last, where they end. */
  readonly gateStarts: readonly number[];
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

  const incomplete = terms.payloads.flatMap(({ complete }, payload) => (complete ? [] : [payload]));
  const completeCases = terms.missingValues !== 'each-column' || incomplete.length === 0;
  if (!completeCases) checkGaps(incomplete.length, terms.minimumGroupSize);
  const gaps = completeCases ? [] : subsets(incomplete);

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
      if (!column.complete && !completeCases) {
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
    for (const gap of gaps) {
      cells.push({ group, payload: undefined, gap });
      contents.push(counted());
    }
  }

  const fitting = Math.floor(N / terms.dataRows);
  const blocks = Math.max(1, Math.min(fitting, groups));
  const chunks = Math.ceil(terms.dataRows / N);
  const slots = chunks > 1 ? chunks * N : Math.floor(N / blocks);
  const statistics = assignBlocks(cells, contents, blocks);
  const released = [...statistics.keys()].filter((i) => isReleased(statistics[i], cells));
  if (released.length > N) {
    throw new RangeError(
      `the table would need ${released.length} figures; at most ${N} are possible: choose fewer columns`,
    );
  }
  const { minimumGroupSize: minimum } = terms;
  const conditions = conditionsOf(cells);
  const gateStarts = [0];
  for (const index of released) {
    const own = conditions[(statistics[index] as Statistic).cell] as readonly Condition[];
    gateStarts.push((gateStarts.at(-1) as number) + own.reduce((slots, { from }) => slots + minimum - from, 0));
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
    conditions,
    completeCases,
    gateStarts,
    minimum,
    gateChunks: Math.ceil((gateStarts.at(-1) as number) / N),
    limbWidths: plans.map((plan) => plan.width),
    noise,
  };
}

/** Gaps are counted one by one, so there must not be many. */
const MOST_INCOMPLETE = 3;

function checkGaps(incomplete: number, minimum: number): void {
  if (incomplete > MOST_INCOMPLETE) {
    throw new RangeError(
      `${incomplete} columns with missing values cannot each be counted by itself, at most ${MOST_INCOMPLETE} can: choose complete cases, or fewer such columns`,
    );
  }
  if (minimum < 3) {
    // A gap that is refused would be one person.
    throw new RangeError(
      'counting each column by itself takes a minimum group size of 3 or more: choose complete cases',
    );
  }
}

function subsets(of: readonly number[]): number[][] {
  return Array.from({ length: 2 ** of.length }, (_, chosen) => of.filter((_, i) => (chosen >> i) % 2 === 1));
}

function isReleased(statistic: Statistic | undefined, cells: readonly Cell[]): boolean {
  return statistic !== undefined && statistic.kind !== 'check' && cells[statistic.cell]?.gap === undefined;
}

function conditionsOf(cells: readonly Cell[]): Condition[][] {
  return cells.map(({ group, payload, gap }, cell) => {
    if (gap) return [];
    const own = { cell, from: 0 as const };
    if (payload === undefined) return [own];
    const gaps = cells.flatMap((other, i) =>
      other.group === group && other.gap ? [{ cell: i, from: 1 as const }] : [],
    );
    return [own, ...gaps];
  });
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
export const gateLength = ({ gateStarts }: TallyLayout) => gateStarts.at(-1) as number;

/** From the first slot of a released statistic in the gate to the one after its last. */
export const gateSlotsOf = ({ gateStarts }: TallyLayout, released: number): [from: number, to: number] => [
  gateStarts[released] as number,
  gateStarts[released + 1] as number,
];

/** A condition on a released statistic (its place in `layout.released`), and the first of its slots in the gate. */
export interface GateCondition extends Condition {
  readonly released: number;
  readonly slot: number;
}

export function gateConditions(layout: TallyLayout): GateCondition[] {
  return layout.released.flatMap((index, released) => {
    let slot = layout.gateStarts[released] as number;
    const { cell } = layout.statistics[index] as Statistic;
    return (layout.conditions[cell] as readonly Condition[]).map((condition) => {
      const start = { ...condition, released, slot };
      slot += layout.minimum - condition.from;
      return start;
    });
  });
}

/** First slot of a block in a ciphertext. */
export function blockStart(layout: TallyLayout, block: number): number {
  return layout.blocks === 1 ? 0 : block * layout.slots;
}

/** Slots of a block in one ciphertext. */
export function blockLength(layout: TallyLayout): number {
  return layout.chunks > 1 ? N : layout.slots;
}
