/** From released sums of limbs to the figures people asked for. */

import type { Agreement, GroupColumn, PayloadColumn } from '../agreement/agreement.ts';
import type { PayloadFigures, ResultRow } from '../agreement/result.ts';
import { askedNames } from '../agreement/statistics.ts';
import { groupsOf, type TablePlan, tablesOf } from '../agreement/tables.ts';
import { t } from '../words/translate.ts';
import type { TallyLayout } from './layout.ts';
import { joinLimbs, largestScaled } from './limbs.ts';
import { type NoisyFigure, signedSum } from './noise-plan.ts';
import { type Moments, roundCount, roundFigures } from './rounding.ts';
import { type Lot, withheldGroups } from './suppression.ts';

/** Thrown where released numbers cannot be true: someone tampered, or the two sides computed differently. */
export class ImplausibleResult extends Error {
  override readonly name = 'ImplausibleResult';
}

/** Every combination of the columns' labels, in the order of group numbers. */
export function combinations(columns: readonly GroupColumn[]): string[][] {
  return columns.reduce<string[][]>(
    (rows, column) => rows.flatMap((labels) => column.labels.map((label) => [...labels, label])),
    [[]],
  );
}

/** Labels of each group of a table, one a group column, in the order of group numbers. */
export function groupLabels(
  { terms }: Agreement,
  table: TablePlan = { groups: [...terms.groups.keys()], payloads: [] },
) {
  return combinations(groupsOf(terms, table));
}

/** The same rows under the researcher's own names of the strata. */
export function namedStrata(rows: readonly ResultRow[], columns: readonly GroupColumn[]): ResultRow[] {
  const names = combinations(columns);
  return [...new Set(rows.map(({ table }) => table))].flatMap((table) => {
    const own = rows.filter((row) => row.table === table);
    const groups = own.length / names.length;
    return own.map((row, i) => ({ ...row, strata: names[Math.floor(i / groups)] as string[] }));
  });
}

/**
 * The result: table by table, and in each stratum by stratum. `released`: one value for each of `layout.released`,
 * undefined where sealed; `matches`: of each stratum, the most a count can be. A noisy count or sum may be negative.
 * Without noise, groups of a single table are withheld by `lot` beside sealed ones, and look like them; of several
 * tables each is whole or sealed within a stratum, so that nothing is withheld. Rounding, where agreed, comes last.
 * @throws `ImplausibleResult` on counts above `matches` or below the minimum, or sums out of range; where noise was
 *   agreed, on what lies beyond these by more than noise can explain
 */
export function resultRows(
  agreement: Agreement,
  layout: TallyLayout,
  released: readonly (number | undefined)[],
  matches: readonly number[],
  lot: Lot,
): ResultRow[] {
  const values = new Map<number, number>();
  for (const [slot, index] of layout.released.entries()) {
    const value = released[slot];
    if (value !== undefined) values.set(index, value);
  }
  const rows = tablesOf(agreement.terms).flatMap((plan, table) =>
    matches.flatMap((most, stratum) =>
      stratumRows(agreement, layout, values, { plan, table, stratum, matches: most, lot }),
    ),
  );
  const { strata } = agreement.list;
  return strata ? namedStrata(rows, strata) : rows;
}

/** One stratum of one table. */
interface StratumPart {
  readonly plan: TablePlan;
  readonly table: number;
  readonly stratum: number;
  readonly matches: number;
  readonly lot: Lot;
}

/** `values`: of released statistics, by their places in the layout. */
function stratumRows(
  agreement: Agreement,
  layout: TallyLayout,
  values: ReadonlyMap<number, number>,
  part: StratumPart,
): ResultRow[] {
  const { plan, table, stratum, matches, lot } = part;
  const several = layout.tables.length > 1;
  const reader = cellReader(agreement, layout, values, part);
  const groups = groupLabels(agreement, plan).map((labels, group) => {
    const cell = reader.cellOf(group, undefined);
    return { labels: labels.length > 0 ? labels : ['(all)'], group, count: reader.countOf(cell) };
  });
  const { minimumGroupSize, perturbation } = agreement.terms;
  // Noise covers what follows by subtraction; exact counts need others withheld.
  const counts = groups.map(({ count }) => count);
  const withheld =
    layout.noise || several
      ? new Set<number>()
      : withheldGroups(counts, minimumGroupSize, matches, (group) => lot(stratum * groups.length + group));
  const numbered = several && { table };
  return groups.map(({ labels, group, count: exact }) => {
    if (withheld.has(group)) {
      const payloads = agreement.terms.payloads.map(({ name }) => ({ payload: name, suppressed: true }));
      return { labels, count: undefined, payloads };
    }
    const payloads = plan.payloads.map((payload) => reader.figuresOf(group, payload));
    const rounded = exact !== undefined && perturbation?.kind === 'rounding';
    return { ...numbered, labels, count: rounded ? roundCount(exact, perturbation.base) : exact, payloads };
  });
}

/** Reads cells of one stratum of one table out of what was released, and refuses what cannot be. */
function cellReader(
  agreement: Agreement,
  layout: TallyLayout,
  values: ReadonlyMap<number, number>,
  { table, stratum, matches }: StratumPart,
) {
  const { terms } = agreement;
  const here = layout.cells.flatMap((c, i) => (c.stratum === stratum && c.table === table && !c.gap ? [i] : []));
  const cellOf = (group: number, payload: number | undefined) =>
    here.find((i) => layout.cells[i]?.group === group && layout.cells[i]?.payload === payload) as number;
  const pick = (cell: number, kind: 'count' | 'sum' | 'square', payload = -1) =>
    layout.statistics
      .flatMap((s, i) => (s.cell === cell && s.kind === kind && s.payload === payload ? [i] : []))
      .map((i) => values.get(i));
  const countOf = (cell: number) => {
    const released = pick(cell, 'count')[0];
    return released === undefined ? undefined : plausibleCount(released, layout, terms.minimumGroupSize, matches);
  };
  const joined = (cell: number, kind: 'sum' | 'square', payload: number, count: number) => {
    const limbs = pick(cell, kind, payload);
    if (limbs.length === 0 || limbs.includes(undefined)) return undefined;
    return plausibleSum(limbs as number[], layout, { terms, kind, payload, count, matches });
  };
  return {
    cellOf,
    countOf,
    figuresOf(group: number, payload: number): PayloadFigures {
      const column = terms.payloads[payload] as PayloadColumn;
      const cell = cellOf(group, column.complete || layout.completeCases ? undefined : payload);
      const count = countOf(cell);
      if (count === undefined) return { payload: column.name, suppressed: true };
      const [sum, square] = [joined(cell, 'sum', payload, count), joined(cell, 'square', payload, count)];
      return { payload: column.name, suppressed: false, ...payloadFigures(agreement, payload, count, sum, square) };
    },
  };
}

/** A released count, without its offset where there is noise. */
function plausibleCount(released: number, layout: TallyLayout, minimum: number, matches: number): number {
  const { noise, tables } = layout;
  const count = noise ? Number(signedSum(released, noise.count, matches)) : released;
  const tail = Number(noise?.count.tail ?? 0n);
  const isNobody = tables.length > 1 && Math.abs(count) <= tail;
  if (!(count <= matches + tail && (isNobody || count >= minimum - tail))) {
    throw new ImplausibleResult(
      t('a released count is impossible: the two sides did not compute the same, or one of them tampered'),
    );
  }
  return count;
}

interface SumPart {
  readonly terms: Agreement['terms'];
  readonly kind: 'sum' | 'square';
  readonly payload: number;
  /** Of the rows that are summed. */
  readonly count: number;
  readonly matches: number;
}

/** A released sum of scaled values, or of their squares. */
function plausibleSum(limbs: readonly number[], layout: TallyLayout, part: SumPart): bigint {
  const { terms, kind, payload, count, matches } = part;
  const { noise } = layout;
  const column = terms.payloads[payload] as PayloadColumn;
  const sum = noise
    ? noisySum(limbs[0] as number, (kind === 'sum' ? noise.sums : noise.squares)[payload] as NoisyFigure, matches)
    : joinLimbs(limbs, layout.limbWidths[payload] as number);
  const largest = BigInt(largestScaled(column)) ** (kind === 'sum' ? 1n : 2n);
  if (sum === undefined || (!noise && sum > BigInt(count) * largest)) {
    throw new ImplausibleResult(
      t('a released sum of {{column}} is impossible: someone tampered, or the two sides differ', {
        column: column.name,
      }),
    );
  }
  return sum;
}

function noisySum(released: number, figure: NoisyFigure, matches: number): bigint | undefined {
  const sum = signedSum(released, figure, matches);
  return sum === undefined ? undefined : sum * figure.step;
}

/**
 * `sum` and `square`: sums of scaled values and of their squares. Noise can leave no mean (a count of zero or less) and no
 * deviation (a negative variance).
 */
function payloadFigures(
  agreement: Agreement,
  payload: number,
  count: number,
  sum: bigint | undefined,
  square: bigint | undefined,
): Omit<PayloadFigures, 'payload' | 'suppressed'> {
  const { payloads, statistics, perturbation } = agreement.terms;
  const column = payloads[payload];
  if (!column) throw new RangeError('a figure of no payload');
  const exact = momentsOf(column, count, sum, square);
  const shown = perturbation?.kind === 'rounding' ? roundFigures(exact, column, perturbation.base) : exact;
  return Object.fromEntries(
    askedNames(statistics).flatMap((name) => (shown[name] === undefined ? [] : [[name, shown[name]]])),
  );
}

/** In the payload's own unit; undefined where not released or not defined. */
function momentsOf(column: PayloadColumn, count: number, sum: bigint | undefined, square: bigint | undefined): Moments {
  const scale = 10 ** column.decimals;
  if (sum === undefined) return { count, mean: undefined, sum: undefined, sd: undefined };
  const spread = square !== undefined && count > 1 ? BigInt(count) * square - sum * sum : -1n;
  return {
    count,
    mean: count > 0 ? column.minimum + Number(sum) / scale / count : undefined,
    sum: column.minimum * count + Number(sum) / scale,
    sd: spread >= 0n ? Math.sqrt(Number(spread) / (count * (count - 1))) / scale : undefined,
  };
}
