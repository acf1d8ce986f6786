import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { pSigSchema } from '../testing/blocking-schemas.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
const command = join(folder, 'bin', 'blindjoin.js');

beforeAll(async () => {
  const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'error', build: { outDir: join(folder, 'bin') } });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

// Every test starts processes; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

/** The built command, as a program of its own, away from the project's packages. */
const blindjoin = (...words: string[]) => run(command, words, { cwd: folder });

it('can be run', async () => {
  expect(statSync(command).mode & 0o111).toBe(0o111);
  expect((await blindjoin('--help')).stdout).toMatch(/^Usage: blindjoin/);
});

/** The chunks that a program loads when it starts, with itself. */
function loadedAtStart(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(join(folder, 'bin', file), 'utf8');
  for (const [, next = ''] of text.matchAll(/^import .*"\.\/(.+)";$/gm)) loadedAtStart(next, seen);
  return seen;
}

it('starts without what few commands need: servers, queues, workbooks, and the pages', () => {
  const sizes = [...loadedAtStart('blindjoin.js')].map((file) => statSync(join(folder, 'bin', file)).size);
  // The server alone has 1.7 million.
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(1_500_000);
});

it('ends with the exit code of the command', async () => {
  await expect(blindjoin('frobnicate')).rejects.toMatchObject({ code: 2 });
  await expect(blindjoin('hash', 'none.csv', 'horse', 'none.json', '-')).rejects.toMatchObject({ code: 2 });
});

it('does the same in one thread and in several', async () => {
  await blindjoin('generate', '2500', 'c.csv');
  await blindjoin('generate-default-schema', 'schema.json');
  for (const threads of ['1', '2']) {
    await blindjoin('hash', 'c.csv', 'horse', 'schema.json', `c${threads}.json`, '--threads', threads);
    const scores = ['-t', '0.8', '--top', '2', '--type', 'similarity_scores', '-o', `s${threads}.json`];
    await blindjoin('link', 'c1.json', 'c1.json', 'c1.json', ...scores, '--threads', threads);
  }
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  expect(read('c2.json')).toBe(read('c1.json'));
  expect(read('s2.json')).toBe(read('s1.json'));
});

it('measures speeds in one thread and in two', async () => {
  const { stdout } = await blindjoin('benchmark', '--size', '300', '--runs', '1', '--threads', '2');
  expect(stdout).toMatch(/CLKs\/s[\s\S]*one thread: [\d,]+ comparisons\/s[\s\S]*2 threads: [\d,]+ comparisons\/s/);
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

/** The command as a shell runs it. */
const shell = (words: string, rest: string) =>
  run('/bin/bash', ['-c', `"${command}" ${words} ${rest}; echo "exit \${PIPESTATUS[0]}"`], { cwd: folder });

it('ends well where nobody reads on, and still writes its files', async () => {
  await blindjoin('generate', '3000', 'a.csv');
  writeFileSync(join(folder, 'p.json'), JSON.stringify(pSigSchema(2)));
  expect(await shell('generate 300000 -', '| head -1')).toEqual({
    stdout: expect.stringMatching(/^person_id,.*\nexit 0\n$/),
    stderr: '',
  });
  const { stdout } = await shell('-v block a.csv p.json b.json', '| true');
  expect(stdout).toBe('exit 0\n');
  expect(readFileSync(join(folder, 'b.json'), 'utf8')).toMatch(/^\{\n {4}"blocks": \{[\s\S]*\}$/);
});

it.runIf(existsSync('/dev/full'))(
  'says that standard output is full, and passes over a closed error stream',
  async () => {
    await blindjoin('generate', '20', 'a.csv');
    await blindjoin('generate-default-schema', 'schema.json');
    for (const words of ['generate 10 -', 'hash a.csv k schema.json -', 'generate-default-schema -']) {
      const { stdout, stderr } = await shell(words, '> /dev/full');
      expect([words, stdout]).toEqual([words, 'exit 1\n']);
      expect(stderr).toMatch(/(?:^|\n)Standard output cannot be written: No space left on device\.\n$/);
    }
    expect((await shell('hash a.csv k schema.json a.json', '2> /dev/full')).stdout).toBe('exit 0\n');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  },
);
