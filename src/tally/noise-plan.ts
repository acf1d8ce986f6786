/**
 * How much noise each released figure gets, from the agreed epsilon: derived from the agreement, the same on both sides.
 *
 * One matched row stands in one group of each table, so it touches only that group's figures: the group's count, where each column is counted by itself the count of
 * each payload that some rows lack, and of each payload the sum and, for deviations, the sum of squares. Epsilon is split evenly over
 * these `figures`; groups share no rows and each has all of it (parallel composition). A figure that one row changes by at
 * most `largest` gets discrete Laplace noise of scale `largest * figures / epsilon`.
 *
 * Limbs would each need noise of their own, and together give away more than their sum does. So under noise every sum is one
 * number below p: values and squares are rounded to a multiple of `step`, which is far below what the noise hides.
 */

import type { Agreement, Terms } from '../agreement/agreement.ts';
import { addsSquares, addsValues } from '../agreement/statistics.ts';
import { payloadsOf, tablesOf } from '../agreement/tables.ts';
import { PLAIN_MODULUS } from '../seal/parameters.ts';
import type { Fraction } from './discrete-laplace.ts';
import { largestScaled } from './limbs.ts';

/** One kind of figure, in units of `step`. */
export interface NoisyFigure {
  /** Scaled values (or their squares) a unit stands for. */
  readonly step: bigint;
  /** Sensitivity: the most that one row adds, in units. */
  readonly largest: bigint;
  /** Of the noise, in units. */
  readonly scale: Fraction;
  /** Noise stays within this many units, but for once in 10^17 figures. */
  readonly tail: bigint;
}

export interface NoisePlan {
  readonly count: NoisyFigure;
  /** One a payload. */
  readonly sums: readonly NoisyFigure[];
  readonly squares: readonly NoisyFigure[];
}

/** Tail in scales: noise goes beyond with probability below exp(-40). */
const TAIL_SCALES = 40n;

type Asked = Pick<Terms, 'groups' | 'payloads' | 'tables' | 'statistics' | 'perturbation' | 'missingValues'>;

/** Undefined where the agreement asks for no noise. */
export function planNoise({ terms, list }: Agreement): NoisePlan | undefined {
  const matchedRows = Math.min(list.listRows, terms.dataRows);
  const count = planCount(terms, matchedRows);
  const perUnit = noisePerUnit(terms);
  if (!count || !perUnit) return undefined;
  const figures = (power: bigint) =>
    terms.payloads.map((payload) => fittingFigure(BigInt(largestScaled(payload)) ** power, matchedRows, perUnit));
  return { count, sums: figures(1n), squares: figures(2n) };
}

/** The plan of a count alone, before there is an agreement; undefined without noise. `rows`: the most that can be matched. */
export function planCount(asked: Asked, rows: number): NoisyFigure | undefined {
  const perUnit = noisePerUnit(asked);
  return perUnit && fittingFigure(1n, rows, perUnit);
}

/** Scale of the noise for each unit of sensitivity: figures that one row takes part in, over epsilon. */
function noisePerUnit(asked: Asked): Fraction | undefined {
  const { statistics, perturbation, missingValues } = asked;
  if (perturbation?.kind !== 'noise') return undefined;
  const figures = tablesOf(asked).reduce((total, table) => {
    const payloads = payloadsOf(asked, table);
    const sums = addsValues(statistics) ? payloads.length : 0;
    const squares = addsSquares(statistics) ? payloads.length : 0;
    const byThemselves = missingValues === 'each-column' ? payloads.filter((payload) => !payload.complete).length : 0;
    return total + 1 + byThemselves + sums + squares;
  }, 0);
  return { numerator: 1000n * BigInt(figures), denominator: BigInt(perturbation.epsilonThousandths) };
}

/** The finest step with which the sum over all matched rows and noise of either sign stay below p. */
function fittingFigure(largest: bigint, matchedRows: number, perUnit: Fraction): NoisyFigure {
  const tailPerUnit = ceilDivide(TAIL_SCALES * perUnit.numerator, perUnit.denominator);
  const most = (BigInt(PLAIN_MODULUS) - 1n) / (BigInt(matchedRows) + 2n * tailPerUnit);
  const step = ceilDivide(largest, most);
  const units = roundToStep(largest, step);
  return {
    step,
    largest: units,
    scale: { numerator: units * perUnit.numerator, denominator: perUnit.denominator },
    tail: units * tailPerUnit,
  };
}

function ceilDivide(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b;
}

/** Units of `step` nearest to a value of zero or more; halves go up. */
export function roundToStep(value: bigint, step: bigint): bigint {
  return (value + step / 2n) / step;
}

/** The signed sum that a released residue stands for, or undefined where none that can be does. */
export function signedSum(residue: number, figure: NoisyFigure, rows: number): bigint | undefined {
  const highest = BigInt(rows) * figure.largest + figure.tail;
  const value = BigInt(residue);
  if (value <= highest) return value;
  const negative = value - BigInt(PLAIN_MODULUS);
  return negative >= -figure.tail ? negative : undefined;
}

/** Noise stays within this of zero 95 times in 100, in the figure's own unit: rows, or the payload's. */
export function noiseMargin(figure: NoisyFigure, decimals: number): number {
  const { numerator, denominator } = figure.scale;
  return (Math.log(20) * Number(numerator) * Number(figure.step)) / Number(denominator) / 10 ** decimals;
}
