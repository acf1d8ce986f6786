import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clksFromBase64 } from '../clk/clk-file.ts';
import type { CandidateRow } from '../testing/candidate-pairs.ts';
import { findCandidates, type SearchedSet, type SearchOptions } from './candidate-search.ts';
import type { CandidatePairs } from './candidates.ts';
import type { RecordBlocks } from './dice.ts';
import { CompareError, filtersOf } from './filters.ts';

interface EdgeCases {
  readonly exactThreshold: readonly {
    readonly threshold: number;
    readonly a: string;
    readonly b: string;
    readonly accelerated: readonly number[];
    readonly python: readonly number[];
  }[];
  readonly candidateGeneration: readonly {
    readonly name: string;
    readonly threshold: number;
    readonly k: number | null;
    readonly clks: readonly (readonly string[])[];
    readonly blocks?: readonly (readonly (readonly number[])[])[];
    readonly candidates?: readonly CandidateRow[];
    readonly candidatesPythonDice?: readonly CandidateRow[];
    readonly error?: string;
  }[];
  readonly other_similarities: readonly {
    readonly function: string;
    readonly threshold: number;
    readonly clks: readonly (readonly string[])[];
    readonly result: readonly (readonly [first: number, second: number, similarity: number])[];
  }[];
}

interface Linkage {
  readonly clks: readonly (readonly string[])[];
  readonly thresholds: Readonly<
    Record<
      string,
      { readonly n_candidates: number; readonly sha256: string; readonly candidates?: readonly CandidateRow[] }
    >
  >;
}

const folder = new URL('../../../shared/vectors/anonlink/', import.meta.url);
const present = existsSync(folder);
const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T;

function blocksOf(blocks: readonly (readonly number[])[]): RecordBlocks {
  const starts = new Uint32Array(blocks.length + 1);
  blocks.forEach((ids, record) => {
    starts[record + 1] = (starts[record] ?? 0) + ids.length;
  });
  return { starts, ids: Uint32Array.from(blocks.flat()) };
}

function search(
  clks: readonly (readonly string[])[],
  options: SearchOptions,
  blocks?: readonly (readonly (readonly number[])[])[],
): CandidatePairs {
  const sets = clks.map((texts, i): SearchedSet => {
    const ofSet = blocks?.[i];
    return { filters: filtersOf(clksFromBase64(texts)), blocks: ofSet && blocksOf(ofSet) };
  });
  return findCandidates(sets, options);
}

const listed = (pairs: CandidatePairs): CandidateRow[] =>
  Array.from(pairs.similarities, (dice, i) => [
    pairs.firstDataset[i] ?? 0,
    pairs.secondDataset[i] ?? 0,
    pairs.firstRecord[i] ?? 0,
    pairs.secondRecord[i] ?? 0,
    dice,
  ]);

/** A double as Python's `repr` writes it, for numbers from 0.0001 to 1. */
const repr = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

describe.skipIf(!present)('candidates of anonlink', () => {
  const nothing: EdgeCases = { exactThreshold: [], candidateGeneration: [], other_similarities: [] };
  const edges = present ? read<EdgeCases>('edge_cases.json') : nothing;

  it.each(edges.exactThreshold.map((edge, i) => ({ ...edge, i })))('exact threshold $threshold, case $i', (edge) => {
    const { threshold, a, b } = edge;
    expect([...search([[a], [b]], { threshold }).similarities]).toEqual(edge.python);
    expect([...search([[a], [b]], { threshold, anonlinkRounding: true }).similarities]).toEqual(edge.accelerated);
  });

  it.each(edges.candidateGeneration)(
    '$name',
    ({ threshold, k, clks, blocks, candidates, candidatesPythonDice, error }) => {
      const run = (): CandidatePairs => search(clks, { threshold, top: k ?? undefined }, blocks);
      const expected = candidates ?? candidatesPythonDice;
      if (expected) expect(listed(run())).toEqual(expected);
      else expect(run, error).toThrow(CompareError);
    },
  );

  it.each(edges.other_similarities)('$function', ({ threshold, clks, result }) => {
    const pairs = search(clks, { threshold, measure: 'simple-matching' });
    expect(listed(pairs).map(([, , first, second, similarity]) => [first, second, similarity])).toEqual(result);
  });

  const linkages = ['febrl4_final_500x500.json', 'ncvr_novt_3party_300.json'].flatMap((file) => {
    if (!present) return [];
    const { clks, thresholds } = read<Linkage>(file);
    return Object.entries(thresholds).map(([threshold, expected]) => ({ file, threshold, clks, expected }));
  });

  it.each(linkages)('$file at $threshold', ({ threshold, clks, expected }) => {
    const pairs = search(clks, { threshold: Number(threshold), anonlinkRounding: true });
    expect(pairs.similarities.length).toBe(expected.n_candidates);
    const hash = createHash('sha256');
    const rows = listed(pairs);
    for (const [d0, d1, r0, r1, dice] of rows) hash.update(`${d0},${d1},${r0},${r1},${repr(dice)}\n`);
    expect(hash.digest('hex')).toBe(expected.sha256);
    if (expected.candidates) expect(rows).toEqual(expected.candidates);
  });
});
