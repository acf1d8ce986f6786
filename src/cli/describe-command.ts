import type { Command } from 'commander';
import { popcountBins, popcountHealth, popcountsOf } from '../clk/popcount-health.ts';
import { popcountStatistics } from '../clk/popcounts.ts';
import { scoreHistogram } from '../compare/score-histogram.ts';
import type { ScoredPairs } from '../linking/run-result.ts';
import { openBytes, textParts } from './byte-source.ts';
import { eachClkPart } from './clk-source.ts';
import { CommandError } from './command-error.ts';
import { withVerbose } from './options.ts';
import { readScoreFile } from './score-file.ts';
import type { Terminal } from './terminal.ts';

const BAR = 50;

/** The histogram of popcounts as text, a bar a bin, with its figures and what they say. */
function describeText(popcounts: Uint32Array, length: number): string {
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

const SCORE_BINS = 20;

/**
 * The histogram of similarity scores as text: pairs that greedy solving links (#), and others (.).
 * @throws CommandError where the pairs are of more than two parties
 */
export function describeScores(pairs: ScoredPairs, name: string): string {
  if (pairs.secondParty.some((party, i) => party !== 1 || pairs.firstParty[i] !== 0)) {
    throw new CommandError(`${name} has scores of more than two parties. Describe those of two.`);
  }
  const { edges, matches, nonMatches, linksFrom } = scoreHistogram(
    { similarities: pairs.similarity, firstRecord: pairs.firstRow, secondRecord: pairs.secondRow },
    SCORE_BINS,
  );
  const totals = matches.map((count, i) => count + (nonMatches[i] ?? 0));
  const most = Math.max(1, ...totals);
  const width = Math.max('matches'.length, String(pairs.similarity.length).length);
  const columns = (...cells: (string | number)[]) => cells.map((cell) => String(cell).padStart(width)).join(' ');
  const lines = totals.map((total, i) => {
    const bar = Math.ceil((BAR * total) / most);
    const linked = total === 0 ? 0 : Math.round((bar * (matches[i] ?? 0)) / total);
    const range = `${(edges[i] ?? 0).toFixed(4)}-${(edges[i + 1] ?? 0).toFixed(4)}`;
    const figures = columns(matches[i] ?? 0, nonMatches[i] ?? 0, linksFrom[i] ?? 0);
    return `${range} ${figures} ${'#'.repeat(linked)}${'.'.repeat(bar - linked)}`.trimEnd();
  });
  return [
    `${pairs.similarity.length} pairs: matches (#) are those that greedy solving links, others (.) never become links;`,
    'links is how many are made when the threshold is the lower end of the bin',
    `${'similarity'.padEnd(13)} ${columns('matches', 'others', 'links')}`,
    ...lines,
    '',
  ].join('\n');
}

const SCORES_START = /^\ufeff?\s*\{\s*"similarity_scores"/;

async function describe(terminal: Terminal, file: string): Promise<void> {
  const source = await openBytes(terminal, file, 'CLK_JSON');
  const [start = ''] = textParts(source);
  if (SCORES_START.test(start)) {
    terminal.out(describeScores(await readScoreFile(terminal, file, 'CLK_JSON'), source.name));
    return;
  }
  const parts: Uint32Array[] = [];
  let bytes = 0;
  await eachClkPart(terminal, file, 'CLK_JSON', (part) => {
    bytes = part.bytesPerClk;
    parts.push(popcountsOf(part));
  });
  const count = parts.reduce((sum, part) => sum + part.length, 0);
  if (count === 0) throw new CommandError(`${source.name} holds no CLKs, so there is nothing to describe.`);
  const popcounts = new Uint32Array(count);
  let at = 0;
  for (const part of parts) {
    popcounts.set(part, at);
    at += part.length;
  }
  terminal.out(describeText(popcounts, 8 * bytes));
}

/** `describe`. */
export function addDescribeCommand(program: Command, terminal: Terminal): void {
  withVerbose(program.command('describe'))
    .description('Show how many bits CLKs have set, and whether that is healthy; or how similar pairs are.')
    .argument('<CLK_JSON>', 'CLKs, or the similarity scores of two parties (JSON)')
    .action((file: string) => describe(terminal, file));
}
