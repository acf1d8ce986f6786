import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestTerminal } from '../testing/terminal.ts';
import { permutationFile } from './link-result.ts';
import { runBlindjoin } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...words: string[]) {
  const terminal = createTestTerminal(folder);
  const exit = await runBlindjoin(words, terminal);
  return { exit, written: terminal.written, told: terminal.told };
}

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** The number of the person in each row of a generated table. */
const people = (name: string): string[] =>
  read(name)
    .split('\n')
    .slice(1, -1)
    .map((line) => /\d+/.exec(line)?.[0] ?? '');

const lambdaFold = (tables: number) => ({
  type: 'lambda-fold',
  version: 1,
  config: {
    'blocking-features': [1],
    Lambda: tables,
    'bf-len': 64,
    'num-hash-funcs': 3,
    K: 6,
    'input-clks': true,
    random_state: 0,
  },
});

beforeAll(async () => {
  await run('generate-default-schema', 'schema.json');
  writeFileSync(join(folder, 'blocking.json'), JSON.stringify(lambdaFold(8)));
  for (const [side, ...second] of [['a'], ['b', '--second']] as const) {
    await run('generate', '60', `${side}.csv`, ...second);
    await run('hash', `${side}.csv`, 'horse', 'schema.json', `${side}.json`);
    await run('block', `${side}.json`, 'blocking.json', `${side}-blocks.json`);
  }
});

describe('from people to links', () => {
  it('finds the people of both tables', async () => {
    const { exit, written, told } = await run('link', 'a.json', 'b.json', '-t', '0.85', '--type', 'mapping');
    expect([exit, told]).toEqual([0, expect.stringMatching(/groups of \d+ pairs written to <stdout>/)]);
    const [a, b] = [people('a.csv'), people('b.csv')];
    const links = Object.entries<number>(JSON.parse(written).mapping);
    const correct = links.filter(([i, j]) => a[Number(i)] === b[j]).length;
    const shared = a.filter((person) => b.includes(person)).length;
    expect(shared).toBe(30);
    expect(correct / links.length).toBeGreaterThan(0.95);
    expect(correct / shared).toBeGreaterThan(0.8);
  });

  it('gives by scores and solving what it gives at once', async () => {
    const whole = await run('link', 'a.json', 'b.json', '-t', '0.8');
    await run('link', 'a.json', 'b.json', '-t', '0.6', '--type', 'similarity_scores', '-o', 'scores.json');
    expect((await run('solve', 'scores.json', '-t', '0.8')).written).toBe(whole.written);
    await run(
      ...['link', 'a.json', 'b.json', '-t', '0.6', '--type', 'similarity_scores'],
      '--older-scores',
      '-o',
      'older.json',
    );
    const scores: [[number, number], [number, number], number][] = JSON.parse(read('scores.json')).similarity_scores;
    const older = scores.map(([[, i], [, j], score]) => [i, j, score]);
    expect(JSON.parse(read('older.json'))).toEqual({ similarity_scores: older });
    writeFileSync(join(folder, 'older.json'), JSON.stringify({ similarity_scores: older.reverse() }));
    expect((await run('solve', 'older.json', '-t', '0.8')).written).toBe(whole.written);
  });

  it('shows how scores are spread, and what each threshold would link', async () => {
    await run('link', 'a.json', 'b.json', '-t', '0.6', '--type', 'similarity_scores', '-o', 'scores.json');
    const { exit, written } = await run('describe', 'scores.json');
    expect(exit).toBe(0);
    const rows = written
      .split('\n')
      .slice(3, -1)
      .map((line) => line.split(/\s+/));
    expect(rows).toHaveLength(20);
    const { groups } = JSON.parse((await run('solve', 'scores.json')).written);
    expect(Number(rows[0]?.[3])).toBe(groups.length);
    writeFileSync(join(folder, 'three.json'), '{"similarity_scores": [[[0, 9], [2, 0], 1.0]]}');
    const three = await run('describe', 'three.json');
    expect([three.exit, three.told]).toEqual([1, expect.stringContaining('more than two parties')]);
  });

  it('counts bits that neither CLK has, if asked to', async () => {
    const scores = async (...words: string[]) => {
      const { written } = await run('link', 'a.json', 'b.json', '-t', '0.9', '--type', 'similarity_scores', ...words);
      return JSON.parse(written).similarity_scores.length;
    };
    expect(await scores('--similarity', 'simple-matching')).not.toBe(await scores());
  });

  it('compares only rows that share a block, where there are blocks', async () => {
    const all = await run('link', 'a.json', 'b.json', '-t', '0.5', '--type', 'similarity_scores');
    const blocked = await run(
      ...['link', 'a.json', 'b.json', '-t', '0.5', '--type', 'similarity_scores'],
      ...['--blocks', 'a-blocks.json', 'b-blocks.json'],
    );
    const [every, some] = [all, blocked].map(({ written }) => JSON.parse(written).similarity_scores.map(String));
    expect(some.length).toBeLessThan(every.length);
    expect(some.length).toBeGreaterThan(0);
    expect(every).toEqual(expect.arrayContaining(some));
  });

  it('gives each party its own permutation and the linkage unit the mask', async () => {
    const { exit, told } = await run('link', 'a.json', 'b.json', '--type', 'permutations', '-o', 'mask.json');
    expect([exit, told]).toEqual([0, expect.stringContaining('mask-0.json, mask-1.json')]);
    const { mask } = JSON.parse(read('mask.json'));
    const orders = [0, 1].map((party) => JSON.parse(read(`mask-${party}.json`)));
    for (const { permutation, rows } of orders) {
      expect(rows).toBe(60);
      expect([...permutation].sort((x, y) => x - y)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    }
    const { groups } = JSON.parse((await run('link', 'a.json', 'b.json')).written);
    expect(mask.filter((place: number) => place === 1)).toHaveLength(groups.length);
    for (const [[, i], [, j]] of groups) {
      expect(orders[0].permutation[i]).toBe(orders[1].permutation[j]);
      expect(mask[orders[0].permutation[i]]).toBe(1);
    }
    await run('link', 'a.json', 'b.json', '--type', 'similarity_scores', '-o', 'scores.json');
    expect((await run('solve', 'scores.json', '--type', 'permutations', '-o', 'other.json')).exit).toBe(2);
    const sized = ['--type', 'permutations', '-o', 'other.json', '--sizes', '60,60'];
    expect((await run('solve', 'scores.json', ...sized)).exit).toBe(0);
    expect(JSON.parse(read('other-1.json')).rows).toBe(60);
  });

  it('links as anonlink-client does, options before or after', async () => {
    const files = ['--files', 'a.json', 'a-blocks.json', '--files', 'b.json', 'b-blocks.json'];
    const after = await run('find-similarity', '0.8', 'found.json', ...files);
    expect(after.written).toMatch(/^Found \d+ matches\n$/);
    const before = await run('find-similarity', ...files, '0.8', 'again.json');
    expect([before.written, read('again.json')]).toEqual([after.written, read('found.json')]);
  });
});

it('describes CLKs part by part as all at once', async () => {
  const clk = (i: number) => Buffer.from([i & 255, i >> 8]).toString('base64');
  const clks = Array.from({ length: 40_000 }, (_, i) => clk(i));
  writeFileSync(join(folder, 'many.json'), JSON.stringify({ clks }));
  const { exit, written } = await run('describe', 'many.json');
  expect([exit, written]).toEqual([0, expect.stringContaining('observations:  40000')]);
  const ones = (i: number): number => i.toString(2).replaceAll('0', '').length;
  const mean = clks.reduce((sum, _, i) => sum + ones(i), 0) / clks.length;
  expect(written).toContain(`mean:          ${mean.toFixed(4)}`);
  writeFileSync(join(folder, 'many.json'), JSON.stringify({ clks: [...clks, 'AAAA'] }));
  expect((await run('describe', 'many.json')).told).toContain('The CLK of row 40001 has 3 bytes, that of row 1 has 2');
});

describe('CLKs that are none', () => {
  it.each([
    ['no CLK', { clks: [] }, 'holds no CLKs'],
    ['an empty CLK', { clks: [''] }, 'The CLK of row 1 is empty'],
    ['a word', { clks: ['AAAA', 'he-lt.hy'] }, 'The CLK of row 2 is not base64'],
  ])('are not described: %s', async (_name, content, words) => {
    writeFileSync(join(folder, 'none.json'), JSON.stringify(content));
    const { exit, told } = await run('describe', 'none.json');
    expect(exit).toBe(1);
    expect(told).toContain(words);
  });
});

describe('what does not fit together', () => {
  it.each([
    [['link', 'a.json'], 2, 'At least two files'],
    [['link', 'a.json', 'a.json', 'b.json', '--type', 'mapping'], 2, 'A mapping is of two parties; there are 3'],
    [['link', 'a.json', 'b.json', '--type', 'permutations'], 2, 'name a file with --output'],
    [['link', 'a.json', 'b.json', '--older-scores'], 2, 'a form of the similarity scores of two parties'],
    [['link', 'a.json', 'b.json', '-t', '2'], 2, 'not a number from 0 to 1'],
    [['link', 'a.json', 'b.json', '--blocks', 'a-blocks.json'], 2, '2 files of CLKs and 1 of blocks'],
    [['link', 'a.json', 'schema.json'], 1, 'schema.json holds neither'],
    [['link', 'a.json', 'b.json', '--blocks', 'a-blocks.json', 'schema.json'], 1, 'schema.json is no block file'],
    [['solve', 'a.json'], 1, 'a.json holds no similarity scores'],
    [
      ['find-similarity', '0.8', 'x.json', '--clk', 'a.json', '--files', 'a.json', 'b.json'],
      2,
      'either --clk or --files',
    ],
  ])('%j', async (words, exit, message) => {
    const ended = await run(...words);
    expect([ended.exit, ended.told]).toEqual([exit, expect.stringContaining(message)]);
  });

  it('CLKs of two lengths', async () => {
    writeFileSync(join(folder, 'short.json'), '{"clks": ["AAECAwQFBgc="]}');
    expect((await run('link', 'a.json', 'short.json')).told).toContain('(1024 bits, 64 bits)');
  });

  it('scores of rows beyond the sizes, or of one party', async () => {
    writeFileSync(join(folder, 'far.json'), '{"similarity_scores": [[[0, 9], [1, 0], 1.0]]}');
    const far = await run('solve', 'far.json', '--type', 'permutations', '-o', 'p.json', '--sizes', '9,9');
    expect([far.exit, far.told]).toEqual([2, expect.stringContaining('beyond the numbers of rows')]);
    writeFileSync(join(folder, 'own.json'), '{"similarity_scores": [[[1, 9], [1, 0], 1.0]]}');
    expect((await run('solve', 'own.json')).told).toContain('two rows of party 1');
  });
});

it.each([
  ['out.json', 'out-0.json'],
  ['a.b/out', 'a.b/out-0'],
  ['.hidden', '.hidden-0'],
  ['a/b.c.json', 'a/b.c-0.json'],
])('the permutation beside %s is %s', (output, file) => {
  expect(permutationFile(output, 0)).toBe(file);
});
