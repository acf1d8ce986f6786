/** A folder of sets with a known truth: what runs take by themselves, the best of all thresholds, and CLKs at theirs. */
import type { KeySource } from '../../agreement/match-field.ts';
import { lacksField, listFiguresOf, suggestBands } from '../../keys/band-rule.ts';
import { designKeys } from '../../keys/design.ts';
import { judgeMatches, linkageCandidates, peopleFound, type QualityRow, weighedMatches } from './linkage-quality.ts';
import { diceRows } from './quality-comparison.ts';
import type { KnownPair } from './quality-sets.ts';

/** What one run, with one seed of the design, makes of a set. */
export interface RunQuality extends QualityRow {
  /** Of the design, 16 bytes in hex. */
  readonly seed: string;
  readonly bands: number;
  /** What the run says of itself. */
  readonly estimated: { readonly precision: number; readonly recall: number };
  /** The best of all thresholds, which nobody knows without the truth. */
  readonly best: QualityRow;
  /** Share of the people in both files whose records agree in enough bands at all. */
  readonly found: number;
}

/** A line of the table: the means over the runs. */
export interface FolderRow {
  readonly set: string;
  readonly fields: readonly string[];
  readonly rows: { readonly list: number; readonly data: number };
  readonly runs: readonly RunQuality[];
  readonly mean: Pick<QualityRow, 'precision' | 'recall' | 'f1'> & {
    readonly bands: number;
    readonly bestF1: number;
    readonly found: number;
    readonly estimated: RunQuality['estimated'];
  };
  /** CLKs of the default schema at their best threshold; undefined where they were not asked for. */
  readonly clks: QualityRow | undefined;
}

export interface FolderRules {
  readonly keys: KeySource;
  /** Of the designs, 16 bytes in hex each. */
  readonly seeds: readonly string[];
  /** Bands and agreeing bands; `page`: as the owner's page decides. */
  readonly bands: number | 'page';
  readonly agree: number;
  /** Whether CLKs are compared too, which takes most of the time. */
  readonly clks: boolean;
}

const NOTHING = { precision: 0, recall: 0, f1: 0 } as const;

export function folderRow(set: string, pair: KnownPair, rules: FolderRules): FolderRow {
  const { list, data } = pair;
  const runs = rules.seeds.map((seed) => runQuality(pair, rules, seed));
  const mean = (of: (run: RunQuality) => number) => runs.reduce((sum, run) => sum + of(run), 0) / runs.length;
  return {
    set,
    fields: data.records.fields.map(({ name, type }) => `${name}=${type}`),
    rows: { list: list.records.rows, data: data.records.rows },
    runs,
    mean: {
      precision: mean((run) => run.precision),
      recall: mean((run) => run.recall),
      f1: mean((run) => run.f1),
      bands: mean((run) => run.bands),
      bestF1: mean((run) => run.best.f1),
      found: mean((run) => run.found),
      estimated: {
        precision: mean((run) => run.estimated.precision),
        recall: mean((run) => run.estimated.recall),
      },
    },
    clks: rules.clks ? best(diceRows(pair)) : undefined,
  };
}

function runQuality({ list, data }: KnownPair, rules: FolderRules, seed: string): RunQuality {
  const { keys } = rules;
  const figures = listFiguresOf(list.records);
  const { bands, agreeingBands: agree } =
    rules.bands === 'page'
      ? suggestBands(data.records, keys, seed, figures)
      : { bands: rules.bands, agreeingBands: rules.agree };
  const options = lacksField(figures.empty) ? { listEmpty: figures.empty } : {};
  const design = designKeys(data.records, keys, seed, bands, options);
  const candidates = linkageCandidates(list.records, data.records, design);
  const weighed = weighedMatches(candidates, list.records, data.records.rows, design, agree);
  const judged = weighed.map(({ threshold, matches, ofRun, estimated }) => ({
    row: { method: keys, threshold, ...judgeMatches(matches, list.people, data.people) },
    ofRun,
    estimated,
  }));
  const nothing: QualityRow = { method: keys, threshold: 0, ...NOTHING };
  const run = judged.find(({ ofRun }) => ofRun) ?? { row: nothing, estimated: { precision: 0, recall: 0 } };
  const agreeing = candidates.filter((candidate) => candidate.bands >= agree);
  return {
    ...run.row,
    seed,
    bands: design.bands.length,
    estimated: run.estimated,
    best: best(judged.map(({ row }) => row)) ?? nothing,
    found: peopleFound(agreeing, list.people, data.people),
  };
}

/** The row with the best F1; of equals the one with the highest threshold. */
function best<R extends QualityRow>(rows: readonly R[]): R | undefined {
  return rows.reduce<R | undefined>((most, row) => (most && most.f1 > row.f1 ? most : row), undefined);
}

export const FOLDER_HEAD = [
  '| set | run: P / R / **F1** | best of all thresholds | CLKs: P / R / **F1** | run says P / R | bands | found by bands |',
  '|---|---|---|---|---|---|---|',
].join('\n');

export function folderLine({ set, mean, clks }: FolderRow): string {
  const figure = (value: number) => value.toFixed(3);
  const triple = ({ precision, recall, f1 }: Pick<QualityRow, 'precision' | 'recall' | 'f1'>) =>
    `${figure(precision)} / ${figure(recall)} / **${figure(f1)}**`;
  const cells = [
    set,
    triple(mean),
    figure(mean.bestF1),
    clks ? `${triple(clks)} at ${clks.threshold}` : '',
    `${figure(mean.estimated.precision)} / ${figure(mean.estimated.recall)}`,
    String(Math.round(mean.bands)),
    figure(mean.found),
  ];
  return `| ${cells.join(' | ')} |`;
}
