import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from './json.ts';
import { JsonStreamError, jsonPieces } from './json-stream.ts';

function cut(text: string, size: number) {
  const bytes = new TextEncoder().encode(text);
  return function* (): Generator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
  };
}

describe('the pieces of a JSON text', () => {
  it('are the entries of a list, wherever the text is cut', () =>
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 8 }), fc.jsonValue(), fc.nat(20), (entries, other, size) => {
        const text = JSON.stringify({ other: { list: other }, list: entries }, null, size % 3);
        const pieces = [...jsonPieces(cut(text, size + 1), ['$.list.*'])];
        expect(pieces.map(({ path }) => path)).toEqual(entries.map((_, i) => ['list', i]));
        expect(JSON.stringify(pieces.map(({ value }) => value))).toBe(JSON.stringify(entries));
      }),
      { seed: 1 },
    ));

  it.each(['\ufeff{"list": [1]}', '{"x": 1, "list": {"a": 1}}'])('of %j', (text) =>
    expect([...jsonPieces(cut(text, 1), ['$.list.*'])]).toHaveLength(1),
  );
});

describe('a text that is not JSON', () => {
  it.each(['', ' \n', '{\n "a": 1\n "b": 2}', '{"list": [NaN]}', '{"list": [1', '{} {}', '"x', '[1,]', '\ufeff'])(
    '%j is refused in the words of readJson',
    (text) => {
      const words = readJson(text);
      if (!('problem' in words)) throw new Error('it is JSON');
      for (const size of [1, 1000]) {
        expect(() => [...jsonPieces(cut(text, size), ['$.list.*'])]).toThrow(new JsonStreamError(words.problem));
      }
    },
  );

  it.each(['[', '{"a":', '{"list": [{"a\\\\\\"]": ['])('that goes too deep is refused soon: %j', (opening) => {
    const text = opening.repeat(200_000);
    const words = readJson(text);
    if (!('problem' in words)) throw new Error('it is read');
    for (const size of [7, 100_000]) {
      expect(() => [...jsonPieces(cut(text, size), ['$.list.*'])]).toThrow(new JsonStreamError(words.problem));
    }
  });

  it('too long to be read as a whole is refused with line and column', () => {
    const parts = function* (): Generator<Uint8Array> {
      const line = new TextEncoder().encode(`"${'x'.repeat(1 << 16)}",\n`);
      yield new TextEncoder().encode('{"list": [\n');
      for (let i = 0; i < 1100; i++) yield line;
      yield new TextEncoder().encode('  oops\n]}');
    };
    expect(() => {
      for (const _ of jsonPieces(parts, ['$.list.*']));
    }).toThrow('line 1102, column 3: a character does not belong here');
  });
});
