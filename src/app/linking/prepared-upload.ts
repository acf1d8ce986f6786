/** From a provider's table to what it uploads. */
import { readBlockingSchema } from '../../blocking/blocking-schema.ts';
import { readSchema } from '../../clk/schema-reading.ts';
import type { NamedBlocks } from '../../linking/block-worker.ts';
import type { ClkUpload } from '../../linking/clk-upload.ts';
import type { Project } from '../../linking/project.ts';
import { t } from '../../words/translate.ts';
import type { CsvTable } from '../ui/csv-table.ts';
import { type Clks, encodeTable, type FoundProblems } from '../ui/encoding-run.ts';
import type { JobControl } from '../ui/use-job.ts';
import { withLinkingWorker } from '../ui/with-worker.ts';

export interface PreparedUpload {
  readonly clks: Clks;
  readonly blocked: NamedBlocks | undefined;
  readonly upload: ClkUpload;
  /** What they were made with. */
  readonly secret: string;
}

/**
 * Checks, encodes and blocks a table. The secret goes to this page's workers only.
 * @param check false: values that can be encoded although they break the schema are encoded
 * @returns what to upload, or what is wrong with the table
 * @throws Error with a message for people
 */
export async function prepareUpload(
  project: Project,
  table: CsvTable,
  secret: string,
  check: boolean,
  control: JobControl,
): Promise<PreparedUpload | FoundProblems> {
  const { schema } = readSchema(project.linkageSchema);
  if (schema === undefined) throw new Error(t('The linkage schema of the project cannot be used.'));
  if (table.rows === 0) throw new Error(t('{{file}} has no rows. Choose a CSV file with rows.', { file: table.name }));
  const made = await encodeTable(table, schema, secret, { check }, control);
  if (!('clks' in made)) return made;
  const { clks } = made;
  if (project.blockingSchema === undefined) return { clks: made, blocked: undefined, upload: { clks }, secret };
  const blocking = readBlockingSchema(project.blockingSchema).schema;
  if (blocking === undefined) throw new Error(t('The blocking schema of the project cannot be used.'));
  control.report(t('Blocking'));
  const { text, hasHeader } = table;
  const request = { schema: blocking, text, hasHeader, clks };
  const blocked = await withLinkingWorker((worker) => worker.block(request, secret), control.signal);
  return { clks: made, blocked, upload: { clks, blocks: blocked.blocks }, secret };
}
