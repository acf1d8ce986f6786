import { expect, it } from 'vitest';
import type { Band } from '../agreement/agreement.ts';
import type { Candidate } from '../keys/agreement-count.ts';
import { distinctValues } from '../testing/distinct-values.ts';
import { longTextsAlone } from './long-texts.ts';
import { matchCandidates } from './match-scores.ts';

const RECORDS = 400;
const BANDS = 40;
const pair = (list: number, data: number, bands: number): Candidate => ({
  list,
  data,
  bands,
  inBands: Uint8Array.from({ length: bands }, (_, band) => band),
});
/** Texts of which the first is long and others are as `grams` says; so many records agree with another one in `alike` bands. */
function rulesOf(grams: readonly number[], { alike = 20, pairs = 200, source = 'minhash' as const } = {}) {
  const bands: Band[] = Array.from({ length: BANDS }, (_, i) => {
    const field = i % grams.length;
    return { fields: [{ field, picks: [i], ...(grams[field] === 3 && { grams: 3 }) }] };
  });
  const within = Array.from({ length: pairs }, (_, i) => pair(i, i ^ 1, alike));
  const values = { ...distinctValues(RECORDS, grams.length), within: { records: RECORDS, pairs: within } };
  return { design: { source, seed: '00'.repeat(16), bands }, values, dataRows: RECORDS };
}
const candidates = Array.from({ length: 300 }, (_, i) => pair(i, 1000 + i, 5 + (i % 30)));

it('long texts alone are judged by who competes with whom where the list’s own agree as strongly as with the data', () => {
  expect(longTextsAlone(candidates, rulesOf([3]))).toBe(true);
  expect(longTextsAlone(candidates, rulesOf([3, 3]))).toBe(true);
  // People as one text: hardly anybody of the list resembles another.
  expect(longTextsAlone(candidates, rulesOf([3], { alike: 2 }))).toBe(false);
  expect(longTextsAlone(candidates, rulesOf([3], { pairs: 20 }))).toBe(false);
});

it('not where a short field has a say, unless the list lacks it', () => {
  expect(longTextsAlone(candidates, rulesOf([3, 2]))).toBe(false);
  const rules = rulesOf([3, 2]);
  const [long, short] = rules.values.fields;
  if (!long || !short) throw new Error('two fields');
  const lacking = { ...short, codes: new Uint32Array(RECORDS) };
  expect(longTextsAlone(candidates, { ...rules, values: { ...rules.values, fields: [long, lacking] } })).toBe(true);
});

it('things that two shops word differently are matched, though each words its own alike', () => {
  // Record i is row i. Each resembles two others of the data in fewer bands, and the list’s own more strongly than its match.
  const met = Array.from({ length: 300 }, (_, i) => [
    pair(i, i, 6 + (i % 8)),
    ...(i % 3 === 0 ? [pair(i, (i + 3) % 300, 3 + (i % 4)), pair(i, (i + 6) % 300, 2 + (i % 3))] : []),
  ]).flat();
  const rules = rulesOf([3], { alike: 16, pairs: 300 });
  const { matches, scores } = matchCandidates(met, rules, () => 0);
  expect(matches.filter(({ list, data }) => list === data).length).toBeGreaterThan(270);
  const step = scores.steps.find(({ weight }) => weight === scores.threshold);
  expect(step?.precision).toBeGreaterThan(0.8);
});
