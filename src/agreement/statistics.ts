/** The statistics that a run can be asked for, in the order of columns and files. A new one begins here. */
import { z } from 'zod';
import { message } from '../words/translate.ts';

interface StatisticKind {
  /** Of its box on the Rules step. */
  readonly label: string;
  /** In a sentence: one, and several. */
  readonly word: string;
  readonly plural: string;
  /** What the tally adds up for it, beside the count of the group. */
  readonly adds: 'nothing' | 'values' | 'values and squares';
  /** Computed from what is added up, so that noise is in it by way of that. */
  readonly derived: boolean;
  /** Decimals that it is shown with, of those of the values. */
  readonly decimals: (ofValues: number) => number;
}

export const STATISTICS = {
  count: {
    label: message('Count'),
    word: message('count'),
    plural: message('counts'),
    adds: 'nothing',
    derived: false,
    decimals: () => 0,
  },
  mean: {
    label: message('Mean'),
    word: message('mean'),
    plural: message('means'),
    adds: 'values',
    derived: true,
    decimals: (ofValues) => ofValues + 2,
  },
  sum: {
    label: message('Sum'),
    word: message('sum'),
    plural: message('sums'),
    adds: 'values',
    derived: false,
    decimals: (ofValues) => ofValues,
  },
  sd: {
    label: message('Standard deviation'),
    word: message('standard deviation'),
    plural: message('standard deviations'),
    adds: 'values and squares',
    derived: true,
    decimals: (ofValues) => ofValues + 2,
  },
} as const satisfies Readonly<Record<string, StatisticKind>>;

export type Statistic = keyof typeof STATISTICS;

export const STATISTIC_NAMES = Object.keys(STATISTICS) as readonly Statistic[];

/** Something of each statistic. */
export function ofEachStatistic<T>(make: (name: Statistic) => T): Readonly<Record<Statistic, T>> {
  return Object.fromEntries(STATISTIC_NAMES.map((name) => [name, make(name)])) as Record<Statistic, T>;
}

export const statisticsSchema = z
  .strictObject(ofEachStatistic(() => z.boolean()))
  .refine((asked) => askedNames(asked).length > 0, { message: 'ask for at least one statistic' });
export type AskedStatistics = z.infer<typeof statisticsSchema>;

/** These asked for, the others not. */
export function askedFor(...names: readonly Statistic[]): AskedStatistics {
  return ofEachStatistic((name) => names.includes(name));
}

/** Those asked for. */
export function askedNames(asked: Readonly<Record<Statistic, boolean>>): Statistic[] {
  return STATISTIC_NAMES.filter((name) => asked[name]);
}

/** Whether values are added up, for any of them. */
export function addsValues(asked: AskedStatistics): boolean {
  return askedNames(asked).some((name) => STATISTICS[name].adds !== 'nothing');
}

/** Whether squares of values are added up, for any of them. */
export function addsSquares(asked: AskedStatistics): boolean {
  return askedNames(asked).some((name) => STATISTICS[name].adds === 'values and squares');
}
