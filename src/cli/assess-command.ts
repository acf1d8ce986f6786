import { type Command, InvalidArgumentError, Option } from 'commander';
import { type AssessedParty, assessParties, type PartiesAssessment } from '../blocking/assessment.ts';
import type { BlockIndex } from '../blocking/blocks.ts';
import { BlockNames, type RowBlocks } from '../blocking/row-blocks.ts';
import { PythonFloat, pythonJson } from '../python/json.ts';
import { readBlockFile } from './block-file.ts';
import { CommandError, UsageError } from './command-error.ts';
import { evenRows, openCsvTable, refuseOtherSeparators } from './csv-table.ts';
import { parseWhole, withVerbose } from './options.ts';
import { checkOutput, writeText } from './output-file.ts';
import type { Terminal } from './terminal.ts';

interface AssessOptions {
  readonly people: readonly string[];
  readonly column: string;
  /** False for `--no-header`. */
  readonly header: boolean;
  readonly atLeast: number;
  readonly output: string;
}

/** Where the column stands, from 0: by its name in the header, or by its number from 1. */
function columnAt(column: string, header: readonly string[] | undefined, file: string): number {
  const named = header?.findIndex((name) => name.replace(/^\ufeff/, '') === column) ?? -1;
  if (named >= 0) return named;
  const number = Number(column);
  if (Number.isSafeInteger(number) && number >= 1) return number - 1;
  const columns = header ? ` Its columns are ${header.map((name) => `"${name}"`).join(', ')}.` : '';
  throw new CommandError(`${file} has no column "${column}".${columns} Give a name or a number from 1.`);
}

async function readPeople(terminal: Terminal, file: string, { column, header }: AssessOptions): Promise<string[]> {
  const table = await openCsvTable(terminal, file, '--people', header);
  refuseOtherSeparators(table);
  const at = columnAt(column, table.header, file);
  return Array.from(evenRows(table), (row, i) => {
    const person = row[at];
    if (person === undefined || person === '') {
      throw new CommandError(
        `${file}, row ${i + 1}: column "${column}" does not say who this is. Every row needs the person's number.`,
      );
    }
    return person;
  });
}

function indexOf({ names, starts, ids }: RowBlocks): BlockIndex {
  const index = new Map<string, number[]>();
  for (let row = 0; row + 1 < starts.length; row++) {
    for (const number of new Set(ids.subarray(starts[row], starts[row + 1]))) {
      const block = names.nameOf(number);
      const records = index.get(block);
      if (records) records.push(row);
      else index.set(block, [row]);
    }
  }
  return index;
}

/** The figures under the names and in the order of the file, floats as Python writes them. */
function assessmentFile(found: PartiesAssessment): object {
  return {
    records: found.records,
    comparisons: found.comparisons,
    reduction_ratio: new PythonFloat(found.reductionRatio),
    reduction_ratio_multiparty: new PythonFloat(found.tupleReductionRatio),
    set_completeness: new PythonFloat(found.setCompleteness),
    pairs: found.pairs.map(({ parties, comparisons, reductionRatio, completeness }) => ({
      parties: parties.map((party) => party + 1),
      comparisons,
      reduction_ratio: new PythonFloat(reductionRatio),
      pair_completeness: new PythonFloat(completeness),
    })),
  };
}

async function assess(terminal: Terminal, files: readonly string[], options: AssessOptions): Promise<void> {
  if (files.length < 2) throw new UsageError('At least two block files are needed, one of each party.');
  if (options.people.length !== files.length) {
    throw new UsageError(`Give ${files.length} tables with --people, one a party in the order of the block files.`);
  }
  if (options.atLeast > files.length) {
    throw new UsageError(`--at-least is ${options.atLeast}, and there are ${files.length} parties.`);
  }
  await checkOutput(terminal, options.output);
  const parties: AssessedParty[] = [];
  for (const [i, file] of files.entries()) {
    const people = await readPeople(terminal, options.people[i] ?? '', options);
    const rows = await readBlockFile(terminal, file, 'BLOCK_JSON', people.length, new BlockNames(), 'rows');
    parties.push({ people, blocks: indexOf(rows) });
  }
  await writeText(
    terminal,
    options.output,
    `${pythonJson(assessmentFile(assessParties(parties, options.atLeast)), 4)}\n`,
  );
}

function parseParties(text: string): number {
  const count = parseWhole(2)(text);
  if (count > 256) throw new InvalidArgumentError('There are at most 256 parties.');
  return count;
}

const NOTES = `
What is written:
  comparisons                 pairs of records of different parties that share a block, once a block
  reduction_ratio             1 - comparisons / pairs of records of different parties
  reduction_ratio_multiparty  the same of tuples with one record of each party, as blocklib's tutorial counts it: a
                              party without a block counts as one record there. Of two parties both are the same
  set_completeness            share of the people known to two parties or more for whom one block holds a record of
                              every party that knows them
  pairs                       the same of every two parties, with pair_completeness: the share of the people known to
                              both who are in a common block`;

/** `assess-blocks`: how good a blocking is, where it is known who is who. */
export function addAssessCommand(program: Command, terminal: Terminal): void {
  withVerbose(program.command('assess-blocks'))
    .description('Say how many comparisons blocks save and how many people they lose, where it is known who is who.')
    .argument('<BLOCK_JSON...>', 'block files, one a party')
    .requiredOption('--people <CSV...>', 'tables with a column that says who each row is, one a party, in this order')
    .option('--column <NAME>', 'that column: its name, or its number from 1', '1')
    .option('--no-header', 'the first row is a person, not a header')
    .addOption(
      new Option('--at-least <K>', 'parties that must have a block for it to be compared')
        .argParser(parseParties)
        .default(2),
    )
    .option('-o, --output <FILE>', 'file for the assessment (JSON)', '-')
    .addHelpText('after', NOTES)
    .action((files: string[], options: AssessOptions) => assess(terminal, files, options));
}
