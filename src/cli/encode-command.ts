import { type Command, Option } from 'commander';
import { checkAndEncodeParts, checkInWorkers, type EncodedRows, encodeParts } from '../clk/clk-pool.ts';
import { createClkWorker } from '../clk/clk-worker.ts';
import { checkHeader, type DataProblem, type DataReport } from '../clk/data-check.ts';
import { EncodingError } from '../clk/encoder.ts';
import type { LinkageSchema } from '../clk/linkage-schema.ts';
import type { PopcountStatistics } from '../clk/popcounts.ts';
import { ClkWriter } from './clk-writer.ts';
import { CommandError, UsageError } from './command-error.ts';
import { type CsvTable, openCsvTable, refuseOtherSeparators, type WatchedTable, watched } from './csv-table.ts';
import { isVerbose, parseTruth, withVerbose } from './options.ts';
import { openOutput, outputName } from './output-file.ts';
import { createProgress } from './progress.ts';
import { readSchemaFile } from './schema-file.ts';
import { readText, type Terminal } from './terminal.ts';
import { threadsFor, threadsOption } from './threads.ts';

interface EncodeOptions {
  /** False for `--no-header`. */
  readonly header: boolean;
  readonly checkHeader: boolean;
  readonly validate: boolean;
  readonly secretFile?: string;
  readonly threads?: number;
}

const PROBLEMS_SHOWN = 20;
/** Rows that are worth a thread. */
const ROWS_A_THREAD = 10_000;

/** The table does not fit the schema. */
class MisfitError extends Error {
  override readonly name = 'MisfitError';
}

function problemLines(problems: readonly DataProblem[], total: number, byColumn?: DataReport['byColumn']): string {
  const lines = problems.slice(0, PROBLEMS_SHOWN).map(({ message }) => message);
  if (total > PROBLEMS_SHOWN) lines.push(`… and ${total - PROBLEMS_SHOWN} more.`);
  if (byColumn && total > PROBLEMS_SHOWN) {
    const counts = [...byColumn].map(([column, count]) => `${column === '' ? 'row length' : `"${column}"`} ${count}`);
    lines.push(`By column: ${counts.join(', ')}.`);
  }
  return lines.join('\n');
}

const popcountWords = ({ mean, deviation }: PopcountStatistics): string =>
  `mean popcount ${mean.toFixed(1)}, deviation ${deviation.toFixed(1)}`;

/** Checks, encodes and writes rows; rejects with EncodingError, or MisfitError when the check finds something. */
async function encodeRows(
  terminal: Terminal,
  schema: LinkageSchema,
  secret: string,
  { rows, estimate }: CsvTable,
  { validate, threads: threadCount }: EncodeOptions,
  verbose: boolean,
  writer: ClkWriter,
): Promise<PopcountStatistics> {
  // Prepared here first: a schema that cannot be used is then an error of this thread, with all its fields.
  await createClkWorker().prepare(schema, secret);
  const { cores, open } = threadsFor(terminal.threads, threadCount, estimate / ROWS_A_THREAD);
  const threads = Array.from({ length: cores }, open);
  const workers = threads.map(({ worker }) => worker);
  const progress = createProgress(terminal, verbose);
  const onProgress = (done: number, popcounts?: PopcountStatistics): void => {
    const words = popcounts ? `encoded, ${popcountWords(popcounts)}` : 'checked';
    progress.report(Math.min(1, done / estimate), `of ${estimate} rows ${words}`);
  };
  const work = async (): Promise<PopcountStatistics> => {
    await Promise.all(workers.map((worker) => worker.prepare(schema, secret)));
    const take = (part: EncodedRows) => writer.take(part);
    if (validate) {
      const refuse = ({ problems, total, byColumn }: DataReport): void => {
        if (total > 0) throw new MisfitError(problemLines(problems, total, byColumn));
      };
      if (writer.unseen) {
        const found = await checkAndEncodeParts(workers, rows, take, { limit: PROBLEMS_SHOWN, onProgress });
        refuse(found.report);
        return found.popcounts;
      }
      refuse(await checkInWorkers(workers, rows, { limit: PROBLEMS_SHOWN, onProgress: (done) => onProgress(done) }));
    }
    return encodeParts(workers, rows, take, { onProgress });
  };
  try {
    return await Promise.race([work(), ...threads.map(({ failed }) => failed)]);
  } finally {
    progress.end();
    for (const thread of threads) thread.end();
  }
}

async function secretOf(terminal: Terminal, secret: string, file: string | undefined): Promise<string> {
  if (file === undefined) {
    if (secret !== '') return secret;
    throw new UsageError(
      'The secret is empty. Give the secret that all providers share; where it comes from a variable, look whether that is set.',
    );
  }
  if (secret !== '-') throw new UsageError('Write - for SECRET when --secret-file says where it is.');
  const text = (await readText(terminal, file, '--secret-file')).replace(/\r?\n$/, '');
  if (text === '')
    throw new CommandError(`${file} holds no secret. Write the secret that all providers share into it.`);
  if (text.startsWith('\ufeff')) {
    throw new CommandError(
      `${file} begins with a byte order mark, which would become part of the secret, so that CLKs would match nobody's. Save it as UTF-8 without one.`,
    );
  }
  return text;
}

/** What a page would ask about the table. A header that the schema names is one. */
function doubtsOf(table: WatchedTable, { checkHeader: isCompared }: EncodeOptions): string[] {
  const extra = table.extraRows();
  const first = (table.header ?? []).map((name) => `“${name}”`).join(', ');
  return [
    ...(!isCompared && table.isHeaderDoubtful()
      ? [`its first row (${first}) is taken for a header, and may be a person. Give --no-header if it is one.`]
      : []),
    ...(extra === undefined ? [] : [`${extra} They are encoded as people. Take out what is nobody.`]),
  ];
}

async function encode(
  terminal: Terminal,
  [csv, secret, schemaFile, output]: readonly [string, string, string, string],
  options: EncodeOptions,
  verbose: boolean,
): Promise<void> {
  // As clkhash does, a table without a header may be without rows.
  const csvTable = await watched(await openCsvTable(terminal, csv, 'PII_CSV', options.header, !options.header));
  const schema = await readSchemaFile(terminal, schemaFile, 'SCHEMA');
  const { header } = csvTable;
  if (schema.features.length > 1) refuseOtherSeparators(csvTable);
  const headerProblems = header && options.checkHeader ? checkHeader(schema, header) : [];
  if (headerProblems.length > 0) throw new MisfitError(problemLines(headerProblems, headerProblems.length));
  const shared = await secretOf(terminal, secret, options.secretFile);
  const file = await openOutput(terminal, output);
  try {
    const writer = new ClkWriter(file);
    const popcounts = await encodeRows(terminal, schema, shared, csvTable, options, verbose, writer);
    await writer.finish();
    if (popcounts.count === 0) {
      const none = header ? 'has no rows below its header' : 'is empty';
      terminal.err(`Warning: ${csvTable.name} ${none}: nobody was encoded.\n`);
    }
    for (const words of doubtsOf(csvTable, options)) terminal.err(`Warning: ${csvTable.name}: ${words}\n`);
    if (verbose) terminal.err(`${popcounts.count} CLKs, ${popcountWords(popcounts)}\n`);
  } finally {
    await file.discard();
  }
  terminal.err(`CLK data written to ${outputName(output)}\n`);
}

const NOTES = `
The secret must be known to the data providers only. Who can list this machine's processes sees
the arguments: --secret-file keeps the secret out of them.`;

/**
 * `hash`, and `encode`, the name it has in anonlink-client. They differ in one thing: `encode` exits with 0 when the
 * table does not fit the schema, as there; `hash` exits with 1.
 */
export function addEncodeCommands(program: Command, terminal: Terminal): void {
  for (const name of ['hash', 'encode'] as const) {
    const command = program.command(name, { hidden: name === 'encode' });
    withVerbose(command)
      .description('Encode a table of people as CLKs, by a linkage schema and a secret.')
      .argument('<PII_CSV>', 'table (CSV in UTF-8, columns in the order of the schema)')
      .argument('<SECRET>', 'the secret the data providers share')
      .argument('<SCHEMA>', 'linkage schema (JSON, version 1, 2 or 3)')
      .argument('<CLK_JSON>', 'file for the CLKs; - for standard output')
      .option('--no-header', 'the first row is a person, not a header')
      .addOption(
        new Option('--check-header <BOOLEAN>', 'compare the header with the schema')
          .argParser(parseTruth)
          .default(true, 'True'),
      )
      .addOption(
        new Option('--validate <BOOLEAN>', 'check all values by the schema first')
          .argParser(parseTruth)
          .default(true, 'True'),
      )
      .option('--secret-file <FILE>', 'read the secret from this file; SECRET is then -')
      .addOption(threadsOption())
      .addHelpText('after', NOTES)
      .action(async (csv: string, secret: string, schema: string, output: string, options: EncodeOptions) => {
        try {
          await encode(terminal, [csv, secret, schema, output], options, isVerbose(command));
        } catch (error) {
          if (!(error instanceof EncodingError || error instanceof MisfitError)) throw error;
          throw new CommandError(`${error.message}\nEncoding failed.`, name === 'encode' ? 0 : 1);
        }
      });
  }
}
