/** From released sums of limbs to the figures people asked for. */
import type { Agreement } from '../agreement/agreement.ts';
import type { PayloadFigures, ResultRow } from '../agreement/result.ts';
import type { TallyLayout } from './layout.ts';
import { joinLimbs, largestScaled } from './limbs.ts';

/** Thrown where released numbers cannot be true: someone tampered, or the two sides computed differently. */
export class ImplausibleResult extends Error {
  override readonly name = 'ImplausibleResult';
}

/** Labels of each group, one a group column, in the order of group numbers. */
export function groupLabels(agreement: Agreement): string[][] {
  return agreement.terms.groups.reduce<string[][]>(
    (rows, column) => rows.flatMap((labels) => column.labels.map((label) => [...labels, label])),
    [[]],
  );
}

/**
 * The result table. `released`: one value for each of `layout.released`, undefined where sealed; `matches`: the most a
 * count can be. Throws `ImplausibleResult` on counts above `matches` or below the minimum, or sums out of range.
 */
export function resultRows(
  agreement: Agreement,
  layout: TallyLayout,
  released: readonly (number | undefined)[],
  matches: number,
): ResultRow[] {
  const values = new Map<number, number>();
  for (const [slot, index] of layout.released.entries()) {
    const value = released[slot];
    if (value !== undefined) values.set(index, value);
  }
  const pick = (cell: number, kind: 'count' | 'sum' | 'square', payload = -1) =>
    layout.statistics
      .flatMap((s, i) => (s.cell === cell && s.kind === kind && s.payload === payload ? [i] : []))
      .map((i) => values.get(i));
  const countOf = (cell: number) => {
    const count = pick(cell, 'count')[0];
    if (count !== undefined && (count > matches || count < agreement.terms.minimumGroupSize)) {
      throw new ImplausibleResult(
        'a released count is impossible: the two sides did not compute the same, or one of them tampered',
      );
    }
    return count;
  };
  const joined = (cell: number, kind: 'sum' | 'square', payload: number) => {
    const limbs = pick(cell, kind, payload);
    if (limbs.length === 0 || limbs.includes(undefined)) return undefined;
    return joinLimbs(limbs as number[], layout.limbWidths[payload] as number);
  };

  return groupLabels(agreement).map((labels, group) => {
    const groupCell = layout.cells.findIndex((cell) => cell.group === group && cell.payload === undefined);
    const payloads = agreement.terms.payloads.map((column, payload): PayloadFigures => {
      const cell = column.complete
        ? groupCell
        : layout.cells.findIndex((c) => c.group === group && c.payload === payload);
      const count = countOf(cell);
      if (count === undefined) return { payload: column.name, suppressed: true };
      const figures = payloadFigures(
        agreement,
        payload,
        count,
        joined(cell, 'sum', payload),
        joined(cell, 'square', payload),
      );
      return { payload: column.name, suppressed: false, ...figures };
    });
    return { labels: labels.length > 0 ? labels : ['(all)'], count: countOf(groupCell), payloads };
  });
}

/** `sum` and `square`: exact sums of scaled values and of their squares. */
function payloadFigures(
  agreement: Agreement,
  payload: number,
  count: number,
  sum: bigint | undefined,
  square: bigint | undefined,
): Omit<PayloadFigures, 'payload' | 'suppressed'> {
  const { payloads, statistics } = agreement.terms;
  const column = payloads[payload];
  if (!column) throw new RangeError('a figure of no payload');
  const scale = 10 ** column.decimals;
  const largest = BigInt(largestScaled(column));
  const n = BigInt(count);
  if ((sum !== undefined && sum > n * largest) || (square !== undefined && square > n * largest * largest)) {
    throw new ImplausibleResult(
      `a released sum of ${column.name} is impossible: someone tampered, or the two sides differ`,
    );
  }
  const figures: { count?: number; mean?: number; sum?: number; sd?: number } = {};
  if (statistics.count) figures.count = count;
  if (sum === undefined) return figures;
  if (statistics.mean) figures.mean = column.minimum + Number(sum) / scale / count;
  if (statistics.sum) figures.sum = column.minimum * count + Number(sum) / scale;
  if (statistics.sd && square !== undefined && count > 1) {
    figures.sd = Math.sqrt(Number(n * square - sum * sum) / (count * (count - 1))) / scale;
  }
  return figures;
}
