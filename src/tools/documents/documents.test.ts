/** What the documents name is there: files, places in other documents, commands and their options. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { listInfoSchema, MAX_CELLS, termsFields } from '../../agreement/agreement.ts';
import { MAX_FIELDS } from '../../agreement/match-field.ts';
import { MAX_TABLES } from '../../agreement/tables.ts';
import { sourceFiles } from '../rooms/imports.ts';

const FOLDERS = ['.', 'src', 'e2e', 'docs', 'public', '.ci', '.github'];
const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: folder !== '.', encoding: 'utf8' }).map((name) => join(folder, name)),
);
const DOCUMENTS = FILES.filter((file) => /^(?:docs\/)?[\w-]+\.md$|README\.md$/.test(file));
/** The changelog and the decisions say what was. */
const PRESENT = DOCUMENTS.filter((file) => file !== 'CHANGELOG.md');
const DECISIONS = FILES.filter((file) => file.startsWith('docs/decisions/'));

/** A path, in which `*` stands for some of a name, `**` for some folders, and `{a,b}` for either. */
function isThere(path: string): boolean {
  if (!/[*{]/.test(path)) return existsSync(path);
  const pattern = path
    .replaceAll('.', '\\.')
    .replaceAll(/\*\*\/|\*/g, (stars) => (stars === '*' ? '[^/]*' : '(?:.*/)?'))
    .replaceAll(/\{([^}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`);
  return FILES.some((file) => new RegExp(`^${pattern}$`).test(file));
}

const textOf = (file: string) => readFileSync(file, 'utf8');
const codeOf = (text: string) => [...text.matchAll(/`([^`\n]+)`|^ {4}(.+)$/gm)].map(([, a, b]) => a ?? b ?? '');

/** As GitHub names the place of a heading. */
const placeOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
const placesIn = (file: string) =>
  [...textOf(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => placeOf(heading));

describe.each([...DOCUMENTS, ...DECISIONS])('%s', (file) => {
  it('links to what there is', () => {
    const links = [...textOf(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to);
    const lost = links.filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [path = '', place] = link.split('#');
      const target = path === '' ? file : join(dirname(file), path);
      return !existsSync(target) || (place !== undefined && !placesIn(target).includes(place));
    });
    expect(lost).toEqual([]);
  });
});

describe.each(PRESENT)('%s', (file) => {
  const code = codeOf(textOf(file));

  it('names files that there are', () => {
    const named = code.filter((each) => /^(?:src|e2e|docs|public|\.ci|\.github)\/[\w./*{},-]+$/.test(each));
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });

  it('names commands that there are', () => {
    const commands = code.flatMap((each) => [...each.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name));
    expect(commands.filter((name) => !(name in packageJson.scripts))).toEqual([]);
  });

  it('names options that some command has', () => {
    const named = code.flatMap((each) => [...each.matchAll(/(?<![\w-])--[a-z][\w-]*/g)].map(([option]) => option));
    expect([...new Set(named)].filter((option) => !OTHERS.has(option) && !sources().includes(option))).toEqual([]);
  });
});

describe('limits of README.md', () => {
  const readme = textOf('README.md');
  const { dataRows, minimumGroupSize } = termsFields.shape;

  it.each([
    ['data up to 4,000,000', dataRows, 4_000_000],
    ['a list up to 1,000,000', listInfoSchema.shape.listRows, 1_000_000],
    ['2 to 32, 10 unless', minimumGroupSize, 32],
  ])('%s', (words, schema, most) => {
    expect(readme).toContain(words);
    expect([schema.safeParse(most).success, schema.safeParse(most + 1).success]).toEqual([true, false]);
  });

  it('counts of columns, cells and tables', () => {
    for (const words of [`up to ${MAX_FIELDS} fields`, `up to ${MAX_CELLS} cells`, `up to ${MAX_TABLES} tables`]) {
      expect(readme).toContain(words);
    }
  });
});

/** Of Playwright, Biome and anonlink-client. */
const OTHERS = new Set(['--config', '--write', '--profile']);

let read = '';
function sources(): string {
  read ||= [...sourceFiles('.', 'src'), 'package.json']
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .map(textOf)
    .join('\n');
  return read;
}
