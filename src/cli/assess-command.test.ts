import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestTerminal, type TestTerminal } from '../testing/terminal.ts';
import { hasVectors, readVectors } from '../testing/vectors.ts';
import { runBlindjoin } from './program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(...words: string[]): Promise<TestTerminal & { readonly exit: number }> {
  const terminal = createTestTerminal(folder);
  const exit = await runBlindjoin(words, terminal);
  return Object.assign(terminal, { exit });
}

function party(name: string, people: readonly string[], blocks: Readonly<Record<string, string[]>>): void {
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ blocks }));
  writeFileSync(join(folder, `${name}.csv`), `id,name\n${people.map((person) => `${person},x\n`).join('')}`);
}

const assess = (names: readonly string[], ...more: string[]) =>
  run(
    'assess-blocks',
    ...names.map((name) => `${name}.json`),
    '--people',
    ...names.map((name) => `${name}.csv`),
    ...more,
  );

describe('assess-blocks', () => {
  beforeEach(() => {
    party('a', ['p', 'q', 'r'], { 0: ['k'], 1: ['k', 'm'], 2: ['n'] });
    party('b', ['p', 'q'], { 0: ['k'], 1: ['m'] });
    party('c', ['p', 's'], { 0: ['k'], 1: ['n'] });
  });

  it('counts pairs and sets of three parties, and tuples beside them', async () => {
    const { exit, written } = await assess(['a', 'b', 'c']);
    expect(exit).toBe(0);
    // Blocks k (2, 1, 1 records), m (1, 1, none), n (1, none, 1).
    expect(JSON.parse(written)).toEqual({
      records: [3, 2, 2],
      comparisons: 5 + 1 + 1,
      reduction_ratio: 1 - 7 / 16,
      reduction_ratio_multiparty: 1 - (2 + 1 + 1) / 12,
      set_completeness: 1,
      pairs: [
        { parties: [1, 2], comparisons: 3, reduction_ratio: 0.5, pair_completeness: 1 },
        { parties: [1, 3], comparisons: 3, reduction_ratio: 0.5, pair_completeness: 1 },
        { parties: [2, 3], comparisons: 1, reduction_ratio: 0.75, pair_completeness: 1 },
      ],
    });
  });

  it('compares only blocks that enough parties have', async () => {
    const { written } = await assess(['a', 'b', 'c'], '--at-least', '3', '--column', 'id');
    expect(JSON.parse(written)).toMatchObject({
      comparisons: 5,
      reduction_ratio_multiparty: 1 - 2 / 12,
      set_completeness: 0.5,
    });
  });

  it.each<[string, string[], RegExp]>([
    ['one party', ['a.json', '--people', 'a.csv'], /two block files/],
    ['a table too few', ['a.json', 'b.json', '--people', 'a.csv'], /2 tables/],
    ['no such column', ['a.json', 'b.json', '--people', 'a.csv', 'b.csv', '--column', 'nr'], /"id", "name"/],
    ['a column beyond the table', ['a.json', 'b.json', '--people', 'a.csv', 'b.csv', '--column', '3'], /row 1/],
    ['tables of other parties', ['a.json', 'b.json', '--people', 'b.csv', 'a.csv'], /record "2"/],
    ['more parties than there are', ['a.json', 'b.json', '--people', 'a.csv', 'b.csv', '--at-least', '3'], /2 parties/],
  ])('says what is wrong: %s', async (_, words, what) => {
    const { exit, told } = await run('assess-blocks', ...words);
    expect(exit).toBeGreaterThan(0);
    expect(told).toMatch(what);
  });
});

interface BlockingFile {
  readonly header: readonly string[] | null;
  readonly parties: readonly string[][][];
  readonly cases: readonly {
    readonly name: string;
    readonly schema: unknown;
    readonly reduction_ratio?: number;
    readonly pair_completeness?: number;
  }[];
}

describe.skipIf(!hasVectors)('assess-blocks as blocklib', () => {
  const { header, parties, cases }: BlockingFile = hasVectors
    ? readVectors('blocklib/psig_lambda_alice_bob_90.json')
    : { header: [], parties: [], cases: [] };
  const assessed = cases.filter(({ reduction_ratio }) => reduction_ratio !== undefined);
  it.each(assessed.map((entry) => [entry.name, entry] as const))('%s', async (_, entry) => {
    writeFileSync(join(folder, 'schema.json'), JSON.stringify(entry.schema));
    for (const [i, rows] of parties.entries()) {
      writeFileSync(join(folder, `${i}.csv`), [header ?? [], ...rows].map((row) => `${row.join(',')}\n`).join(''));
      expect((await run('block', `${i}.csv`, 'schema.json', `${i}.json`)).exit).toBe(0);
    }
    const { written } = await assess(['0', '1'], '--column', 'recid');
    const { reduction_ratio, reduction_ratio_multiparty, pairs } = JSON.parse(written);
    expect(pairs[0].pair_completeness).toBe(entry.pair_completeness);
    // Of two parties tuples are pairs.
    expect(reduction_ratio_multiparty).toBe(reduction_ratio);
    expect(reduction_ratio).toBe(pairs[0].reduction_ratio);
    // Where ids of two signatures collide, blocklib has a record twice in one block; a block file has it once.
    if (entry.name === 'tiny_filter_collisions') expect(reduction_ratio).toBeGreaterThan(entry.reduction_ratio ?? 1);
    else expect(reduction_ratio).toBe(entry.reduction_ratio);
  });
});
