/** Whole files of people with what anonlink makes of them, where they lie beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { createEncoder } from '../clk/encoder.ts';
import { checkSchema } from '../clk/schema-reading.ts';
import { csvRows } from '../python/csv-rows.ts';

const folder = new URL('../../../shared/vectors/', import.meta.url);
const file = new URL('full_sets.json', folder);

const fullSets = z.object({
  sets: z.array(z.object({ data: z.string(), schema: z.unknown(), secret: z.string() })),
  linkage_greedy: z.array(z.object({ t: z.number(), n_cand: z.int() })),
});

/** Undefined where they are not. */
export const FULL_SETS = existsSync(file) ? fullSets.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;

/** The rows of a file, and their CLKs. */
export function fullSet(data: string) {
  const set = FULL_SETS?.sets.find((candidate) => candidate.data === data);
  const { schema } = checkSchema(set?.schema);
  if (!set || !schema) throw new Error(`the vectors have no usable schema for ${data}`);
  const text = gunzipSync(readFileSync(new URL(`data/${data}`, folder))).toString('utf8');
  const rows = [...csvRows(text)].slice(1);
  return { rows, clks: createEncoder(schema, set.secret).encodeTable(rows) };
}
