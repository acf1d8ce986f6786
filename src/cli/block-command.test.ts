import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createTestTerminal } from '../testing/terminal.ts';
import { runBlindjoin } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
afterAll(() => rmSync(folder, { recursive: true }));

writeFileSync(join(folder, 't.csv'), 'name,town,year\nhugh,hull,1950\njose,york,1950\nkoch,hull,1961\n');

const pSig = (part: object): string =>
  JSON.stringify({
    type: 'p-sig',
    version: 1,
    config: {
      'blocking-features': [0],
      filter: { type: 'ratio', max: 1, min: 0 },
      'blocking-filter': { type: 'bloom filter', 'number-hash-functions': 3, 'bf-len': 512 },
      signatureSpecs: [[part]],
    },
  });

async function blocks(part: object, ...options: string[]) {
  writeFileSync(join(folder, 'p.json'), pSig(part));
  const terminal = createTestTerminal(folder);
  const exit = await runBlindjoin(['block', 't.csv', 'p.json', '-', ...options], terminal);
  expect([exit, terminal.told]).toEqual([0, expect.any(String)]);
  return { blocks: JSON.parse(terminal.written).blocks as Record<string, string[]>, told: terminal.told };
}

const value = (feature: object) => ({ type: 'feature-value', ...feature });

it('reads "feature-idx" as "feature", and warns of partners whose client does not', async () => {
  const older = await blocks(value({ 'feature-idx': 1 }));
  expect(older.blocks).toEqual((await blocks(value({ feature: 1 }))).blocks);
  expect(older.told).toMatch(/Warning: .*feature-idx.*anonlink-client 0\.1\.5/);
});

it('makes the blocks of anonlink-client 0.1.5, which takes the last column', async () => {
  const older = await blocks(value({ 'feature-idx': 1 }), '--compatible', '0.1.5');
  expect(older.blocks).toEqual((await blocks(value({ feature: 2 }))).blocks);
  expect(older.told).toMatch(/Warning: 1 part .*column 2, the last one/);
  // Schemas of today are read alike by both.
  const today = await blocks(value({ feature: 1 }), '--compatible', '0.1.5');
  expect(today.blocks).toEqual((await blocks(value({ feature: 1 }))).blocks);
  expect(today.told).not.toContain('Warning');
});

it('takes the double metaphone of blocklib, or of abydos when asked to', async () => {
  const byName = { type: 'metaphone', feature: 0 };
  const usual = await blocks(byName);
  expect((await blocks(byName, '--metaphone', 'metaphone')).blocks).toEqual(usual.blocks);
  expect((await blocks(byName, '--metaphone', 'abydos')).blocks).not.toEqual(usual.blocks);
});

it('makes the same blocks of a table whose lines end in several ways', async () => {
  const people = Array.from({ length: 40 }, (_, i) => `p${i % 13},t${i % 4},${1950 + i}`);
  const written = async (ends: readonly string[]) => {
    const text = ['name,town,year', ...people].map((line, i) => `${line}${ends[i % ends.length]}`).join('');
    writeFileSync(join(folder, 't.csv'), text);
    return (await blocks(value({ feature: 0 }))).blocks;
  };
  const expected = await written(['\n']);
  expect(Object.keys(expected)).toHaveLength(40);
  for (const ends of [['\n', '\r'], ['\r', '\r\n', '\n'], ['\r']]) expect(await written(ends)).toEqual(expected);
});
