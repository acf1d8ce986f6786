/** Whether CLKs have a healthy number of bits set, and a histogram of these numbers. */

import { fixedWords } from '../words/format.ts';
import { t } from '../words/translate.ts';
import type { PopcountStatistics } from './popcounts.ts';

/**
 * Shares of the bits that should be set, on average. A filter tells most apart with half of its bits set (Bloom 1970);
 * two unrelated CLKs have a Dice similarity near the share that is set.
 */
export const HEALTHY = { low: 0.3, high: 0.7 } as const;

export interface PopcountBin {
  /** Fewest and most bits set of the CLKs in the bin, ends included. */
  readonly from: number;
  readonly to: number;
  readonly clks: number;
  readonly healthy: boolean;
}

export interface HealthNote {
  readonly kind: 'warning' | 'info';
  readonly text: string;
}

const MAX_BINS = 32;
const STEPS = [1, 2, 4, 5, 8, 10, 16, 20, 25, 32, 40, 50, 64, 100, 128];

/** Counts CLKs by bits set, in at most 32 bins of a round width. `length`: bits of a CLK. */
export function popcountBins(popcounts: Uint32Array, length: number): PopcountBin[] {
  if (popcounts.length === 0) return [];
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = 0;
  for (const popcount of popcounts) {
    minimum = Math.min(minimum, popcount);
    maximum = Math.max(maximum, popcount);
  }
  const least = (maximum - minimum + 1) / (MAX_BINS - 1);
  const width = STEPS.find((step) => step >= least) ?? Math.ceil(least / 100) * 100;
  const first = Math.floor(minimum / width) * width;
  const counts = new Array<number>(Math.floor((maximum - first) / width) + 1).fill(0);
  for (const popcount of popcounts) {
    const bin = Math.floor((popcount - first) / width);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((clks, i) => {
    const from = first + i * width;
    const to = from + width - 1;
    const middle = (from + to) / 2 / length;
    return { from, to, clks, healthy: middle >= HEALTHY.low && middle <= HEALTHY.high };
  });
}

const percent = (share: number) => `${Math.round(100 * share)} %`;

/** What the numbers say about the encoding, and what to do about it. `length`: bits of a CLK. */
export function popcountHealth({ count, mean, minimum }: PopcountStatistics, length: number): HealthNote[] {
  if (count === 0) return [];
  const share = mean / length;
  const notes: HealthNote[] = [];
  if (share > HEALTHY.high) {
    notes.push({
      kind: 'warning',
      text: t(
        'On average {{share}} of the bits are set. Unrelated rows then already have a similarity near {{similarity}}, and a threshold hardly tells them from matches. Lower bitsPerFeature or bitsPerToken, or make l greater.',
        { share: percent(share), similarity: fixedWords(share, 2) },
      ),
    });
  } else if (share < HEALTHY.low) {
    notes.push({
      kind: 'warning',
      text: t(
        'On average only {{share}} of the bits are set. One spelling mistake then costs much similarity, and rare bits give away more about a person. Raise bitsPerFeature or bitsPerToken, or encode more columns.',
        { share: percent(share) },
      ),
    });
  } else {
    notes.push({
      kind: 'info',
      text: t(
        'On average {{share}} of the bits are set: healthy. Between {{low}} and {{high}}, unrelated rows stay well below the usual thresholds, and a spelling mistake costs little.',
        { share: percent(share), low: percent(HEALTHY.low), high: percent(HEALTHY.high) },
      ),
    });
  }
  if (minimum === 0) {
    notes.push({
      kind: 'warning',
      text: t('There are CLKs without a single bit: rows whose encoded columns are all empty. They match nothing.'),
    });
  } else if (minimum < mean / 2) {
    notes.push({
      kind: 'warning',
      text: t(
        'The emptiest CLK has only {{bits}} bits set, less than half of the average: most of that row’s columns are likely empty. Such rows match poorly.',
        { bits: minimum },
      ),
    });
  }
  return notes;
}

/** Bits set in each CLK of a packed table. */
export function popcountsOf(clks: {
  readonly rows: number;
  readonly bits: Uint8Array;
  readonly bytesPerClk: number;
}): Uint32Array<ArrayBuffer> {
  const inByte = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);
  return Uint32Array.from({ length: clks.rows }, (_, row) => {
    let count = 0;
    for (let i = row * clks.bytesPerClk; i < (row + 1) * clks.bytesPerClk; i++) count += inByte[clks.bits[i] ?? 0] ?? 0;
    return count;
  });
}
