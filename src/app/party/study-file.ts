/**
 * A study file: what one side has chosen, for the next run with another delivery of the same file. Columns go by their names.
 * It holds no row, no key, no link, no label and no count.
 */
import { z } from 'zod';
import { MISSING_VALUES, ROUNDING_BASES } from '../../agreement/agreement.ts';
import { KEY_SOURCES } from '../../agreement/match-field.ts';
import { rangeEdgesSchema } from '../../agreement/ranges.ts';
import { statisticsSchema } from '../../agreement/statistics.ts';
import { studySchema } from '../../agreement/study.ts';
import { MAX_GROUP_COLUMNS, MAX_TABLES } from '../../agreement/tables.ts';
import { checked, problemInLine } from '../../parsing/checked.ts';
import { readJson } from '../../parsing/json.ts';
import { cleaningSchema } from '../../table/cleaning.ts';
import { type ColumnSettings, DATE_ORDERS } from '../../table/column-settings.ts';
import { ENCODINGS } from '../../table/encodings.ts';
import { COLUMN_USES, type CsvOptions } from '../../table/table.ts';
import { t } from '../../words/translate.ts';
import { columnsOf } from './bindings.ts';
import { edgesOf, rangeProblems } from './group-ranges.ts';
import { type PartyState, PROTECTIONS } from './state.ts';
import { studyLimitsSchema } from './study-limits.ts';
import { studyOf } from './study-words.ts';
import { chosenTables } from './tables.ts';

/** Larger files are no study files. */
export const MAX_STUDY_BYTES = 1 << 20;

const columnName = z.string().min(1).max(1000);

const rulesSchema = z.strictObject({
  minimumGroupSize: z.int().min(2).max(32),
  keys: z.enum(KEY_SOURCES),
  bands: z.int().min(2).max(256),
  agreeingBands: z.int().min(2).max(256),
  bandsByPage: z.boolean(),
  statistics: statisticsSchema,
  missingValues: z.enum(MISSING_VALUES),
  protection: z.enum(PROTECTIONS),
  epsilon: z.number().min(0.01).max(20),
  roundingBase: z.literal(ROUNDING_BASES),
});

/** How a column's values are read, as `ColumnSettings` has it. */
const settingsSchema = z.strictObject({
  missing: z.array(z.string().max(1000)).max(1000).exactOptional(),
  decimalMark: z.enum(['.', ',']).exactOptional(),
  notNumbers: z.literal('missing').exactOptional(),
  dateOrder: z.enum(DATE_ORDERS).exactOptional(),
  lastYear: z.int().min(0).max(9999).exactOptional(),
  serialDates: z.enum(['1900', '1904', 'no']).exactOptional(),
  codeLength: z.int().min(0).max(1000).exactOptional(),
} satisfies Record<keyof ColumnSettings, z.ZodType>);

/** How the file is read, as far as a person has said. */
const csvOptionsSchema = z.strictObject({
  encoding: z.enum(ENCODINGS).exactOptional(),
  delimiter: z.enum([',', ';', '\t', '|']).exactOptional(),
  header: z.boolean().exactOptional(),
  skip: z.int().min(0).max(1000).exactOptional(),
  rowNames: z.boolean().exactOptional(),
  sheet: z.string().min(1).max(200).exactOptional(),
  hiddenRows: z.enum(['read', 'skip']).exactOptional(),
  extraRows: z.enum(['read', 'skip']).exactOptional(),
  lostValues: z.literal('read').exactOptional(),
} satisfies Record<keyof CsvOptions, z.ZodType>);

const columnSchema = z.strictObject({
  name: columnName,
  use: z.enum(COLUMN_USES),
  settings: settingsSchema.optional(),
  /** Of an `Average` column. */
  range: z
    .strictObject({ minimum: z.number(), maximum: z.number(), decimals: z.int().min(0).max(6) })
    .refine(({ minimum, maximum }) => minimum < maximum, { message: 'the minimum must be below the maximum' })
    .optional(),
  /** Of a column to group by, or to group by besides: the edges of its ranges. */
  edges: rangeEdgesSchema.optional(),
});

export const studyFileSchema = z.strictObject({
  file: z.literal('blindjoin-study'),
  version: z.literal(1),
  role: z.enum(['owner', 'researcher']),
  study: studySchema,
  options: csvOptionsSchema.optional(),
  /** All columns of the file; others that a later delivery has are ignored. */
  columns: z.array(columnSchema).max(10_000),
  /** Owner: several tables, by the names of their columns. */
  tables: z
    .array(
      z.strictObject({
        groups: z.array(columnName).max(MAX_GROUP_COLUMNS),
        payloads: z.array(columnName).max(16),
      }),
    )
    .max(MAX_TABLES)
    .optional(),
  /** What is done to the file's values and rows before they are used. */
  cleaning: cleaningSchema.optional(),
  /** Owner. */
  rules: rulesSchema.optional(),
  /** Owner. */
  limits: studyLimitsSchema.optional(),
  /** Researcher: the column of each of the owner's fields, by its name; null where the list has none. */
  places: z.record(columnName, columnName.nullable()).optional(),
  showMatchesFirst: z.boolean().optional(),
});
export type StudyFile = z.infer<typeof studyFileSchema>;

/**
 * What this side has chosen.
 * @throws where a rule is no number yet
 */
export function studyFileOf(state: PartyState): StudyFile {
  const [wrong] = rangeProblems(state);
  if (wrong !== undefined) throw new Error(t('This cannot be saved yet: {{problem}}', { problem: wrong }));
  const columns = columnsOf(state);
  const terms = state.negotiation?.terms;
  const places = terms?.fields.flatMap(({ name }, i) => {
    const column = state.fieldColumns[i];
    return column === undefined ? [] : [[name, column === null ? null : (columns[column]?.name ?? null)] as const];
  });
  const named = (numbers: readonly number[]) => numbers.map((column) => columns[column]?.name ?? '');
  const tables = chosenTables(state).map(({ groups, payloads }) => ({
    groups: named(groups),
    payloads: named(payloads),
  }));
  const file = {
    file: 'blindjoin-study',
    version: 1,
    role: state.role,
    study: studyOf(state.study) ?? {},
    ...(Object.keys(state.csvOptions).length > 0 && { options: state.csvOptions }),
    columns: columns.map(({ name, settings }, i) => {
      const payload = state.uses[i] === 'average' ? state.payloads[i] : undefined;
      const range = payload && { minimum: payload.minimum, maximum: payload.maximum, decimals: payload.decimals };
      const decided = Object.keys(settings).length > 0 && { settings };
      const use = state.uses[i] ?? 'ignore';
      const edges = use === 'ignore' ? undefined : edgesOf(state, i);
      return { name, use, ...decided, ...(range && { range }), ...(edges && { edges }) };
    }),
    ...(tables.length > 0 && { tables }),
    ...(state.cleaning.steps.length > 0 && { cleaning: state.cleaning.steps }),
    ...(state.role === 'owner'
      ? { rules: state.rules, ...(state.studyLimits && { limits: state.studyLimits }) }
      : {
          places: Object.fromEntries(places ?? Object.entries(state.studyPlaces)),
          showMatchesFirst: state.showMatchesFirst,
        }),
  };
  const read = checked(studyFileSchema, file);
  if ('problem' in read) throw new Error(t('This cannot be saved yet: {{problem}}', { problem: problemInLine(read) }));
  return read.data;
}

export function studyJson(state: PartyState): string {
  return `${JSON.stringify(studyFileOf(state), null, 2)}\n`;
}

/** A study file of this side, or why the text is none, in a sentence. */
export function readStudyFile(text: string, role: StudyFile['role']): StudyFile | string {
  const json = readJson(text);
  if ('problem' in json)
    return t('This file is no JSON: {{problem}}. Choose a file that was saved with “Save study”.', {
      problem: json.problem,
    });
  if ('problem' in checked(z.looseObject({ file: z.literal('blindjoin-study') }), json.data)) {
    return t('This is no study file. Choose a file that was saved with “Save study”.');
  }
  const read = checked(studyFileSchema, json.data);
  if ('problem' in read) {
    const problem = `${problemInLine(read)}.`;
    return t('This is no study file of this version: {{problem}} Choose a file that was saved with “Save study”.', {
      problem,
    });
  }
  if (read.data.role !== role) {
    return read.data.role === 'owner'
      ? t('This study file is the data owner’s. Each side has a file of its own.')
      : t('This study file is the researcher’s. Each side has a file of its own.');
  }
  return read.data;
}
