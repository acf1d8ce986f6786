/** Columns to average with so few values that their sums count who has each of them. */
import { averagedColumns, columnsOf } from './bindings.ts';
import type { PartyState } from './state.ts';

/** A count and a sum say how often each of two values comes, and with the squares of a standard deviation each of three. */
const TOLD_BY_SUMS = 2;
const TOLD_BY_SQUARES = 3;

export interface FewValues {
  readonly name: string;
  readonly values: number;
}

/**
 * Columns whose figures, which are exact, tell how many people of a group have each value, also where these are fewer than the
 * minimum: a minimum is one of people in a group, not of those who have a value.
 */
export function fewValued(state: PartyState): FewValues[] {
  const { protection, statistics } = state.rules;
  if (protection !== 'exact' || !(statistics.mean || statistics.sum || statistics.sd)) return [];
  const told = statistics.sd ? TOLD_BY_SQUARES : TOLD_BY_SUMS;
  return averagedColumns(state).flatMap(({ name, column }) => {
    const values = columnsOf(state)[column]?.distinct ?? 0;
    return values > 1 && values <= told ? [{ name, values }] : [];
  });
}
