import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeReport, killedIn } from './campaign.ts';
import { type Mutant, mutate, ROOMS, titleOf } from './mutant.ts';
import { MUTANTS } from './table.ts';

const textOf = (file: string) => readFileSync(file, 'utf8');

describe('the table of mutants', () => {
  it('has no title twice', () => {
    const titles = MUTANTS.map(titleOf);
    expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
  });

  it.each(MUTANTS.map((mutant) => [titleOf(mutant), mutant] as const))('%s: its line is there', (_title, mutant) => {
    expect(mutate(textOf(mutant.file), mutant)).not.toBe(textOf(mutant.file));
  });
});

describe('SECURITY.md', () => {
  const text = textOf('SECURITY.md').replaceAll(/\s+/g, ' ');
  const files = [...new Set([...text.matchAll(/`(src\/[^`]*\.test\.tsx?)`/g)].map(([, file]) => file as string))];
  const quoted = [...new Set([...text.matchAll(/"([^"]+)"/g)].map(([, words]) => words as string))];
  /** Whole names, and parts of names such as those of a group of tests. */
  const overlap = (a: string, b: string) => a.includes(b) || b.includes(a);

  it('names tests that there are', () => {
    expect(files.length).toBeGreaterThan(15);
    expect(quoted.filter((words) => !files.some((file) => textOf(file).includes(words)))).toEqual([]);
  });

  it.each(quoted)('"%s" notices a mutant', (words) => {
    const titles = MUTANTS.flatMap(({ test }) => (textOf(test.file).includes(words) ? [test.name] : []));
    expect(titles.filter((title) => overlap(title, words))).not.toEqual([]);
  });

  it.each(files.filter((file) => ROOMS.some((room) => file.startsWith(`src/${room}/`))))(
    '%s notices a mutant',
    (file) => {
      expect(MUTANTS.some(({ test }) => test.file === file)).toBe(true);
    },
  );
});

describe('a mutant', () => {
  const mutant: Mutant = {
    name: 'x',
    file: 'src/psi/x.ts',
    before: 'a = 1',
    after: 'a = 2',
    gives: '',
    test: { file: '', name: '' },
  };

  it('stands where its line stood', () => {
    expect(mutate('let b;\na = 1;\n', mutant)).toBe('let b;\na = 2;\n');
    expect(mutate('a = 1;\nhere\na = 1;\n', { ...mutant, from: 'here' })).toBe('a = 1;\nhere\na = 2;\n');
  });

  it('that an earlier command has told killed is known by its line', () => {
    const report = { mutant, seconds: 1.26 };
    const fates = [
      { fate: 'killed' as const },
      { fate: 'survived' as const },
      { fate: 'killed' as const, why: 'hung' },
    ];
    const lines = fates.map((fate, i) =>
      describeReport({ ...report, ...fate, mutant: { ...mutant, name: `x (y) ${i}` } }),
    );
    expect(killedIn(`${lines.join('\n')}\n\npsi: 2 killed, 1 survived\n`)).toEqual(
      new Set(['psi/x (y) 0', 'psi/x (y) 2']),
    );
  });

  it.each([
    ['a line that is not there', 'b = 1', {}, 'there is no "a = 1"'],
    ['a line that stands twice', 'a = 1;\na = 1;', {}, 'stands more than once'],
    ['a place that is not there', 'a = 1', { from: 'here' }, 'there is no "here"'],
    ['more than one line', 'a = 1', { after: 'a\n' }, 'more than one line'],
    ['no change', 'a = 1', { after: 'a = 1' }, 'changes nothing'],
  ])('is refused for %s', (_what, source, changes, message) => {
    expect(() => mutate(source, { ...mutant, ...changes })).toThrow(message);
  });
});
