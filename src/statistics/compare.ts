/** Reports that compare the groups of one grouping with its reference. */

import { numberWords } from '../words/format.ts';
import { t } from '../words/translate.ts';
import type { CellTable, Sample } from './cells.ts';
import { type Choice, otherOf, outcomeName } from './choice.ts';
import { isProportion, ofWords, peopleWords } from './describe.ts';
import { isEstimate, linearEstimate, noEstimate, type Outcome } from './estimate.ts';
import { meanDifference } from './means.ts';
import { type Followed, rateEstimate, rateRatio, standardisedMean, standardisedRisk } from './rates.ts';
import type { NamedTest, Report, ReportBlock, ReportDraft, ReportLine } from './report.ts';
import { byLevel, comparedLevels, followedOf, sampleOf, unlikePeopleNotes } from './samples.ts';
import {
  commonOddsRatio,
  mantelHaenszelTest,
  oddsRatio,
  riskDifference,
  riskRatio,
  type TwoByTwo,
} from './two-by-two.ts';

/** `men against women`. */
const against = (level: string | undefined, reference: string | undefined) =>
  t('{{level}} against {{reference}}', { level: level ?? '', reference: reference ?? '' });

const nameOf = ({ factors }: CellTable, factor: number) => factors[factor]?.name ?? '';

interface Groups {
  readonly name: string;
  readonly outcome: string;
  readonly levels: readonly string[];
  readonly referenceName: string;
  readonly samples: readonly Sample[];
}

function groupsOf(table: CellTable, choice: Choice): Groups {
  const factor = table.factors[choice.by ?? 0];
  const levels = factor?.levels ?? [];
  return {
    name: factor?.name ?? '',
    outcome: outcomeName(choice.outcome, table),
    levels,
    referenceName: levels[choice.reference] ?? '',
    samples: byLevel(table, choice.by ?? 0).map((cells) => sampleOf(table, cells, choice.outcome)),
  };
}

/** A line for each level but the reference. */
function comparedLines(
  table: CellTable,
  choice: Choice,
  { levels, referenceName, samples }: Groups,
  words: (sample: Sample) => string,
  compare: (compared: Sample, reference: Sample) => Outcome,
): ReportLine[] {
  const reference = samples[choice.reference] as Sample;
  return comparedLevels(table, choice).map((level) => {
    const compared = samples[level] as Sample;
    return {
      label: against(levels[level], referenceName),
      basis: `${words(compared)}; ${words(reference)}`,
      outcome: compare(compared, reference),
    };
  });
}

export function difference(table: CellTable, choice: Choice): ReportDraft {
  const groups = groupsOf(table, choice);
  return {
    title: t('Difference of {{outcome}} by {{name}}', { outcome: groups.outcome, name: groups.name }),
    blocks: [
      {
        quantity: t('Difference of the mean of {{outcome}}', { outcome: groups.outcome }),
        scale: 'linear',
        none: 0,
        lines: comparedLines(table, choice, groups, peopleWords, meanDifference),
      },
    ],
    tests: [],
    notes: [],
    method: t('Means were compared with those of {{reference}} by Welch’s t test, with 95 % confidence intervals.', {
      reference: groups.referenceName,
    }),
    untested: t('Means were compared with those of {{reference}}, with 95 % confidence intervals after Welch.', {
      reference: groups.referenceName,
    }),
    bare: t('Means were compared with those of {{reference}}, without confidence intervals.', {
      reference: groups.referenceName,
    }),
  };
}

export function twoByTwo(table: CellTable, choice: Choice): Report {
  const groups = groupsOf(table, choice);
  const block = (
    quantity: string,
    scale: ReportBlock['scale'],
    compare: (table: TwoByTwo) => Outcome,
  ): ReportBlock => ({
    quantity,
    scale,
    none: scale === 'ratio' ? 1 : 0,
    lines: comparedLines(table, choice, groups, ofWords, (exposed, reference) => compare({ exposed, reference })),
  });
  return {
    title: t('{{of}} by {{groups}}', { of: groups.outcome, groups: groups.name }),
    blocks: [
      block(t('Risk ratio'), 'ratio', riskRatio),
      block(t('Odds ratio'), 'ratio', oddsRatio),
      block(t('Risk difference'), 'linear', riskDifference),
    ],
    tests: [],
    notes: [],
    method: t(
      'Risk ratios (Katz), odds ratios (Woolf) and risk differences (Wald) against {{reference}} are given with 95 % confidence intervals.',
      { reference: groups.referenceName },
    ),
  };
}

export function mantelHaenszel(table: CellTable, choice: Choice): ReportDraft {
  const groups = groupsOf(table, choice);
  const over = otherOf(choice) ?? 0;
  const strataOf = (level: number): TwoByTwo[] =>
    (table.factors[over]?.levels ?? []).map((_, stratum) => {
      const samples = byLevel(table, choice.by ?? 0, new Map([[over, stratum]])).map((cells) =>
        sampleOf(table, cells, choice.outcome),
      );
      return { exposed: samples[level] as Sample, reference: samples[choice.reference] as Sample };
    });
  const compared = comparedLevels(table, choice).map((level) => ({ level, strata: strataOf(level) }));
  const title = (level: number) => against(groups.levels[level], groups.referenceName);
  const total = (strata: readonly TwoByTwo[], of: (one: TwoByTwo) => Sample) =>
    ofWords({
      sum: strata.reduce((sum, one) => sum + of(one).sum, 0),
      count: strata.reduce((sum, one) => sum + of(one).count, 0),
    });
  const lines = compared.map(
    ({ level, strata }): ReportLine => ({
      label: title(level),
      basis: `${total(strata, (one) => one.exposed)}; ${total(strata, (one) => one.reference)}`,
      outcome: commonOddsRatio(strata),
    }),
  );
  const tests = compared.map(
    ({ level, strata }): NamedTest => ({
      name: t('Mantel-Haenszel chi-square, {{title}}', { title: title(level) }),
      test: mantelHaenszelTest(strata),
    }),
  );
  return {
    title: t('{{outcome}} by {{name}}, over {{other}}', {
      outcome: groups.outcome,
      name: groups.name,
      other: nameOf(table, over),
    }),
    blocks: [{ quantity: t('Common odds ratio'), scale: 'ratio', none: 1, lines }],
    tests,
    notes: [t('It assumes that the odds ratio is the same in all strata.')],
    method: t(
      'Common odds ratios over {{other}} were estimated after Mantel and Haenszel, with 95 % confidence intervals after Robins, Breslow and Greenland and the Mantel-Haenszel test without continuity correction.',
      { other: nameOf(table, over) },
    ),
    untested: t(
      'Common odds ratios over {{other}} were estimated after Mantel and Haenszel, with 95 % confidence intervals after Robins, Breslow and Greenland.',
      { other: nameOf(table, over) },
    ),
  };
}

const standardisedWords = (outcome: string, proportion: boolean) =>
  proportion
    ? t('Proportion with {{outcome}}, standardised', { outcome })
    : t('Mean of {{outcome}}, standardised', { outcome });

/** The standard population is everybody in the opened cells, of all groups together. */
export function standardisation(table: CellTable, choice: Choice): Report {
  const groups = groupsOf(table, choice);
  const over = otherOf(choice) ?? 0;
  const weights = byLevel(table, over).map((cells) => sampleOf(table, cells, choice.outcome).count);
  const proportion = isProportion(table, choice);
  const standardised = groups.levels.map((_, level) => {
    const classes = byLevel(table, over, new Map([[choice.by ?? 0, level]])).map((cells) =>
      sampleOf(table, cells, choice.outcome),
    );
    return proportion ? standardisedRisk(classes, weights) : standardisedMean(classes, weights);
  });
  const words = (sample: Sample) => (proportion ? ofWords(sample) : peopleWords(sample));
  const lines = groups.levels.map(
    (label, level): ReportLine => ({
      label,
      basis: words(groups.samples[level] as Sample),
      outcome: standardised[level] as Outcome,
    }),
  );
  const differences = comparedLevels(table, choice).map(
    (level): ReportLine => ({
      label: against(groups.levels[level], groups.referenceName),
      basis: `${words(groups.samples[level] as Sample)}; ${words(groups.samples[choice.reference] as Sample)}`,
      outcome: differenceOf(standardised[level] as Outcome, standardised[choice.reference] as Outcome),
    }),
  );
  const { outcome } = groups;
  return {
    title: t('{{outcome}} by {{name}}, standardised over {{other}}', {
      outcome,
      name: groups.name,
      other: nameOf(table, over),
    }),
    blocks: [
      { quantity: standardisedWords(outcome, proportion), scale: 'linear', lines },
      { quantity: t('Difference of the standardised figures'), scale: 'linear', none: 0, lines: differences },
    ],
    tests: [],
    notes: [
      t('The standard population is everybody in the opened cells, of all groups of “{{name}}” together.', {
        name: groups.name,
      }),
    ],
    method: t(
      'Figures were directly standardised over {{other}}, with everybody in the opened cells as the standard population and normal 95 % confidence intervals.',
      { other: nameOf(table, over) },
    ),
  };
}

/** Groups share nobody, so their variances add. */
function differenceOf(a: Outcome, b: Outcome): Outcome {
  if (!isEstimate(a)) return a;
  if (!isEstimate(b)) return b;
  const error = Math.hypot(a.error, b.error);
  return error > 0
    ? linearEstimate(a.value - b.value, error)
    : noEstimate(t('The figures do not vary, so there is no interval.'));
}

const followedWords = ({ events, time }: Followed) =>
  t('{{events}} in {{time}}', { events: numberWords(events), time: numberWords(time) });

export function rates(table: CellTable, choice: Choice): Report {
  const { outcome, time = 0, by } = choice;
  const events = outcome.kind === 'measure' ? outcome.measure : 0;
  const [eventName, timeName] = [table.measures[events]?.name ?? '', table.measures[time]?.name ?? ''];
  const factor = by === undefined ? undefined : table.factors[by];
  const groups =
    by === undefined
      ? [followedOf(table, table.cells, events, time)]
      : byLevel(table, by).map((cells) => followedOf(table, cells, events, time));
  const levels = factor?.levels ?? [t('Everybody opened')];
  const lines = groups.map(
    (group, i): ReportLine => ({
      label: levels[i] ?? '',
      basis: followedWords(group),
      outcome: rateEstimate(group),
    }),
  );
  const reference = groups[choice.reference] as Followed;
  const ratios = comparedLevels(table, choice).map(
    (level): ReportLine => ({
      label: against(levels[level], levels[choice.reference]),
      basis: `${followedWords(groups[level] as Followed)}; ${followedWords(reference)}`,
      outcome: rateRatio(groups[level] as Followed, reference),
    }),
  );
  return {
    title: t('{{events}} per {{time}}', { events: eventName, time: timeName }),
    blocks: [
      {
        quantity: t('Rate: {{events}} per unit of {{time}}', { events: eventName, time: timeName }),
        scale: 'linear',
        lines,
      },
      ...(ratios.length > 0 ? [{ quantity: t('Rate ratio'), scale: 'ratio' as const, none: 1, lines: ratios }] : []),
    ],
    tests: [],
    notes: unlikePeopleNotes(table, choice),
    method: t(
      'Rates of {{events}} over {{time}} are given with exact Poisson 95 % confidence intervals (normal ones of the logarithm under noise), rate ratios with normal intervals of the logarithm.',
      { events: eventName, time: timeName },
    ),
  };
}
