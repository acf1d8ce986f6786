import { expect, it } from 'vitest';
import { KEY_SOURCES } from '../../agreement/match-field.ts';
import { SAMPLE_FIELDS } from '../../sample/people.ts';
import { bestRows, compareMethods } from './quality-comparison.ts';
import { generatedPair, QUALITY_SETS } from './quality-sets.ts';

const rules = { seed: '000102030405060708090a0b0c0d0e0f', bands: 32, agree: 2 };
const sizes = { listRows: 300, dataRows: 600, overlap: 150, seed: 4 };

it('compares all kinds of bands and CLKs, and tells wrong matches in a household from strangers', {
  timeout: 30_000,
}, async () => {
  const households = { alone: 0, twins: 1, namesakes: 1 };
  const rows = compareMethods(await generatedPair(SAMPLE_FIELDS, { ...sizes, households }), rules);
  expect(bestRows(rows).map(({ method }) => method)).toEqual([
    ...KEY_SOURCES.flatMap((source) => [source, `${source}, counted`]),
    expect.stringMatching(/^minhash, \d+ bands as advised$/),
    'clk-dice',
  ]);
  const ofRuns = rows.filter(({ estimated }) => estimated).map(({ method }) => method);
  expect(ofRuns).toEqual([...KEY_SOURCES, expect.stringContaining('as advised')]);
  for (const { precision, recall, f1, wrongInHousehold, wrongStrangers } of rows) {
    expect(f1).toBeCloseTo(precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall), 12);
    const wrong = (wrongInHousehold ?? 0) + (wrongStrangers ?? 0);
    const found = wrong + recall * sizes.overlap;
    expect(found === 0 ? 0 : 1 - wrong / found).toBeCloseTo(precision, 12);
  }
  const clks = rows.filter(({ method }) => method === 'clk-dice');
  expect(clks.some(({ wrongInHousehold }) => (wrongInHousehold ?? 0) > 0)).toBe(true);
  expect(rows[0]?.megabytes).toBeGreaterThan(1);
});

it('where everybody lives alone, no wrong match is in a household', { timeout: 30_000 }, async () => {
  const pair = await generatedPair(SAMPLE_FIELDS, { ...sizes, households: { alone: 1, twins: 0, namesakes: 0 } });
  for (const row of compareMethods(pair, rules)) expect(row.wrongInHousehold).toBe(0);
});

it('with as many bands as the rule advises, a run is no worse than CLKs at their best where both files are damaged', {
  timeout: 120_000,
}, async () => {
  const pair = await QUALITY_SETS.find(({ name }) => name === 'four-both')?.load(1);
  if (!pair) throw new Error('the set is gone');
  const rows = compareMethods(pair, { ...rules, bands: 64 });
  const advised = rows.find(({ method, estimated }) => estimated && method.endsWith('as advised'));
  const clks = bestRows(rows).find(({ method }) => method === 'clk-dice');
  expect(advised?.f1).toBeGreaterThan(clks?.f1 ?? 1);
});
