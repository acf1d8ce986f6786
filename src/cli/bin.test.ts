import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
const command = join(folder, 'bin', 'blindjoin.js');

beforeAll(async () => {
  const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'error', build: { outDir: join(folder, 'bin') } });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** The built command, as a program of its own, away from the project's packages. */
const blindjoin = (...words: string[]) => run(command, words, { cwd: folder });

it('can be run', async () => {
  expect(statSync(command).mode & 0o111).toBe(0o111);
  expect((await blindjoin('--help')).stdout).toMatch(/^Usage: blindjoin/);
});

it('ends with the exit code of the command', async () => {
  await expect(blindjoin('frobnicate')).rejects.toMatchObject({ code: 2 });
  await expect(blindjoin('hash', 'none.csv', 'horse', 'none.json', '-')).rejects.toMatchObject({ code: 2 });
});

it('writes large output whole', async () => {
  await blindjoin('generate', '3000', 'a.csv');
  await blindjoin('generate-default-schema', 'schema.json');
  await blindjoin('hash', 'a.csv', 'horse', 'schema.json', 'a.json');
  const { stdout } = await run(command, ['hash', 'a.csv', 'horse', 'schema.json', '-'], {
    cwd: folder,
    maxBuffer: 2 ** 24,
  });
  expect(stdout).toBe(readFileSync(join(folder, 'a.json'), 'utf8'));
});
