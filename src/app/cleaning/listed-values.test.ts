import { expect, it } from 'vitest';
import { listedValues } from './listed-values.ts';

it.each([
  ['North; south;north', ['North', 'south', 'north']],
  [' a ;; a;', ['a']],
  ['', []],
  ['"Trade; hotels"; Industry', ['Trade; hotels', 'Industry']],
  ['Industry;"Trade; hotels"', ['Industry', 'Trade; hotels']],
  ['"public" service; the "private" one', ['"public" service', 'the "private" one']],
  ['"public"', ['"public"']],
  ['"open; without end', ['"open', 'without end']],
])('reads %j', (text, values) => {
  expect(listedValues(text)).toEqual(values);
});
