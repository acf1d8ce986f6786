import { expect, it } from 'vitest';
import { madeUpAgreement } from '../testing/made-up-tally.ts';
import { overlapOf, type Query, queryOf, RULES, type Rule } from './query.ts';

const { terms, list } = madeUpAgreement({ groups: [3, 2], payloads: 2, dataRows: 500, minimum: 10, strata: [2] });
const tables = [
  { groups: [0], payloads: [0, 1] },
  { groups: [1], payloads: [] },
];
const agreement = {
  terms: {
    ...terms,
    tables,
    missingValues: 'each-column' as const,
    perturbation: { kind: 'noise' as const, epsilonThousandths: 500 },
    study: { title: 'Falls' },
  },
  list: { ...list, study: { organisation: 'A register' } },
  geometry: { bandsInBundle: 1, bins: 8192, degree: 2, segments: 3 },
};
const query = queryOf(agreement);

it('a question is written down with all its rules, and without keys, nonces and what is told of the list', () => {
  expect(query).toEqual({
    fields: terms.fields,
    groups: terms.groups,
    payloads: terms.payloads,
    tables,
    statistics: terms.statistics,
    minimumGroupSize: 10,
    perturbation: { kind: 'noise', epsilonThousandths: 500 },
    missingValues: 'each-column',
    agreeingBands: terms.agreeingBands,
    dataRows: 500,
    keys: terms.keys.source,
    bands: terms.keys.bands.length,
    listRows: list.listRows,
    study: { title: 'Falls' },
    researcherStudy: { organisation: 'A register' },
    strata: list.strata,
  });
});

const [field] = terms.fields;
const others: Readonly<Record<Rule, Partial<Query>>> = {
  'minimum group size': { minimumGroupSize: 11 },
  statistics: { statistics: { ...terms.statistics, sd: !terms.statistics.sd } },
  groups: { groups: terms.groups.map((column) => ({ ...column, labels: [...column.labels, 'another'] })) },
  'columns to average': { payloads: terms.payloads.map((column) => ({ ...column, maximum: column.maximum + 1 })) },
  tables: { tables: tables.toReversed() },
  'matching fields': { fields: field ? [{ ...field, name: 'another' }] : [] },
  'matching keys': { keys: terms.keys.source === 'p-sig' ? 'minhash' : 'p-sig' },
  bands: { bands: terms.keys.bands.length + 1 },
  'agreeing bands': { agreeingBands: terms.agreeingBands + 1 },
  'list size': { listRows: list.listRows + 100 },
  'noise or rounding': { perturbation: { kind: 'noise', epsilonThousandths: 501 } },
  'missing values': { missingValues: 'complete-cases' },
  'groups of the researcher': { strata: undefined },
};

it.each(RULES)('two questions that differ in this are told to: %s', (rule) => {
  expect(overlapOf({ ...query, ...others[rule] }, query)?.differing).toEqual([rule]);
});

it('the same question again differs in nothing', () => {
  expect(overlapOf(queryOf(agreement), query)?.differing).toEqual([]);
});
