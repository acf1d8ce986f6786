import { expect, it } from 'vitest';
import { outsideWords } from './number-field.tsx';

it('a number out of bounds is told with the bounds, and an empty field is left in peace', () => {
  expect(outsideWords(1, { min: 2, max: 32 })).toBe('A whole number from 2 to 32');
  expect(outsideWords(2.5, { min: 2, max: 32 })).toBe('A whole number from 2 to 32');
  expect(outsideWords(0, { min: 1 })).toBe('A whole number of at least 1');
  expect(outsideWords(1.5, {})).toBe('A whole number');
  expect(outsideWords(7, { max: 6, step: 'any' })).toBe('A number of at most 6');
  expect(outsideWords(2.5, { min: 0.01, max: 20, step: 'any' })).toBeUndefined();
  expect(outsideWords(Number.NaN, { min: 2, max: 32 })).toBeUndefined();
});
