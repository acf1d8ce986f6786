import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lambdaFoldSchema, pSigSchema } from '../testing/blocking-schemas.ts';
import { createTestTerminal } from '../testing/terminal.ts';
import { WRONG_FILES } from '../testing/wrong-files.ts';
import { runBlindjoin } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
afterAll(() => rmSync(folder, { recursive: true }));

const put = (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, name), content);

async function run(words: readonly string[]) {
  const terminal = createTestTerminal(folder);
  const exit = await runBlindjoin(words, terminal);
  return { exit, told: terminal.told, written: terminal.written };
}

const column = (identifier: string, format: object) => ({
  identifier,
  format,
  hashing: { comparison: { type: 'exact' }, strategy: { bitsPerFeature: 5 } },
});
const LINKAGE = {
  version: 3,
  clkConfig: { l: 64, kdf: { type: 'HKDF' } },
  features: [column('name', { type: 'string' }), column('age', { type: 'integer', minimum: 0 })],
};
beforeAll(async () => {
  for (const [name, content] of Object.entries(WRONG_FILES)) put(name, content);
  put('schema.json', JSON.stringify(LINKAGE));
  put('p.json', JSON.stringify(pSigSchema(0)));
  put('l.json', JSON.stringify(lambdaFoldSchema(0)));
  put('lc.json', JSON.stringify(lambdaFoldSchema(0, { 'input-clks': true })));
  put('t.csv', 'name,age\nann,31\nben,45\n');
  mkdirSync(join(folder, 'folder'));
  await run(['hash', 't.csv', 'horse', 'schema.json', 'c.json']);
  await run(['block', 't.csv', 'p.json', 'b.json']);
});

/** Words of libraries and of the machine. */
const FOREIGN =
  /\bexpected (a|array|string|number|object)|received|undefined|NaN|\bzod\b|Error:|RangeError|TypeError|at .*\.[jt]s:/;

function expectPlain({ exit, told, written }: Awaited<ReturnType<typeof run>>, what: string): void {
  expect([what, exit === 0]).toEqual([what, false]);
  expect(written, what).toBe('');
  const words = told.replace(/^Usage: .*\nTry .*\n\nError: /, '');
  expect(words, what).toMatch(/\S/);
  expect(words.replaceAll(/nan\.json|'NaN'/g, ''), what).not.toMatch(FOREIGN);
}

const SERVICE = ['--server', 'http://127.0.0.1:1', '--project', 'p', '--apikey', 'k'];
/** `X` is the wrong file. */
const JSON_COMMANDS: readonly (readonly string[])[] = [
  ['hash', 't.csv', 'horse', 'X', '-'],
  ['block', 'X', 'lc.json', '-'],
  ['block', 't.csv', 'X', '-'],
  ['assess-blocks', 'X', 'b.json', '--people', 't.csv', 't.csv'],
  ['describe', 'X'],
  ['link', 'X', 'c.json'],
  ['link', 'c.json', 'c.json', '--blocks', 'b.json', 'X'],
  ['solve', 'X'],
  ['find-similarity', '0.8', '-', '--clk', 'X', '--clk', 'c.json'],
  ['validate-schema', 'X'],
  ['convert-schema', 'X', '-'],
  ['compare', '--words', 'schema.json', 'X'],
  ['benchmark', '--table', 't.csv', '--schema', 'X', '--runs', '1'],
  ['create-project', '--schema', 'X', '--server', 'http://127.0.0.1:1'],
  ['upload', 'X', ...SERVICE],
  ['upload', 'c.json', '--blocks', 'X', ...SERVICE],
];
const NOT_THERE = ['folder', 'missing.json'];

describe('a file that is not what it should be ends in one plain sentence', () => {
  it.each(JSON_COMMANDS.map((words) => [words.join(' '), words] as const))('%s', async (_, words) => {
    for (const file of [...Object.keys(WRONG_FILES), ...NOT_THERE, 't.csv']) {
      const ended = await run(words.map((word) => (word === 'X' ? file : word)));
      expectPlain(ended, file);
      if (file === 'wrong.json') expect(ended.told).toContain('line 3, column 3');
      if (file === 'missing.json')
        expect([ended.exit, ended.told]).toEqual([2, expect.stringContaining('No such file')]);
    }
  });
});

const TABLES: readonly (readonly [name: string, content: string, block: RegExp, hash: RegExp])[] = [
  ['empty.csv', '', /empty\.csv is empty/, /empty\.csv is empty/],
  ['blank.csv', 'name,age\nann,31\n\nben,4\n', /row 2 is blank/, /Row 2 .* blank line/],
  ['short.csv', 'name,age\nann,31\nben\n', /row 2 has 1 value.*Column 2/, /Row 2 has 1 values/],
  ['long.csv', 'name,age\nann,31\nben,4,4\n', /row 2 has 3 values/, /Row 2 has 3 values/],
  ['book.csv', 'PK\x03\x04name,age\nann,31\n', /is a workbook/, /is a workbook/],
  ['semicolons.csv', 'name;age\nann;31\n', /semicolons .* line 1/, /semicolons .* line 1/],
  ['quote.csv', 'name,age\nann,31\n"ben,45\ncat,3\n', /Line 3.*quote.*never closed/, /Line 3.*quote.*never closed/],
];

describe('a table that is wrong', () => {
  it.each(TABLES)('%s', async (name, content, blocked, hashed) => {
    put(name, content);
    for (const schema of ['p.json', 'l.json']) {
      const ended = await run(['block', name, schema, '-']);
      expectPlain(ended, schema);
      expect(ended.told).toMatch(blocked);
    }
    for (const more of [[], ['--validate', 'no']]) {
      const ended = await run(['hash', name, 'horse', 'schema.json', '-', ...more]);
      expectPlain(ended, more.join(' '));
      expect(ended.told).toMatch(more.length > 0 ? /row 2|Row 2|line 1|Line 3|empty|workbook/ : hashed);
    }
    expectPlain(await run(['assess-blocks', 'b.json', 'b.json', '--people', name, 't.csv']), 'assess-blocks');
    expectPlain(
      await run(['benchmark', '--table', name, '--schema', 'schema.json', '--runs', '1', '--threads', '1']),
      'benchmark',
    );
  });

  it('has a byte order mark before its first person, or before its header', async () => {
    put('mark.csv', '\ufeffann,31\nben,45\n');
    for (const words of [
      ['hash', 'mark.csv', 'horse', 'schema.json', '-', '--no-header'],
      ['block', 'mark.csv', 'p.json', '-', '--no-header'],
    ]) {
      const ended = await run(words);
      expectPlain(ended, words[0] ?? '');
      expect(ended.told).toMatch(/byte order mark.*row 1, column 1/);
    }
    put('header.csv', '\ufeffname,age\nann,31\nben,45\n');
    put('by-name.json', JSON.stringify(pSigSchema('name')));
    expect((await run(['block', 'header.csv', 'by-name.json', '-'])).exit).toBe(0);
    expect((await run(['hash', 'header.csv', 'horse', 'schema.json', '-'])).told).toContain('byte-order mark');
  });

  it('has a header and nobody', async () => {
    put('nobody.csv', 'name,age\n');
    expectPlain(await run(['block', 'nobody.csv', 'p.json', '-']), 'block');
    const hashed = await run(['hash', 'nobody.csv', 'horse', 'schema.json', '-']);
    expect([hashed.exit, hashed.written]).toEqual([0, '{"clks": []}']);
    expect(hashed.told).toContain('Warning: nobody.csv has no rows below its header');
  });
});

describe('a blocking schema that reads what is not there', () => {
  const schemas = { pSig: pSigSchema, lambdaFold: lambdaFoldSchema };
  it.each<[keyof typeof schemas, number | string, RegExp]>([
    ['pSig', 7, /column 7 .*columns 0 to 1/],
    ['pSig', -1, /column -1 .*columns 0 to 1/],
    ['pSig', 'surname', /no column "surname".*"name", "age"/],
    ['lambdaFold', 7, /column 7 .*columns 0 to 1/],
    ['lambdaFold', -1, /column -1 .*columns 0 to 1/],
    ['lambdaFold', 'surname', /no column "surname".*"name", "age"/],
  ])('%s of column %s', async (kind, feature, words) => {
    put('far.json', JSON.stringify(schemas[kind](feature)));
    for (const more of [[], ['--no-header']]) {
      const ended = await run(['block', 't.csv', 'far.json', '-', ...more]);
      expectPlain(ended, more.join());
      if (more.length === 0 || typeof feature === 'number') expect(ended.told).toMatch(words);
      else expect(ended.told).toContain('has no header');
    }
  });

  it.each<[string, object]>([
    ['a filter of no bits', lambdaFoldSchema(0, { 'bf-len': 0 })],
    ['a filter of fewer than no bits', lambdaFoldSchema(0, { 'bf-len': -5 })],
    [
      'a filter of no bits, p-sig',
      pSigSchema(0, { 'blocking-filter': { type: 'bloom filter', 'number-hash-functions': 3, 'bf-len': 0 } }),
    ],
    [
      'hash functions below none',
      pSigSchema(0, { 'blocking-filter': { type: 'bloom filter', 'number-hash-functions': -1, 'bf-len': 9 } }),
    ],
    ['hash functions below none, lambda-fold', lambdaFoldSchema(0, { 'num-hash-funcs': -1 })],
    ['more positions than bits', lambdaFoldSchema(0, { K: 65 })],
    ['positions below none', lambdaFoldSchema(0, { K: -1 })],
    ['no table', lambdaFoldSchema(0, { Lambda: 0 })],
    ['tables below none', lambdaFoldSchema(0, { Lambda: -2 })],
    [
      'a position that is none',
      pSigSchema(0, { signatureSpecs: [[{ type: 'characters-at', feature: 0, config: { pos: ['x'] } }]] }),
    ],
    [
      'a position that ends before it starts',
      pSigSchema(0, { signatureSpecs: [[{ type: 'characters-at', feature: 0, config: { pos: ['3:1'] } }]] }),
    ],
    ['no signature', pSigSchema(0, { signatureSpecs: [] })],
    ['a filter by words', pSigSchema(0, { filter: { type: 'ratio', max: 'all' } })],
    ['a filter that nothing passes', pSigSchema(0, { filter: { type: 'count', min: 5, max: 3 } })],
    ['an identifier beyond the table', pSigSchema(0, { 'record-id-col': 9 })],
    ['features that are none', pSigSchema(0, { 'blocking-features': 'name' })],
  ])('with %s', async (_, schema) => {
    put('odd.json', JSON.stringify(schema));
    expectPlain(await run(['block', 't.csv', 'odd.json', '-']), 'block');
  });
});

describe('entries that are wrong are named', () => {
  it.each<[string[], unknown, string]>([
    [['describe', 'x.json'], { clks: ['AAAA', 5] }, 'x.json: The CLK of row 2 is no text'],
    [['describe', 'x.json'], { clks: ['AAAA', 'A*AA'] }, 'x.json: The CLK of row 2 is not base64'],
    [['describe', 'x.json'], { clks: ['AAAA', 'AAA='] }, 'x.json: The CLK of row 2 has 2 bytes, that of row 1 has 3'],
    [
      ['link', 'x.json', 'c.json'],
      { clknblocks: [['AAAA', '1'], 'AAAA'] },
      'x.json: Row 2 is not a CLK with its blocks',
    ],
    [['link', 'x.json', 'c.json'], { clks: ['AAAA'], clknblocks: [['AAAA']] }, 'more than one list of CLKs'],
    [
      ['link', 'c.json', 'c.json', '--blocks', 'x.json', 'b.json'],
      { blocks: { '-1': ['a'] } },
      'record "-1", and there are CLKs 0 to 1',
    ],
    [
      ['link', 'c.json', 'c.json', '--blocks', 'x.json', 'b.json'],
      { blocks: { 0: [{}] } },
      'the blocks of record "0" are no list',
    ],
    [
      ['assess-blocks', 'x.json', 'b.json', '--people', 't.csv', 't.csv'],
      { blocks: { 2: ['a'] } },
      'record "2", and there are rows 0 to 1',
    ],
    [
      ['solve', 'x.json'],
      {
        similarity_scores: [
          [0, 1, 0.5],
          [0, -1, 0.5],
        ],
      },
      'x.json: pair 2 is not',
    ],
    [['solve', 'x.json'], { similarity_scores: [[0, 1, 1.5]] }, 'x.json: pair 1 is not'],
    [['solve', 'x.json'], [[[300, 1], [0, 1], 0.5]], 'x.json: pair 1 is not'],
  ])('%j of %j', async (words, content, message) => {
    put('x.json', JSON.stringify(content));
    const ended = await run(words);
    expectPlain(ended, message);
    expect(ended.told).toContain(message);
  });
});

it.each<[string[], string]>([
  [['link', 'c.json', 'c.json', '-t', 'NaN'], 'not a number from 0 to 1'],
  [['link', 'c.json', 'c.json', '-t', '-1'], 'not a number from 0 to 1'],
  [['link', 'c.json', 'c.json', '--top', '0'], 'not a whole number of 1 or more'],
  [['link', 'c.json', 'c.json', '--threads', '-1'], 'not a whole number from 1'],
  [['link', 'c.json', 'c.json', '--type', 'all'], 'Allowed choices'],
  [['solve', 'x.json', '--sizes', '1,x'], 'not a whole number of 0 or more'],
  [['generate', '-1', '-'], 'option'],
  [['generate', 'many', '-'], 'not a whole number'],
  [['generate', '99999999999', '-'], 'is more than 100000000'],
  [['hash', 't.csv', '', 'schema.json', '-'], 'The secret is empty'],
  [['assess-blocks', 'b.json', 'b.json', '--people', 't.csv', 't.csv', '--column', '0'], 'no column "0"'],
  [['assess-blocks', 'b.json', 'b.json', '--people', 't.csv', 't.csv', '--column', '-1'], 'no column "-1"'],
  [['status', '--server', 'ftp://x'], 'must start with https'],
  [['status', '--server', 'https://me:secret@x.example'], 'Leave user, password, ? and # out'],
  [['status', '--server', 'https://x.example/?token=1'], 'Leave user, password, ? and # out'],
  [['status', '--server', 'nowhere'], 'is no address'],
  [['status', '--server', 'http://127.0.0.1:1'], 'nothing answers at this address'],
])('%j says what is wrong with it', async (words, message) => {
  const ended = await run(words);
  expectPlain(ended, message);
  expect(ended.told).toContain(message);
});

it('says that JSON is no table', async () => {
  const words = ['hash', 'schema.json', 'horse', 'schema.json', '-'];
  expect(await run(words)).toMatchObject({
    exit: 1,
    told: 'schema.json begins as JSON does. Give a table (CSV) here.\n',
  });
});

it('says which of two schemas is not valid', async () => {
  put('none.json', '{}');
  for (const words of [
    ['none.json', 'schema.json'],
    ['schema.json', 'none.json'],
  ]) {
    const { exit, told } = await run(['compare', '--words', ...words]);
    expect([exit, told]).toEqual([
      255,
      expect.stringMatching(/^none\.json: The schema is not valid\.\n\n- The schema has no/),
    ]);
  }
});
