/** How sure a run is of its matches, in words. */
import type { MatchScores, WeightStep } from '../../agreement/result.ts';
import { FEW } from '../../scores/weight-steps.ts';
import { fixedWords, numberWords, percentWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';

const range = ([low, high]: readonly [number, number]) =>
  t('{{low}} to {{high}}', { low: fixedWords(100 * low, 1), high: percentWords(high) });
const whole = (count: number) => numberWords(Math.round(count));

/** Below this share of right matches at worst, a table of them may mislead. */
const DOUBTFUL = 0.8;
/** Where few match, more has to be sure. */
const DOUBTFUL_OF_FEW = 0.95;

/** What a threshold gives, in words. Undefined: there is no candidate at all. */
export function thresholdSentence(step: WeightStep | undefined): string {
  if (step === undefined) return t('No record of yours agrees with a row of the data in enough bands.');
  const { weight, matches } = step;
  const found =
    matches === 1
      ? t('From a weight of {{weight}} up there is 1 match.', { weight })
      : t('From a weight of {{weight}} up there are {{matches}} matches.', { weight, matches: whole(matches) });
  const sure = t(
    'By estimate {{precision}} of them are right ({{precisionRange}}). They include {{recall}} of the people who agree in enough bands, and perhaps {{recallRange}} of all people in both files. People with mistakes in every field cannot be counted.',
    {
      precision: percentWords(step.precision),
      precisionRange: range(step.precisionRange),
      recall: percentWords(step.recall),
      recallRange: range(step.recallRange),
    },
  );
  return `${found} ${sure}`;
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
  const few =
    matches < FEW * records
      ? t('Only {{matches}} of your {{records}} records match.', { matches: whole(matches), records: whole(records) })
      : '';
  const way =
    strict !== undefined && strict > threshold
      ? t('From a weight of {{strict}} up, nearly all should be right.', { strict })
      : t('No threshold makes them sure.');
  const doubt = t(
    'Up to {{wrong}} of these {{matches}} matches may be other people: relatives, namesakes or strangers who resemble yours. A table of them would be about the wrong people in part.',
    { wrong: whole(wrong), matches: whole(matches) },
  );
  return [few, doubt, way].filter((sentence) => sentence !== '').join(' ');
}

/** All of it, for the result file. */
export function certaintySentences(scores: MatchScores): string[] {
  const { steps, threshold } = scores;
  const step = steps.find(({ weight }) => weight === threshold);
  return [thresholdSentence(step), doubtSentence(scores, threshold)].filter((sentence) => sentence !== undefined);
}
