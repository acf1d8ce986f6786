import { sha256 } from '@noble/hashes/sha2.js';
import * as Comlink from 'comlink';
import type { Band, KeyDesign } from '../agreement/agreement.ts';
import type { KeySource } from '../agreement/match-field.ts';
import type { RangeEdges } from '../agreement/ranges.ts';
import { type BandKeyer, createBandKeyer } from '../keys/band-keys.ts';
import { type BandSuggestion, type ListFigures, suggestBands } from '../keys/band-rule.ts';
import type { BoundField } from '../keys/bound-field.ts';
import { designKeys, emptyShares } from '../keys/design.ts';
import { type EqualRows, findEqualRows, withoutRepeats } from '../keys/equal-rows.ts';
import { findPeople } from '../keys/find-people.ts';
import { hasKeyIn } from '../keys/keyed-rows.ts';
import { matchProblems } from '../keys/match-problems.ts';
import { matchRecords } from '../keys/match-records.ts';
import type { MatchRecords } from '../keys/records.ts';
import type { BandKeys, DataWorkerApi, GroupPlan, PayloadPlan, TallyColumns } from '../protocol/data-port.ts';
import { type ListValues, listValues } from '../scores/list-values.ts';
import { applyCleaning, type StepEffect } from '../table/apply-cleaning.ts';
import { addedColumns, type Cleaning } from '../table/cleaning.ts';
import type { ColumnSettings } from '../table/column-settings.ts';
import type { Table } from '../table/data-table.ts';
import { equalParts } from '../table/equal-parts.ts';
import type { LabelCount } from '../table/group-labels.ts';
import { countCombinations, countLabels, labelIndices, NO_GROUP } from '../table/group-labels.ts';
import { type LabelMerge, proposeMerges } from '../table/label-merges.ts';
import { payloadValues } from '../table/payload-values.ts';
import { type ReadTable, readTable } from '../table/read-table.ts';
import { summarise, summariseColumn } from '../table/summary.ts';
import type { ColumnSummary, CsvOptions, Problem, TableSummary } from '../table/table.ts';
import { TableError } from '../table/table-error.ts';
import { message, t } from '../words/translate.ts';

const NO_FILE = message('No file is loaded. Choose a CSV file first.');

/** Milliseconds between two reports of progress. */
const REPORT_EVERY_MS = 50;

/** Rows of no group get the first one's index: they lack the value that is averaged, so the tally counts them in no cell. */
function countedNowhere(
  indices: Uint16Array<ArrayBuffer>,
  averaged: Float64Array | undefined,
): Uint16Array<ArrayBuffer> {
  return indices.map((index, row) => {
    if (index !== NO_GROUP) return index;
    if (!averaged || !Number.isNaN(averaged[row])) throw new RangeError(`row ${row + 1} is in no group, but counts`);
    return 0;
  });
}

/** Holds one file's table and keys; `data.worker.ts` runs it in a worker of its own. */
export class DataWorker implements DataWorkerApi {
  #loads = 0;
  #file: File | undefined;
  /** As the file was read, and as it is after cleaning. */
  #read: ReadTable | undefined;
  #cleaning: Cleaning = [];
  #table: Table | undefined;
  /** The fields last bound, as text, and their records. */
  #bindings = '';
  #records: MatchRecords | undefined;
  #equal: EqualRows | undefined;
  #keyer: { readonly seed: string; readonly keyer: BandKeyer } | undefined;

  async load(file: File, options: Partial<CsvOptions>, onProgress: (bytesRead: number) => void): Promise<TableSummary> {
    const load = ++this.#loads;
    this.#forget();
    let reported = 0;
    const read = await readTable(file, file.name, options, (bytes) => {
      if (performance.now() - reported < REPORT_EVERY_MS && bytes < file.size) return;
      reported = performance.now();
      onProgress(bytes);
    });
    if (load !== this.#loads)
      throw new TableError(t('{{name}} was put aside: another file was chosen meanwhile.', { name: file.name }));
    const summary = summarise(read, file.name);
    this.#file = file;
    this.#read = read;
    this.#table = read.table;
    return summary;
  }

  async decideColumn(column: number, settings: ColumnSettings): Promise<ColumnSummary> {
    if (this.#read === undefined) throw new TableError(t(NO_FILE));
    const read = { ...this.#read, table: this.#read.table.decided(column, settings) };
    // Steps read numbers and dates as the column is read.
    const { table } = applyCleaning(read.table, this.#cleaning, findPeople);
    const summary = summariseColumn(table, column);
    this.#read = read;
    this.#table = table;
    this.#forgetKeys();
    return summary;
  }

  async clean(cleaning: Cleaning): Promise<{ summary: TableSummary; effects: readonly StepEffect[] }> {
    if (this.#read === undefined || this.#file === undefined) throw new TableError(t(NO_FILE));
    // What was decided about columns that steps added holds for those columns alone.
    const isSame = addedColumns(cleaning).join('\n') === addedColumns(this.#cleaning).join('\n');
    const { table: whole } = this.#read;
    const base = isSame ? whole : whole.undecidedFrom(whole.columns.length);
    const { table, effects } = applyCleaning(base, cleaning, findPeople);
    const summary = summarise({ ...this.#read, table }, this.#file.name);
    this.#read = { ...this.#read, table: base };
    this.#cleaning = cleaning;
    this.#table = table;
    this.#forgetKeys();
    return { summary, effects };
  }

  async likelyMerges(column: number): Promise<LabelMerge[]> {
    return proposeMerges(countLabels(this.#loaded(), column));
  }

  async digest(): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#file === undefined) throw new TableError(t(NO_FILE));
    const hash = sha256.create();
    const reader = this.#file.stream().getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) hash.update(part.value);
    return new Uint8Array(hash.digest());
  }

  async checkMatchFields(fields: readonly BoundField[]): Promise<Problem[]> {
    const table = this.#loaded();
    const bound = JSON.stringify(fields) === this.#bindings ? this.#records : undefined;
    return matchProblems(table, fields, bound ?? matchRecords(table, fields));
  }

  async checkPayload(
    column: number,
    minimum: number,
    maximum: number,
    decimals: number,
  ): Promise<{ problems: Problem[]; missing: number }> {
    const { problems, missing } = payloadValues(this.#loaded(), column, { minimum, maximum, decimals });
    return { problems, missing };
  }

  async labels(column: number, edges?: RangeEdges): Promise<LabelCount[]> {
    return countLabels(this.#loaded(), column, edges);
  }

  async equalParts(column: number, parts: number): Promise<RangeEdges> {
    return equalParts(this.#loaded(), column, parts);
  }

  async combinationCounts(groups: readonly GroupPlan[]): Promise<Uint32Array> {
    const [first, second] = groups;
    if (first === undefined || second === undefined || groups.length !== 2) {
      throw new RangeError(`combinations are counted of two group columns, not of ${groups.length}`);
    }
    const table = this.#loaded();
    return countCombinations(
      labelIndices(table, first.column, first.group, first.blanks),
      labelIndices(table, second.column, second.group, second.blanks),
      first.group.labels.length,
      second.group.labels.length,
    );
  }

  async bindFields(fields: readonly BoundField[]): Promise<void> {
    const table = this.#loaded();
    const bindings = JSON.stringify(fields);
    if (this.#records === undefined || bindings !== this.#bindings) {
      this.#keyer = undefined;
      this.#equal = undefined;
      this.#records = matchRecords(table, fields);
      this.#bindings = bindings;
    }
  }

  async keyedRows(design: KeyDesign): Promise<{ rows: number; rowsWithKey: number }> {
    const records = this.#bound();
    const hasKey = hasKeyIn(records, design);
    const rowsWithKey = this.#people().firstOf.reduce(
      (count, first, row) => count + (first === row && hasKey(row) ? 1 : 0),
      0,
    );
    return { rows: records.rows, rowsWithKey };
  }

  async designKeys(
    source: KeySource,
    seed: string,
    bands: number,
    listEmpty: readonly number[] | undefined,
  ): Promise<KeyDesign> {
    return designKeys(this.#bound(), source, seed, bands, listEmpty && { listEmpty });
  }

  async suggestBands(source: KeySource, seed: string, list: ListFigures): Promise<BandSuggestion> {
    return suggestBands(this.#bound(), source, seed, list);
  }

  async emptyShares(): Promise<number[]> {
    return emptyShares(this.#bound());
  }

  async prepareBandKeys(design: KeyDesign, onProgress: (bandsDone: number) => void): Promise<void> {
    const keyer = this.#keyerOf(design);
    for (const [index, band] of design.bands.entries()) {
      if (this.#keyer?.keyer !== keyer) return;
      if (!keyer.prepare(design, band)) break;
      onProgress(index + 1);
      await new Promise((resolve) => setTimeout(resolve));
    }
    onProgress(design.bands.length);
  }

  async bandKeys(design: KeyDesign, band: Band, bandIndex: number, salt: Uint8Array): Promise<BandKeys> {
    const keys = this.#keyerOf(design).keys(design, band, bandIndex, salt);
    withoutRepeats(keys, this.#people());
    return Comlink.transfer(keys, [keys.buffer]);
  }

  async listValues(design: KeyDesign): Promise<ListValues> {
    return listValues(this.#bound(), design, this.#people());
  }

  async listStrata(groups: readonly GroupPlan[]): Promise<Uint32Array<ArrayBuffer>> {
    const table = this.#loaded();
    const strata = new Uint32Array(table.rowCount);
    for (const { column, group } of groups) {
      const indices = labelIndices(table, column, group);
      for (const [row, index] of indices.entries()) {
        strata[row] = (strata[row] as number) * group.labels.length + index;
      }
    }
    return Comlink.transfer(strata, [strata.buffer]);
  }

  async tallyColumns(groups: readonly GroupPlan[], payloads: readonly PayloadPlan[]): Promise<TallyColumns> {
    const table = this.#loaded();
    const values = payloads.map(({ column, payload }) => payloadValues(table, column, payload).units);
    const columns: TallyColumns = {
      groups: groups.map(({ column, group, blanks }) => {
        const averaged = values[payloads.findIndex((payload) => payload.column === column)];
        return countedNowhere(labelIndices(table, column, group, blanks), averaged);
      }),
      payloads: values,
    };
    return Comlink.transfer(
      columns,
      [...columns.groups, ...columns.payloads].map(({ buffer }) => buffer),
    );
  }

  #keyerOf({ seed }: KeyDesign): BandKeyer {
    const records = this.#bound();
    if (this.#keyer?.seed !== seed) this.#keyer = { seed, keyer: createBandKeyer(records, seed) };
    return this.#keyer.keyer;
  }

  /** Rows that repeat an earlier one: its person is matched by that one's keys. */
  #people(): EqualRows {
    this.#equal ??= findEqualRows(this.#bound());
    return this.#equal;
  }

  #forget(): void {
    this.#file = undefined;
    this.#read = undefined;
    this.#table = undefined;
    this.#cleaning = [];
    this.#forgetKeys();
  }

  #forgetKeys(): void {
    this.#equal = undefined;
    this.#records = undefined;
    this.#bindings = '';
    this.#keyer = undefined;
  }

  #loaded(): Table {
    if (this.#table === undefined) throw new TableError(t(NO_FILE));
    return this.#table;
  }

  #bound(): MatchRecords {
    if (this.#records === undefined) {
      throw new TableError(t('No columns are chosen for matching. Choose them before keys are made.'));
    }
    return this.#records;
  }
}
