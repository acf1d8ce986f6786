/** What every analysis starts from: the cells of one opened table, and how they are put together. */

/** True for a level of leftovers, `(missing)` or `(other)`: it has no place among the others, nor a meaning of its own. */
export const isLeftover = (level: string) => /^\(.*\)$/.test(level);

/** A grouping of people: a group column of the data owner, or a stratum of the researcher. */
export interface Factor {
  readonly name: string;
  readonly side: 'researcher' | 'owner';
  readonly levels: readonly string[];
  /**
   * Where levels are ranges: one edge more than ranges; level i holds `edges[i] <= value < edges[i + 1]`. Ends may be infinite.
   * Levels beyond are none: people without a value, or outside of the named ranges.
   */
  readonly edges?: readonly number[];
  /** The edges are dates, as years: 1950.5 is the middle of 1950. */
  readonly areYears?: boolean;
}

/** A payload: a number that people in a cell have. */
export interface Measure {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly decimals: number;
}

/** One payload in one cell, in the payload's own unit. */
export interface CellSum {
  /** People with a value. */
  readonly count: number;
  /** Undefined where neither sum nor mean was released. */
  readonly sum: number | undefined;
  /** Sum of squared deviations from the cell's own mean; undefined where no deviation was released. */
  readonly deviations: number | undefined;
}

export interface Cell {
  /** Number of the level in each factor. */
  readonly at: readonly number[];
  /** Undefined: the cell is sealed or withheld. */
  readonly count: number | undefined;
  /** One a measure; undefined where it is sealed. */
  readonly sums: readonly (CellSum | undefined)[];
}

/** Variances of the noise on one cell's figures, as the agreement states them. */
export interface NoiseVariances {
  /** Of a count, in people squared. */
  readonly count: number;
  /** Of the sum of value - minimum, one a measure, in its unit squared. */
  readonly sums: readonly number[];
}

/** What was done to the figures. */
export type Treatment =
  | { readonly kind: 'exact' }
  | { readonly kind: 'noise'; readonly variances: NoiseVariances }
  | { readonly kind: 'rounding'; readonly base: number };

export interface CellTable {
  readonly factors: readonly Factor[];
  readonly measures: readonly Measure[];
  /** Every combination of levels once. */
  readonly cells: readonly Cell[];
  /** The researcher's matched records, the sealed ones included. */
  readonly matches: number;
  /** Fewer people than this are sealed. */
  readonly minimum: number;
  readonly treatment: Treatment;
  /** Matched people who lack a value of some measure are in no cell. */
  readonly completeCases?: boolean;
}

/** Variances and covariance of the noise on a sum and on the count beside it. */
export interface PairNoise {
  readonly sum: number;
  readonly count: number;
  readonly covariance: number;
}

/** People put together: how many, and the sum of what they have. Of an outcome that is 0 or 1 the sum counts those who have it. */
export interface Sample {
  readonly count: number;
  readonly sum: number;
  /** Sum of squared deviations from the sample's mean. */
  readonly deviations: number | undefined;
  readonly noise?: PairNoise;
}

/** Level numbers a cell must have, by factor number. */
export type Where = ReadonlyMap<number, number>;

export function matching(table: CellTable, where: Where): Cell[] {
  return table.cells.filter(({ at }) => [...where].every(([factor, level]) => at[factor] === level));
}

/** True where a measure takes no values but 0 and 1. */
export function isBinary({ minimum, maximum, decimals }: Measure): boolean {
  return minimum === 0 && maximum === 1 && decimals === 0;
}

/** Noise on a measure's sum and count in one cell; undefined without noise. */
export function cellNoise({ treatment, measures }: CellTable, measure: number): PairNoise | undefined {
  if (treatment.kind !== 'noise') return undefined;
  const { count, sums } = treatment.variances;
  // The sum that people read is minimum * count + the released sum, so it carries the count's noise too.
  const origin = measures[measure]?.minimum ?? 0;
  return { sum: (sums[measure] ?? 0) + origin * origin * count, count, covariance: origin * count };
}

/** A measure over several cells: what is sealed is left out. */
export function pooled(table: CellTable, cells: readonly Cell[], measure: number): Sample {
  const binary = isBinary(table.measures[measure] as Measure);
  const noise = cellNoise(table, measure);
  return cells.reduce<Sample>(
    (total, cell) => {
      const part = cell.sums[measure];
      if (part?.sum === undefined) return total;
      // Of zeros and ones the sum says how they spread.
      const deviations = binary ? part.sum - (part.count > 0 ? part.sum ** 2 / part.count : 0) : part.deviations;
      return joined(total, { count: part.count, sum: part.sum, deviations, ...(noise && { noise }) });
    },
    { count: 0, sum: 0, deviations: 0 },
  );
}

/** Two samples as one. Deviations after Chan, Golub and LeVeque (1979): no digits are lost to large means. */
export function joined(a: Sample, b: Sample): Sample {
  const count = a.count + b.count;
  const noise = addedNoise(a.noise, b.noise);
  const apart = a.count !== 0 && b.count !== 0 && count !== 0 ? a.sum / a.count - b.sum / b.count : 0;
  const known = a.deviations !== undefined && b.deviations !== undefined;
  return {
    count,
    sum: a.sum + b.sum,
    deviations: known
      ? Number(a.deviations) + Number(b.deviations) + (apart ** 2 * a.count * b.count) / (count || 1)
      : undefined,
    ...(noise && { noise }),
  };
}

export function addedNoise(a: PairNoise | undefined, b: PairNoise | undefined): PairNoise | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return { sum: a.sum + b.sum, count: a.count + b.count, covariance: a.covariance + b.covariance };
}

/** Squared deviations below this share of the squared values are what floating point is off by: the values do not vary. */
const NO_SPREAD = 1e-24;

/** True where squared deviations tell values apart, of `count` people with this mean. */
export function varies(deviations: number, count: number, mean: number): boolean {
  return deviations > NO_SPREAD * count * mean ** 2;
}

/** Variance of the noise on `sum * bySum + count * byCount`. */
export function noiseOf(noise: PairNoise | undefined, bySum: number, byCount: number): number {
  if (noise === undefined) return 0;
  return bySum ** 2 * noise.sum + byCount ** 2 * noise.count + 2 * bySum * byCount * noise.covariance;
}

/** People in cells, and how many of them are in the cells of `hits`: an outcome that is one or more levels of a factor. */
export function counted(table: CellTable, cells: readonly Cell[], hits: (cell: Cell) => boolean): Sample {
  const variance = table.treatment.kind === 'noise' ? table.treatment.variances.count : undefined;
  let [count, sum, open, openHits] = [0, 0, 0, 0];
  for (const cell of cells) {
    if (cell.count === undefined) continue;
    const hit = hits(cell);
    count += cell.count;
    sum += hit ? cell.count : 0;
    open += 1;
    openHits += hit ? 1 : 0;
  }
  const noise = variance !== undefined && {
    noise: { sum: openHits * variance, count: open * variance, covariance: openHits * variance },
  };
  return { count, sum, deviations: sum - (count > 0 ? sum ** 2 / count : 0), ...noise };
}

/** What sealed cells keep from an analysis. */
export interface LeftOut {
  readonly sealed: readonly Cell[];
  /** Share of the researcher's matches that no opened cell holds, 0 to 1; an estimate under noise and rounding. */
  readonly share: number;
}

/** Sealed cells of a table; `measure`: those where it is sealed count as well. */
export function leftOut({ cells, matches }: CellTable, measure?: number): LeftOut {
  const usable = (cell: Cell) =>
    cell.count !== undefined && (measure === undefined || cell.sums[measure]?.sum !== undefined);
  const open = cells.filter(usable);
  const held = open.reduce((sum, cell) => sum + (cell.count ?? 0), 0);
  const share = matches > 0 ? Math.min(1, Math.max(0, 1 - held / matches)) : 0;
  return { sealed: cells.filter((cell) => !usable(cell)), share };
}
