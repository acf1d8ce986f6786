/**
 * Payload values as integers small enough that sums over all matched rows stay below p.
 *
 * A value v (shifted to start at zero, scaled by 10^decimals) is cut into limbs of w bits, rows * 2^w < p, lowest first.
 */
import type { PayloadColumn } from '../agreement/agreement.ts';
import { PLAIN_MODULUS } from '../seal/parameters.ts';
import { t } from '../words/translate.ts';

export interface LimbPlan {
  /** w: bits a limb. */
  readonly width: number;
  /** Limbs of a value, and of its square. */
  readonly valueLimbs: number;
  readonly squareLimbs: number;
}

/** Above this, a double no longer holds a scaled value exactly enough to be worth asking for. */
const MAX_SCALED = 2 ** 45;

/**
 * The largest scaled value of a declared range.
 * @throws RangeError where range and decimals together are too fine
 */
export function largestScaled(payload: PayloadColumn): number {
  const largest = Math.round((payload.maximum - payload.minimum) * 10 ** payload.decimals);
  if (!(largest >= 1 && largest <= MAX_SCALED)) {
    throw new RangeError(
      t(
        'the declared range of {{column}} with {{decimals}} decimals has {{steps}} steps; choose a narrower range or fewer decimals',
        { column: payload.name, decimals: payload.decimals, steps: largest },
      ),
    );
  }
  return largest;
}

/** `matchedRows`: the most rows that can be matched. */
export function planLimbs(payload: PayloadColumn, matchedRows: number): LimbPlan {
  const width = Math.floor(Math.log2((PLAIN_MODULUS - 1) / matchedRows));
  const bits = BigInt(largestScaled(payload));
  const limbs = (largest: bigint) => Math.ceil(largest.toString(2).length / width);
  return { width, valueLimbs: limbs(bits), squareLimbs: limbs(bits * bits) };
}

/** Limb `index` of a scaled value (an integer below 2^53). */
export function valueLimb(value: number, index: number, width: number): number {
  return Math.floor(value / 2 ** (width * index)) % 2 ** width;
}

/** Limb `index` of the square of a scaled value. */
export function squareLimb(value: number, index: number, width: number): number {
  const exact = BigInt(value) * BigInt(value);
  return Number((exact >> BigInt(width * index)) & ((1n << BigInt(width)) - 1n));
}

/** The integer whose limb sums these are. */
export function joinLimbs(sums: readonly number[], width: number): bigint {
  return sums.reduceRight((joined, sum) => (joined << BigInt(width)) + BigInt(sum), 0n);
}
