/** From cells to the samples that a chosen analysis compares. */

import { t } from '../words/translate.ts';
import {
  addedNoise,
  type Cell,
  type CellTable,
  cellNoise,
  counted,
  matching,
  pooled,
  type Sample,
  type Where,
} from './cells.ts';
import type { Choice, OutcomeChoice } from './choice.ts';
import type { Followed } from './rates.ts';

/** The outcome among the people of some cells. */
export function sampleOf(table: CellTable, cells: readonly Cell[], outcome: OutcomeChoice): Sample {
  if (outcome.kind === 'measure') return pooled(table, cells, outcome.measure);
  return counted(table, wholeCells(cells, outcome.factor), (cell) => cell.at[outcome.factor] === outcome.level);
}

/**
 * Cells less those whose neighbour in `factor` is sealed. Where being in a level is the outcome, people with it and without it
 * must be in or out together, or a sealed cell would look like a risk of zero.
 */
export function wholeCells(cells: readonly Cell[], factor: number): Cell[] {
  const key = ({ at }: Cell) => at.map((level, i) => (i === factor ? '' : level)).join();
  const broken = new Set(cells.filter(({ count }) => count === undefined).map(key));
  return cells.filter((cell) => !broken.has(key(cell)));
}

/** Events and person-time of the cells that have both. */
export function followedOf(table: CellTable, cells: readonly Cell[], events: number, time: number): Followed {
  const both = cells.filter(({ sums }) => sums[events]?.sum !== undefined && sums[time]?.sum !== undefined);
  const total = (measure: number) => both.reduce((sum, { sums }) => sum + (sums[measure]?.sum ?? 0), 0);
  const [ofEvents, ofTime] = [cellNoise(table, events), cellNoise(table, time)];
  // Events are counted from zero, so their sum carries no noise of the count that person-time may share.
  const noise = both.reduce<Followed['noise']>(
    (sum) => ofEvents && ofTime && addedNoise(sum, { sum: ofEvents.sum, count: ofTime.sum, covariance: 0 }),
    undefined,
  );
  return { events: total(events), time: total(time), ...(noise && { noise }) };
}

/** Said where events and person-time of an opened cell are not of as many people: some lack one of them. */
export function unlikePeopleNotes({ cells, measures }: CellTable, { outcome, time }: Choice): string[] {
  if (outcome.kind !== 'measure' || time === undefined) return [];
  const differs = cells.some(({ sums }) => {
    const [events, followed] = [sums[outcome.measure], sums[time]];
    return events !== undefined && followed !== undefined && events.count !== followed.count;
  });
  const names = [outcome.measure, time]
    .map((measure) => t('“{{name}}”', { name: measures[measure]?.name ?? '' }))
    .join(t(' and '));
  return differs
    ? [
        t(
          '{{names}} are of different people, for some lack one of them: the rates are right only where those are like the others.',
          { names },
        ),
      ]
    : [];
}

/** Cells of each level of a factor. */
export function byLevel(table: CellTable, factor: number, also: Where = new Map()): Cell[][] {
  return (table.factors[factor]?.levels ?? []).map((_, level) => matching(table, new Map([...also, [factor, level]])));
}

/** Cells put together that agree in `factors`: one entry a combination that has cells. */
export function combined(table: CellTable, factors: readonly number[]): { at: readonly number[]; cells: Cell[] }[] {
  const found = new Map<string, { at: readonly number[]; cells: Cell[] }>();
  for (const cell of table.cells) {
    const key = factors.map((factor) => cell.at[factor]).join();
    const entry = found.get(key);
    if (entry) entry.cells.push(cell);
    else found.set(key, { at: cell.at, cells: [cell] });
  }
  return [...found.values()];
}

/** The chosen grouping's levels with its reference left out, as numbers. */
export function comparedLevels(table: CellTable, { by, reference }: Choice): number[] {
  return by === undefined ? [] : [...(table.factors[by]?.levels.keys() ?? [])].filter((level) => level !== reference);
}
