import { type Command, Option } from 'commander';
import { statisticsText } from '../blocking/block-statistics.ts';
import { type BlockingSchema, checkBlockingSchema, readBlockingSchema } from '../blocking/blocking-schema.ts';
import { METAPHONES } from '../blocking/double-metaphone.ts';
import { asClient015, CLIENT_VERSIONS, type ClientVersion } from '../blocking/older-client.ts';
import { withTemporaryFiles } from '../disk/temporary-files.ts';
import { readJson } from '../parsing/json.ts';
import { blockFileParts } from './block-file.ts';
import { blockClks, blockTable, type TableOptions } from './blocked-input.ts';
import { CommandError } from './command-error.ts';
import { first, openCsvTable } from './csv-table.ts';
import { isVerbose, withVerbose } from './options.ts';
import { checkOutput, writeText } from './output-file.ts';
import { BAD_SCHEMA, kindOfSchema } from './schema-file.ts';
import { readText, type Terminal } from './terminal.ts';

interface BlockOptions extends TableOptions {
  readonly compatible: ClientVersion;
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
  await checkOutput(terminal, output);
  const { schema, given } = await readBlockingFile(terminal, input, schemaFile, options);
  await withTemporaryFiles(async (files) => {
    const { blocks, records, header } =
      schema.type === 'lambda-fold' && schema.config.inputClks
        ? await blockClks(terminal, input, schema.config, files)
        : await blockTable(terminal, input, schema, options, files);
    const statistics = statisticsText(blocks.statistics);
    if (verbose) terminal.out(statistics);
    else terminal.err(statistics);
    const unblocked = records - blocks.count;
    if (unblocked > 0) {
      const [are, they] = unblocked === 1 ? ['is', 'it'] : ['are', 'they'];
      const counted = `${unblocked} of ${records} ${records === 1 ? 'record' : 'records'}`;
      terminal.err(`Warning: ${counted} ${are} in no block: ${they} will be compared with nobody.\n`);
    }
    await writeText(terminal, output, blockFileParts(blocks, schema, given, records, header));
  });
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
