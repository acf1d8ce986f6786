import type { Command } from 'commander';
import { statisticsText } from '../blocking/block-statistics.ts';
import { type BlockingSchema, readBlockingSchema } from '../blocking/blocking-schema.ts';
import { blocksOfRecords, type CandidateBlocks } from '../blocking/blocks.ts';
import { lambdaFoldBlocks, lambdaFoldClkBlocks } from '../blocking/lambda-fold.ts';
import { pSigBlocks } from '../blocking/p-sig.ts';
import { readClkFile } from '../clk/clk-file.ts';
import { readJson } from '../parsing/json.ts';
import { SPACE_CLASS } from '../python/text.ts';
import { writeBlockFile } from './block-file.ts';
import { CommandError } from './command-error.ts';
import { first, readCsvTable, refuseOtherSeparators } from './csv-table.ts';
import { isVerbose, withVerbose } from './options.ts';
import { writeText } from './output-file.ts';
import { BAD_SCHEMA, kindOfSchema } from './schema-file.ts';
import { readText, type Terminal } from './terminal.ts';

const BLANKS = new RegExp(`^[${SPACE_CLASS}]+|[${SPACE_CLASS}]+$`, 'gu');

interface Blocked {
  readonly candidates: CandidateBlocks;
  readonly records: number;
  readonly header?: readonly string[];
}

function blockClks(text: string, file: string, schema: Extract<BlockingSchema, { type: 'lambda-fold' }>): Blocked {
  if (!text.trimStart().startsWith('{')) {
    const kind = (file.split('.').at(-1) ?? file).toUpperCase();
    throw new CommandError(
      `Upload should be CLKs not ${kind} file. The schema has "input-clks": true; give the output of hash.`,
    );
  }
  const { clks } = readClkFile(text);
  return { candidates: lambdaFoldClkBlocks(clks, schema.config), records: clks.rows };
}

function blockRows(text: string, file: string, schema: BlockingSchema, hasHeader: boolean): Blocked {
  if (file.endsWith('.json')) {
    throw new CommandError(
      'Upload should be CSVs not CLKs. This blocking schema reads the columns of the table itself.',
    );
  }
  const { header, rows } = readCsvTable(text, hasHeader);
  refuseOtherSeparators(header ?? first(rows), file);
  const values = Array.from(rows, (row) => row.map((value) => value.replace(BLANKS, '')));
  const candidates =
    schema.type === 'p-sig'
      ? pSigBlocks(values, schema.config, header)
      : lambdaFoldBlocks(values, schema.config, header);
  return { candidates, records: values.length, ...(header ? { header } : {}) };
}

async function block(
  terminal: Terminal,
  [input, schemaFile, output]: readonly [string, string, string],
  hasHeader: boolean,
  verbose: boolean,
): Promise<void> {
  const text = await readText(terminal, input, 'PII_CSV');
  const schemaText = await readText(terminal, schemaFile, 'SCHEMA');
  const { schema, problems } = readBlockingSchema(schemaText);
  const json = readJson(schemaText);
  const given = 'data' in json ? json.data : undefined;
  const errors = problems.filter(({ severity }) => severity === 'error').map(({ message }) => `- ${message}`);
  if (!schema && kindOfSchema(schemaText) === 'linkage') {
    throw new CommandError(`${schemaFile} is a linkage schema, for hash. Give the blocking schema here.`, BAD_SCHEMA);
  }
  if (!schema) throw new CommandError(`The blocking schema is not valid.\n\n${errors.join('\n')}`, BAD_SCHEMA);
  for (const { severity, message } of problems) if (severity === 'warning') terminal.err(`Warning: ${message}\n`);
  const { candidates, records, header } =
    schema.type === 'lambda-fold' && schema.config.inputClks
      ? blockClks(text, input, schema)
      : blockRows(text, input, schema, hasHeader);
  const statistics = statisticsText(candidates.statistics);
  if (verbose) terminal.out(statistics);
  else terminal.err(statistics);
  const unblocked = records - blocksOfRecords(candidates.blocks).size;
  if (unblocked > 0) {
    const [are, they] = unblocked === 1 ? ['record is', 'it'] : ['records are', 'they'];
    terminal.err(`Warning: ${unblocked} of ${records} ${are} in no block: ${they} will be compared with nobody.\n`);
  }
  await writeText(terminal, output, writeBlockFile(candidates, schema, given, records, header));
}

/** `block`. */
export function addBlockCommand(program: Command, terminal: Terminal): void {
  const command = program.command('block');
  withVerbose(command)
    .description('Put records into blocks, so that only records with a common block need to be compared.')
    .argument('<PII_CSV>', 'table (CSV in UTF-8); CLKs (JSON) where the blocking schema has "input-clks": true')
    .argument('<SCHEMA>', 'blocking schema (JSON): p-sig or lambda-fold')
    .argument('<BLOCK_JSON>', 'file for the blocks; - for standard output')
    .option('--no-header', 'the first row is a person, not a header')
    .addHelpText(
      'after',
      '\nStatistics of the blocks go to the error stream; with -v to standard output, as in anonlink-client.',
    )
    .action((input: string, schema: string, output: string, options: { header: boolean }) =>
      block(terminal, [input, schema, output], options.header, isVerbose(command)),
    );
}
