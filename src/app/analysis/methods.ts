/** The paragraph for the methods of a paper: what was linked, how, how well, and what was done to the figures. */
import type { Agreement } from '../../agreement/agreement.ts';
import type { MatchScores, ResearcherResult, WeightStep } from '../../agreement/result.ts';
import { FIELD_TYPE_RULES } from '../../keys/field-types.ts';
import type { Report } from '../../statistics/report.ts';
import { roundCount } from '../../tally/rounding.ts';
import { numberWords, percentWords } from '../../words/format.ts';
import { isDoubtful } from '../party/certainty-words.ts';
import { missingSentences } from '../party/plain.ts';
import { listWords, perturbationWords } from '../party/plain-words.ts';
import { studySentences } from '../party/study-words.ts';

const range = ([low, high]: readonly [number, number]) => `${percentWords(low)} to ${percentWords(high)}`;

const SOURCES = { minhash: 'MinHash bands', 'p-sig': 'p-sig signatures', 'lambda-fold': 'lambda-fold tables' } as const;

function stepAt({ steps, threshold }: MatchScores): WeightStep | undefined {
  return steps.find(({ weight }) => weight >= threshold);
}

function linkageSentences(result: ResearcherResult): string[] {
  const { agreement, records, version, scores } = result;
  const { terms } = agreement;
  const fields = terms.fields.map(({ name, type }) => `${name} (${FIELD_TYPE_RULES[type].words})`);
  const { perturbation } = terms;
  const matches = perturbation?.kind === 'rounding' ? roundCount(result.matches, perturbation.base) : result.matches;
  const step = stepAt(scores);
  const quality = step
    ? `; by the model’s estimate ${percentWords(step.precision)} of the matches are right (range ${range(step.precisionRange)}) and ${percentWords(step.recall)} of the people that the bands can find were found (of all in both files, ${range(step.recallRange)})`
    : '';
  return [
    `A list of ${numberWords(records)} records was linked with a data set of at most ${numberWords(terms.dataRows)} rows by privacy-preserving record linkage (Blindjoin ${version}): neither party saw a record of the other.`,
    `Records were compared by ${listWords(fields)} in ${terms.keys.bands.length} ${SOURCES[terms.keys.source]}; pairs that agreed in at least ${terms.agreeingBands} of them were weighed after Fellegi and Sunter and matched one to one from a weight of ${scores.threshold} up.`,
    `${numberWords(matches)} records were matched${quality}.`,
    ...(step && isDoubtful(step, scores.records) ? ['Many of the matches may be wrong.'] : []),
  ];
}

function protectionSentence({ agreement }: ResearcherResult): string {
  const { perturbation } = agreement.terms;
  const changed =
    perturbation === undefined
      ? 'Released counts and sums are exact'
      : perturbation.kind === 'noise'
        ? `Released counts and sums carry discrete Laplace ${perturbationWords(perturbation)} for each person`
        : `Released figures are rounded (${perturbationWords(perturbation)})`;
  const missing = missingSentences(agreement.terms);
  return [sealingSentence(agreement), `${changed}.`, ...missing].join(' ');
}

function sealingSentence({ terms, list }: Agreement): string {
  const { minimumGroupSize, tables } = terms;
  if (tables === undefined) return `Figures over fewer than ${minimumGroupSize} people were sealed by the protocol.`;
  const within = list.strata ? `, within each group of ${listWords(list.strata.map(({ name }) => name))}` : '';
  return `Each of the ${tables.length} tables was opened whole, or stayed sealed where one of its groups held somebody but fewer than ${minimumGroupSize} people${within}.`;
}

/** How the records were linked and what was done to the figures, without any analysis of them. */
export function resultMethods(result: ResearcherResult): string {
  return [...linkageSentences(result), protectionSentence(result)].join(' ');
}

/** One paragraph, ready to paste. */
export function methodsParagraph(result: ResearcherResult, report: Report): string {
  const { agreementHash, finishedAt } = result;
  return [
    ...studySentences(result.agreement),
    resultMethods(result),
    report.method,
    ...report.notes,
    'The estimates take matches for the truth: linkage error is not in the intervals.',
    `Agreement ${agreementHash}, released ${finishedAt.slice(0, 10)}.`,
  ].join(' ');
}
