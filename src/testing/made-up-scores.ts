import type { WeightStep } from '../agreement/result.ts';

/** For tests: a step of which everything is right and found, but for what is given. */
export function madeUpStep(step: Partial<WeightStep>): WeightStep {
  return {
    weight: 9,
    candidates: 1,
    matches: 1,
    precision: 1,
    recall: 1,
    precisionRange: [0.95, 1],
    recallRange: [0.9, 1],
    ...step,
  };
}
