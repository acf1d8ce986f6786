/** `npm run link`: one run on two files, without a person, through the same pages that people use. */
import { openAsBlob, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, resolve } from 'node:path';
import { Command } from 'commander';
import type { Measures } from '../agreement/result.ts';
import { STATISTIC_NAMES, type Statistic } from '../agreement/statistics.ts';
import { MAX_GROUP_COLUMNS } from '../agreement/tables.ts';
import { readEdges } from '../app/party/group-ranges.ts';
import { readStudyFile, type StudyFile } from '../app/party/study-file.ts';
import { requireNode } from '../machine/machine.ts';
import { runCost } from '../protocol/run-cost.ts';
import { startServer } from '../server/server.ts';
import type { ColumnUse } from '../table/column-use.ts';
import { readTable } from '../table/read-table.ts';
import { addDecision, DECIDE_HELP, decidedTable, UNDECIDED } from '../unattended/decisions.ts';
import { saidProblems } from '../unattended/said-problems.ts';
import { checkStudied } from '../unattended/study-decisions.ts';
import type { PageMeasures } from './browser-party.ts';
import { type NamedTable, type RunPlan, type RunRecord, runInBrowsers, type StudyFiles } from './scripted-run.ts';

const list = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** `given_name=name,postcode=code` */
export function parseMatch(text: string): Map<string, string> {
  return new Map(
    list(text).map((pair) => {
      const [field, type] = pair.split('=');
      if (!field || !type) throw new Error(`--match: "${pair}" is not of the form column=type`);
      return [field, type];
    }),
  );
}

/** @throws for what is neither a number nor `enough` */
export function parseBands(text: string): RunPlan['bands'] {
  if (text === 'enough') return text;
  if (!/^\d+$/.test(text)) throw new Error(`--bands: write a number or "enough", not "${text}"`);
  return Number(text);
}

/** Adds a study file to those given before; which side's it is stands in the file. */
export function addStudy(path: string, before: StudyFiles): StudyFiles {
  const text = readFileSync(path, 'utf8');
  for (const role of ['owner', 'researcher'] as const) {
    if (typeof readStudyFile(text, role) === 'string') continue;
    if (before[role] !== undefined) throw new Error(`--study: ${before[role]} and ${path} are both of one side`);
    return { ...before, [role]: path };
  }
  throw new Error(`--study ${path}: ${readStudyFile(text, 'owner')}`);
}

/** `sex`, `sex+region:income`, added to the tables before: columns to group by, and after a colon those to average; none is `all`. */
export function addTable(text: string, before: readonly NamedTable[]): readonly NamedTable[] {
  const [columns = '', averages = ''] = text.split(':');
  const groups = columns === 'all' ? [] : columns.split('+').map((name) => name.trim());
  if (groups.length > MAX_GROUP_COLUMNS || groups.includes('')) {
    throw new Error(`--table: "${text}" is not of the form column+column:average,average or all:average`);
  }
  return [...before, { groups, averages: list(averages) }];
}

/**
 * `age=0,18,65`, added to those before.
 * @throws for what is no edge
 */
export function addRanges(text: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const at = text.indexOf('=');
  const [column, edges] = [text.slice(0, at), text.slice(at + 1)];
  const read = at > 0 ? readEdges(edges) : undefined;
  if (read === undefined) throw new Error(`--ranges: "${text}" is not of the form column=edge,edge,...`);
  if ('problem' in read) throw new Error(`--ranges ${column}: ${read.problem}`);
  return new Map([...before, [column, edges]]);
}

function parseStatistics(text: string): Statistic[] {
  return list(text).map((name) => {
    const statistic = STATISTIC_NAMES.find((known) => known === name);
    if (!statistic) throw new Error(`--stats: "${name}" is none of ${STATISTIC_NAMES.join(', ')}`);
    return statistic;
  });
}

/** The report file: what was measured, side by side. */
export function report(run: RunRecord) {
  const { agreement, records, matches, version } = run.result;
  const side = ({ stages: pages, ...page }: PageMeasures, stages: Measures) => ({ ...page, stages, pages });
  return {
    version,
    seconds: run.seconds,
    bands: agreement.terms.keys.bands.length,
    agreeingBands: agreement.terms.agreeingBands,
    researcher: side(run.researcher, run.result.measures),
    owner: side(run.owner, run.outcome.measures),
    records,
    dataRecords: run.outcome.records,
    model: runCost(agreement, Math.max(1, availableParallelism() - 1)),
    matches,
    cores: availableParallelism(),
  };
}

/** Serves the built app on a free port while `work` runs. */
export async function withServer<T>(work: (address: string) => Promise<T>): Promise<T> {
  const server = await startServer({ port: 0, host: '127.0.0.1', dist: resolve('dist') });
  try {
    return await work(server.url);
  } finally {
    await server.close();
  }
}

function readStudy(path: string | undefined, role: keyof StudyFiles): StudyFile | undefined {
  const study = path === undefined ? undefined : readStudyFile(readFileSync(path, 'utf8'), role);
  if (typeof study === 'string') throw new Error(`--study ${path}: ${study}`);
  return study;
}

/**
 * Reads both files as the pages will.
 * @throws where something is left open, with the options that decide it
 */
export async function checkDecided({
  list,
  data,
  studies = {},
  match,
  group,
  average,
  ranges,
  decisions = UNDECIDED,
}: RunPlan): Promise<void> {
  const fields = [...match] as [string, ColumnUse][];
  // Ranges may be of a column that is matched or averaged; the page asks what they leave open.
  const labels = group.filter((name) => !ranges?.has(name));
  const figures = [...labels.map((name) => [name, 'group']), ...average.map((name) => [name, 'average'])];
  const uses = { list: new Map(fields), data: new Map([...fields, ...(figures as [string, ColumnUse][])]) };
  const roles = { list: 'researcher', data: 'owner' } as const;
  for (const [side, path] of Object.entries({ list, data }) as ['list' | 'data', string][]) {
    const study = readStudy(studies[roles[side]], roles[side]);
    if (study !== undefined) {
      const { options, columns } = decisions[side];
      if (columns.size + Object.keys(options).length > 0)
        throw new Error(`--decide: the study of the ${side} says how its file is read`);
      const read = await readTable(await openAsBlob(path), basename(path), study.options);
      for (const line of checkStudied(read, side, study)) console.error(`${side}: ${line}`);
      continue;
    }
    const file = await readTable(await openAsBlob(path), basename(path), decisions[side].options);
    const table = decidedTable(file, side, decisions[side], uses[side]);
    for (const line of saidProblems(file, table, uses[side])) console.error(`${side}: ${line}`);
  }
}

function linkCommand(): Command {
  return new Command('link')
    .description('Links two files in two headless browsers and writes the table the researcher gets.')
    .requiredOption('--list <csv>', "the researcher's list")
    .requiredOption('--data <csv>', "the data owner's file")
    .option('--match <fields>', 'column=type,... with types name, text, code, date, category', parseMatch, new Map())
    .option('--study <json>', 'a study file, of either side; twice for both', addStudy, {} as StudyFiles)
    .option('--group <columns>', 'columns to group by; without --table one or two', list, [])
    .option('--by <columns>', "one or two columns of the researcher's list to group by besides", list, [])
    .option('--average <columns>', 'columns to average', list, [])
    .option(
      '--ranges <column=edges>',
      'group a column by ranges, such as age=0,18,65 or born=1950-01-01; again for others',
      addRanges,
      new Map(),
    )
    .option(
      '--table <columns>',
      'one of several tables over this linkage: column, column+column or all, then :average,average; again for others',
      addTable,
      [],
    )
    .option('--min <size>', 'minimum group size', Number, 10)
    .option('--bands <n>', 'bands, or "enough" for as many as the page advises', parseBands, 64)
    .option('--agree <n>', 'agreeing bands', Number, 2)
    .option('--stats <names>', STATISTIC_NAMES.join(','), parseStatistics, ['count', 'mean'] as Statistic[])
    .option('--decide <what>', DECIDE_HELP, addDecision)
    .requiredOption('--out <csv>', 'where to write the result')
    .option('--report <json>', 'where to write times, bytes and memory');
}

async function main(): Promise<void> {
  requireNode();
  const o = linkCommand().parse().opts();
  if (o.match.size === 0 && o.study.owner === undefined)
    throw new Error('Say how to match: --match, or --study with the data owner’s study file.');
  const plan: RunPlan = {
    list: o.list,
    data: o.data,
    studies: o.study,
    match: o.match,
    group: o.group,
    by: o.by,
    average: o.average,
    ranges: o.ranges,
    tables: o.table,
    minimum: o.min,
    bands: o.bands,
    agree: o.agree,
    statistics: o.stats,
    decisions: o.decide ?? UNDECIDED,
  };
  await checkDecided(plan);
  const run = await withServer((address) => runInBrowsers(address, plan));
  writeFileSync(o.out, run.csv);
  if (o.report) writeFileSync(o.report, `${JSON.stringify(report(run), null, 2)}\n`);
  console.log(run.csv);
  console.log(`${run.result.matches} of ${run.result.records} records matched in ${run.seconds.toFixed(1)} s.`);
}

if (process.argv[1]?.endsWith('link.ts')) {
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1);
    },
  );
}
