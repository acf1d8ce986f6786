/** Two lists of made-up people under the same columns, with their truth and the schema that fits them. */
import type { LinkageSchema } from '../clk/linkage-schema.ts';
import { defaultSchema, type SchemaColumn } from './default-schema.ts';
import { generateCsv, type SampleKind, type SampleOptions } from './people.ts';

/** What both files hold; the number in `person_id` tells who is who. */
const COLUMNS: readonly SchemaColumn[] = [
  { name: 'person_id', use: 'ignore' },
  { name: 'given_name', use: 'name' },
  { name: 'surname', use: 'name' },
  { name: 'date_of_birth', use: 'date' },
  { name: 'street_number', use: 'category' },
  { name: 'street', use: 'text' },
  { name: 'suburb', use: 'text' },
  { name: 'postcode', use: 'code' },
];

/** What to look for in `person_id` to know the person. */
export const PERSON_PATTERN = String.raw`\d+`;

/** The default schema of these files. */
export function peopleSchema(): LinkageSchema {
  return defaultSchema(COLUMNS);
}

const HEADER = COLUMNS.map(({ name }) => name).join(',');

/** Generated people need no quotes: their values hold no commas. */
function firstColumns(line: string): string {
  return line.split(',', COLUMNS.length).join(',');
}

/**
 * One file, piece by piece, each of about a thousand rows.
 * @throws RangeError for counts that do not fit together
 */
export function* peopleCsv(kind: SampleKind, options: SampleOptions): Generator<string> {
  let rest = `${HEADER}\n`;
  let isFirst = true;
  for (const chunk of generateCsv(kind, options)) {
    const lines = chunk.trimEnd().split('\n');
    const rows = isFirst ? lines.slice(1) : lines;
    isFirst = false;
    const text = rows.map((line) => `${firstColumns(line)}\n`).join('');
    yield rest + text;
    rest = '';
  }
  if (rest !== '') yield rest;
}
