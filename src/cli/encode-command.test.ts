import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestTerminal, type TestTerminal } from '../testing/terminal.ts';
import { runBlindjoin } from './program.ts';

const SCHEMA = {
  version: 3,
  clkConfig: { l: 64, kdf: { type: 'HKDF' } },
  features: [
    {
      identifier: 'name',
      format: { type: 'string', case: 'lower' },
      hashing: { comparison: { type: 'ngram', n: 2 }, strategy: { bitsPerFeature: 20 } },
    },
    {
      identifier: 'age',
      format: { type: 'integer', minimum: 0 },
      hashing: { comparison: { type: 'exact' }, strategy: { bitsPerFeature: 5 } },
    },
  ],
};
const TABLE = 'name,age\nann,31\nben,45\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
  writeFileSync(join(folder, 'schema.json'), JSON.stringify(SCHEMA));
  writeFileSync(join(folder, 'people.csv'), TABLE);
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(words: string[], input = ''): Promise<TestTerminal & { readonly exit: number }> {
  const terminal = createTestTerminal(folder, input);
  const exit = await runBlindjoin(words, terminal);
  return Object.assign(terminal, { exit });
}

const hash = (...words: string[]) => run(['hash', ...words]);

describe('hash', () => {
  it('writes the CLKs, and nothing but them to standard output', async () => {
    const { exit, written, told } = await hash('people.csv', 'horse', 'schema.json', '-');
    expect(exit).toBe(0);
    expect(JSON.parse(written).clks).toHaveLength(2);
    expect(written.endsWith('"]}')).toBe(true);
    expect(told).toBe('CLK data written to <stdout>\n');
  });

  it('warns of rows that look like sums or notes, which it encodes all the same', async () => {
    const people = Array.from({ length: 12 }, (_, i) => `ann${i},${20 + i}\n`).join('');
    writeFileSync(join(folder, 'sum.csv'), `name,age\n${people}total,306\n`);
    const { exit, written, told } = await hash('sum.csv', 'horse', 'schema.json', '-');
    expect([exit, JSON.parse(written).clks.length]).toEqual([0, 13]);
    expect(told).toMatch(
      /^Warning: sum\.csv: 1 row looks like a sum.*row 13 .“total”, “306”.*They are encoded as people/,
    );
  });

  it('warns where nobody compares a header that may be the first person', async () => {
    const people = Array.from({ length: 12 }, (_, i) => `ann${i},${20 + i}\n`).join('');
    writeFileSync(join(folder, 'plain.csv'), people);
    const { exit, told } = await hash('plain.csv', 'horse', 'schema.json', '-', '--check-header', 'False');
    expect(exit).toBe(0);
    expect(told).toContain('its first row (“ann0”, “20”) is taken for a header, and may be a person');
    const named = await hash('people.csv', 'horse', 'schema.json', '-', '--check-header', 'False');
    expect(named.told).not.toContain('Warning');
  });

  it('reads the table from standard input, whatever its line ends', async () => {
    const expected = (await hash('people.csv', 'horse', 'schema.json', '-')).written;
    const { written } = await run(['hash', '-', 'horse', 'schema.json', '-'], TABLE.replaceAll('\n', '\r\n'));
    expect(written).toBe(expected);
  });

  it('reads a file in parts as it reads it whole', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => (i % 7 === 0 ? `"a ""b""\r\n${i}",3` : `eve,${i}`));
    const text = `name,age\r\n${rows.join('\r\n')}`;
    writeFileSync(join(folder, 'large.csv'), text);
    const file = await hash('large.csv', 'horse', 'schema.json', 'out.json', '--validate', 'false');
    expect(file.exit).toBe(0);
    const whole = await run(['hash', '-', 'horse', 'schema.json', '-', '--validate', 'false'], text);
    expect(readFileSync(join(folder, 'out.json'), 'utf8')).toBe(whole.written);
    expect(JSON.parse(whole.written).clks).toHaveLength(rows.length);
  });

  it('says the same of a wrong table, and writes nothing, whether it checks first or as it encodes', async () => {
    const rows = Array.from({ length: 6_000 }, (_, i) => (i % 1_500 === 700 ? 'eve,x' : `eve,${i}`));
    writeFileSync(join(folder, 'bad.csv'), `name,age\n${rows.join('\n')}\n`);
    const file = await hash('bad.csv', 'horse', 'schema.json', 'out.json');
    const piped = await hash('bad.csv', 'horse', 'schema.json', '-');
    expect([file.exit, file.told]).toEqual([1, piped.told]);
    expect(file.told.match(/Row \d+/g)).toEqual(['Row 701', 'Row 2201', 'Row 3701', 'Row 5201']);
    expect([piped.written, readdirSync(folder)]).toEqual(['', expect.not.arrayContaining(['out.json'])]);
  });

  it('makes of a file without anything no CLKs, as clkhash does, and says so', async () => {
    writeFileSync(join(folder, 'empty.csv'), '');
    const { exit, written, told } = await hash('empty.csv', 'horse', 'schema.json', '-', '--no-header');
    expect([exit, written]).toEqual([0, '{"clks": []}']);
    expect(told).toContain('Warning: empty.csv is empty: nobody was encoded.');
  });

  it('leaves what stood in the place of a file that it cannot make whole', async () => {
    writeFileSync(join(folder, 'out.json'), 'before');
    writeFileSync(join(folder, 'bad.csv'), `${TABLE.repeat(3_000)}ben,x\n`);
    const { exit, told } = await hash('bad.csv', 'horse', 'schema.json', 'out.json', '--validate', 'false');
    expect(exit).toBe(1);
    expect(told).toMatch(/row/i);
    expect(readFileSync(join(folder, 'out.json'), 'utf8')).toBe('before');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it.each([
    [';', 'semicolons'],
    ['\t', 'tabs'],
  ])('says that a table has %j between its values', async (separator, words) => {
    writeFileSync(join(folder, 'other.csv'), TABLE.replaceAll(',', separator));
    const { exit, told } = await hash('other.csv', 'horse', 'schema.json', '-');
    expect(exit).toBe(1);
    expect(told).toContain(`other.csv has ${words} between its values in line 1. Save it with commas`);
  });

  it('tells a blocking schema from a linkage schema, either way round', async () => {
    const blocking = {
      type: 'lambda-fold',
      version: 1,
      config: {
        blocking_features: ['name'],
        Lambda: 2,
        K: 3,
        'bf-len': 64,
        'num-hash-funcs': 2,
        'input-clks': false,
        random_state: 0,
      },
    };
    writeFileSync(join(folder, 'blocking.json'), JSON.stringify(blocking));
    const hashed = await hash('people.csv', 'horse', 'blocking.json', '-');
    expect([hashed.exit, hashed.told]).toEqual([255, expect.stringContaining('blocking.json is a blocking schema')]);
    const blocked = await run(['block', 'people.csv', 'schema.json', '-']);
    expect([blocked.exit, blocked.told]).toEqual([255, expect.stringContaining('schema.json is a linkage schema')]);
    const checked = await run(['validate-schema', 'blocking.json']);
    expect([checked.exit, checked.told]).toEqual([
      255,
      expect.stringContaining('"blocking_features" stands there: write "blocking-features".'),
    ]);
    expect(checked.told).not.toMatch(/expected|received|undefined/);
    const { blocking_features, ...config } = blocking.config;
    const right = { ...blocking, config: { ...config, 'blocking-features': blocking_features } };
    writeFileSync(join(folder, 'blocking.json'), JSON.stringify(right));
    expect(await run(['validate-schema', 'blocking.json'])).toMatchObject({
      exit: 0,
      told: 'blocking schema is valid\n',
    });
  });

  it('says that a file cannot be written before it reads people', async () => {
    const { exit, told } = await hash('people.csv', 'horse', 'schema.json', 'no/out.json');
    expect(exit).toBe(1);
    expect(told).toContain('no/out.json cannot be written');
  });

  it('refuses bytes that are not UTF-8 wherever they stand', async () => {
    const late = Buffer.concat([Buffer.from(`name,age\n${'ann,31\n'.repeat(900_000)}`), Buffer.from([0xff, 10])]);
    writeFileSync(join(folder, 'latin.csv'), late);
    const { exit, told } = await hash('latin.csv', 'horse', 'schema.json', 'out.json');
    expect(exit).toBe(1);
    expect(told).toContain('not UTF-8');
  });

  it.each([
    ['of no bytes', '', 'holds no secret'],
    ['of a line end alone', '\n', 'holds no secret'],
    ['with a byte order mark', '\ufeffhorse\n', 'byte order mark'],
  ])('refuses a secret file %s', async (_name, secret, words) => {
    writeFileSync(join(folder, 'secret.txt'), secret);
    const { exit, told } = await hash('people.csv', '-', 'schema.json', '-', '--secret-file', 'secret.txt');
    expect(exit).toBe(1);
    expect(told).toContain(words);
  });

  it('takes the secret from a file, to keep it out of the list of processes', async () => {
    writeFileSync(join(folder, 'secret.txt'), 'horse\n');
    const expected = (await hash('people.csv', 'horse', 'schema.json', '-')).written;
    const { written } = await hash('people.csv', '-', 'schema.json', '-', '--secret-file', 'secret.txt');
    expect(written).toBe(expected);
    const wrong = await hash('people.csv', 'x', 'schema.json', '-', '--secret-file', 'secret.txt');
    expect(wrong.exit).toBe(2);
  });

  it('says all that is wrong with a table, and writes nothing', async () => {
    writeFileSync(join(folder, 'bad.csv'), 'name,age\nANN,31\nben,\neve\n');
    const bad = await hash('bad.csv', 'horse', 'schema.json', 'out.json');
    expect(bad.exit).toBe(1);
    expect(bad.told).toMatch(/Row 1, column "name".*\n.*Row 2, column "age".*\n.*Row 3 has 1 values/);
    expect(bad.told).toMatch(/Encoding failed\.\n$/);
    expect(() => readFileSync(join(folder, 'out.json'))).toThrow();
  });

  it('counts by column what it does not show', async () => {
    writeFileSync(join(folder, 'bad.csv'), `name,age\n${'ANN,31\n'.repeat(30)}`);
    const { told } = await hash('bad.csv', 'horse', 'schema.json', 'out.json');
    expect(told).toContain('… and 10 more.\nBy column: "name" 30.\n');
  });

  it('says which values cannot be encoded when it was told not to check them', async () => {
    writeFileSync(join(folder, 'bad.csv'), 'name,age\nANN,31\nben,old\n');
    const bad = await hash('bad.csv', 'horse', 'schema.json', 'out.json', '--validate', 'no');
    expect(bad.exit).toBe(1);
    expect(bad.told).toContain('Row 2, column "age"');
  });

  it('has the exit code of anonlink-client under the name encode', async () => {
    writeFileSync(join(folder, 'bad.csv'), 'name,age\nANN,31\n');
    const { exit, told } = await run(['encode', 'bad.csv', 'horse', 'schema.json', 'out.json']);
    expect([exit, told.includes('Encoding failed.')]).toEqual([0, true]);
  });

  it('compares the header, unless told not to', async () => {
    writeFileSync(join(folder, 'other.csv'), TABLE.replace('name', 'Name'));
    expect((await hash('other.csv', 'horse', 'schema.json', '-')).told).toContain('same capital letters');
    expect((await hash('other.csv', 'horse', 'schema.json', '-', '--check-header', 'False')).exit).toBe(0);
    const headless = await hash('other.csv', 'horse', 'schema.json', '-', '--no-header');
    expect(headless.told).toContain('Row 1, column "name"');
  });

  it('tells how far it is, and the popcounts, with -v', async () => {
    const { told } = await hash('-v', 'people.csv', 'horse', 'schema.json', 'out.json');
    expect(told).toMatch(/100 % of 2 rows encoded, mean popcount/);
    const { told: same } = await run(['-v', 'hash', 'people.csv', 'horse', 'schema.json', 'out.json']);
    expect(same).toContain('2 CLKs, mean popcount');
  });

  it('warns of a schema that does not do what it seems to say', async () => {
    writeFileSync(
      join(folder, 'folds.json'),
      JSON.stringify({ ...SCHEMA, clkConfig: { ...SCHEMA.clkConfig, xorFolds: 1 } }),
    );
    const { exit, told } = await hash('people.csv', 'horse', 'folds.json', '-');
    expect([exit, told.startsWith('Warning: ')]).toEqual([0, true]);
  });

  it.each([
    [['people.csv', 'horse', 'none.json', '-'], 2, "Invalid value for 'SCHEMA': 'none.json': No such file"],
    [['people.csv'], 2, "Missing required argument 'SECRET'"],
    [['people.csv', 'horse', 'schema.json', '-', '--validate', 'maybe'], 2, "'maybe' is not a valid boolean"],
    [['people.csv', 'horse', 'schema.json', 'no/where.json'], 1, 'no/where.json cannot be written'],
    [['people.csv', 'horse', 'people.csv', '-'], 255, 'not a valid JSON file'],
    [['people.csv', 'horse', 'schema.json', '-', '--frob'], 2, "Unknown option '--frob'"],
  ])('says what is wrong with %j', async (words, exit, message) => {
    const ended = await hash(...words);
    expect(ended.exit).toBe(exit);
    expect(ended.told).toContain(message);
  });

  it('refuses a table that is not UTF-8', async () => {
    writeFileSync(join(folder, 'latin.csv'), Buffer.from('name,age\nrené,31\n', 'latin1'));
    const { exit, told } = await hash('latin.csv', 'horse', 'schema.json', '-');
    expect([exit, told]).toEqual([1, 'latin.csv is not UTF-8. Save it as UTF-8 and try again.\n']);
  });
});

it('has help for itself and for every command', async () => {
  const all = await run([]);
  expect(all.exit).toBe(0);
  const names = [...all.written.matchAll(/^ {2}([a-z-]+)(?:\|[a-z-]+)? (?=.* {2})/gm)].map(([, name]) => name ?? '');
  expect(names).toContain('delete-project');
  for (const name of names) {
    const { exit, written, told } = await run([name, '--help']);
    expect([name, exit, told]).toEqual([name, 0, '']);
    expect(written).toMatch(/^Usage: blindjoin/);
  }
  expect((await run(['--version'])).written).toMatch(/^\d+\.\d+\.\d+\n$/);
});
