/** How sure a run is of its matches, in words. */
import type { MatchScores, WeightStep } from '../../agreement/result.ts';
import { FEW } from '../../scores/weight-steps.ts';
import { fixedWords, numberWords, percentWords } from '../../words/format.ts';

const range = ([low, high]: readonly [number, number]) => `${fixedWords(100 * low, 1)} to ${percentWords(high)}`;
const whole = (count: number) => numberWords(Math.round(count));

/** Below this share of right matches at worst, a table of them may mislead. */
const DOUBTFUL = 0.8;
/** Where few match, more has to be sure. */
const DOUBTFUL_OF_FEW = 0.95;

/** What a threshold gives, in words. Undefined: there is no candidate at all. */
export function thresholdSentence(step: WeightStep | undefined): string {
  if (step === undefined) return 'No record of yours agrees with a row of the data in enough bands.';
  const matches = step.matches === 1 ? 'is 1 match' : `are ${whole(step.matches)} matches`;
  return (
    `From a weight of ${step.weight} up there ${matches}. By estimate ${percentWords(step.precision)} of them are right ` +
    `(${range(step.precisionRange)}). They include ${percentWords(step.recall)} of the people who agree in enough bands, and perhaps ` +
    `${range(step.recallRange)} of all people in both files. People with mistakes in every field cannot be counted.`
  );
}

/** Whether so many matches at this threshold may be wrong that a person should know before they use the table. */
export function isDoubtful({ matches, precisionRange: [worst] }: WeightStep, records: number): boolean {
  return matches > 0 && worst < (matches < FEW * records ? DOUBTFUL_OF_FEW : DOUBTFUL);
}

/** A warning in plain words; undefined where matches are sure enough. */
export function doubtSentence({ steps, records, strict }: MatchScores, threshold: number): string | undefined {
  const step = steps.find(({ weight }) => weight === threshold);
  if (step === undefined || !isDoubtful(step, records)) return undefined;
  const { matches, precisionRange } = step;
  const wrong = matches * (1 - precisionRange[0]);
  const few = matches < FEW * records ? `Only ${whole(matches)} of your ${whole(records)} records match. ` : '';
  const way =
    strict !== undefined && strict > threshold
      ? `From a weight of ${strict} up, nearly all should be right.`
      : 'No threshold makes them sure.';
  return (
    `${few}Up to ${whole(wrong)} of these ${whole(matches)} matches may be other people: relatives, namesakes or strangers ` +
    `who resemble yours. A table of them would be about the wrong people in part. ${way}`
  );
}

/** All of it, for the result file. */
export function certaintySentences(scores: MatchScores): string[] {
  const { steps, threshold } = scores;
  const step = steps.find(({ weight }) => weight === threshold);
  return [thresholdSentence(step), doubtSentence(scores, threshold)].filter((sentence) => sentence !== undefined);
}
