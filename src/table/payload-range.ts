import type { NumberExtent } from './number-column.ts';

/** Steps that a range may span; more cost more ciphertexts and say nothing more about a mean. */
const MAX_STEPS = 1e8;
const MAX_DECIMALS = 6;

/**
 * A declared range to start from: the extent of a column rounded outwards to friendly numbers, so that it neither clamps
 * a value nor tells the largest and the smallest; from zero where the values come near it. Decimals are those of the
 * values, fewer where the range would have more than 10^8 steps.
 */
export function friendlyRange({ minimum, maximum, decimals }: NumberExtent): NumberExtent {
  const span = maximum - minimum || Math.abs(maximum) || 1;
  const { step, places } = friendlyStep(Math.max(span / 10, 10 ** -decimals));
  const round = (value: number) => Number(value.toFixed(places));
  let low = round(Math.floor(minimum / step) * step);
  let high = round(Math.ceil(maximum / step) * step);
  if (minimum >= 0 && minimum < 0.3 * maximum) low = 0;
  if (low >= high) high = round(low + step);
  let digits = Math.min(decimals, MAX_DECIMALS);
  while (digits > 0 && (high - low) * 10 ** digits > MAX_STEPS) digits--;
  return { minimum: low, maximum: high, decimals: digits };
}

/** The least of 1, 2, 5 times a power of ten that is not below `size`, and the decimal places it has. */
export function friendlyStep(size: number): { step: number; places: number } {
  const exponent = Math.floor(Math.log10(size));
  const places = Math.min(100, Math.max(0, -exponent));
  const factor = [1, 2, 5, 10].find((f) => f * 10 ** exponent >= size * (1 - 1e-9)) ?? 10;
  return { step: factor * 10 ** exponent, places };
}
