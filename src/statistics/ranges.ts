/** Numbers of which only ranges are known: a histogram, and median and quartiles by interpolation. */

import { tCounted } from '../words/format.ts';
import { t } from '../words/translate.ts';
import { type NoEstimate, noEstimate } from './estimate.ts';

/** People in the range from `from` up to, and without, `to`; undefined where the cell is sealed. */
export interface RangeCount {
  readonly from: number;
  readonly to: number;
  readonly count: number | undefined;
}

export interface HistogramBar extends RangeCount {
  /** Share of the counted people, per unit of the value; undefined in an open range. */
  readonly density: number | undefined;
}

export function histogram(ranges: readonly RangeCount[]): HistogramBar[] {
  const people = peopleIn(ranges);
  return ranges.map((range) => {
    const { from, to, count } = range;
    const width = to - from;
    const known = count !== undefined && Number.isFinite(width) && width > 0 && people > 0;
    return { ...range, density: known ? count / people / width : undefined };
  });
}

/**
 * The value below which `share` of the people lie, as if they were spread evenly within their range. A sealed range or an
 * open one that the value would lie in leaves none.
 */
export function quantile(ranges: readonly RangeCount[], share: number): number | NoEstimate {
  const sealed = ranges.filter(({ count }) => count === undefined).length;
  if (sealed > 0) {
    return noEstimate(
      tCounted(
        '{{count}} of {{ranges}} ranges is sealed, so the order of all people is not known.',
        '{{count}} of {{ranges}} ranges are sealed, so the order of all people is not known.',
        sealed,
        { ranges: ranges.length },
      ),
    );
  }
  if (ranges.some(({ count }) => Number(count) < 0))
    return noEstimate(t('Noise has left a range with fewer than no people.'));
  const people = peopleIn(ranges);
  if (people === 0) return noEstimate(t('Nobody is in these ranges.'));
  let below = 0;
  for (const { from, to, count = 0 } of ranges) {
    if (count > 0 && below + count >= share * people) {
      if (!Number.isFinite(from) || !Number.isFinite(to)) {
        return noEstimate(t('It lies in a range with an open end, where nothing is known of the values.'));
      }
      return from + ((share * people - below) / count) * (to - from);
    }
    below += count;
  }
  return noEstimate(t('Nobody is in these ranges.'));
}

function peopleIn(ranges: readonly RangeCount[]): number {
  return ranges.reduce((sum, { count = 0 }) => sum + count, 0);
}
