import { type Command, Option } from 'commander';
import { MEASURES } from '../compare/dice-bounds.ts';
import { withTemporaryFiles } from '../disk/temporary-files.ts';
import type { ScoredPairs } from '../linking/run-result.ts';
import { solvePairs } from '../linking/run-solver.ts';
import { pythonJson } from '../python/json.ts';
import type { ClkSet } from './clk-source.ts';
import { UsageError } from './command-error.ts';
import { pairsInMemory } from './found-pairs.ts';
import {
  checkResult,
  checkType,
  countGroups,
  groupLists,
  SOLVED_TYPES,
  type SolvedType,
  type SolveOptions,
  WHO_LEARNS,
  withSolver,
  writeScores,
  writeSolved,
} from './link-result.ts';
import { type CompareSettings, comparePairs } from './linkage.ts';
import { checkCount, readLinkedSets } from './linked-sets.ts';
import { isVerbose, parseShare, parseWhole, withVerbose } from './options.ts';
import { checkOutput, writeText } from './output-file.ts';
import { createProgress } from './progress.ts';
import { linkOnQueue, type QueueLinked } from './queue-link.ts';
import { type QueueOptions, queueOf, withQueue } from './queue-options.ts';
import type { Terminal } from './terminal.ts';
import { threadsOption } from './threads.ts';

interface LinkOptions extends SolveOptions, CompareSettings, QueueOptions {
  readonly blocks?: readonly string[];
  readonly type: SolvedType | 'similarity_scores';
  readonly olderScores: boolean;
  readonly output: string;
}

interface FindOptions {
  readonly clk: readonly string[];
  readonly files: readonly string[];
}

/** Between the two names of a pair of files that were given as one value. */
const PAIR_MARK = '\0';

async function compare(
  terminal: Terminal,
  sets: readonly ClkSet[],
  { threshold, top, similarity, threads }: CompareSettings,
  verbose: boolean,
): Promise<ScoredPairs> {
  const progress = createProgress(terminal, verbose);
  try {
    return await comparePairs(sets, {
      threshold,
      top,
      measure: similarity,
      threads: terminal.threads,
      threadCount: threads,
      onProgress: (share) => progress.report(share, 'compared'),
    });
  } finally {
    progress.end();
  }
}

async function link(
  terminal: Terminal,
  files: readonly string[],
  options: LinkOptions,
  verbose: boolean,
): Promise<void> {
  const { blocks, type, olderScores, output } = options;
  if (blocks && blocks.length !== files.length) {
    throw new UsageError(
      `There are ${files.length} files of CLKs and ${blocks.length} of blocks. Give one of blocks for each of CLKs.`,
    );
  }
  checkType(type, files.length, output);
  if (olderScores && (type !== 'similarity_scores' || files.length > 2)) {
    throw new UsageError('--older-scores is a form of the similarity scores of two parties.');
  }
  const named = files.map((clks, i) => ({ clks, blocks: blocks?.[i] }));
  checkCount(named);
  await checkResult(terminal, type, output, files.length);
  const finish = async ({ pairs, sizes }: QueueLinked): Promise<void> => {
    if (type === 'similarity_scores') await writeScores(terminal, output, pairs, olderScores);
    else await writeSolved(terminal, pairs, sizes, { ...options, type });
  };
  const queue = queueOf(terminal, options);
  if (queue) {
    await withTemporaryFiles(async (files) =>
      finish(await linkOnQueue(terminal, queue, named, options, files, verbose)),
    );
    return;
  }
  const sets = await readLinkedSets(terminal, named);
  const pairs = await compare(terminal, sets, options, verbose);
  await finish({ pairs: pairsInMemory(pairs), sizes: sets.map(({ clks }) => clks.rows) });
}

async function findSimilarity(
  terminal: Terminal,
  threshold: number,
  output: string,
  { clk, files }: FindOptions,
  verbose: boolean,
): Promise<void> {
  if (clk.length > 0 && files.length > 0) throw new UsageError('Give either --clk or --files.');
  await checkOutput(terminal, output);
  const pairsOfFiles = files.map((value) => value.split(PAIR_MARK));
  const sets = await readLinkedSets(
    terminal,
    clk.length > 0 ? clk.map((clks) => ({ clks })) : pairsOfFiles.map(([clks = '', blocks = '']) => ({ clks, blocks })),
  );
  const pairs = await compare(terminal, sets, { threshold }, verbose);
  const groups = solvePairs([pairs], { mergeThreshold: 1, deduplicated: true });
  terminal.out(`Found ${countGroups(groups)} matches\n`);
  await writeText(terminal, output, pythonJson(groupLists(groups), 4));
}

/** `--files CLKS BLOCKS` as one value each time, since an option here takes one value or any number. */
export function joinFilePairs(words: readonly string[]): string[] {
  if (!words.includes('find-similarity')) return [...words];
  const joined: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const [word = '', clks, blocks] = words.slice(i, i + 3);
    if (word === '--files' && clks !== undefined && blocks !== undefined) {
      joined.push(`--files=${clks}${PAIR_MARK}${blocks}`);
      i += 2;
    } else joined.push(word);
  }
  return joined;
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const QUEUE_NOTES = `

With --queue the workers of a queue compare (blindjoin worker), and neither CLKs nor pairs are held in memory here: they
lie in temporary files (TMPDIR). The result is the same. BLINDJOIN_QUEUE names the queue too, BLINDJOIN_QUEUE_PASSWORD its
password.`;

/** `link`. */
export function addLinkCommand(program: Command, terminal: Terminal): void {
  const linkCommand = program.command('link');
  withQueue(
    withSolver(
      withVerbose(linkCommand)
        .description('Compare the CLKs of two or more parties, and say which rows belong together.')
        .argument('<CLK_JSON...>', 'CLKs, one file a party')
        .addOption(
          new Option('-t, --threshold <SIMILARITY>', 'least similarity, from 0 to 1')
            .argParser(parseShare)
            .default(0.8),
        )
        .option('--blocks <FILES...>', 'block files, one a party, in the same order')
        .addOption(
          new Option('--top <K>', 'at most the K most alike pairs of a row with another data set').argParser(
            parseWhole(1),
          ),
        )
        .addOption(new Option('--similarity <NAME>', 'how alike two CLKs are').choices(MEASURES).default('dice'))
        .addOption(threadsOption())
        .addOption(
          new Option('--part <COMPARISONS>', 'with --queue: comparisons that a worker does at a time').argParser(
            parseWhole(1),
          ),
        )
        .addOption(
          new Option('--type <TYPE>', 'what is written')
            .choices([...SOLVED_TYPES, 'similarity_scores'])
            .default('groups'),
        )
        .option(
          '--older-scores',
          'similarity_scores of two parties as older services wrote them: [row, row, score]',
          false,
        )
        .option('-o, --output <FILE>', 'file for the result', '-'),
    ),
  )
    .addHelpText('after', WHO_LEARNS + QUEUE_NOTES)
    .action((files: string[], options: LinkOptions) => link(terminal, files, options, isVerbose(linkCommand)));
}

/** `find-similarity`, as anonlink-client has it. */
export function addFindSimilarityCommand(program: Command, terminal: Terminal): void {
  const findCommand = program.command('find-similarity', { hidden: true });
  withVerbose(findCommand)
    .description('Link as anonlink-client does; see link, which can do more.')
    .argument('<THRESHOLD>', 'least Dice similarity, from 0 to 1', parseShare)
    .argument('<OUTPUT>', 'file for the groups; - for standard output')
    .addOption(new Option('--clk <FILE>', 'CLKs of a party; repeat for each').argParser(collect).default([], 'none'))
    .addOption(
      new Option('--files <CLKS BLOCKS>', 'CLKs and blocks of a party; repeat').argParser(collect).default([], 'none'),
    )
    .action((threshold: number, output: string, options: FindOptions) =>
      findSimilarity(terminal, threshold, output, options, isVerbose(findCommand)),
    );
}
