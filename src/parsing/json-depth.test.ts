import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_DEPTH, readJson } from './json.ts';
import { createDepthCheck } from './json-depth.ts';

/** Whether some text is too deep, as the check says of it in parts. */
function refused(text: string, size: number): boolean {
  const check = createDepthCheck();
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) if (check(bytes.subarray(at, at + size)) !== undefined) return true;
  return false;
}

it('counts lists and objects, and none in quotation marks, wherever the text is cut', () => {
  const names = fc.string({ unit: fc.constantFrom('[', '{', ']', '"', '\\', 'x', 'ä'), maxLength: 8 });
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      names,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(names, tie('value')),
    ),
  })).value;
  fc.assert(
    fc.property(value, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -6, max: 2 }), (inner, size, more) => {
      const around = MAX_DEPTH + more;
      const text = `${'['.repeat(around)}${JSON.stringify(inner)}${']'.repeat(around)}`;
      expect(refused(text, size)).toBe('problem' in readJson(text));
    }),
    { seed: 1, numRuns: 200 },
  );
});
