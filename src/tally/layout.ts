/**
 * Which numbers the sealed tally carries and where: derived from the agreement, the same on both sides.
 *
 * Over each cell (`cells.ts`) its *statistics* are added up: its count, a check on the count (a one-time MAC), and the limb sums of
 * its payloads and their squares. The tally vector b is repeated in `blocks` equal blocks, so that one answer carries one statistic for
 * each block. All cells of a group live in one block. Groups share no rows, so even copies of b that differ select one set of rows: the
 * researcher cannot count with one b and sum with another, nor learn a group's figures over two sets in one run. Several tables
 * share rows: there, an *equality* for each stratum goes with every check and vanishes only where all copies of b are equal. There is one
 * b for each *stratum* of the researcher's, all laid out alike; an answer belongs to one stratum.
 */
import { type Agreement, MAX_CELLS, MAX_GROUPS, type Terms } from '../agreement/agreement.ts';
import { groupsOf, tablesOf } from '../agreement/tables.ts';
import { TALLY } from '../seal/parameters.ts';
import { add } from '../seal/plain-field.ts';
import { t } from '../words/translate.ts';
import {
  type Addition,
  type Cell,
  type Condition,
  cellsOfTable,
  conditionsOf,
  countsCompleteCases,
  type FilledCell,
  type TableCells,
} from './cells.ts';
import { planLimbs } from './limbs.ts';
import { type NoisePlan, planNoise } from './noise-plan.ts';

/** A sum that the tally adds: of which cell, and where in the answers it stands. */
export interface TallyStatistic extends Addition {
  /** Of an equality: the first of its stratum. */
  readonly cell: number;
  /** An equality stands in all. */
  readonly block: number;
  /** The answer ciphertext that carries it. */
  readonly answer: number;
}

export interface TallyLayout {
  /** Groups of the researcher's; without any, one. */
  readonly strata: number;
  /** The tables, each with its number of groups of the owner's and which of the agreement's payloads it has. */
  readonly tables: readonly TableCells[];
  /** T: tally slots a row can stand in (one block's, or all chunks'). */
  readonly slots: number;
  /** Ciphertexts that one b takes. */
  readonly chunks: number;
  readonly blocks: number;
  readonly cells: readonly Cell[];
  readonly statistics: readonly TallyStatistic[];
  /** Of each stratum as many, one stratum after the other. */
  readonly answers: number;
  /** Statistics that are released (all but checks, equalities and the counts of gaps). The gate has slots for each, in this order. */
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
/** Most ciphertexts of the gate, which is one message. */
const MAX_GATES = 64;
/** Each worker of the owner's holds all b, a megabyte a ciphertext. */
const MAX_QUERIES = 256;

const product = (columns: readonly { readonly labels: readonly string[] }[]) =>
  columns.reduce((count, { labels }) => count * labels.length, 1);

/** @throws RangeError where the agreement asks for more than one run carries, naming what to reduce */
export function layTally(agreement: Agreement): TallyLayout {
  const { terms, list } = agreement;
  const tables = layTables(terms);
  const strata = product(list.strata ?? []);
  const chunks = Math.ceil(terms.dataRows / N);
  checkStrata(strata, tables, chunks);
  const noise = planNoise(agreement);
  const plans = terms.payloads.map((payload) => planLimbs(payload, Math.min(list.listRows, terms.dataRows)));

  const filled = tables.flatMap((table) => cellsOfTable(terms, table, noise ? undefined : plans));
  const groups = tables.reduce((sum, table) => sum + table.groups, 0);
  const blocks = Math.max(1, Math.min(Math.floor(N / terms.dataRows), groups));
  const several = tables.length > 1;
  const first = assignBlocks(filled, blocks);
  if (several && blocks > 1) first.push({ ...EQUALITY, cell: 0, block: 0, answer: answersOf(first) });
  const { cells, statistics } = inEveryStratum(strata, filled, first);
  const { minimumGroupSize: minimum } = terms;
  return {
    strata,
    tables,
    slots: chunks > 1 ? chunks * N : Math.floor(N / blocks),
    chunks,
    blocks,
    cells,
    statistics,
    answers: strata * answersOf(first),
    ...layGate(statistics, cells, { minimum, several }),
    completeCases: countsCompleteCases(terms),
    minimum,
    limbWidths: plans.map((plan) => plan.width),
    noise,
  };
}

function layTables(terms: Terms): TableCells[] {
  const tables = tablesOf(terms).map((plan, table) => ({
    table,
    groups: product(groupsOf(terms, plan)),
    payloads: plan.payloads,
  }));
  for (const { groups, table } of tables) {
    if (groups > MAX_GROUPS) {
      const values = { groups, most: MAX_GROUPS };
      throw new RangeError(
        tables.length > 1
          ? t('table {{table}} would have {{groups}} groups; at most {{most}} are possible', {
              table: table + 1,
              ...values,
            })
          : t('the table would have {{groups}} groups; at most {{most}} are possible', values),
      );
    }
  }
  return tables;
}

const EQUALITY: Addition = { kind: 'equality', payload: -1, limb: 0 };

const answersOf = (statistics: readonly TallyStatistic[]) => Math.max(...statistics.map(({ answer }) => answer)) + 1;

/** Cells and statistics of the first stratum, repeated for each. */
function inEveryStratum(strata: number, filled: readonly FilledCell[], first: readonly TallyStatistic[]) {
  const answers = answersOf(first);
  const numbers = Array.from({ length: strata }, (_, stratum) => stratum);
  return {
    cells: numbers.flatMap((stratum) => filled.map(({ cell }) => ({ ...cell, stratum }))),
    statistics: numbers.flatMap((stratum) =>
      first.map((statistic) => ({
        ...statistic,
        cell: statistic.cell + stratum * filled.length,
        answer: statistic.answer + stratum * answers,
      })),
    ),
  };
}

function layGate(
  statistics: readonly TallyStatistic[],
  cells: readonly Cell[],
  { minimum, several }: { readonly minimum: number; readonly several: boolean },
): Pick<TallyLayout, 'released' | 'conditions' | 'gateStarts' | 'gateChunks'> {
  const isReleased = ({ kind, cell }: TallyStatistic) => kind !== 'check' && kind !== 'equality' && !cells[cell]?.gap;
  const released = statistics.flatMap((statistic, i) => (isReleased(statistic) ? [i] : []));
  if (released.length > N) {
    throw new RangeError(
      t('the table would need {{figures}} figures; at most {{most}} are possible: choose fewer columns', {
        figures: released.length,
        most: N,
      }),
    );
  }
  const conditions = conditionsOf(cells, several);
  const gateStarts = [0];
  for (const index of released) {
    const own = conditions[(statistics[index] as TallyStatistic).cell] as readonly Condition[];
    gateStarts.push((gateStarts.at(-1) as number) + own.reduce((slots, { from }) => slots + minimum - from, 0));
  }
  const gateChunks = Math.ceil((gateStarts.at(-1) as number) / N);
  if (gateChunks > MAX_GATES) {
    throw new RangeError(
      t(
        'what is asked for takes {{ciphertexts}} ciphertexts of the gate, at most {{most}} are possible: choose columns with fewer groups, or fewer to average',
        { ciphertexts: gateChunks, most: MAX_GATES },
      ),
    );
  }
  return { released, conditions, gateStarts, gateChunks };
}

function checkStrata(strata: number, tables: readonly TableCells[], chunks: number): void {
  for (const { groups } of tables) {
    if (strata > 1 && strata * groups > MAX_CELLS) {
      throw new RangeError(
        t(
          '{{strata}} groups of the researcher times {{groups}} of the data owner make {{cells}} cells; at most {{most}} are possible: group by columns with fewer values',
          { strata, groups, cells: strata * groups, most: MAX_CELLS },
        ),
      );
    }
  }
  if (strata > 1 && strata * chunks > MAX_QUERIES) {
    throw new RangeError(
      t(
        'with so many rows of data the researcher can have at most {{most}} groups, not {{strata}}: group by a column with fewer values',
        { most: Math.floor(MAX_QUERIES / chunks), strata },
      ),
    );
  }
}

/** Largest groups first, each whole into the block with the fewest statistics so far. */
function assignBlocks(cells: readonly FilledCell[], blocks: number): TallyStatistic[] {
  const byGroup = new Map<number, (Addition & { readonly cell: number })[]>();
  for (const [number, { cell, additions }] of cells.entries()) {
    const group = cell.table * MAX_GROUPS + cell.group;
    const own = additions.map((addition) => ({ ...addition, cell: number }));
    byGroup.set(group, [...(byGroup.get(group) ?? []), ...own]);
  }
  const filled = new Array<number>(blocks).fill(0);
  const placed: TallyStatistic[] = [];
  const largestFirst = [...byGroup].sort(([g, a], [h, b]) => b.length - a.length || g - h);
  for (const [, statistics] of largestFirst) {
    const block = filled.indexOf(Math.min(...filled));
    const first = filled[block] as number;
    placed.push(...statistics.map((statistic, i) => ({ ...statistic, block, answer: first + i })));
    filled[block] = first + statistics.length;
  }
  return placed;
}

/** The stratum whose b an answer is over. */
export const stratumOfAnswer = ({ strata, answers }: TallyLayout, answer: number) =>
  Math.floor((answer * strata) / answers);

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
    const { cell } = layout.statistics[index] as TallyStatistic;
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

/** From a statistic's first slot in its answer's ciphertexts to the one after its last. */
export function statisticSlots(layout: TallyLayout, { kind, block }: TallyStatistic): [from: number, to: number] {
  if (kind === 'equality') return [0, layout.blocks * layout.slots];
  const start = blockStart(layout, block);
  return [start, start + blockLength(layout)];
}

/** Each cell's count, or its check with its stratum's equality added, from one value for every statistic. */
export function cellValues(
  { statistics, cells, strata }: TallyLayout,
  values: Float64Array,
  kind: 'count' | 'check',
): Float64Array {
  const [own, equality] = [new Float64Array(cells.length), new Float64Array(strata)];
  for (const [i, statistic] of statistics.entries()) {
    const value = values[i] as number;
    if (statistic.kind === kind) own[statistic.cell] = value;
    else if (statistic.kind === 'equality') equality[(cells[statistic.cell] as Cell).stratum] = value;
  }
  if (kind === 'count') return own;
  return own.map((check, cell) => add(check, equality[(cells[cell] as Cell).stratum] as number));
}
