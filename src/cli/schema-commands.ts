import type { Command } from 'commander';
import { readBlockingSchema } from '../blocking/blocking-schema.ts';
import { convertText, readSchema } from '../clk/schema-reading.ts';
import { pythonJson } from '../python/json.ts';
import { CommandError } from './command-error.ts';
import { withVerbose } from './options.ts';
import { writeText } from './output-file.ts';
import { BAD_SCHEMA, kindOfSchema, schemaComplaint, showWarnings } from './schema-file.ts';
import { readText, type Terminal } from './terminal.ts';

async function validate(terminal: Terminal, file: string): Promise<void> {
  const text = await readText(terminal, file, 'SCHEMA');
  if (kindOfSchema(text) === 'blocking') {
    const { schema, problems } = readBlockingSchema(text);
    const errors = problems.filter(({ severity }) => severity === 'error').map(({ message }) => `- ${message}`);
    if (!schema) throw new CommandError(`The blocking schema is not valid.\n\n${errors.join('\n')}`, BAD_SCHEMA);
    for (const { message } of problems) terminal.err(`Warning: ${message}\n`);
    terminal.err('blocking schema is valid\n');
    return;
  }
  const reading = readSchema(text);
  if (!reading.schema) throw new CommandError(schemaComplaint(reading), BAD_SCHEMA);
  showWarnings(terminal, reading);
  terminal.err('schema is valid\n');
}

async function convert(terminal: Terminal, file: string, output: string): Promise<void> {
  const text = await readText(terminal, file, 'SCHEMA_JSON');
  const reading = readSchema(text);
  if (!reading.schema) throw new CommandError(schemaComplaint(reading));
  showWarnings(terminal, reading);
  const { converted } = convertText(text);
  await writeText(terminal, output, pythonJson(converted));
}

/** `validate-schema` and `convert-schema`. */
export function addSchemaCommands(program: Command, terminal: Terminal): void {
  withVerbose(program.command('validate-schema'))
    .description('Check a linkage schema (version 1, 2 or 3) or a blocking schema, and say all that is wrong with it.')
    .argument('<SCHEMA>', 'linkage schema or blocking schema (JSON)')
    .addHelpText('after', '\nExits with 0 when the schema is valid, with 255 when it is not.')
    .action((file: string) => validate(terminal, file));
  withVerbose(program.command('convert-schema'))
    .description('Write a linkage schema of version 1 or 2 as version 3, with the same CLKs.')
    .argument('<SCHEMA_JSON>', 'linkage schema of any version')
    .argument('<OUTPUT>', 'file for the schema of version 3; - for standard output')
    .action((file: string, output: string) => convert(terminal, file, output));
}
