/** From the people's tables to the quality of links, as anonlink and clkhash computed it. */
import { describe, expect, it } from 'vitest';
import { clksFromBase64, clksToBase64 } from '../clk/clk-file.ts';
import { createEncoder } from '../clk/encoder.ts';
import { popcountStatistics } from '../clk/popcounts.ts';
import { checkSchema } from '../clk/schema-reading.ts';
import { findCandidates } from '../compare/candidate-search.ts';
import { filtersOf } from '../compare/filters.ts';
import { solveGreedily } from '../compare/greedy-solver.ts';
import { csvRows } from '../python/csv-rows.ts';
import { hasVectors, readVectors } from '../testing/vectors.ts';

type Record = readonly [party: number, row: number];

interface Linkage {
  readonly schema: unknown;
  readonly secret: string;
  readonly csv: readonly string[];
  readonly clks: readonly (readonly string[])[];
  /** Pairs of rows of two parties, or groups of all. */
  readonly truth: readonly (readonly number[] | readonly Record[])[];
  readonly describe: readonly {
    readonly n: number;
    readonly popcounts: readonly number[];
    readonly min: number;
    readonly max: number;
    readonly mean: number;
    readonly std: number;
  }[];
  readonly thresholds: Readonly<{
    [threshold: string]: {
      readonly quality_greedy?: { readonly tp: number; readonly fp: number; readonly fn: number };
      readonly quality_greedy_groups?: { readonly exact: number; readonly found: number; readonly true: number };
    };
  }>;
}

/** A group as text, its records in order. */
const groupText = (records: readonly Record[]): string =>
  records
    .map(([party, row]) => `${party}:${row}`)
    .sort()
    .join(' ');

function isRecords(group: readonly number[] | readonly Record[]): group is readonly Record[] {
  return Array.isArray(group[0]);
}

function greedyGroups(clks: Linkage['clks'], threshold: number): string[] {
  const sets = clks.map((texts) => ({ filters: filtersOf(clksFromBase64(texts)) }));
  const { group, dataset, record } = solveGreedily(findCandidates(sets, { threshold, anonlinkRounding: true }));
  const members: Record[][] = [];
  group.forEach((number, i) => {
    members[number] = [...(members[number] ?? []), [dataset[i] ?? 0, record[i] ?? 0]];
  });
  return members.map(groupText);
}

describe.skipIf(!hasVectors).each(['febrl4_final_500x500', 'ncvr_novt_3party_300'])('%s', (name) => {
  const linkage: Linkage | undefined = hasVectors ? readVectors(`anonlink/${name}.json`) : undefined;
  if (!linkage) return;
  const truth = linkage.truth.map((group) =>
    groupText(isRecords(group) ? group : group.map((row, party): Record => [party, row])),
  );

  it.each(linkage.csv.map((csv, party) => [party, csv] as const))('table of party %i', (party, csv) => {
    const { schema } = checkSchema(linkage.schema);
    if (!schema) throw new Error('the schema is valid');
    const table = createEncoder(schema, linkage.secret).encodeTable([...csvRows(csv)].slice(1));
    expect(clksToBase64(table)).toEqual(linkage.clks[party]);
    const expected = linkage.describe[party];
    expect([...table.popcounts]).toEqual(expected?.popcounts);
    const { count, minimum, maximum, mean, deviation } = popcountStatistics(table.popcounts);
    expect([count, minimum, maximum, mean]).toEqual([expected?.n, expected?.min, expected?.max, expected?.mean]);
    expect(deviation).toBeCloseTo(expected?.std ?? 0, 9);
  });

  it.each(Object.entries(linkage.thresholds))('quality of greedy linking at %s', (threshold, expected) => {
    const found = greedyGroups(linkage.clks, Number(threshold));
    const correct = found.filter((group) => truth.includes(group)).length;
    const { quality_greedy: pairs, quality_greedy_groups: groups } = expected;
    const figures = pairs
      ? { tp: correct, fp: found.length - correct, fn: truth.length - correct }
      : { exact: correct, found: found.length, true: truth.length };
    expect(figures).toEqual(pairs ?? groups);
  });
});
