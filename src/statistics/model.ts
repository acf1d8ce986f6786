/** Reports of regressions on groupings. */

import { numberWords } from '../words/format.ts';
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
  linear: { quantity: 'Difference of the mean', name: 'ordinary least squares', level: 'Mean in the reference groups' },
  logistic: { quantity: 'Odds ratio', name: 'logistic regression', level: 'Odds in the reference groups' },
  poisson: { quantity: 'Rate ratio', name: 'Poisson regression', level: 'Rate in the reference groups' },
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
  const outcome = outcomeName(choice.outcome, table);
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
  const per = kind === 'poisson' ? ` per unit of ${table.measures[choice.time ?? 0]?.name}` : '';
  const scale = kind === 'linear' ? 'linear' : 'ratio';
  const effects: ReportBlock = { quantity: words.quantity, scale, none: kind === 'linear' ? 0 : 1, lines };
  const everybody = basisOf(cells, kind);
  return {
    title: `${outcome}${per} by ${names.join(', ')}`,
    blocks: [
      effects,
      { quantity: `${words.level}${per}`, scale, lines: [line('Intercept', everybody, 0)].map(withoutP) },
    ],
    tests: [],
    notes: [...stepNotes(table, choice), ...(kind === 'poisson' ? unlikePeopleNotes(table, choice) : [])],
    method: `${outcome}${per} was modelled by ${words.name} on ${names.join(', ')}, fitted exactly from the counts and sums of the opened cells, with Wald 95 % confidence intervals${kind === 'linear' ? ' from the t distribution' : ''}.`,
  };
}

/** Who is left out of a trend. */
function stepNotes(table: CellTable, { trends }: Choice): string[] {
  return trends.flatMap((factor) => {
    const { name, levels } = table.factors[factor] as Factor;
    const out = withoutStep(table, factor).map((level) => `“${levels[level]}”`);
    return out.length > 0 ? [`Left out, for they are no step of the trend of ${name}: ${out.join(', ')}.`] : [];
  });
}

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
  if (term.kind === 'trend') return [line(`${factor?.name}, per step`, basisOf(cells, kind))];
  return (factor?.levels ?? []).flatMap((label, level) => {
    if (level === term.reference) return [];
    const own = cells.filter(({ at }) => at[term.factor] === level);
    return [line(`${factor?.name}: ${label} against ${factor?.levels[term.reference]}`, basisOf(own, kind), level)];
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
  return `${numberWords(events)} in ${numberWords(time)}`;
}

function coefficient(fit: Fit | NoEstimate, index: number, kind: ModelKind): Outcome {
  if ('reason' in fit) return fit;
  const [value, error] = [fit.coefficients[index], fit.errors[index]];
  if (value === undefined || error === undefined) return noEstimate('This group has no opened figures.');
  return kind === 'linear' ? linearEstimate(value, error, fit.degrees) : ratioEstimate(value, error);
}
