import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextDiff, htmlDiff, lineChanges, linesOf, unifiedDiff, wholeDiff } from './line-diff.ts';

const first = linesOf('{\n  "version": 3,\n  "clkConfig": {\n    "l": 1024\n  }\n}\n');
const second = linesOf('{\n  "version": 2,\n  "clkConfig": {\n     "l": 1024,\n     "m": 33\n  }\n');
const labels = { first: 'a.json', second: 'b.json' };

/** As Python's difflib writes them. */
describe('formats', () => {
  it('whole', () => {
    expect(wholeDiff(first, second)).toBe(
      '  {\n-   "version": 3,\n+   "version": 2,\n    "clkConfig": {\n-     "l": 1024\n+      "l": 1024,\n+      "m": 33\n    }\n- }\n',
    );
  });

  it('unified', () => {
    expect(unifiedDiff(first, second, labels, 1)).toBe(
      '--- a.json\n+++ b.json\n@@ -1,6 +1,6 @@\n {\n-  "version": 3,\n+  "version": 2,\n   "clkConfig": {\n-    "l": 1024\n+     "l": 1024,\n+     "m": 33\n   }\n-}\n',
    );
  });

  it('context', () => {
    expect(contextDiff(first, second, labels, 0)).toBe(
      '*** a.json\n--- b.json\n***************\n*** 2 ****\n!   "version": 3,\n--- 2 ----\n!   "version": 2,\n' +
        '***************\n*** 4 ****\n!     "l": 1024\n--- 4,5 ----\n!      "l": 1024,\n!      "m": 33\n' +
        '***************\n*** 6 ****\n- }\n--- 6 ----\n',
    );
  });

  it('page, with the marks of HTML written out', () => {
    const page = htmlDiff(['<b>\n', 'x\n'], ['x\n'], labels);
    expect(page).toContain('<tr><td class="removed">&#60;b&#62;</td><td></td></tr>\n<tr><td>x</td><td>x</td></tr>');
  });
});

it('nothing to show of equal texts but in the whole format', () => {
  expect([unifiedDiff(first, first, labels, 3), contextDiff(first, first, labels, 3)]).toEqual(['', '']);
  expect(wholeDiff(first, first)).toBe(first.map((line) => `  ${line}`).join(''));
});

it('changes turn the first text into the second', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const made = lineChanges(a, b).flatMap((change) => {
        if (change.kind === 'equal') {
          expect(a.slice(change.from, change.fromEnd)).toEqual(b.slice(change.to, change.toEnd));
          return a.slice(change.from, change.fromEnd);
        }
        return b.slice(change.to, change.toEnd);
      });
      expect(made).toEqual(b);
    }),
  );
});
