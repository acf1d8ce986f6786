/** The paragraph for the methods of a paper: what was linked, how, how well, and what was done to the figures. */
import type { Agreement } from '../../agreement/agreement.ts';
import type { MatchScores, ResearcherResult, WeightStep } from '../../agreement/result.ts';
import { FIELD_TYPE_RULES } from '../../keys/field-types.ts';
import type { Report } from '../../statistics/report.ts';
import { roundCount } from '../../tally/rounding.ts';
import { dayWords, numberWords, percentWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { isDoubtful } from '../party/certainty-words.ts';
import { SOURCE_WORDS } from '../party/matching-clause.ts';
import { missingSentences } from '../party/plain.ts';
import { listWords, perturbationWords } from '../party/plain-words.ts';
import { studySentences } from '../party/study-words.ts';

const range = ([low, high]: readonly [number, number]) =>
  t('{{low}} to {{high}}', { low: percentWords(low), high: percentWords(high) });

function stepAt({ steps, threshold }: MatchScores): WeightStep | undefined {
  return steps.find(({ weight }) => weight >= threshold);
}

function linkageSentences(result: ResearcherResult): string[] {
  const { agreement, records, version, scores } = result;
  const { terms } = agreement;
  const fields = terms.fields.map(({ name, type }) => `${name} (${t(FIELD_TYPE_RULES[type].words)})`);
  const { perturbation } = terms;
  const matches = perturbation?.kind === 'rounding' ? roundCount(result.matches, perturbation.base) : result.matches;
  const step = stepAt(scores);
  const matched = numberWords(matches);
  const quality = step && {
    matched,
    precision: percentWords(step.precision),
    precisionRange: range(step.precisionRange),
    recall: percentWords(step.recall),
    recallRange: range(step.recallRange),
  };
  return [
    t(
      'A list of {{records}} records was linked with a data set of at most {{rows}} rows by privacy-preserving record linkage (Blindjoin {{version}}): neither party saw a record of the other.',
      { records: numberWords(records), rows: numberWords(terms.dataRows), version },
    ),
    t(
      'Records were compared by {{fields}} in {{bands}} {{source}}; pairs that agreed in at least {{least}} of them were weighed after Fellegi and Sunter and matched one to one from a weight of {{threshold}} up.',
      {
        fields: listWords(fields),
        bands: terms.keys.bands.length,
        source: t(SOURCE_WORDS[terms.keys.source]),
        least: terms.agreeingBands,
        threshold: scores.threshold,
      },
    ),
    quality === undefined
      ? t('{{matched}} records were matched.', { matched })
      : t(
          '{{matched}} records were matched; by the model’s estimate {{precision}} of the matches are right (range {{precisionRange}}) and {{recall}} of the people that the bands can find were found (of all in both files, {{recallRange}}).',
          quality,
        ),
    ...(step && isDoubtful(step, scores.records) ? [t('Many of the matches may be wrong.')] : []),
  ];
}

function protectionSentence({ agreement }: ResearcherResult): string {
  const { perturbation } = agreement.terms;
  const changed =
    perturbation === undefined
      ? t('Released counts and sums are exact.')
      : perturbation.kind === 'noise'
        ? t('Released counts and sums carry discrete Laplace {{noise}} for each person.', {
            noise: perturbationWords(perturbation),
          })
        : t('Released figures are rounded ({{rounding}}).', { rounding: perturbationWords(perturbation) });
  const missing = missingSentences(agreement.terms);
  return [sealingSentence(agreement), changed, ...missing].join(' ');
}

function sealingSentence({ terms, list }: Agreement): string {
  const { minimumGroupSize: minimum, tables } = terms;
  if (tables === undefined)
    return t('Figures over fewer than {{minimum}} people were sealed by the protocol.', { minimum });
  const values = { tables: tables.length, minimum };
  return list.strata
    ? t(
        'Each of the {{tables}} tables was opened whole, or stayed sealed where one of its groups held somebody but fewer than {{minimum}} people, within each group of {{strata}}.',
        { ...values, strata: listWords(list.strata.map(({ name }) => name)) },
      )
    : t(
        'Each of the {{tables}} tables was opened whole, or stayed sealed where one of its groups held somebody but fewer than {{minimum}} people.',
        values,
      );
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
    t('The estimates take matches for the truth: linkage error is not in the intervals.'),
    t('Agreement {{agreementHash}}, released {{day}}.', { agreementHash, day: dayWords(new Date(finishedAt)) }),
  ].join(' ');
}
