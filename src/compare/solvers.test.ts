import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clksFromBase64 } from '../clk/clk-file.ts';
import { type CandidateRow, candidatePairs } from '../testing/candidate-pairs.ts';
import { hasVectors, readVectors } from '../testing/vectors.ts';
import { findCandidates } from './candidate-search.ts';
import { filtersOf } from './filters.ts';
import { solveGreedily } from './greedy-solver.ts';
import { solveProbabilistically } from './probabilistic-solver.ts';
import type { RecordGroups } from './record-groups.ts';

type GroupList = [dataset: number, record: number][][];

function groupList(groups: RecordGroups): GroupList {
  const list: GroupList = Array.from(new Set(groups.group), () => []);
  groups.group.forEach((group, i) => {
    list[group]?.push([groups.dataset[i] ?? 0, groups.record[i] ?? 0]);
  });
  return list;
}

const compare = (a: readonly [number, number], b: readonly [number, number]) => a[0] - b[0] || a[1] - b[1];

/** In the solvers' order; anonlink gives groups in none. */
function sorted(groups: GroupList): GroupList {
  const first = (group: GroupList[number]) => group[0] ?? ([0, 0] as const);
  return groups.map((group) => [...group].sort(compare)).sort((a, b) => compare(first(a), first(b)));
}

interface Graph {
  readonly candidates: CandidateRow[];
  readonly greedy: GroupList;
  readonly results: { readonly merge_threshold: number; readonly deduplicated: boolean; readonly groups: GroupList }[];
}

interface Linkage {
  readonly clks: readonly string[][];
  readonly thresholds: Record<
    string,
    { n_candidates: number; candidates?: CandidateRow[]; greedy: GroupList; [solver: string]: unknown }
  >;
}

/** Pairs of rows of different data sets in the order that solvers expect. */
function similarRows(clks: readonly string[][], threshold: number): CandidateRow[] {
  const sets = clks.map((texts) => ({ filters: filtersOf(clksFromBase64(texts)) }));
  const { firstDataset, secondDataset, firstRecord, secondRecord, similarities } = findCandidates(sets, { threshold });
  return [...similarities].map(
    (similarity, i): CandidateRow => [
      firstDataset[i] ?? 0,
      secondDataset[i] ?? 0,
      firstRecord[i] ?? 0,
      secondRecord[i] ?? 0,
      similarity,
    ],
  );
}

describe.skipIf(!hasVectors)('what anonlink solves', () => {
  it('graphs, pairs within data sets among them', () => {
    const { solver: graphs } = readVectors<{ solver: Graph[] }>('anonlink/edge_cases.json');
    expect(graphs).toHaveLength(40);
    for (const graph of graphs) {
      const pairs = candidatePairs(graph.candidates);
      expect(groupList(solveGreedily(pairs))).toEqual(sorted(graph.greedy));
      expect(graph.results).toHaveLength(10);
      for (const { merge_threshold: mergeThreshold, deduplicated, groups } of graph.results) {
        expect(groupList(solveProbabilistically(pairs, { mergeThreshold, deduplicated }))).toEqual(sorted(groups));
      }
    }
  });

  it('what candidate generation gave, empty CLKs and ties among it', () => {
    const { candidateGeneration: all } = readVectors<{
      candidateGeneration: { candidates: CandidateRow[]; greedy?: GroupList }[];
    }>('anonlink/edge_cases.json');
    const solved = all.flatMap(({ candidates: rows, greedy }) => (greedy ? [{ rows, greedy }] : []));
    expect(solved).toHaveLength(24);
    for (const { rows, greedy } of solved)
      expect(groupList(solveGreedily(candidatePairs(rows)))).toEqual(sorted(greedy));
  });

  it.each([
    ['febrl4_final_500x500.json', 5 * 5],
    ['ncvr_novt_3party_300.json', 6 * 9],
  ])('linkages of %s', (name, expected) => {
    const { thresholds, clks }: Linkage = readVectors(`anonlink/${name}`);
    const all = similarRows(clks, Math.min(...Object.keys(thresholds).map(Number)));
    let checked = 0;
    for (const [threshold, entry] of Object.entries(thresholds)) {
      const rows = all.filter(([, , , , similarity]) => similarity >= Number(threshold));
      expect(rows).toHaveLength(entry.n_candidates);
      if (entry.candidates) expect(rows).toEqual(entry.candidates);
      const pairs = candidatePairs(rows);
      const greedy = groupList(solveGreedily(pairs));
      expect(greedy).toEqual(sorted(entry.greedy));
      checked++;
      for (const [solver, groups] of Object.entries(entry)) {
        const [, share, kind] = /^probabilistic_mt([\d.]+)_(dedup|nodedup)$/.exec(solver) ?? [];
        if (share === undefined) continue;
        const options = { mergeThreshold: Number(share), deduplicated: kind === 'dedup' };
        const solved = groupList(solveProbabilistically(pairs, options));
        expect(solved).toEqual(groups === 'same groups as greedy' ? greedy : sorted(groups as GroupList));
        checked++;
      }
    }
    expect(checked).toBe(expected);
  });
});

/** The definition, pair by pair over lists. */
function plainGroups(
  rows: readonly CandidateRow[],
  isEnough: (a: GroupList[number], b: GroupList[number], seen: number) => boolean,
) {
  const groupOf = new Map<string, GroupList[number]>();
  const seen = new Set<string>();
  for (const [d0, d1, r0, r1] of rows) {
    const a = groupOf.get(`${d0} ${r0}`) ?? [[d0, r0]];
    const b = groupOf.get(`${d1} ${r1}`) ?? [[d1, r1]];
    if (a === b) continue;
    seen.add(`${d0} ${r0} ${d1} ${r1}`).add(`${d1} ${r1} ${d0} ${r0}`);
    const count = a.flatMap((x) => b.filter((y) => seen.has([...x, ...y].join(' ')))).length;
    if (!isEnough(a, b, count)) continue;
    const merged = [...a, ...b];
    for (const member of merged) groupOf.set(member.join(' '), merged);
  }
  return sorted([...new Set(groupOf.values())]);
}

const rowLists = fc
  .uniqueArray(
    fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.nat(5), fc.integer({ min: 0, max: 3 }), fc.nat(5))
      .filter(([d0, r0, d1, r1]) => d0 < d1 || (d0 === d1 && r0 < r1)),
    { selector: String, maxLength: 80 },
  )
  .map((pairs) => pairs.map(([d0, r0, d1, r1], i): CandidateRow => [d0, d1, r0, r1, 1 - i / 100]));

describe('solvers', () => {
  it('link most alike free records of two data sets', () => {
    const rows: CandidateRow[] = [
      [0, 1, 0, 0, 0.9],
      [0, 1, 0, 1, 0.8],
      [0, 1, 1, 0, 0.8],
      [0, 1, 1, 1, 0.7],
    ];
    const expected = [
      [
        [0, 0],
        [1, 0],
      ],
      [
        [0, 1],
        [1, 1],
      ],
    ];
    expect(groupList(solveGreedily(candidatePairs(rows)))).toEqual(expected);
    const half = { mergeThreshold: 0.5, deduplicated: false };
    expect(groupList(solveProbabilistically(candidatePairs(rows), half))).toHaveLength(1);
  });

  it('make no group of no pairs, and refuse a merge threshold that is no share', () => {
    const none = candidatePairs([]);
    expect(groupList(solveGreedily(none))).toEqual([]);
    for (const mergeThreshold of [-0.1, 1.1, Number.NaN]) {
      expect(() => solveProbabilistically(none, { mergeThreshold, deduplicated: true })).toThrow(RangeError);
    }
  });

  it('tell data sets beyond the thirty-second apart', () => {
    const rows: CandidateRow[] = [
      [0, 32, 0, 0, 0.9],
      [0, 32, 0, 1, 0.8],
      [1, 33, 0, 0, 0.7],
      [0, 33, 0, 0, 0.6],
    ];
    const dedup = solveProbabilistically(candidatePairs(rows), { mergeThreshold: 0, deduplicated: true });
    expect(groupList(dedup)).toEqual([
      [
        [0, 0],
        [1, 0],
        [32, 0],
        [33, 0],
      ],
    ]);
  });

  it('follow the definition', () => {
    fc.assert(
      fc.property(
        rowLists,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        (rows, mergeThreshold, deduplicated) => {
          const pairs = candidatePairs(rows);
          expect(groupList(solveGreedily(pairs))).toEqual(
            plainGroups(rows, (a, b, seen) => seen === a.length * b.length),
          );
          expect(groupList(solveProbabilistically(pairs, { mergeThreshold, deduplicated }))).toEqual(
            plainGroups(rows, (a, b, seen) => {
              if (deduplicated && a.some(([x]) => b.some(([y]) => x === y))) return false;
              return seen / (a.length * b.length) >= mergeThreshold;
            }),
          );
        },
      ),
    );
  });
});
