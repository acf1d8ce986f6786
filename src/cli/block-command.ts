import { type Command, Option } from 'commander';
import { statisticsText } from '../blocking/block-statistics.ts';
import { type BlockingSchema, checkBlockingSchema, readBlockingSchema } from '../blocking/blocking-schema.ts';
import { blocksByRecord, type CandidateBlocks } from '../blocking/blocks.ts';
import { METAPHONES, type MetaphoneName } from '../blocking/double-metaphone.ts';
import { lambdaFoldBlocks, lambdaFoldClkBlocks } from '../blocking/lambda-fold.ts';
import { asClient015, CLIENT_VERSIONS, type ClientVersion } from '../blocking/older-client.ts';
import { pSigBlocks } from '../blocking/p-sig.ts';
import { BlockNames } from '../blocking/row-blocks.ts';
import { readJson } from '../parsing/json.ts';
import { SPACE_CLASS } from '../python/text.ts';
import { blockFileParts } from './block-file.ts';
import { openBytes, startsAsObject } from './byte-source.ts';
import { readClkSet } from './clk-source.ts';
import { CommandError } from './command-error.ts';
import { type CsvTable, evenRows, first, openCsvTable, refuseOtherSeparators } from './csv-table.ts';
import { isVerbose, withVerbose } from './options.ts';
import { writeText } from './output-file.ts';
import { BAD_SCHEMA, kindOfSchema } from './schema-file.ts';
import { readText, type Terminal } from './terminal.ts';

const BLANKS = new RegExp(`^[${SPACE_CLASS}]+|[${SPACE_CLASS}]+$`, 'gu');

interface BlockOptions {
  /** False for `--no-header`. */
  readonly header: boolean;
  readonly metaphone: MetaphoneName;
  readonly compatible: ClientVersion;
}

interface Blocked {
  readonly candidates: CandidateBlocks;
  readonly records: number;
  readonly header?: readonly string[];
}

async function blockClks(
  terminal: Terminal,
  file: string,
  schema: Extract<BlockingSchema, { type: 'lambda-fold' }>,
): Promise<Blocked> {
  if (!startsAsObject(await openBytes(terminal, file, 'PII_CSV'))) {
    const kind = (file.split('.').at(-1) ?? file).toUpperCase();
    throw new CommandError(
      `Upload should be CLKs not ${kind} file. The schema has "input-clks": true; give the output of hash.`,
    );
  }
  const { clks } = await readClkSet(terminal, file, 'PII_CSV', new BlockNames());
  if (clks.rows === 0) throw new CommandError(`${file} holds no CLKs, so there is nothing to block.`);
  return { candidates: lambdaFoldClkBlocks(clks, schema.config), records: clks.rows };
}

/** The table's rows without blanks around their values. */
function* strippedRows(table: CsvTable): Generator<string[]> {
  for (const row of evenRows(table)) yield row.map((value) => value.replace(BLANKS, ''));
}

async function blockRows(
  terminal: Terminal,
  file: string,
  schema: BlockingSchema,
  { header: hasHeader, metaphone }: BlockOptions,
): Promise<Blocked> {
  if (file.endsWith('.json')) {
    throw new CommandError(
      'Upload should be CSVs not CLKs. This blocking schema reads the columns of the table itself.',
    );
  }
  const table = await openCsvTable(terminal, file, 'PII_CSV', hasHeader);
  refuseOtherSeparators(table);
  const header = table.header?.map((name, i) => (i === 0 ? name.replace(/^\ufeff/, '') : name));
  let records = 0;
  const counted = function* (): Generator<string[]> {
    for (const row of strippedRows(table)) {
      records++;
      yield row;
    }
    if (records === 0)
      throw new CommandError(`${table.name} has no rows below its header, so there is nobody to block.`);
  };
  const candidates =
    schema.type === 'p-sig'
      ? pSigBlocks(counted(), schema.config, header, metaphone)
      : lambdaFoldBlocks(counted(), schema.config, header);
  return { candidates, records, ...(header ? { header } : {}) };
}

/** The schema as the partner's client reads it. */
async function asPartner(
  terminal: Terminal,
  input: string,
  given: unknown,
  { header, compatible }: BlockOptions,
): Promise<unknown> {
  if (compatible === '0.1.9') return given;
  const { header: names, rows } = await openCsvTable(terminal, input, 'PII_CSV', header);
  const width = (names ?? first(rows) ?? []).length;
  const { value, parts } = asClient015(given, width);
  if (parts > 0) {
    terminal.err(
      `Warning: ${parts} ${parts === 1 ? 'part of a signature has' : 'parts of signatures have'} the key "feature-idx", which anonlink-client 0.1.5 passes over: as asked for, column ${width - 1}, the last one, is read instead.\n`,
    );
  }
  return value;
}

async function readBlockingFile(
  terminal: Terminal,
  input: string,
  schemaFile: string,
  options: BlockOptions,
): Promise<{ readonly schema: BlockingSchema; readonly given: unknown }> {
  const text = await readText(terminal, schemaFile, 'SCHEMA');
  if (kindOfSchema(text) === 'linkage') {
    throw new CommandError(`${schemaFile} is a linkage schema, for hash. Give the blocking schema here.`, BAD_SCHEMA);
  }
  const json = readJson(text);
  const given = 'data' in json ? json.data : undefined;
  const { schema, problems } =
    kindOfSchema(text) === 'blocking'
      ? checkBlockingSchema(await asPartner(terminal, input, given, options))
      : readBlockingSchema(text);
  const errors = problems.filter(({ severity }) => severity === 'error').map(({ message }) => `- ${message}`);
  if (!schema) throw new CommandError(`The blocking schema is not valid.\n\n${errors.join('\n')}`, BAD_SCHEMA);
  for (const { severity, message } of problems) if (severity === 'warning') terminal.err(`Warning: ${message}\n`);
  return { schema, given };
}

async function block(
  terminal: Terminal,
  [input, schemaFile, output]: readonly [string, string, string],
  options: BlockOptions,
  verbose: boolean,
): Promise<void> {
  const { schema, given } = await readBlockingFile(terminal, input, schemaFile, options);
  const { candidates, records, header } =
    schema.type === 'lambda-fold' && schema.config.inputClks
      ? await blockClks(terminal, input, schema)
      : await blockRows(terminal, input, schema, options);
  const statistics = statisticsText(candidates.statistics);
  if (verbose) terminal.out(statistics);
  else terminal.err(statistics);
  const byRecord = candidates.byRecord?.() ?? blocksByRecord(candidates.blocks);
  const unblocked = records - byRecord.records.length;
  if (unblocked > 0) {
    const [are, they] = unblocked === 1 ? ['record is', 'it'] : ['records are', 'they'];
    terminal.err(`Warning: ${unblocked} of ${records} ${are} in no block: ${they} will be compared with nobody.\n`);
  }
  await writeText(terminal, output, blockFileParts(candidates, byRecord, schema, given, records, header));
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
    .addOption(
      new Option('--metaphone <NAME>', 'whose double metaphone: of the package that blocklib calls, or of abydos')
        .choices(METAPHONES)
        .default('metaphone'),
    )
    .addOption(
      new Option('--compatible <VERSION>', 'make the blocks that a partner with this anonlink-client makes')
        .choices(CLIENT_VERSIONS)
        .default('0.1.9'),
    )
    .addHelpText(
      'after',
      '\nStatistics of the blocks go to the error stream; with -v to standard output, as in anonlink-client.',
    )
    .action((input: string, schema: string, output: string, options: BlockOptions) =>
      block(terminal, [input, schema, output], options, isVerbose(command)),
    );
}
