/** `npm run bench`: whole runs in two browsers on this machine, and their medians. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { requireNode } from '../machine/machine.ts';
import { type Ask, febrlPlan, generatedPlan, parseAsk } from './bench-plan.ts';
import type { StageFigures } from './browser-party.ts';
import { benchFiles, parseFileShape } from './file-bench.ts';
import { parseBands, report, withServer } from './link.ts';
import { benchLoad } from './load-bench.ts';
import { hasFebrl } from './quality/febrl.ts';
import { type RunPlan, runInBrowsers } from './scripted-run.ts';

type Report = ReturnType<typeof report>;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function printMedians(runs: readonly Report[]): void {
  console.log(
    `\nMedians. From the second agreement to the table: ${median(runs.map((run) => run.seconds)).toFixed(1)} s.\n`,
  );
  const model = runs[0]?.model;
  if (model) {
    const sent = `${megabytes(model.researcherSends)} MB from the researcher and ${megabytes(model.ownerSends)} MB from the owner`;
    console.log(
      `The model of docs/performance.md says ${sent}, ${model.seconds.toFixed(0)} s on two idle computers.\n`,
    );
  }
  console.log('| side | stage | s | processor s | rows/s | MB sent | MB received | peak MB |');
  console.log('|---|---|---|---|---|---|---|---|');
  for (const side of ['researcher', 'owner'] as const) {
    const rows = side === 'researcher' ? runs[0]?.records : runs[0]?.dataRecords;
    for (const [index, { stage }] of (runs[0]?.[side].pages ?? []).entries()) {
      const of = (figure: (stage: StageFigures) => number | undefined) =>
        median(runs.map((run) => figure(run[side].pages[index] as StageFigures) ?? Number.NaN));
      const traffic = (figure: 'bytesSent' | 'bytesReceived') =>
        stage === 'linkage' || stage === 'table'
          ? megabytes(median(runs.map((run) => run[side].stages[stage][figure])))
          : '';
      const seconds = of((figures) => figures.seconds);
      const cells = [
        side,
        stage,
        seconds.toFixed(1),
        of((figures) => figures.cpuSeconds).toFixed(1),
        Math.round((rows ?? 0) / seconds),
        traffic('bytesSent'),
        traffic('bytesReceived'),
        Math.round(of((figures) => figures.peakMemoryBytes) / 1e6),
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
    const task = median(runs.map((run) => run[side].longestTaskMs));
    console.log(`Longest task of the ${side}'s page: ${task} ms.`);
  }
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

interface BenchOptions {
  readonly shape?: string;
  readonly runs: number;
  readonly bands: RunPlan['bands'];
  readonly json?: string;
  readonly file: ReturnType<typeof parseFileShape>[];
  readonly ask: readonly Ask[];
  readonly load?: boolean;
}

function readOptions(): BenchOptions {
  return new Command('bench')
    .description('Runs the main job in two headless browsers and prints medians. Build the app first.')
    .option('--shape <list x data>', 'generated people, for example 5000x100000; FEBRL4 where it is present otherwise')
    .option('--runs <n>', 'runs to take the median of', Number, 3)
    .option('--bands <n>', 'bands, or "enough" for as many as the page advises', parseBands, 64)
    .option(
      '--file <columns x rows>',
      'only read and show files of these shapes, for example 300x200; may be repeated',
      (text, before: ReturnType<typeof parseFileShape>[]) => [...before, parseFileShape(text)],
      [],
    )
    .option(
      '--ask <groups>',
      "so many of the researcher's groups, tables, and groups in each: 2x12x4; repeated, they are run in turns",
      (text, before: readonly Ask[]) => [...before, parseAsk(text)],
      [],
    )
    .option('--load', 'only visit pages for the first time: bytes, first paint, and when they answer')
    .option('--json <file>', 'where to write all figures')
    .parse()
    .opts<BenchOptions>();
}

/** Whole runs of each plan in turns, their medians, and where asked for all figures in a file. */
async function benchRuns(options: BenchOptions, folder: string): Promise<void> {
  const onFebrl = options.shape === undefined && options.ask.length === 0 && hasFebrl;
  const shape = options.shape ?? '5000x5000';
  const asks: readonly (Ask | undefined)[] = options.ask.length > 0 ? options.ask : [undefined];
  const plans = asks.map((ask) => ({
    name: ask && `${ask.arms} x ${ask.tables} tables of ${ask.groups} groups`,
    plan: { ...(onFebrl ? febrlPlan() : generatedPlan(shape, folder, ask)), bands: options.bands },
    runs: [] as Report[],
  }));
  console.log(
    `${onFebrl ? 'FEBRL4 5,000 x 5,000' : `generated people ${shape}`}, bands: ${options.bands}, ${availableParallelism()} cores`,
  );
  for (let i = 0; i < options.runs; i++) {
    for (const { name, plan, runs } of plans) {
      const run = report(await withServer((address) => runInBrowsers(address, plan)));
      runs.push(run);
      console.log(
        `run ${i + 1}${name ? `, ${name}` : ''}: ${run.seconds.toFixed(1)} s, ${run.bands} bands, ${run.matches} of ${run.records} records matched`,
      );
    }
  }
  for (const { name, runs } of plans) {
    if (name) console.log(`\n## ${name}`);
    printMedians(runs);
  }
  const all = plans.length === 1 ? plans[0]?.runs : plans.map(({ name, runs }) => ({ name, runs }));
  if (options.json) writeFileSync(options.json, `${JSON.stringify(all, null, 2)}\n`);
}

async function main(): Promise<void> {
  requireNode();
  const options = readOptions();
  const folder = mkdtempSync(join(tmpdir(), 'blindjoin-bench-'));
  try {
    if (options.load) await withServer((address) => benchLoad(address, options.runs));
    else if (options.file.length === 0) await benchRuns(options, folder);
    else await withServer((address) => benchFiles(address, options.file, options.runs, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
