import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { lambdaFoldSchema } from '../testing/blocking-schemas.ts';
import { CommandProcess } from '../testing/command-process.ts';
import { openFilesIn } from '../testing/open-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
const temporary = mkdtempSync(join(tmpdir(), 'blindjoin-'));
const PATIENT = { timeout: 40_000, interval: 10 };
vi.setConfig({ testTimeout: 60_000 });

beforeAll(() => {
  const feature = { identifier: 'age', format: { type: 'integer' }, hashing: { comparison: { type: 'exact' } } };
  const hashing = { ...feature.hashing, strategy: { bitsPerToken: 5 } };
  const clkConfig = { l: 64, kdf: { type: 'HKDF' } };
  const schema = { version: 3, clkConfig, features: [{ ...feature, hashing }] };
  writeFileSync(join(folder, 'schema.json'), JSON.stringify(schema));
  // Enough to be still at it when it is looked at.
  writeFileSync(join(folder, 't.csv'), `age\n${'31\n'.repeat(2_000_000)}`);
  writeFileSync(join(folder, 'blocking.json'), JSON.stringify(lambdaFoldSchema(0)));
});
afterAll(() => {
  for (const place of [folder, temporary]) rmSync(place, { recursive: true });
});

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leaves nothing of what it wrote after %s', async (signal) => {
  writeFileSync(join(folder, 'clks.json'), 'what stood there');
  await using command = new CommandProcess(['hash', 't.csv', 'horse', 'schema.json', 'clks.json'], folder);
  const parts = () => readdirSync(folder).filter((name) => name.endsWith('.part'));
  await vi.waitFor(() => expect([command.said, parts().length]).toEqual(['', 1]), PATIENT);
  await command.kill(signal);
  expect([await command.ended(), parts()]).toEqual([null, []]);
  expect(readFileSync(join(folder, 'clks.json'), 'utf8')).toBe('what stood there');
});

it('has no temporary file that a name leads to', async () => {
  const words = ['block', 't.csv', 'blocking.json', 'b.json'];
  await using command = new CommandProcess(words, folder, { TMPDIR: temporary });
  await vi.waitFor(() => expect(openFilesIn(temporary, command.process).join()).toContain('(deleted)'), PATIENT);
  expect(readdirSync(temporary).filter((name) => name.startsWith('blindjoin-'))).toEqual([]);
});
