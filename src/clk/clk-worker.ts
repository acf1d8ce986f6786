import { type CheckOptions, checkRows, type DataReport } from './data-check.ts';
import { createEncoder, type EncodedTable, type Encoder, EncodingError } from './encoder.ts';
import type { LinkageSchema } from './linkage-schema.ts';

/** Rows of one part of a table. */
export type Rows = readonly (readonly string[])[];

/** CLKs, or why there are none: errors lose their fields on the way between threads, plain objects do not. */
export type EncodedPart =
  | { readonly ok: true; readonly table: EncodedTable }
  | {
      readonly ok: false;
      readonly message: string;
      readonly row?: number | undefined;
      readonly column?: string | undefined;
      readonly clkhash?: string | undefined;
    };

/** What a worker that checks and encodes rows offers. The secret stays in it. */
export interface ClkWorkerApi {
  /** Takes the schema and the secret for all that follows. Rejects with a message for people if they cannot be used. */
  prepare(schema: LinkageSchema, secret: string | Uint8Array): Promise<void>;
  check(rows: Rows, options: CheckOptions): Promise<DataReport>;
  encode(rows: Rows, firstRow: number): Promise<EncodedPart>;
  /** Both, where the check finds nothing. */
  checkAndEncode(rows: Rows, options: CheckOptions): Promise<CheckedPart>;
}

/** What was found in a part of a table; its CLKs where that is nothing. */
export interface CheckedPart {
  readonly report: DataReport;
  readonly encoded?: EncodedPart;
}

/**
 * The worker's work, without its thread.
 * @param handOver marks a table's memory as one to be moved rather than copied to the page
 */
export function createClkWorker(handOver: (part: EncodedPart) => EncodedPart = (part) => part): ClkWorkerApi {
  let prepared: { readonly schema: LinkageSchema; readonly encoder: Encoder } | undefined;
  const need = (): { readonly schema: LinkageSchema; readonly encoder: Encoder } => {
    if (!prepared) throw new Error('The worker has no schema yet. Prepare it first.');
    return prepared;
  };
  const encode = async (rows: Rows, firstRow: number): Promise<EncodedPart> => {
    try {
      return handOver({ ok: true, table: need().encoder.encodeTable(rows, { firstRow }) });
    } catch (error) {
      if (!(error instanceof EncodingError)) throw error;
      const { message, row, column, clkhash } = error;
      return { ok: false, message, row, column, clkhash };
    }
  };
  return {
    prepare: async (schema, secret) => {
      prepared = { schema, encoder: createEncoder(schema, secret) };
    },
    check: async (rows, options) => checkRows(need().schema, rows, options),
    encode,
    checkAndEncode: async (rows, options) => {
      const report = checkRows(need().schema, rows, options);
      return report.total > 0 ? { report } : { report, encoded: await encode(rows, options.firstRow ?? 0) };
    },
  };
}
