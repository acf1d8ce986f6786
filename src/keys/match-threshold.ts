/** In how many bands two records must agree to be candidates for a match, estimated without knowing who is who. */
import type { Candidate } from './agreement-count.ts';

export interface ThresholdEstimate {
  readonly bands: number;
  /** Records of the list with a candidate: some are theirs, some only look alike. */
  readonly records: number;
  /** Share of those records whose candidate is theirs, 0 to 1. */
  readonly precision: number;
  /** Share of the people whom the bands can find at all that are found, 0 to 1. */
  readonly recall: number;
}

export interface ThresholdRules {
  /** The lower bound that was agreed. */
  readonly agreeingBands: number;
  /** Of the design: how many rows of the data, on average, agree with a row of somebody else in two bands or more, three or more, ... */
  readonly lookAlikes: readonly number[];
  /** Rows of the list. */
  readonly records: number;
}

/**
 * Estimates for every threshold from the agreed one up to where nobody looks alike any more. A record of somebody who is
 * not in the data meets Poisson(l) look-alikes there, l being `lookAlikes` at that threshold; so of n records, t of them with
 * a row of their own, about t + (n - t)(1 - e^-l) show a candidate, which gives t. Look-alikes are counted in the data, so this
 * takes the list's people for people of the same kind.
 */
export function estimateThresholds(
  candidates: readonly Pick<Candidate, 'list' | 'bands'>[],
  { agreeingBands, lookAlikes, records }: ThresholdRules,
): ThresholdEstimate[] {
  const most = new Map<number, number>();
  for (const { list, bands } of candidates) if (bands > (most.get(list) ?? 0)) most.set(list, bands);
  const highest = Math.max(agreeingBands, lookAlikes.length + 2);
  const showing = new Array<number>(highest + 1).fill(0);
  for (const bands of most.values()) {
    const at = Math.min(bands, highest);
    showing[at] = (showing[at] ?? 0) + 1;
  }
  for (let bands = highest - 1; bands >= 0; bands--) showing[bands] = (showing[bands] ?? 0) + (showing[bands + 1] ?? 0);
  const found = Array.from({ length: highest - agreeingBands + 1 }, (_, i) => {
    const bands = agreeingBands + i;
    const shown = showing[bands] ?? 0;
    const byChance = 1 - Math.exp(-(lookAlikes[bands - 2] ?? 0));
    const own = byChance === 1 ? 0 : Math.max(0, (shown - byChance * records) / (1 - byChance));
    return { bands, records: shown, own };
  });
  const people = Math.max(...found.map(({ own }) => own));
  return found.map(({ own, ...rest }) => ({
    ...rest,
    precision: rest.records === 0 ? 0 : own / rest.records,
    recall: people === 0 ? 0 : own / people,
  }));
}

/** The estimate with the best F1; of equals the lowest threshold, the agreed one where nothing is found. */
export function chooseThreshold(
  candidates: readonly Pick<Candidate, 'list' | 'bands'>[],
  rules: ThresholdRules,
): ThresholdEstimate {
  const f1 = ({ precision, recall }: ThresholdEstimate) =>
    precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  const estimates = estimateThresholds(candidates, rules);
  return estimates.reduce((best, next) => (f1(next) > f1(best) + 1e-9 ? next : best));
}
