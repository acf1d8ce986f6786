/** What `npm pack` yields, installed where nothing else is. */
import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const MAX_BYTES = 15 * 2 ** 20;
const folder = mkdtempSync(join(tmpdir(), 'blindjoin-package-'));
const installed = join(folder, 'elsewhere');
const blindjoin = join(installed, 'node_modules', '.bin', 'blindjoin');
let tarball = '';

const run = (cwd: string, program: string, ...args: string[]) =>
  execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 500_000 });

/** Packed from a copy, since packing builds, and other tests look at what is built. */
function packCopy(): string {
  const copy = join(folder, 'project');
  for (const file of run('.', 'git', 'ls-files').trim().split('\n')) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(file, join(copy, file));
  }
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  run(copy, 'npm', 'pack', '--pack-destination', folder);
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  return join(folder, name ?? '');
}

beforeAll(() => {
  tarball = packCopy();
  mkdirSync(installed);
  writeFileSync(join(installed, 'package.json'), '{"private": true, "type": "module"}');
  run(installed, 'npm', 'install', '--offline', '--no-audit', '--no-fund', tarball);
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

it('is small, and brings no other package', () => {
  expect(statSync(tarball).size).toBeLessThan(MAX_BYTES);
  expect(readdirSync(join(installed, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['blindjoin']);
});

it('has the command line', () => {
  expect(run(installed, blindjoin, '--help')).toMatch(/^Usage: blindjoin/);
  run(installed, blindjoin, 'generate', '50', 'people.csv');
  expect(readFileSync(join(installed, 'people.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(51);
});

it('serves the app until it is told to stop', async () => {
  const server = spawn(blindjoin, ['serve', '--port', '0', '--host', '127.0.0.1'], { cwd: installed });
  const ended = new Promise((end) => server.once('exit', end));
  const address = await new Promise<string>((found, fail) => {
    let said = '';
    server.stdout.on('data', (text: Buffer) => {
      said += text;
      const [, url] = /Blindjoin is at (\S+)/.exec(said) ?? [];
      if (url) found(url);
    });
    server.once('exit', () => fail(new Error(said)));
  });
  const page = await fetch(address);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('<title>Blindjoin</title>');
  server.kill('SIGTERM');
  expect(await ended).toBe(0);
});

it('is a module whose example does what the documents say, and has types', () => {
  const [code = '', printed] = [...readFileSync('docs/library.md', 'utf8').matchAll(/```(?:js)?\n(.*?)```/gs)].map(
    ([, text]) => text,
  );
  writeFileSync(join(installed, 'example.js'), code);
  expect(run(installed, process.execPath, 'example.js')).toBe(printed);
  const options = ['--noEmit', '--allowJs', '--checkJs', '--strict', '--module', 'nodenext', '--target', 'es2023'];
  run(installed, resolve('node_modules/.bin/tsc'), ...options, '--types', '', 'example.js');
  writeFileSync(join(installed, 'wrong.js'), "import { solveGreedy } from 'blindjoin';\nsolveGreedy('pairs');\n");
  expect(() => run(installed, resolve('node_modules/.bin/tsc'), ...options, '--types', '', 'wrong.js')).toThrow();
});
