import { type Command, Option } from 'commander';
import { createEncoder } from '../clk/encoder.ts';
import { popcountStatistics } from '../clk/popcounts.ts';
import { peopleCsv, peopleSchema } from '../sample/people-files.ts';
import { readCsvTable } from './csv-table.ts';
import { comparePairs } from './linkage.ts';
import { parseWhole, withVerbose } from './options.ts';
import type { Terminal } from './terminal.ts';

const THRESHOLD = 0.8;

const rate = (count: number, seconds: number): string => Math.round(count / seconds).toLocaleString('en');

function benchmark(terminal: Terminal, size: number): void {
  const options = { listRows: size, dataRows: size, overlap: Math.floor(size / 2), seed: 1 };
  const rows = [...readCsvTable([...peopleCsv('list', options)].join(''), true).rows];
  const encoder = createEncoder(peopleSchema(), 'benchmark');
  const start = performance.now();
  const clks = encoder.encodeTable(rows);
  const seconds = (performance.now() - start) / 1000;
  const { mean, deviation } = popcountStatistics(clks.popcounts);
  terminal.out(
    `${size} CLKs of ${encoder.length} bits in ${seconds.toFixed(3)} s: ${rate(size, seconds)} CLKs/s on one thread` +
      ` (mean popcount ${mean.toFixed(1)}, deviation ${deviation.toFixed(1)})\n`,
  );
  const before = performance.now();
  const pairs = comparePairs([{ clks }, { clks }], { threshold: THRESHOLD });
  const compared = (performance.now() - before) / 1000;
  terminal.out(
    `${size} x ${size} CLKs compared at ${THRESHOLD} in ${compared.toFixed(3)} s: ${rate(size * size, compared)} comparisons/s` +
      ` on one thread (${pairs.similarity.length} pairs)\n`,
  );
}

/** `benchmark`. */
export function addBenchmarkCommand(program: Command, terminal: Terminal): void {
  withVerbose(program.command('benchmark'))
    .description('Measure how fast this machine encodes and compares made-up people.')
    .addOption(new Option('--size <N>', 'how many people').argParser(parseWhole(1)).default(10_000))
    .action(({ size }: { size: number }) => benchmark(terminal, size));
}
