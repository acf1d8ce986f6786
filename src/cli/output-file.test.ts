import {
  chmodSync,
  existsSync,
  linkSync,
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
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pSigSchema } from '../testing/blocking-schemas.ts';
import { createTestTerminal } from '../testing/terminal.ts';
import { checkOutput, openOutput, writeText } from './output-file.ts';
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
  ['find-similarity', '.8', 'no/such.json', '--clk', 'none.json', '--clk', 'none.json'],
  ['assess-blocks', 'none.json', 'none.json', '--people', 'none.csv', 'none.csv', '-o', 'no/such.json'],
])('%s says that it cannot write before it reads', async (...words) => {
  expect(await run(words)).toMatchObject({
    exit: 1,
    told: 'no/such.json cannot be written: No such file or directory.\n',
  });
});

it.each([
  ['link', 'none.json', 'none.json', '--type', 'permutations', '-o', 'mask.json'],
  ['solve', 'none.json', '--type', 'permutations', '--sizes', '3,4', '-o', 'mask.json'],
])('%s says that it cannot write a permutation before it reads', async (...words) => {
  // Its names go around: a link that leads to itself can be neither read nor written.
  symlinkSync('mask-1.json', join(folder, 'mask-1.json'));
  const { exit, told } = await run(words);
  rmSync(join(folder, 'mask-1.json'));
  expect([exit, told]).toEqual([1, expect.stringMatching(/^mask-1\.json cannot be written: /)]);
});

const terminal = createTestTerminal(folder);
const inFolder = (name: string) => readFileSync(join(folder, name), 'utf8');
const parts = (place = folder) => readdirSync(place).filter((name) => name.endsWith('.part'));

it.each([0o600, 0o666, 0o444])('leaves a file the access that it had: %o', async (mode) => {
  const name = `mode-${mode}`;
  writeFileSync(join(folder, name), 'old');
  chmodSync(join(folder, name), mode);
  await writeText(terminal, name, 'new');
  expect([inFolder(name), statSync(join(folder, name)).mode & 0o777, parts()]).toEqual(['new', mode, []]);
});

it('writes under the longest name that there is, and says before the work that a longer one is none', async () => {
  const name = `${'ä'.repeat(125)}.json`;
  await checkOutput(terminal, name);
  await writeText(terminal, name, 'whole');
  expect(inFolder(name)).toBe('whole');
  await expect(checkOutput(terminal, `${name}x`)).rejects.toThrow(/cannot be written: Name too long\.$/);
});

it('has a file known before it exists, so that no signal can leave it', async () => {
  const known: [string, boolean][] = [];
  const leavesNothing = (file: string) => {
    known.push([file, existsSync(file)]);
    return () => known.pop();
  };
  const output = await openOutput({ ...terminal, leavesNothing }, 'known');
  expect([known.map(([, existed]) => existed), parts()]).toEqual([[false], [expect.stringMatching(/^known\./)]]);
  await output.discard();
  expect([known, parts()]).toEqual([[], []]);
  await expect(openOutput({ ...terminal, leavesNothing }, 'no/such')).rejects.toThrow('cannot be written');
  expect(known).toEqual([]);
});

// Nothing is forbidden to root.
it.skipIf(process.getuid?.() === 0)(
  'writes a file whose folder takes no other, and empties it where it stops',
  async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    for (const name of ['a', 'b']) writeFileSync(join(closed, name), 'what stood there');
    chmodSync(closed, 0o500);
    try {
      await checkOutput(terminal, 'closed/a');
      expect(inFolder('closed/a')).toBe('what stood there');
      await writeText(terminal, 'closed/a', 'new');
      const output = await openOutput(terminal, 'closed/b');
      await output.write('half');
      await output.discard();
      expect([output.unseen, inFolder('closed/a'), inFolder('closed/b')]).toEqual([false, 'new', '']);
      await expect(checkOutput(terminal, 'closed/c')).rejects.toThrow(/cannot be written: Permission denied/);
    } finally {
      chmodSync(closed, 0o700);
    }
  },
);
