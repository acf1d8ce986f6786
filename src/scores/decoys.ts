/**
 * Records of the list as decoys: what agrees with another record of one's own list is somebody else. Each such pair is weighed as if the
 * other record were a row of the data, the pair itself left out of all counts. How many weigh enough says how many wrong matches there are,
 * whatever the model makes of relatives (as decoys do for spectra: Elias and Gygi, Target-decoy search strategy, 2007).
 */
import type { WeightStep } from '../agreement/result.ts';
import type { Decoy, Decoys } from './match-evidence.ts';
import { precisionRange } from './weight-steps.ts';

/** Imagined pairs of records that agree as often as the model expects: fewer than these tell little against it. */
const IMAGINED = 3;

/**
 * The steps with as many wrong matches more as decoys show beyond those that the model expects; never fewer, since a list may hold fewer
 * relatives than the data. `least`: only what is beyond chance, by one standard deviation.
 */
export function withDecoys(steps: readonly WeightStep[], decoys: Decoys | undefined, least = false): WeightStep[] {
  if (decoys === undefined) return [...steps];
  const pairs = [...decoys.pairs].sort((a, b) => b.weight - a.weight);
  let [next, shown] = [0, 0];
  const heaviestFirst = [...steps].reverse().map((step) => {
    for (; next < pairs.length && (pairs[next] as Decoy).weight >= step.weight; next++)
      shown += (pairs[next] as Decoy).wrong;
    const right = step.matches * step.precision;
    const wrong = step.matches - right;
    const seen = shown / decoys.worth;
    const beyond = least ? seen - Math.sqrt(seen) : seen;
    const ratio = Math.max(1, (IMAGINED + beyond) / (IMAGINED + wrong / decoys.worth));
    if (ratio === 1 || right === 0) return step;
    const left = Math.max(0, step.matches - wrong * ratio);
    return {
      ...step,
      precision: left / step.matches,
      recall: step.recall * (left / right),
      precisionRange: precisionRange(step.matches, step.matches - left),
    };
  });
  return heaviestFirst.reverse();
}
