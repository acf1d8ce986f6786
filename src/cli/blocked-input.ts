/** The blocks of a table's rows, or of CLKs. */
import type { BlockingSchema, LambdaFoldConfig } from '../blocking/blocking-schema.ts';
import { type BlockedRecords, blocksByRecord, type CandidateBlocks } from '../blocking/blocks.ts';
import type { MetaphoneName } from '../blocking/double-metaphone.ts';
import { lambdaFoldBlocks } from '../blocking/lambda-fold.ts';
import { pSigBlocks } from '../blocking/p-sig.ts';
import type { TemporaryFiles } from '../disk/temporary-files.ts';
import { SPACE_CLASS } from '../python/text.ts';
import type { RowRequest } from '../sorted-blocks/row-request.ts';
import { ClkFold, sortedFoldBlocks } from '../sorted-blocks/sorted-lambda-fold.ts';
import { sortedPSigBlocks } from '../sorted-blocks/sorted-p-sig.ts';
import { openBytes, startsAsObject } from './byte-source.ts';
import { eachClkPart } from './clk-source.ts';
import { CommandError } from './command-error.ts';
import { evenRows, openCsvTable, refuseOtherSeparators } from './csv-table.ts';
import type { Terminal } from './terminal.ts';

const BLANKS = new RegExp(`^[${SPACE_CLASS}]+|[${SPACE_CLASS}]+$`, 'gu');

export interface TableOptions {
  /** False for `--no-header`. */
  readonly header: boolean;
  readonly metaphone: MetaphoneName;
}

export interface BlockedInput {
  readonly blocks: BlockedRecords;
  readonly records: number;
  readonly header?: readonly string[];
}

/** @param files which the blocks stay in */
export async function blockClks(
  terminal: Terminal,
  file: string,
  config: LambdaFoldConfig,
  files: TemporaryFiles,
): Promise<BlockedInput> {
  if (!startsAsObject(await openBytes(terminal, file, 'PII_CSV'))) {
    const kind = (file.split('.').at(-1) ?? file).toUpperCase();
    throw new CommandError(
      `Upload should be CLKs not ${kind} file. The schema has "input-clks": true; give the output of hash.`,
    );
  }
  const fold = new ClkFold(config, { files });
  let records = 0;
  await eachClkPart(terminal, file, 'PII_CSV', (part) => {
    fold.add(part);
    records += part.rows;
  });
  const blocks = fold.finish();
  if (!blocks) throw new CommandError(`${file} holds no CLKs, so there is nothing to block.`);
  return { blocks, records };
}

function withStatistics(candidates: CandidateBlocks): BlockedRecords {
  const byRecord = candidates.byRecord?.() ?? blocksByRecord(candidates.blocks);
  return { statistics: candidates.statistics, count: byRecord.count, records: () => byRecord.records() };
}

/** Rows that have a column of identifiers are blocked in memory. */
function blocksOf(request: RowRequest, schema: BlockingSchema, metaphone: MetaphoneName): BlockedRecords {
  const { rows, header } = request;
  const sorted = schema.config.recordIdColumn === null;
  if (schema.type === 'p-sig') {
    return sorted
      ? sortedPSigBlocks(request, schema.config, metaphone)
      : withStatistics(pSigBlocks(rows, schema.config, header, metaphone));
  }
  return sorted
    ? sortedFoldBlocks(request, schema.config)
    : withStatistics(lambdaFoldBlocks(rows, schema.config, header));
}

/** @param files which the blocks stay in */
export async function blockTable(
  terminal: Terminal,
  file: string,
  schema: BlockingSchema,
  { header: hasHeader, metaphone }: TableOptions,
  files: TemporaryFiles,
): Promise<BlockedInput> {
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
    for (const row of evenRows(table)) {
      records++;
      yield row.map((value) => value.replace(BLANKS, ''));
    }
    if (records === 0)
      throw new CommandError(`${table.name} has no rows below its header, so there is nobody to block.`);
  };
  const blocks = blocksOf({ rows: counted(), atMost: table.estimate, header, files }, schema, metaphone);
  return { blocks, records, ...(header ? { header } : {}) };
}
