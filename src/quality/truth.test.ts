import { describe, expect, it } from 'vitest';
import { guessTruth, personNames, sharedPeople } from './truth.ts';

const numbers = Array.from({ length: 40 }, (_, i) => i);

describe('personNames', () => {
  it('takes whole values, matches, or the first group', () => {
    expect(personNames([' a ', 'b'], '')).toEqual(['a', 'b']);
    expect(personNames(['rec-12-org', 'none'], String.raw`\d+`)).toEqual(['12', '']);
    expect(personNames(['rec-12-dup-0'], String.raw`rec-(\d+)-`)).toEqual(['12']);
  });

  it('says what to try where the pattern is none', () => {
    expect(() => personNames(['a'], '(')).toThrow('Try \\d+');
  });
});

describe('guessTruth', () => {
  it('finds equal identifiers', () => {
    const ids = numbers.map((i) => `x${i}`);
    expect(guessTruth([numbers.map(() => 'same'), ids], [ids])).toEqual({ first: 1, second: 0, pattern: '' });
  });

  it('finds identifiers that share a number, as those of FEBRL', () => {
    const first = numbers.map((i) => `rec-${i}-org`);
    const second = numbers.map((i) => `rec-${i + 20}-dup-0`);
    expect(guessTruth([first], [second])).toEqual({ first: 0, second: 0, pattern: String.raw`\d+` });
    expect(sharedPeople(personNames(first, String.raw`\d+`), personNames(second, String.raw`\d+`))).toBe(20);
  });

  it('finds nothing where nothing is shared', () => {
    expect(guessTruth([numbers.map(String)], [numbers.map((i) => `n${i + 100}`)])).toBeUndefined();
    expect(guessTruth([], [])).toBeUndefined();
  });
});
