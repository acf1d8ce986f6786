/**
 * What the data worker offers to the page. The file, its rows and its keys stay inside this worker;
 * only what the calls below return ever leaves it.
 */

import type { Band, GroupColumn, KeyDesign, PayloadColumn } from '../agreement/agreement.ts';
import type { KeySource } from '../agreement/match-field.ts';
import type { RangeEdges } from '../agreement/ranges.ts';
import type { BandSuggestion, ListFigures } from '../keys/band-rule.ts';
import type { BoundField } from '../keys/bound-field.ts';
import type { ListValues } from '../scores/list-values.ts';
import type { StepEffect } from '../table/apply-cleaning.ts';
import type { Cleaning } from '../table/cleaning.ts';
import type { ColumnSettings } from '../table/column-settings.ts';
import type { LabelCount } from '../table/group-labels.ts';
import type { LabelMerge } from '../table/label-merges.ts';
import type { ColumnSummary, CsvOptions, Problem, TableSummary } from '../table/table.ts';

/** One band's keys: 4 words a row, row-major. Four zero words: the row has no key in this band. */
export type BandKeys = Uint32Array<ArrayBuffer>;

/** The owner's group and payload columns as the sealed tally wants them. */
export interface TallyColumns {
  /** For each group column, the index into its agreed labels, one a row (unknown labels fold into `(other)`). */
  readonly groups: readonly Uint16Array<ArrayBuffer>[];
  /**
   * For each payload, one number a row: the value clamped to the declared range, minus the minimum, times
   * 10^decimals, rounded to an integer; NaN where the row has none.
   */
  readonly payloads: readonly Float64Array<ArrayBuffer>[];
}

export interface PayloadPlan {
  readonly column: number;
  readonly payload: PayloadColumn;
}
export interface GroupPlan {
  readonly column: number;
  readonly group: GroupColumn;
  /** Blank values belong to none of the groups, not even to `(other)`: their rows count in no figure, for the column is averaged too. */
  readonly blanks?: 'nowhere';
}

export interface DataWorkerApi {
  /**
   * Reads the file and keeps it; `options` overrides what detection says. `onProgress` gets bytes read so far.
   * @throws `TableError` (message for people) for what cannot be read at all
   */
  load(file: File, options: Partial<CsvOptions>, onProgress: (bytesRead: number) => void): Promise<TableSummary>;
  /** Reads a column anew as a person decided; what was bound or counted of it before no longer holds. */
  decideColumn(column: number, settings: ColumnSettings): Promise<ColumnSummary>;
  /**
   * Takes these steps, and no others, on the file as it was read; the calls below see the outcome. `effects`: values
   * changed or rows left out, one a step.
   * @throws `TableError` where a step cannot be taken, and then nothing has changed
   */
  clean(cleaning: Cleaning): Promise<{ summary: TableSummary; effects: readonly StepEffect[] }>;
  /**
   * Labels of a column that are likely to mean the same.
   * @throws as `labels` does
   */
  likelyMerges(column: number): Promise<LabelMerge[]>;
  /** SHA-256 of the loaded file's bytes. */
  digest(): Promise<Uint8Array<ArrayBuffer>>;
  /** Problems that depend on column uses: dates that are none, empty match fields, rows without any key, duplicate people. */
  checkMatchFields(fields: readonly BoundField[]): Promise<Problem[]>;
  /** Problems of one payload with its declared range: not a number (counted as missing), clamped values. */
  checkPayload(
    column: number,
    minimum: number,
    maximum: number,
    decimals: number,
  ): Promise<{ problems: Problem[]; missing: number }>;
  /**
   * The labels of a column with their row counts, most rows first; with edges its ranges, in their order.
   * @throws `TableError` past 10,000 distinct labels
   */
  labels(column: number, edges?: RangeEdges): Promise<LabelCount[]>;
  /**
   * Edges of ranges of about as many rows each.
   * @throws `TableError` where the values do not differ
   */
  equalParts(column: number, parts: number): Promise<RangeEdges>;
  /** For two group columns: rows in each combination, `[labelsOfFirst.length * labelsOfSecond.length]` row-major. */
  combinationCounts(groups: readonly GroupPlan[]): Promise<Uint32Array>;
  /** Prepares tokens for the given fields; the calls below use them. Give fields in the agreement's order. */
  bindFields(fields: readonly BoundField[]): Promise<void>;
  /** Rows, and how many of them have a key in some band of the design: those that repeat an earlier row have none. */
  keyedRows(design: KeyDesign): Promise<{ rows: number; rowsWithKey: number }>;
  /** Owner: derives the band design from the seed and adapts it to this file's own key frequencies. */
  /** `listEmpty`: of the list, each field's share of rows without a value, where the design is to take account of it. */
  designKeys(
    source: KeySource,
    seed: string,
    bands: number,
    listEmpty: readonly number[] | undefined,
  ): Promise<KeyDesign>;
  /** Owner: how many bands are enough with this file, and why. `list`: what the researcher said of the list, as far as they have. */
  suggestBands(source: KeySource, seed: string, list: ListFigures): Promise<BandSuggestion>;
  /** Of each bound field, the share of rows without a value, to two decimals. */
  emptyShares(): Promise<number[]>;
  /**
   * Owner: makes what of the design's keys depends on no session, while people still talk. Calls of `bandKeys` come in between.
   * `onProgress` gets bands done.
   */
  prepareBandKeys(design: KeyDesign, onProgress: (bandsDone: number) => void): Promise<void>;
  /** Keys of every row in one band. `salt` is 16 bytes, agreed per session and band attempt. */
  bandKeys(design: KeyDesign, band: Band, bandIndex: number, salt: Uint8Array): Promise<BandKeys>;
  /**
   * Researcher: how common and how alike the values of the bound fields are in this file, and which records agree by this design's keys. They
   * stay in this page.
   */
  listValues(design: KeyDesign): Promise<ListValues>;
  /** Researcher: each record's place among the combinations of these columns' labels, the first column's first. */
  listStrata(groups: readonly GroupPlan[]): Promise<Uint32Array<ArrayBuffer>>;
  /** Owner: group and payload columns for the sealed tally. */
  tallyColumns(groups: readonly GroupPlan[], payloads: readonly PayloadPlan[]): Promise<TallyColumns>;
}
