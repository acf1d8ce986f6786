import { linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pSigSchema } from '../testing/blocking-schemas.ts';
import { createTestTerminal } from '../testing/terminal.ts';
import { runBlindjoin } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(words: readonly string[]) {
  const terminal = createTestTerminal(folder);
  const exit = await runBlindjoin(words, terminal);
  return { exit, told: terminal.told, written: terminal.written };
}

beforeAll(async () => {
  writeFileSync(join(folder, 'p.json'), JSON.stringify(pSigSchema(1)));
  await run(['generate', '20', 't.csv']);
  await run(['generate-default-schema', 'schema.json']);
  await run(['hash', 't.csv', 'horse', 'schema.json', 'c.json']);
});

it.each([
  [['hash', 't.csv', 'horse', 'schema.json'], 't.csv'],
  [['hash', 't.csv', 'horse', 'schema.json'], 'alias.csv'],
  [['block', 't.csv', 'p.json'], './p.json'],
  [['link', 'c.json', 'c.json', '-o'], 'c.json'],
  [['convert-schema', 'schema.json'], 'schema.json'],
])('%j does not write over what it reads: %s', async (words, output) => {
  linkSync(join(folder, 't.csv'), join(folder, 'alias.csv'));
  const before = readFileSync(join(folder, output));
  const { exit, told } = await run([...words, output]);
  rmSync(join(folder, 'alias.csv'));
  expect(exit).toBe(1);
  expect(told).toContain(`${output} is what this command reads. Name another file for what it writes.\n`);
  expect(readFileSync(join(folder, output === 'alias.csv' ? 't.csv' : output))).toEqual(before);
});

it.each([
  ['link', 'none.json', 'none.json', '-o', 'no/such.json'],
  ['block', 'none.csv', 'none.json', 'no/such.json'],
  ['solve', 'none.json', '-o', 'no/such.json'],
])('%s says that it cannot write before it reads', async (...words) => {
  expect(await run(words)).toMatchObject({
    exit: 1,
    told: 'no/such.json cannot be written: No such file or directory.\n',
  });
});
