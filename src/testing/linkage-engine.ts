/** The plainest computing of a run, for tests of the protocol and as a second opinion on the real one. */
import { numberBlocks } from '../linking/block-ids.ts';
import type { ClkUpload } from '../linking/clk-upload.ts';
import type { LinkageEngine } from '../linking/linkage-engine.ts';
import type { Groups, ScoredPairs } from '../linking/run-result.ts';
import { permuteRows } from '../linking/run-solver.ts';

interface Pair {
  readonly first: readonly [party: number, row: number];
  readonly second: readonly [party: number, row: number];
  readonly score: number;
}

const ONES = Uint8Array.from({ length: 256 }, (_, byte) => [...byte.toString(2)].filter((bit) => bit === '1').length);

function dice(a: Uint8Array, b: Uint8Array): number {
  let common = 0;
  let all = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    common += ONES[x & y] ?? 0;
    all += (ONES[x] ?? 0) + (ONES[y] ?? 0);
  }
  return all === 0 ? 0 : (2 * common) / all;
}

const clkOf = ({ clks: { bits, bytesPerClk } }: ClkUpload, row: number) =>
  bits.subarray(row * bytesPerClk, (row + 1) * bytesPerClk);

function pairsOf(sets: readonly ClkUpload[], threshold: number): Pair[] {
  const blocked = sets.flatMap(({ blocks }) => (blocks ? [blocks] : []));
  const numbered = blocked.length === sets.length ? numberBlocks(blocked) : undefined;
  const blocksOf = (party: number, row: number): number[] => {
    const { starts, ids } = numbered?.[party] ?? { starts: [], ids: [] };
    return [...ids.slice(starts[row] ?? 0, starts[row + 1] ?? 0)];
  };
  const found: Pair[] = [];
  sets.forEach((one, a) => {
    sets.slice(a + 1).forEach((other, ahead) => {
      const b = a + 1 + ahead;
      for (let i = 0; i < one.clks.rows; i++) {
        const own = blocksOf(a, i);
        for (let j = 0; j < other.clks.rows; j++) {
          if (numbered && !blocksOf(b, j).some((block) => own.includes(block))) continue;
          const score = dice(clkOf(one, i), clkOf(other, j));
          if (score >= threshold) found.push({ first: [a, i], second: [b, j], score });
        }
      }
    });
  });
  return found.sort((x, y) => y.score - x.score);
}

function groupsOf(pairs: ScoredPairs, share: number): [number, number][][] {
  const groups = new Map<string, [number, number][]>();
  const seen = new Map<string, number>();
  const key = ([party, row]: readonly [number, number]) => `${party}:${row}`;
  for (let i = 0; i < pairs.similarity.length; i++) {
    const first: [number, number] = [pairs.firstParty[i] ?? 0, pairs.firstRow[i] ?? 0];
    const second: [number, number] = [pairs.secondParty[i] ?? 0, pairs.secondRow[i] ?? 0];
    const a = groups.get(key(first)) ?? [first];
    const b = groups.get(key(second)) ?? [second];
    if (a === b) continue;
    seen.set(`${key(first)} ${key(second)}`, 1);
    const links = a.flatMap((x) => b.filter((y) => seen.has(`${key(x)} ${key(y)}`) || seen.has(`${key(y)} ${key(x)}`)));
    if (links.length < share * a.length * b.length || a.some(([x]) => b.some(([y]) => x === y))) continue;
    const merged = [...a, ...b];
    for (const member of merged) groups.set(key(member), merged);
  }
  return [...new Set(groups.values())];
}

function groupColumns(groups: readonly (readonly [number, number])[][]): Groups {
  const flat = groups.flatMap((members, group) => members.map(([party, row]) => [group, party, row] as const));
  return {
    group: Uint32Array.from(flat, ([group]) => group),
    party: Uint8Array.from(flat, ([, party]) => party),
    row: Uint32Array.from(flat, ([, , row]) => row),
  };
}

export const testEngine: LinkageEngine = {
  compare: async (sets, threshold, { onProgress }) => {
    onProgress(0.5);
    const pairs = pairsOf(sets, threshold);
    return {
      firstParty: Uint8Array.from(pairs, ({ first }) => first[0]),
      firstRow: Uint32Array.from(pairs, ({ first }) => first[1]),
      secondParty: Uint8Array.from(pairs, ({ second }) => second[0]),
      secondRow: Uint32Array.from(pairs, ({ second }) => second[1]),
      similarity: Float64Array.from(pairs, ({ score }) => score),
    };
  },
  solve: async (pairs, _, probabilistic) => groupColumns(groupsOf(pairs, probabilistic?.mergeThreshold ?? 1)),
  permute: async (groups, sizes) => permuteRows(groups, sizes),
};
