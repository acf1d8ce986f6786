import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from './json.ts';

describe('a JSON text', () => {
  it('gives what JSON.parse gives', () =>
    fc.assert(
      fc.property(fc.json(), (text) => {
        const read = readJson(text);
        expect('data' in read && JSON.stringify(read.data)).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { seed: 1 },
    ));

  it('may begin with a byte order mark', () => expect(readJson('\ufeff{}')).toEqual({ data: {} }));

  it.each(['[', '{"a":'])('that never stops to open another %j is refused too', (opening) =>
    expect(readJson(opening.repeat(100_000))).toEqual({ problem: expect.stringContaining('JSON') }),
  );

  it.each([
    ['{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3: a comma is missing'],
    ['{"a": [1, 2}', 'line 1, column 12'],
    ['{"a" 1}', 'line 1, column 6: a colon is missing'],
    ['[1, 2', 'a closing ] is missing'],
    ['{"a": "x\n}', 'line 1, column 7: a closing quotation mark is missing'],
    ['// note\n{}', 'line 1, column 1: JSON has no comments'],
    ['[1,]', 'line 1, column 4: a value is missing'],
    ['{} {}', 'line 1, column 4: something follows the end of the value'],
    ['nope', 'line 1, column 1: this is no word of JSON'],
    ['  \n', 'it is empty'],
    ['['.repeat(20_000), 'line 1, column 1001: JSON with more than 1000 lists'],
    [`\n${'{"a": ['.repeat(20_000)}`, 'line 2, column 3501: JSON with more than 1000 lists'],
  ])('%j says where it stops being JSON', (text, words) =>
    expect((readJson(text) as { problem: string }).problem).toContain(words),
  );
});
