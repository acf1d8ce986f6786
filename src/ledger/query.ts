/** What a run asked for, as the ledger keeps it: no list, no row, no key; and what two questions to one file have in common. */
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { type Agreement, listInfoSchema, termsFields } from '../agreement/agreement.ts';
import { KEY_SOURCES } from '../agreement/match-field.ts';
import { studySchema } from '../agreement/study.ts';
import { tablesOf } from '../agreement/tables.ts';

const rules = termsFields.pick({
  fields: true,
  groups: true,
  payloads: true,
  tables: true,
  statistics: true,
  minimumGroupSize: true,
  perturbation: true,
  missingValues: true,
  agreeingBands: true,
  dataRows: true,
}).shape;

export const querySchema = z.strictObject({
  ...rules,
  keys: z.enum(KEY_SOURCES),
  bands: z.int().min(1),
  listRows: z.int().min(1),
  /** What the owner, and what the researcher, says of the study. */
  study: studySchema.optional(),
  researcherStudy: studySchema.optional(),
  strata: listInfoSchema.shape.strata,
});
export type Query = z.infer<typeof querySchema>;

export function queryOf({ terms, list }: Agreement): Query {
  const { fields, groups, payloads, tables, statistics, minimumGroupSize, perturbation, missingValues } = terms;
  const { agreeingBands, dataRows, keys } = terms;
  return {
    fields,
    groups,
    payloads,
    ...(tables && { tables }),
    statistics,
    minimumGroupSize,
    ...(perturbation && { perturbation }),
    ...(missingValues && { missingValues }),
    agreeingBands,
    dataRows,
    keys: keys.source,
    bands: keys.bands.length,
    listRows: list.listRows,
    ...(terms.study && { study: terms.study }),
    ...(list.study && { researcherStudy: list.study }),
    ...(list.strata && { strata: list.strata }),
  };
}

/** The rules that can make two tables over the same people differ by a few of them. */
export const RULES = [
  'minimum group size',
  'statistics',
  'groups',
  'columns to average',
  'tables',
  'matching fields',
  'matching keys',
  'bands',
  'agreeing bands',
  'list size',
  'noise or rounding',
  'missing values',
  'groups of the researcher',
] as const;
export type Rule = (typeof RULES)[number];

export interface Overlap {
  /** Group columns and payloads that both questions have. */
  readonly shared: readonly string[];
  /** Rules in which they differ; none: the same question again. */
  readonly differing: readonly Rule[];
}

/**
 * What two questions to one file have in common, or undefined where their tables have no column in common. A table without
 * groups holds the totals of every other one.
 */
export function overlapOf(now: Query, before: Query): Overlap | undefined {
  const groups = sharedNames(now.groups, before.groups);
  const payloads = sharedNames(now.payloads, before.payloads);
  const totals = hasTotals(now) || hasTotals(before);
  if (groups.length === 0 && payloads.length === 0 && !totals) return undefined;
  const aspects: Readonly<Record<Rule, (query: Query) => unknown>> = {
    'minimum group size': (query) => query.minimumGroupSize,
    statistics: (query) => query.statistics,
    groups: (query) => query.groups,
    'columns to average': (query) => query.payloads,
    tables: (query) => query.tables ?? null,
    'matching fields': (query) => query.fields,
    'matching keys': (query) => query.keys,
    bands: (query) => query.bands,
    'agreeing bands': (query) => query.agreeingBands,
    'list size': (query) => query.listRows,
    'noise or rounding': (query) => query.perturbation ?? null,
    'missing values': (query) => query.missingValues ?? null,
    'groups of the researcher': (query) => query.strata ?? null,
  };
  const differing = RULES.filter((rule) => canonicalize(aspects[rule](now)) !== canonicalize(aspects[rule](before)));
  return { shared: [...groups, ...payloads], differing };
}

/** Whether a table is of everybody together. */
function hasTotals(query: Query): boolean {
  return tablesOf(query).some(({ groups }) => groups.length === 0);
}

function sharedNames(a: readonly { name: string }[], b: readonly { name: string }[]): string[] {
  return a.map(({ name }) => name).filter((name) => b.some((other) => other.name === name));
}
