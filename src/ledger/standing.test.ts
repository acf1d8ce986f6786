import { expect, it } from 'vitest';
import { madeUpAgreement } from '../testing/made-up-tally.ts';
import { type EntryContent, type LedgerEntry, type Limit, nextEntry, readChain } from './entry.ts';
import { overlapOf, type Query, queryOf } from './query.ts';
import { overlapsOf, refusalOf, standingOf } from './standing.ts';

const FILE = 'aa'.repeat(32);
const DAY = 86_400_000;
const query = queryOf(madeUpAgreement({ groups: [3], payloads: 1, dataRows: 500, minimum: 10 }));
const noisy = (epsilonThousandths: number): Query => ({
  ...query,
  perturbation: { kind: 'noise', epsilonThousandths },
});
const run = (number: number, of: Query = query): EntryContent => ({
  kind: 'run',
  file: FILE,
  agreementHash: number.toString(16).padStart(64, '0'),
  query: of,
});
const limit = (rules: Limit): EntryContent => ({ kind: 'limit', file: FILE, limit: rules });

/** A chain of these entries, each written at its day. */
function chain(...contents: readonly (readonly [day: number, content: EntryContent])[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (const [day, content] of contents) entries.push(nextEntry(entries.at(-1), content, new Date(day * DAY)));
  return entries;
}

function problemOf(content: unknown): string | undefined {
  const read = readChain([nextEntry(undefined, content as EntryContent, new Date(0))]);
  return 'problem' in read ? read.problem : undefined;
}

it.each([
  { runs: 1, days: 1 },
  { runs: 1000, days: 3660, epsilonThousandths: 10 },
  { runs: 1, days: 1, epsilonThousandths: 1_000_000 },
])('an entry holds a limit within its bounds: %j', (rules) => expect(problemOf(limit(rules))).toBeUndefined());

it.each([
  { runs: 0, days: 1 },
  { runs: 1001, days: 1 },
  { runs: 1.5, days: 1 },
  { runs: 1, days: 0 },
  { runs: 1, days: 3661 },
  { runs: 1, days: 1, epsilonThousandths: 9 },
  { runs: 1, days: 1, epsilonThousandths: 1_000_001 },
  { runs: 1, days: 1, hours: 1 },
])('an entry holds no limit beyond them: %j', (rules) => expect(problemOf(limit(rules))).toContain('malformed'));

it.each<[string, object]>([
  ['a file that is no fingerprint', { ...run(1), file: 'aa' }],
  ['an agreement that is no hash', { ...run(1), agreementHash: 'AA'.repeat(32) }],
  ['an ending that there is not', { kind: 'outcome', file: FILE, agreementHash: 'bb'.repeat(32), ending: 'well' }],
  ['no bands', { ...run(1), query: { ...query, bands: 0 } }],
  ['no list', { ...run(1), query: { ...query, listRows: 0 } }],
  ['keys that there are not', { ...run(1), query: { ...query, keys: 'clk' } }],
  ['a minimum below two', { ...run(1), query: { ...query, minimumGroupSize: 1 } }],
  ['more than the rules', { ...run(1), query: { ...query, list: [] } }],
])('an entry holds not: %s', (_what, content) => expect(problemOf(content)).toContain('Entry 1 is malformed'));

it('a question without a study is written down as one with it is', () => {
  expect(problemOf(run(1))).toBeUndefined();
  expect(problemOf(run(1, { ...query, study: { title: 'Falls' }, researcherStudy: {} }))).toBeUndefined();
});

it('runs with noise and runs without are counted apart, of one file', () => {
  const other = { ...run(4, noisy(700)), file: 'bb'.repeat(32) };
  const entries = chain([0, run(1, noisy(100))], [1, run(2)], [2, run(3, noisy(200))], [3, other]);
  const standing = standingOf(entries, FILE, new Date(4 * DAY));
  expect(standing).toMatchObject({ counted: 3, epsilonThousandths: 300, exactRuns: 1, limit: undefined });
  expect(standing.runs.map(({ entry }) => entry.agreementHash.at(-1))).toEqual(['1', '2', '3']);
});

it('the day on which a run is free again follows from the oldest runs, though the clock was put back between them', () => {
  const entries = chain([20, run(1)], [10, run(2)], [15, run(3)], [15, limit({ runs: 2, days: 30 })]);
  const now = new Date(21 * DAY);
  const standing = standingOf(entries, FILE, now);
  expect(standing.counted).toBe(3);
  expect(refusalOf(standing, query, now)).toMatchObject({ kind: 'runs', freeAt: new Date(45 * DAY) });
});

it('of a budget that was set below what is spent nothing is left, and not less', () => {
  const entries = chain([0, run(1, noisy(500))], [1, limit({ runs: 10, days: 1, epsilonThousandths: 300 })]);
  const now = new Date(2 * DAY);
  expect(refusalOf(standingOf(entries, FILE, now), noisy(10), now)).toMatchObject({
    kind: 'epsilon',
    leftThousandths: 0,
  });
});

it('earlier tables are told that share a column or hold everybody, the newest first, and no others', () => {
  const column = (name: string) => ({ name, labels: ['a', 'b'] });
  const payload = (name: string) => ({ name, minimum: 0, maximum: 1, decimals: 0, complete: true });
  const asked = (groups: string[], payloads: string[]): Query => ({
    ...query,
    groups: groups.map(column),
    payloads: payloads.map(payload),
  });
  const now = asked(['ward', 'sex'], ['age', 'weight']);
  const entries = chain(
    [0, run(1, asked(['ward'], ['height']))],
    [1, run(2, asked(['county'], ['height']))],
    [2, run(3, asked([], []))],
    [3, run(4, asked(['county'], ['weight']))],
  );
  const overlaps = overlapsOf(standingOf(entries, FILE, new Date(4 * DAY)), now);
  expect(overlaps.map(({ run: past, overlap }) => [past.entry.agreementHash.at(-1), overlap.shared])).toEqual([
    ['4', ['weight']],
    ['3', []],
    ['1', ['ward']],
  ]);
  expect(overlapOf(now, asked(['sex'], ['age', 'weight']))?.shared).toEqual(['sex', 'age', 'weight']);
  expect(overlapOf(asked([], ['age']), asked(['county'], ['height']))?.shared).toEqual([]);
});
