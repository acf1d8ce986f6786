import { linkSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { createTestTerminal } from '../testing/terminal.ts';
import { expectWritable, writePrivately } from '../unattended/private-file.ts';
import { runBlindjoin } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'blindjoin-unattended-'));
const save = (name: string, text: string | object) =>
  writeFileSync(join(folder, name), typeof text === 'string' ? text : JSON.stringify(text));
const study = (role: string, more: object = {}) => ({
  file: 'blindjoin-study',
  version: 1,
  role,
  study: {},
  columns: [{ name: 'surname', use: 'name' }],
  ...more,
});
const LINK = `https://example.org/#/researcher?room=${'A'.repeat(43)}`;
save('people.csv', 'surname\nQuimby\nMarsh\n');
save('doubtful.csv', 'surname,pay\nQuimby,1.000\nMarsh,2.500\n');
save('owner.json', study('owner'));
save('researcher.json', study('researcher'));
save('pay.json', study('owner', { columns: [{ name: 'pay', use: 'average' }] }));
save('strange.json', { ...study('owner'), limits: { runs: { most: 0, days: 1 } } });
save('link', LINK);
linkSync(join(folder, 'people.csv'), join(folder, 'alias.csv'));
const statistics = { count: true, mean: false, sum: false, sd: false };
const rules = {
  ...{ minimumGroupSize: 10, keys: 'minhash', bands: 64, agreeingBands: 2, bandsByPage: true, statistics },
  ...{ missingValues: 'complete-cases', protection: 'exact', epsilon: 1, roundingBase: 5 },
};
save('rules.json', study('owner', { rules }));

const OWN = ['own', '--data', 'people.csv', '--study', 'owner.json', '--trust-link'];
const SERVED = ['--server', 'https://example.org/'];
const ASK = ['ask', '--list', 'people.csv', '--study', 'researcher.json', '--trust-link', ...SERVED];
const ASK_ANYWHERE = ASK.slice(0, -SERVED.length);
const elsewhere = (address: string) => [...ASK_ANYWHERE, '--link-file', 'link', '--server', address];
const without = (words: readonly string[], option: string) => words.filter((word) => word !== option);
const instead = (words: readonly string[], old: string, by: string) => words.map((word) => (word === old ? by : word));

it.each<[string, string[], RegExp]>([
  ['no file', ['own', '--study', 'owner.json'], /Required option '--data <FILE>'/],
  ['a file that is not there', instead(OWN, 'people.csv', 'nobody.csv'), /--data nobody\.csv: No such file/],
  ['a study that is not there', instead(OWN, 'owner.json', 'none.json'), /--study none\.json: No such file/],
  ['the other side’s study', instead(OWN, 'owner.json', 'researcher.json'), /is the researcher’s/],
  ['a study with odd limits', instead(OWN, 'owner.json', 'strange.json'), /no study file of this version: .*limits/],
  ['a file that is no study', instead(OWN, 'owner.json', 'link'), /is no JSON|no study file/],
  ['a study without rules', OWN, /it has no rules/],
  ['nobody to compare words', without(OWN, '--trust-link'), /Nobody is at this terminal .* --trust-link/],
  ['an address that is none', [...OWN, '--server', 'example.org'], /no address such as https/],
  ['a file in doubt', instead(instead(OWN, 'owner.json', 'pay.json'), 'people.csv', 'doubtful.csv'), /decide there/],
  ['no link', ASK, /Give the link by --link-file/],
  ['two links', [...ASK, '--link', LINK, '--link-file', 'link'], /Give the link by --link-file/],
  [
    'a link of a server that nobody named',
    [...ASK_ANYWHERE, '--link-file', 'link'],
    /page of https:\/\/example\.org,.* say so: --server/,
  ],
  ['a link of another server', elsewhere('https://example.com/'), /page of https:\/\/example\.org\/, and not of/],
  ['a link of a server without https', elsewhere('http://example.org/'), /and not of --server http:/],
  ['a link of another folder', elsewhere('https://example.org/blindjoin/'), /and not of --server/],
  [
    'a link of another folder, which ends with its name',
    elsewhere('https://example.org/blindjoin'),
    /and not of --server/,
  ],
  ['a link of another page’s folder', elsewhere('https://example.org/a/index.html'), /and not of --server/],
  ['a link of another port', elsewhere('https://example.org:8443/'), /and not of --server/],
  ['a server that is no address', elsewhere('example.org'), /no address such as https/],
  ['no link in the file', [...ASK, '--link-file', 'people.csv'], /given as link is none/],
  ['half a link', [...ASK, '--link', LINK.slice(0, -1)], /not a whole room link/],
  ['the owner’s link', [...ASK, '--link', LINK.replace('researcher', 'owner')], /is for a data owner/],
  [
    'a list that is not there',
    instead([...ASK, '--link-file', 'link'], 'people.csv', 'x.csv'),
    /--list x\.csv: No such/,
  ],
  ['a table in no folder', [...ASK, '--link-file', 'link', '--out', 'nowhere/t.csv'], /--out nowhere\/t\.csv: No such/],
  ['a result in place of a folder', [...ASK, '--link-file', 'link', '--json', '.'], /--json \.: there is a folder/],
  ...(['people.csv', 'researcher.json', 'link', 'alias.csv'] as const).flatMap((file) =>
    (['out', 'json'] as const).map((option): [string, string[], RegExp] => [
      `--${option} in place of ${file}`,
      [...ASK, '--link-file', 'link', `--${option}`, file],
      new RegExp(`--${option} ${file} is what this command reads`),
    ]),
  ),
  [
    'a table and a result in one file',
    [...ASK, '--link-file', 'link', '--out', 'both', '--json', './both'],
    /--out and --json are one file/,
  ],
  [
    'a link in place of the data',
    [...instead(OWN, 'owner.json', 'rules.json'), '--link-file', 'people.csv'],
    /--link-file people\.csv is what this command reads/,
  ],
])('%s ends with code 2 and a sentence, and without the link', async (_what, words, sentence) => {
  const terminal = createTestTerminal(folder);
  expect(await runBlindjoin(words, terminal)).toBe(2);
  expect(terminal.told.replaceAll('\n', ' ')).toMatch(sentence);
  expect(terminal.told).not.toContain('A'.repeat(43));
  expect(terminal.written).toBe('');
});

it('writes for this user alone, in place of what was there, and leaves nothing beside it', () => {
  const path = join(folder, 'private');
  writeFileSync(path, 'old', { mode: 0o644 });
  writePrivately(path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expectWritable(path);
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(() => writePrivately(folder, 'x')).toThrow();
  expect(readdirSync(folder).filter((name) => name.includes('.new'))).toEqual([]);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`${basename(folder)}.`))).toEqual([]);
});

it('does not serve on where nothing limits the runs', async () => {
  const terminal = createTestTerminal(folder);
  expect(await runBlindjoin([...instead(OWN, 'owner.json', 'rules.json'), '--serve'], terminal)).toBe(2);
  expect(terminal.told).toContain('"limits": {"runs": {"most": 3, "days": 30}}');
});

it('takes the link from standard input', async () => {
  const terminal = createTestTerminal(folder, 'no link at all');
  expect(await runBlindjoin([...ASK, '--link-file', '-'], terminal)).toBe(2);
  expect(terminal.told).toContain('given as link is none');
});
