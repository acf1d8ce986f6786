import type { Command } from 'commander';
import { readClkFile } from '../clk/clk-file.ts';
import { popcountBins, popcountHealth, popcountsOf } from '../clk/popcount-health.ts';
import { popcountStatistics } from '../clk/popcounts.ts';
import { withVerbose } from './options.ts';
import { readText, type Terminal } from './terminal.ts';

const BAR = 50;

/** The histogram of popcounts as text, a bar a bin, with its figures and what they say. */
export function describeText(clks: { rows: number; bits: Uint8Array; bytesPerClk: number }): string {
  const popcounts = popcountsOf(clks);
  const length = clks.bytesPerClk * 8;
  const statistics = popcountStatistics(popcounts);
  const bins = popcountBins(popcounts, length);
  const most = Math.max(1, ...bins.map((bin) => bin.clks));
  const width = String(length).length;
  const count = String(most).length;
  const lines = bins.map(({ from, to, clks: inBin, healthy }) => {
    const range = `${String(from).padStart(width)}-${String(to).padEnd(width)}`;
    const bar = (healthy ? '#' : 'x').repeat(Math.ceil((BAR * inBin) / most));
    return `${range} ${String(inBin).padStart(count)} ${bar}`.trimEnd();
  });
  const figures: readonly (readonly [string, string | number])[] = [
    ['observations', statistics.count],
    ['bits of a CLK', length],
    ['min value', statistics.minimum],
    ['mean', statistics.mean.toFixed(4)],
    ['std dev', statistics.deviation.toFixed(4)],
    ['max value', statistics.maximum],
  ];
  const notes = popcountHealth(statistics, length).map(({ kind, text }) =>
    kind === 'warning' ? `Warning: ${text}` : text,
  );
  return [
    'popcounts (x: too few or too many bits set)',
    ...lines,
    '',
    ...figures.map(([name, value]) => `${`${name}:`.padEnd(15)}${value}`),
    '',
    ...notes,
    '',
  ].join('\n');
}

/** `describe`. */
export function addDescribeCommand(program: Command, terminal: Terminal): void {
  withVerbose(program.command('describe'))
    .description('Show how many bits CLKs have set, as a histogram, and whether that is healthy.')
    .argument('<CLK_JSON>', 'CLKs (JSON)')
    .action(async (file: string) => {
      terminal.out(describeText(readClkFile(await readText(terminal, file, 'CLK_JSON')).clks));
    });
}
