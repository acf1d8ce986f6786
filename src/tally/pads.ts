/** The owner's secrets of one tally: one-time pads, MAC keys, and the noise that the agreement asks for. */
import { PLAIN_MODULUS } from '../seal/parameters.ts';
import { subtract } from '../seal/plain-field.ts';
import { randomElements, randomNonzero, randomWord } from '../seal/random.ts';
import { discreteLaplace } from './discrete-laplace.ts';
import type { TallyLayout, TallyStatistic } from './layout.ts';
import type { NoisePlan } from './noise-plan.ts';

export interface TallyPads {
  /** rho: added to each statistic's sum. */
  readonly pads: Float64Array<ArrayBuffer>;
  /** alpha: each cell's check is alpha times its count. */
  readonly macKeys: Float64Array<ArrayBuffer>;
  /** What each statistic is released with beyond its sum, mod p; zero without noise, and for what is not released. */
  readonly noise: Float64Array<ArrayBuffer>;
}

export function drawPads(layout: TallyLayout): TallyPads {
  const { noise } = layout;
  return {
    pads: randomElements(layout.statistics.length),
    macKeys: Float64Array.from(layout.cells, () => randomNonzero()),
    noise: Float64Array.from(layout.statistics, (statistic) => (noise ? drawNoise(noise, statistic) : 0)),
  };
}

/** What the owner releases of a statistic: the researcher subtracts it from sum + pad, and is left with sum + noise. */
export function releasedPad({ pads, noise }: TallyPads, statistic: number): number {
  return subtract(pads[statistic] as number, noise[statistic] as number);
}

function drawNoise(plan: NoisePlan, { kind, payload }: TallyStatistic): number {
  if (kind === 'check' || kind === 'equality') return 0;
  const figure = kind === 'count' ? plan.count : (kind === 'sum' ? plan.sums : plan.squares)[payload];
  if (!figure) throw new RangeError('noise for a statistic of no payload');
  const p = BigInt(PLAIN_MODULUS);
  return Number(((discreteLaplace(figure.scale, randomWord) % p) + p) % p);
}
