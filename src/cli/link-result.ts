import { type Command, Option } from 'commander';
import type { ProbabilisticOptions } from '../compare/probabilistic-solver.ts';
import { olderScoresText, resultText, scoresText } from '../linking/result-file.ts';
import { type Groups, groupMembers } from '../linking/run-result.ts';
import { permuteRows, solvePairs } from '../linking/run-solver.ts';
import { UsageError } from './command-error.ts';
import type { FoundPairs } from './found-pairs.ts';
import { parseShare, parseTruth } from './options.ts';
import { checkOutput, outputName, writeText } from './output-file.ts';
import type { Terminal } from './terminal.ts';

const SOLVERS = ['greedy', 'probabilistic'] as const;

/** How pairs become groups; the rest of the options are the probabilistic solver's. */
export interface SolveOptions extends ProbabilisticOptions {
  readonly solver: (typeof SOLVERS)[number];
}

export const SOLVED_TYPES = ['groups', 'mapping', 'permutations'] as const;
export type SolvedType = (typeof SOLVED_TYPES)[number];

/** Help on result types. */
export const WHO_LEARNS = `
Result types, and who should get them:
  similarity_scores  every pair with its score: the linkage unit only, scores tell about people
  groups, mapping    which rows belong together: whoever may know that two parties share a person
  permutations       each party its own new order, the linkage unit the mask: nobody learns which rows matched.
                     Marked are people whom all parties have`;

/** Adds the options of solving. */
export function withSolver(command: Command): Command {
  return command
    .addOption(new Option('--solver <NAME>', 'how pairs become groups').choices(SOLVERS).default('greedy'))
    .addOption(
      new Option('--merge-threshold <SHARE>', 'probabilistic: the share of pairs between two groups that must be seen')
        .argParser(parseShare)
        .default(1),
    )
    .addOption(
      new Option('--deduplicated <BOOLEAN>', 'probabilistic: a person is in each data set once')
        .argParser(parseTruth)
        .default(true, 'True'),
    );
}

/** @throws UsageError when a mapping is asked for of other than two parties, or permutations on standard output */
export function checkType(type: string, parties: number, output: string): void {
  if (type === 'mapping' && parties !== 2)
    throw new UsageError(`A mapping is of two parties; there are ${parties}. Take --type groups.`);
  if (type === 'permutations' && output === '-') {
    throw new UsageError('Permutations are several files, one for each party and the mask: name a file with --output.');
  }
}

/** The file of one party's permutation beside the file of the mask: `out.json` has `out-0.json`, `out-1.json`, ... */
export function permutationFile(output: string, party: number): string {
  const dot = output.lastIndexOf('.');
  const stem = dot > output.lastIndexOf('/') + 1 ? output.slice(0, dot) : output;
  return `${stem}-${party}${output.slice(stem.length)}`;
}

/**
 * Looks whether the files of a result can be written, before work that takes long.
 * @throws CommandError when one of them cannot be
 */
export async function checkResult(terminal: Terminal, type: string, output: string, parties: number): Promise<void> {
  await checkOutput(terminal, output);
  if (type !== 'permutations' || output === '-') return;
  for (let party = 0; party < parties; party++) await checkOutput(terminal, permutationFile(output, party));
}

async function write(terminal: Terminal, output: string, text: Iterable<string>): Promise<void> {
  await writeText(terminal, output, text);
  if (output === '-') terminal.out('\n');
}

/**
 * Writes similarity scores.
 * @param older in the form of older services, for two parties
 */
export async function writeScores(
  terminal: Terminal,
  output: string,
  pairs: FoundPairs,
  older: boolean,
): Promise<void> {
  await write(terminal, output, older ? olderScoresText(pairs.parts()) : scoresText(pairs.parts()));
  terminal.err(`${pairs.count} pairs written to ${outputName(output)}\n`);
}

/**
 * Solves, and writes what was asked for.
 * @param sizes rows of each data set, needed for permutations
 */
export async function writeSolved(
  terminal: Terminal,
  pairs: FoundPairs,
  sizes: readonly number[],
  options: SolveOptions & { readonly type: SolvedType; readonly output: string },
): Promise<void> {
  const { type, output } = options;
  const again = { [Symbol.iterator]: () => pairs.parts()[Symbol.iterator]() };
  const groups = solvePairs(again, options.solver === 'probabilistic' ? options : undefined);
  const found = `${countGroups(groups)} groups of ${pairs.count} pairs`;
  if (type !== 'permutations') {
    await write(terminal, output, resultText({ type, groups }));
    terminal.err(`${found} written to ${outputName(output)}\n`);
    return;
  }
  const { orders, mask } = permuteRows(groups, sizes);
  for (const [party, order] of orders.entries()) {
    const text = resultText({ type: 'permutation', order, places: mask.length });
    await write(terminal, permutationFile(output, party), text);
  }
  await write(terminal, output, resultText({ type: 'mask', mask }));
  const files = orders.map((_, party) => permutationFile(output, party)).join(', ');
  const leftOut = countGroups(groups) - mask.reduce((sum, is) => sum + is, 0);
  if (leftOut > 0) {
    terminal.err(`${leftOut} groups do not have exactly one row of each party, and are not marked in the mask.\n`);
  }
  terminal.err(
    `${found}: the mask written to ${output}, for the linkage unit only; the permutations to ${files}, each for its party only\n`,
  );
}

export function countGroups(groups: Groups): number {
  return (groups.group.at(-1) ?? -1) + 1;
}

/** The groups as lists of `[party, row]`. */
export function groupLists(groups: Groups): [number, number][][] {
  return [...groupMembers(groups)];
}
