/** The owner's secrets of one tally: a one-time pad for every statistic and a MAC key for every cell's count. */
import { randomElements, randomNonzero } from '../seal/random.ts';
import type { TallyLayout } from './layout.ts';

export interface TallyPads {
  /** rho: added to each statistic's sum. */
  readonly pads: Float64Array<ArrayBuffer>;
  /** alpha: each cell's check is alpha times its count. */
  readonly macKeys: Float64Array<ArrayBuffer>;
}

export function drawPads(layout: TallyLayout): TallyPads {
  return {
    pads: randomElements(layout.statistics.length),
    macKeys: Float64Array.from(layout.cells, () => randomNonzero()),
  };
}
