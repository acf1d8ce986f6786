import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Mutant, mutate, titleOf } from './mutant.ts';
import { MUTANTS } from './table.ts';

const textOf = (file: string) => readFileSync(file, 'utf8');

describe('the table of mutants', () => {
  test('has no title twice', () => {
    const titles = MUTANTS.map(titleOf);
    expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
  });

  test.each(MUTANTS.map((mutant) => [titleOf(mutant), mutant] as const))('%s: its line is there', (_title, mutant) => {
    expect(mutate(textOf(mutant.file), mutant)).not.toBe(textOf(mutant.file));
  });
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

  test('stands where its line stood', () => {
    expect(mutate('let b;\na = 1;\n', mutant)).toBe('let b;\na = 2;\n');
    expect(mutate('a = 1;\nhere\na = 1;\n', { ...mutant, from: 'here' })).toBe('a = 1;\nhere\na = 2;\n');
  });

  test.each([
    ['a line that is not there', 'b = 1', {}, 'there is no "a = 1"'],
    ['a line that stands twice', 'a = 1;\na = 1;', {}, 'stands more than once'],
    ['a place that is not there', 'a = 1', { from: 'here' }, 'there is no "here"'],
    ['more than one line', 'a = 1', { after: 'a\n' }, 'more than one line'],
    ['no change', 'a = 1', { after: 'a = 1' }, 'changes nothing'],
  ])('is refused for %s', (_what, source, changes, message) => {
    expect(() => mutate(source, { ...mutant, ...changes })).toThrow(message);
  });
});
