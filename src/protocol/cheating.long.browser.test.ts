/** A researcher who cheats, in whole runs opposite a real owner: they get the table over one set of rows, or noise. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agreement } from '../agreement/agreement.ts';
import type { HeContext } from '../seal/context.ts';
import { type ParameterSet, TALLY } from '../seal/parameters.ts';
import { add } from '../seal/plain-field.ts';
import { blockStart, layTally, type TallyLayout } from '../tally/layout.ts';
import type { TallyRows } from '../tally/statistic-vectors.ts';
import { CheatingPool, type RunCheats } from '../testing/cheating-researcher.ts';
import { forgeRelinKeys } from '../testing/forged-keys.ts';
import { madeUpParties } from '../testing/run-parties.ts';
import { testContexts } from '../testing/seal-contexts.ts';
import { SealPool } from '../workers/seal-pool.ts';
import { runOwner } from './owner.ts';
import { runResearcher } from './researcher.ts';

let contextOf: (parameters: ParameterSet) => HeContext;
let ownerPool: SealPool;
beforeAll(async () => {
  contextOf = await testContexts();
  ownerPool = new SealPool(false, 1);
});
afterAll(() => ownerPool.close());

const BANDS = 2;

async function run(cheats: RunCheats, change: Partial<Parameters<typeof runResearcher>[0]> = {}) {
  const pool = new CheatingPool(contextOf, cheats);
  const { researcher, owner, agreement, rows, matched } = madeUpParties(BANDS, { researcher: pool, owner: ownerPool });
  const [{ matches }] = await Promise.all([runResearcher({ ...researcher, ...change }), runOwner(owner)]);
  const layout = layTally(agreement);
  const { unsealed, gateSeen } = pool.worker;
  /** What the researcher reads of a group's count, whether or not it is sealed. */
  const countOf = (group: number) =>
    unsealed[
      layout.released.findIndex((index) => {
        const { cell, kind } = layout.statistics[index] as TallyLayout['statistics'][number];
        return kind === 'count' && layout.cells[cell]?.group === group && layout.cells[cell]?.payload === undefined;
      })
    ];
  return { agreement, layout, rows, matched, matches, unsealed, gateSeen, countOf };
}

/** What a full bin leaves out of a band is missed: a run may have a few people fewer than the plaintext. */
function expectAbout(
  count: number | undefined,
  plain: number,
  { matched, matches }: { matched: readonly number[]; matches: number },
) {
  const missed = matched.length - matches;
  expect(missed).toBeLessThan(4);
  expect(count).toBeLessThanOrEqual(plain);
  expect(count).toBeGreaterThanOrEqual(plain - missed);
}

/** Complete cases of a group. */
const membersOf = (rows: TallyRows, among: readonly number[], group: number) =>
  among.filter((row) => rows.groups[0]?.[row] === group && rows.payloads.every((values) => !Number.isNaN(values[row])))
    .length;
const groupsOf = ({ terms }: Agreement) => [...(terms.groups[0]?.labels.keys() ?? [])];
const indexOf = ({ statistics, cells }: TallyLayout, group: number, kind: 'count' | 'check') =>
  statistics.findIndex(
    (s) => s.kind === kind && cells[s.cell]?.group === group && cells[s.cell]?.payload === undefined,
  );

describe('what a researcher gets who lies about', () => {
  it.each<[string, NonNullable<RunCheats['bits']>]>([
    ['all', (_layout, bits) => bits.forEach((chunk) => void chunk.fill(1))],
    ['all but one', (_layout, [bits]) => void bits?.fill(1).fill(0, 0, 1)],
    ['one more', (_layout, [bits]) => void bits?.fill(1, bits.indexOf(0), bits.indexOf(0) + 1)],
  ])('which rows the researcher has seen: ones for %s are noise', async (which, bits) => {
    const { agreement, countOf } = await run({ bits });
    for (const group of which === 'one more' ? [0] : groupsOf(agreement)) {
      expect(countOf(group)).toBeGreaterThan(agreement.terms.dataRows);
    }
  });

  it('bits: a weight spoils its block; fewer rows in another block are the rows of the groups there', async () => {
    const dropped = 3;
    const ran = await run({
      bits: (lay, bits, labels) => {
        const blockOf = (group: number) => lay.statistics[indexOf(lay, group, 'count')]?.block as number;
        const inBlock = (group: number, [chunk]: Float64Array[]) => {
          const start = blockStart(lay, blockOf(group));
          return (chunk as Float64Array).subarray(start, start + lay.slots);
        };
        const weighted = inBlock(0, bits);
        weighted[weighted.indexOf(1)] = 40;
        const fewer = inBlock(1, bits);
        for (let n = 0; n < dropped; n++) {
          const slot = fewer.indexOf(1);
          fewer[slot] = 0;
          inBlock(1, labels)[slot] = 0;
        }
      },
    });
    const { layout, rows, matched, matches, countOf, agreement } = ran;
    expect(new Set(layout.statistics.map(({ block }) => block)).size).toBe(4);
    expect(countOf(0)).toBeGreaterThan(agreement.terms.dataRows);
    for (const group of [1, 2, 3]) {
      const count = membersOf(rows, matched, group);
      // Which people stand in the slots that were dropped, the researcher cannot say.
      const fewest = count - (matched.length - matches) - (group === 1 ? dropped : 0);
      expect(fewest).toBeGreaterThanOrEqual(layout.minimum);
      expect(countOf(group)).toBeLessThanOrEqual(count);
      expect(countOf(group)).toBeGreaterThanOrEqual(fewest);
    }
  });

  it('counts, checks and inverses: that cell is noise, the gate says nothing of it, and others are exact', async () => {
    let opened = 0;
    const { agreement, layout, rows, matched, gateSeen, countOf, unsealed } = await run({
      counts: (padded, lay) => {
        const raise = (index: number, by: number) => {
          padded[index] = add(padded[index] as number, by);
        };
        raise(indexOf(lay, 0, 'count'), 1000);
        raise(indexOf(lay, 1, 'check'), 1);
      },
      inverses: (f) => {
        opened = f.filter((value) => value !== 0).length;
        return f.map(() => 1);
      },
    });
    expect(opened).toBeGreaterThan(0);
    for (const group of groupsOf(agreement)) expect(countOf(group)).not.toBe(membersOf(rows, matched, group));
    for (const group of [0, 1]) {
      const start = layout.released.indexOf(indexOf(layout, group, 'count')) * layout.minimum;
      expect(gateSeen.subarray(start, start + layout.minimum)).not.toContain(0);
    }
    expect(unsealed.filter((value) => value < 1000)).toEqual([]);
  });

  it('a count alone, with the inverses that are due: its cell is noise, and others are exact', async () => {
    const ran = await run({
      counts: (padded, lay) => {
        const index = indexOf(lay, 0, 'count');
        padded[index] = add(padded[index] as number, 1000);
      },
    });
    const { agreement, layout, rows, matched, matches, countOf } = ran;
    const open = groupsOf(agreement).filter(
      (group) => group > 0 && membersOf(rows, matched, group) >= layout.minimum + matched.length - matches,
    );
    expect(open.length).toBeGreaterThan(0);
    expect(countOf(0)).toBeGreaterThan(agreement.terms.dataRows + 1000);
    for (const group of open) expectAbout(countOf(group), membersOf(rows, matched, group), ran);
  });

  it.each(['forged', 'honest'])('%s keys of the tally: no cell below the minimum opens', async (keys) => {
    const { agreement, matched, countOf } = await run({
      relinKeys: (context, set, relinKeys) =>
        set === 'tally' && keys === 'forged'
          ? forgeRelinKeys(context, relinKeys, new Float64Array(TALLY.degree).fill(1))
          : Uint8Array.from(relinKeys),
      bits: (_layout, bits, labels) => {
        // Three of the researcher's matches only: every cell is below the minimum.
        for (const [i, chunk] of bits.entries()) {
          let kept = 0;
          for (const [slot, bit] of chunk.entries()) {
            if (bit === 0 || ++kept <= 3) continue;
            chunk[slot] = 0;
            (labels[i] as Float64Array)[slot] = 0;
          }
        }
      },
    });
    for (const group of groupsOf(agreement)) expect(countOf(group)).toBeGreaterThan(matched.length);
  });

  it('made-up records: keys of nobody match nothing, and every group stays sealed', async () => {
    const keys = {
      rows: 300,
      rowsWithKey: 300,
      bandKeys: async () => crypto.getRandomValues(new Uint32Array(1200)),
    };
    const { matches, gateSeen, layout } = await run({}, { keys });
    expect(matches).toBe(0);
    for (const released of layout.released.keys()) {
      const slots = gateSeen.subarray(released * layout.minimum, (released + 1) * layout.minimum);
      expect(slots.filter((value) => value === 0).length).toBe(1);
    }
  });
});
