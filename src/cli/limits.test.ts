/** Where memory, a disk or the system gives out. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { lambdaFoldSchema } from '../testing/blocking-schemas.ts';
import { createTestTerminal } from '../testing/terminal.ts';
import { runBlindjoin } from './program.ts';
import { fileReason } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
afterAll(() => rmSync(folder, { recursive: true }));

const put = (name: string, content: unknown): void =>
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));

async function refused(...words: string[]): Promise<string> {
  const terminal = createTestTerminal(folder);
  expect([await runBlindjoin(words, terminal), terminal.written]).toEqual([1, '']);
  return terminal.told;
}

put('t.csv', 'age\n31\n45\n');

it.each([
  ['bitsPerToken', { comparison: { type: 'exact' }, strategy: { bitsPerToken: 1e12 } }],
  ['bitsPerFeature', { comparison: { type: 'exact' }, strategy: { bitsPerFeature: 1e99 } }],
  ['n', { comparison: { type: 'ngram', n: 1e9 }, strategy: { bitsPerFeature: 5 } }],
  [
    'resolution',
    { comparison: { type: 'numeric', thresholdDistance: 1, resolution: 1e9 }, strategy: { bitsPerFeature: 5 } },
  ],
])('a schema whose %s no memory holds ends in a sentence', async (option, hashing) => {
  put('huge.json', {
    version: 3,
    clkConfig: { l: 64, kdf: { type: 'HKDF' } },
    features: [{ identifier: 'age', format: { type: 'integer', minimum: 0 }, hashing }],
  });
  expect(await refused('hash', 't.csv', 'horse', 'huge.json', '-')).toMatch(
    new RegExp(`^${option} is .*may be at most .*Make it smaller`),
  );
});

it.each([
  ['Lambda', { Lambda: 1e99 }],
  ['Lambda × K', { 'bf-len': 1e9, K: 9e8 }],
  ['Lambda × K', { Lambda: 60_000, 'bf-len': 2 ** 20, K: 2 ** 19 }],
  ['bf-len', { 'bf-len': 1e9 }],
  ['The number of hash functions', { 'num-hash-funcs': 1e9 }],
])('a blocking schema whose %s no memory holds ends in a sentence', async (option, changes) => {
  put('huge.json', lambdaFoldSchema(0, changes));
  expect(await refused('block', 't.csv', 'huge.json', '-')).toMatch(
    new RegExp(`^${option} is .*may be at most .*Make it smaller`),
  );
});

it('no place for temporary files, or on a disk, ends in a sentence', async () => {
  put('p.json', lambdaFoldSchema(0));
  vi.stubEnv('TMPDIR', join(folder, 'missing'));
  const told = await refused('block', 't.csv', 'p.json', '-').finally(() => vi.unstubAllEnvs());
  expect(told).toMatch(
    /^There is no folder .*missing for temporary files\. Make it, or name another one by TMPDIR\.\n$/,
  );
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
  expect(fileReason(full)).toBe('No space left on device');
});

it.each([
  ['[[0, 4294967295, 0.5]]', 'The rows in s.json go up to 4294967295: with all parties more than'],
  ['[[0, 1, 0.5], [2, 2, 0.7], [0, 1, 0.6]]', 's.json has 1 pair of rows that stood there before with another score'],
  [`{"similarity_scores": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 'JSON with more than 1000 lists'],
])('solves no scores such as %.40s', async (scores, message) => {
  put('s.json', scores);
  expect(await refused('solve', 's.json')).toContain(message);
});

it('describes CLKs of four million bits', async () => {
  put('long.json', { clks: Array(6).fill(Buffer.alloc(2 ** 19, 0x55).toString('base64')) });
  const terminal = createTestTerminal(folder);
  expect(await runBlindjoin(['describe', 'long.json'], terminal)).toBe(0);
  expect(terminal.written).toContain('bits of a CLK: 4194304');
});
