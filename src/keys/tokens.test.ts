import { expect, it } from 'vitest';
import { fieldTokens, tokenTable } from './tokens.ts';

it('names and texts are padded bigrams of code points', () => {
  expect(fieldTokens('name', 'ann')).toEqual([' a', 'an', 'nn', 'n ']);
  expect(fieldTokens('text', '𠮷')).toEqual([' 𠮷', '𠮷 ']);
});

it('tokens of three characters: a value that has fewer is one token', () => {
  expect(fieldTokens('name', 'anna', 3)).toEqual([' an', 'ann', 'nna', 'na ']);
  expect(fieldTokens('name', '𠮷', 3)).toEqual([' 𠮷 ']);
  expect(fieldTokens('name', '𠮷', 4)).toEqual([' 𠮷 ']);
  expect(fieldTokens('code', '70', 3)).toEqual(['07', '10']);
});

it('codes and dates are characters with their position, categories the whole value', () => {
  expect(fieldTokens('code', '707')).toEqual(['07', '10', '27']);
  expect(fieldTokens('date', '19')).toEqual(['01', '19']);
  expect(fieldTokens('category', 'ann')).toEqual(['ann']);
});

it('an empty value has no tokens', () => {
  for (const type of ['name', 'text', 'code', 'date', 'category'] as const) expect(fieldTokens(type, '')).toEqual([]);
});

it('the table holds each value its tokens, however many there are', () => {
  const values = ['', ...Array.from({ length: 200 }, (_, i) => `street number ${i * i} of a long road`)];
  const { tokens, offsets, ids } = tokenTable('text', values);
  values.forEach((value, v) => {
    expect(Array.from(ids.subarray(offsets[v], offsets[v + 1]), (id) => tokens[id])).toEqual(
      fieldTokens('text', value),
    );
  });
});
