/** Reports of regressions on groupings. */

import { numberWords } from '../words/format.ts';
import { message, t } from '../words/translate.ts';
import { type Cell, type CellTable, type Factor, isLeftover, type Sample } from './cells.ts';
import { type Choice, outcomeName } from './choice.ts';
import { ofWords, peopleWords } from './describe.ts';
import { type Design, designOf, type ModelTerm } from './design.ts';
import { linearEstimate, type NoEstimate, noEstimate, type Outcome, ratioEstimate } from './estimate.ts';
import type { Followed } from './rates.ts';
import { type Fit, linearFit, logisticFit, poissonFit } from './regression.ts';
import type { Report, ReportBlock, ReportLine } from './report.ts';
import { combined, followedOf, sampleOf, unlikePeopleNotes } from './samples.ts';

const MODEL_WORDS = {
  linear: {
    quantity: message('Difference of the mean'),
    name: message('ordinary least squares'),
    level: message('Mean in the reference groups'),
  },
  logistic: {
    quantity: message('Odds ratio'),
    name: message('logistic regression'),
    level: message('Odds in the reference groups'),
  },
  poisson: {
    quantity: message('Rate ratio'),
    name: message('Poisson regression'),
    level: message('Rate in the reference groups'),
  },
} as const;

type ModelKind = keyof typeof MODEL_WORDS;

interface ModelCell {
  readonly at: readonly number[];
  readonly sample: Sample;
  readonly followed: Followed;
}

/** Levels that are no step of a trend: beside a factor's ranges, or leftovers. */
function withoutStep({ factors }: CellTable, factor: number): number[] {
  const { levels, edges } = factors[factor] as Factor;
  const ranges = edges ? edges.length - 1 : levels.length;
  return levels.flatMap((label, level) => (level >= ranges || isLeftover(label) ? [level] : []));
}

/** Cells put together over what is not in the model, those without people left out, and those of no step of a trend. */
function modelCells(
  table: CellTable,
  kind: ModelKind,
  { outcome, time = 0, trends }: Choice,
  factors: readonly number[],
): ModelCell[] {
  const none: Followed = { events: 0, time: 0 };
  const hasPeople = ({ sample, followed }: Omit<ModelCell, 'at'>) =>
    kind === 'poisson' ? followed.time !== 0 || followed.events !== 0 : sample.count !== 0;
  return combined(table, factors)
    .filter(({ at }) => trends.every((factor) => !withoutStep(table, factor).includes(at[factor] ?? 0)))
    .map(({ at, cells }) => ({ at, ...figuresOf(cells) }))
    .filter(hasPeople);

  function figuresOf(cells: readonly Cell[]) {
    const sample = sampleOf(table, cells, outcome);
    const rate = kind === 'poisson' && outcome.kind === 'measure';
    return { sample, followed: rate ? followedOf(table, cells, outcome.measure, time) : none };
  }
}

function fitOf(kind: ModelKind, design: Design, cells: readonly ModelCell[]): Fit | NoEstimate {
  if (kind === 'poisson')
    return poissonFit(
      design,
      cells.map(({ followed }) => followed),
    );
  const samples = cells.map(({ sample }) => sample);
  return kind === 'linear' ? linearFit(design, samples) : logisticFit(design, samples);
}

/** Of a rate: `falls per unit of days`. */
function perUnit(what: string, table: CellTable, { time = 0 }: Choice): string {
  return t('{{what}} per unit of {{time}}', { what, time: table.measures[time]?.name ?? '' });
}

export function regression(table: CellTable, choice: Choice, kind: ModelKind): Report {
  const factors = [...new Set([...(choice.by === undefined ? [] : [choice.by]), ...choice.others])];
  const cells = modelCells(table, kind, choice, factors);
  const terms = factors.map((factor): ModelTerm => {
    if (choice.trends.includes(factor)) return { kind: 'trend', factor };
    const lowest = Math.min(...cells.map(({ at }) => at[factor] ?? 0));
    return { kind: 'categories', factor, reference: factor === choice.by ? choice.reference : lowest };
  });
  const design = designOf(
    table.factors,
    terms,
    cells.map(({ at }) => at),
  );
  const fit = typeof design === 'string' ? noEstimate(design) : fitOf(kind, design, cells);
  const perTime = (what: string) => (kind === 'poisson' ? perUnit(what, table, choice) : what);
  const outcome = perTime(outcomeName(choice.outcome, table));
  const names = factors.map((factor) => table.factors[factor]?.name ?? '');
  const words = MODEL_WORDS[kind];
  const at = (term: ModelTerm, level?: number) =>
    typeof design === 'string' ? -1 : design.columns.findIndex((c) => c.factor === term.factor && c.level === level);
  const line = (label: string, basis: string, index: number): ReportLine => ({
    label,
    basis,
    outcome: coefficient(fit, index, kind),
  });
  const lines = terms.flatMap((term) =>
    termLines(table, term, cells, kind, (label, basis, level) => line(label, basis, at(term, level))),
  );
  const scale = kind === 'linear' ? 'linear' : 'ratio';
  const effects: ReportBlock = { quantity: t(words.quantity), scale, none: kind === 'linear' ? 0 : 1, lines };
  const everybody = basisOf(cells, kind);
  return {
    title: t('{{of}} by {{groups}}', { of: outcome, groups: names.join(', ') }),
    blocks: [
      effects,
      { quantity: perTime(t(words.level)), scale, lines: [line(t('Intercept'), everybody, 0)].map(withoutP) },
    ],
    tests: [],
    notes: [...stepNotes(table, choice), ...(kind === 'poisson' ? unlikePeopleNotes(table, choice) : [])],
    method: methodWords(kind, outcome, names),
  };
}

function methodWords(kind: ModelKind, outcome: string, names: readonly string[]): string {
  const values = { outcome, model: t(MODEL_WORDS[kind].name), names: names.join(', ') };
  return kind === 'linear'
    ? t(
        '{{outcome}} was modelled by {{model}} on {{names}}, fitted exactly from the counts and sums of the opened cells, with Wald 95 % confidence intervals from the t distribution.',
        values,
      )
    : t(
        '{{outcome}} was modelled by {{model}} on {{names}}, fitted exactly from the counts and sums of the opened cells, with Wald 95 % confidence intervals.',
        values,
      );
}

/** Who is left out of a trend. */
function stepNotes(table: CellTable, { trends }: Choice): string[] {
  return trends.flatMap((factor) => {
    const { name, levels } = table.factors[factor] as Factor;
    const out = withoutStep(table, factor).map((level) => t('“{{name}}”', { name: levels[level] ?? '' }));
    return out.length > 0
      ? [t('Left out, for they are no step of the trend of {{name}}: {{levels}}.', { name, levels: out.join(', ') })]
      : [];
  });
}

const against = (level: string, reference: string | undefined) =>
  t('{{level}} against {{reference}}', { level, reference: reference ?? '' });

function withoutP(line: ReportLine): ReportLine {
  if (!('p' in line.outcome)) return line;
  const { p: _, ...outcome } = line.outcome;
  return { ...line, outcome };
}

function termLines(
  table: CellTable,
  term: ModelTerm,
  cells: readonly ModelCell[],
  kind: ModelKind,
  line: (label: string, basis: string, level?: number) => ReportLine,
): ReportLine[] {
  const factor = table.factors[term.factor];
  if (term.kind === 'trend') return [line(t('{{name}}, per step', { name: factor?.name ?? '' }), basisOf(cells, kind))];
  return (factor?.levels ?? []).flatMap((label, level) => {
    if (level === term.reference) return [];
    const own = cells.filter(({ at }) => at[term.factor] === level);
    return [line(`${factor?.name}: ${against(label, factor?.levels[term.reference])}`, basisOf(own, kind), level)];
  });
}

function basisOf(cells: readonly ModelCell[], kind: ModelKind): string {
  const total = (of: (cell: ModelCell) => number) => cells.reduce((sum, cell) => sum + of(cell), 0);
  if (kind === 'poisson')
    return ofTime(
      total((c) => c.followed.events),
      total((c) => c.followed.time),
    );
  const sample = { sum: total((c) => c.sample.sum), count: total((c) => c.sample.count) };
  return kind === 'logistic' ? ofWords(sample) : peopleWords(sample);
}

function ofTime(events: number, time: number): string {
  return t('{{events}} in {{time}}', { events: numberWords(events), time: numberWords(time) });
}

function coefficient(fit: Fit | NoEstimate, index: number, kind: ModelKind): Outcome {
  if ('reason' in fit) return fit;
  const [value, error] = [fit.coefficients[index], fit.errors[index]];
  if (value === undefined || error === undefined) return noEstimate(t('This group has no opened figures.'));
  return kind === 'linear' ? linearEstimate(value, error, fit.degrees) : ratioEstimate(value, error);
}
