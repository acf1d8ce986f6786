import { z } from 'zod';
import type { LinkageSchema } from '../clk/linkage-schema.ts';
import { readSchema, type SchemaReading } from '../clk/schema-reading.ts';
import { checked } from '../parsing/checked.ts';
import { readJson } from '../parsing/json.ts';
import { CommandError } from './command-error.ts';
import { readText, type Terminal } from './terminal.ts';

/** The exit code for a schema that cannot be used, that of anonlink-client. */
export const BAD_SCHEMA = 255;
const NOT_JSON = 'The schema is not a valid JSON file.';

const blocking = z.object({ type: z.enum(['p-sig', 'lambda-fold']), config: z.unknown() });
const linkage = z.object({ clkConfig: z.unknown(), features: z.unknown() });

/** Which kind of schema a text means to be, by the settings that only this kind has; undefined where it has none. */
export function kindOfSchema(text: string): 'blocking' | 'linkage' | undefined {
  const json = readJson(text);
  if ('problem' in json) return undefined;
  if ('data' in checked(blocking, json.data)) return 'blocking';
  return 'data' in checked(linkage, json.data) ? 'linkage' : undefined;
}

/**
 * What is wrong with a schema, all of it, under the heading that clkhash gives.
 * @param file its name, where it could be another
 */
export function schemaComplaint({ problems }: SchemaReading, file?: string): string {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const words = errors.some(({ clkhash }) => clkhash === NOT_JSON) ? NOT_JSON : 'The schema is not valid.';
  const heading = file === undefined ? words : `${file}: ${words}`;
  return [heading, '', ...errors.map(({ message }) => `- ${message}`)].join('\n');
}

/** Writes a schema's warnings to the error stream. */
export function showWarnings(terminal: Terminal, { problems }: SchemaReading): void {
  for (const { severity, message } of problems) if (severity === 'warning') terminal.err(`Warning: ${message}\n`);
}

/**
 * A schema file's schema, in version 3; its warnings are shown.
 * @param named whether what is wrong names the file, as it must where there are two
 * @throws UsageError when it cannot be read, CommandError with exit code 255 when it is not valid
 */
export async function readSchemaFile(
  terminal: Terminal,
  file: string,
  argument: string,
  { named = false } = {},
): Promise<LinkageSchema> {
  const text = await readText(terminal, file, argument);
  const reading = readSchema(text);
  if (!reading.schema && kindOfSchema(text) === 'blocking') {
    throw new CommandError(`${file} is a blocking schema, for block. Give the linkage schema here.`, BAD_SCHEMA);
  }
  if (!reading.schema) throw new CommandError(schemaComplaint(reading, named ? file : undefined), BAD_SCHEMA);
  showWarnings(terminal, reading);
  return reading.schema;
}
