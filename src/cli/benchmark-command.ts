import { type Command, Option } from 'commander';
import { createEncoder, type EncodedTable } from '../clk/encoder.ts';
import type { LinkageSchema } from '../clk/linkage-schema.ts';
import { popcountStatistics } from '../clk/popcounts.ts';
import { searchTasks } from '../compare/candidate-search.ts';
import { csvRows } from '../python/csv-rows.ts';
import { peopleCsv, peopleSchema } from '../sample/people-files.ts';
import { CommandError, UsageError } from './command-error.ts';
import { evenRows, openCsvTable, refuseOtherSeparators } from './csv-table.ts';
import { parseWhole, withVerbose } from './options.ts';
import { readSchemaFile } from './schema-file.ts';
import type { Terminal } from './terminal.ts';
import { type CommandThread, openHere, threadsOption } from './threads.ts';

const THRESHOLD = 0.8;

interface BenchmarkOptions {
  readonly size: number;
  readonly runs: number;
  readonly table?: string;
  readonly second?: string;
  readonly schema?: string;
  readonly threads?: number;
}

type Rows = readonly (readonly string[])[];

interface Workload {
  readonly schema: LinkageSchema;
  readonly first: Rows;
  readonly second: Rows;
}

const rate = (count: number, seconds: number): string => Math.round(count / seconds).toLocaleString('en');

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function workload(terminal: Terminal, { size, table, second, schema }: BenchmarkOptions): Promise<Workload> {
  if (table === undefined || schema === undefined) {
    if (table ?? second ?? schema) throw new UsageError('Give --table and --schema together.');
    const options = { listRows: size, dataRows: size, overlap: Math.floor(size / 2), seed: 1 };
    const made = (kind: 'list' | 'data') => [...csvRows([...peopleCsv(kind, options)].join(''))].slice(1);
    return { schema: peopleSchema(), first: made('list'), second: made('data') };
  }
  const rowsOf = async (file: string, argument: string) => {
    const csv = await openCsvTable(terminal, file, argument, true);
    refuseOtherSeparators(csv);
    const rows = [...evenRows(csv)];
    if (rows.length === 0)
      throw new CommandError(`${csv.name} has no rows below its header, so nothing can be measured.`);
    return rows;
  };
  const first = await rowsOf(table, '--table');
  return {
    schema: await readSchemaFile(terminal, schema, '--schema'),
    first,
    second: second === undefined ? first : await rowsOf(second, '--second'),
  };
}

/** Seconds that a step takes, run by run. */
async function timed(runs: number, step: () => Promise<void>): Promise<number[]> {
  const seconds: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await step();
    seconds.push((performance.now() - start) / 1000);
  }
  return seconds;
}

/**
 * Seconds in which every thread of a group compares the sets once, all of the group at the same time. The groups take
 * turns, so that a machine which is faster for a while is so for all of them; the first turn, which compiles, does not count.
 */
async function comparisonTimes(
  groups: readonly (readonly CommandThread[])[],
  sets: readonly EncodedTable[],
  runs: number,
): Promise<number[][]> {
  const workers = groups.map((threads) => threads.map(({ worker }) => worker));
  const loaded = sets.map((clks) => ({ clks }));
  const tasks = searchTasks(sets.map(({ rows }) => rows));
  const compareAll = async (worker: CommandThread['worker']) => {
    for (const task of tasks) await worker.find(task);
  };
  try {
    await Promise.all(workers.flat().map((worker) => worker.load(loaded, { threshold: THRESHOLD })));
    const seconds: number[][] = groups.map(() => []);
    for (let turn = 0; turn <= runs; turn++) {
      for (const [i, group] of workers.entries()) {
        const taken = await timed(1, async () => void (await Promise.all(group.map(compareAll))));
        if (turn > 0) seconds[i]?.push(...taken);
      }
    }
    return seconds;
  } finally {
    for (const thread of groups.flat()) thread.end();
  }
}

async function benchmark(terminal: Terminal, options: BenchmarkOptions): Promise<void> {
  const { schema, first, second } = await workload(terminal, options);
  const sets: EncodedTable[] = [];
  const times: number[] = [];
  for (const rows of [first, second]) {
    let encoded: EncodedTable | undefined;
    // A new encoder each time, which knows no value and no token yet.
    const seconds = await timed(options.runs, async () => {
      encoded = createEncoder(schema, 'benchmark').encodeTable(rows);
    });
    if (encoded) sets.push(encoded);
    times.push(...seconds.map((one) => one / rows.length));
  }
  const [clks] = sets;
  if (!clks) return;
  const { mean, deviation } = popcountStatistics(clks.popcounts);
  const bits = 8 * clks.bytesPerClk;
  terminal.out(
    `Encoding ${clks.rows} rows as CLKs of ${bits} bits (mean popcount ${mean.toFixed(1)}, deviation ${deviation.toFixed(1)}):\n` +
      `  one thread: ${rate(1, median(times))} CLKs/s (best of ${times.length}: ${rate(1, Math.min(...times))})\n`,
  );
  const pairs = first.length * second.length;
  const threads = options.threads ?? terminal.threads.cores;
  const groups = [[openHere()]];
  if (threads > 1) groups.push(Array.from({ length: threads }, terminal.threads.open));
  const [one = [], many] = await comparisonTimes(groups, sets, options.runs);
  terminal.out(
    `Comparing ${first.length} x ${second.length} at ${THRESHOLD}:\n` +
      `  one thread: ${rate(pairs, median(one))} comparisons/s (best of ${one.length}: ${rate(pairs, Math.min(...one))})\n`,
  );
  if (!many) return;
  const share = median(one) / median(many);
  terminal.out(
    `  ${threads} threads: ${rate(threads * pairs, median(many))} comparisons/s, ${share.toFixed(2)} of ${threads} times one thread\n`,
  );
}

/** `benchmark`. */
export function addBenchmarkCommand(program: Command, terminal: Terminal): void {
  withVerbose(program.command('benchmark'))
    .description('Measure how fast this machine encodes and compares: made-up people, or tables of yours.')
    .addOption(new Option('--size <N>', 'how many made-up people').argParser(parseWhole(1)).default(10_000))
    .addOption(new Option('--runs <N>', 'runs to take the median of').argParser(parseWhole(1)).default(5))
    .option('--table <PII_CSV>', 'encode this table; needs --schema')
    .option('--second <PII_CSV>', 'compare it with this table; with itself unless given')
    .option('--schema <SCHEMA>', 'linkage schema of the tables')
    .addOption(threadsOption())
    .action((options: BenchmarkOptions) => benchmark(terminal, options));
}
