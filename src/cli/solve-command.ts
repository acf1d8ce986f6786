import { type Command, Option } from 'commander';
import { withTemporaryFiles } from '../disk/temporary-files.ts';
import { UsageError } from './command-error.ts';
import {
  checkResult,
  checkType,
  SOLVED_TYPES,
  type SolvedType,
  type SolveOptions,
  WHO_LEARNS,
  withSolver,
  writeSolved,
} from './link-result.ts';
import { parseShare, parseWhole, withVerbose } from './options.ts';
import { spoolScores } from './score-file.ts';
import type { Terminal } from './terminal.ts';

interface SolveCommandOptions extends SolveOptions {
  readonly threshold: number;
  readonly sizes?: readonly number[];
  readonly type: SolvedType;
  readonly output: string;
}

async function solve(terminal: Terminal, file: string, options: SolveCommandOptions): Promise<void> {
  const { sizes: given, type, output, threshold } = options;
  await checkResult(terminal, type, output, given?.length ?? 0);
  await withTemporaryFiles(async (files) => {
    const { pairs, sizes, repeated } = await spoolScores(terminal, file, 'SCORES_JSON', threshold, files);
    if (repeated > 0) {
      terminal.err(`Warning: ${repeated} pairs stand in ${file} more than once with one score, and count once.\n`);
    }
    const parties = Math.max(given?.length ?? 2, sizes.length);
    checkType(type, parties, output);
    if (type === 'permutations') {
      if (given?.length !== parties)
        throw new UsageError(`Give the numbers of rows of all ${parties} parties with --sizes, as --sizes 500,480.`);
      if (sizes.some((size, party) => size > (given[party] ?? 0)))
        throw new UsageError('A pair has a row beyond the numbers of rows in --sizes.');
    }
    await writeSolved(terminal, pairs, given ?? [], options);
  });
}

function parseSizes(text: string): number[] {
  return text.split(',').map(parseWhole(0));
}

/** `solve`. */
export function addSolveCommand(program: Command, terminal: Terminal): void {
  withSolver(
    withVerbose(program.command('solve'))
      .description('Make groups of pairs that were compared before: by link --type similarity_scores, or a service.')
      .argument('<SCORES_JSON>', 'similarity scores')
      .addOption(
        new Option('-t, --threshold <SIMILARITY>', 'leave out pairs below it').argParser(parseShare).default(0),
      )
      .addOption(new Option('--type <TYPE>', 'what is written').choices(SOLVED_TYPES).default('groups'))
      .addOption(new Option('--sizes <N,N>', 'how many rows each party has (for permutations)').argParser(parseSizes))
      .option('-o, --output <FILE>', 'file for the result', '-'),
  )
    .addHelpText('after', WHO_LEARNS)
    .action((file: string, options: SolveCommandOptions) => solve(terminal, file, options));
}
