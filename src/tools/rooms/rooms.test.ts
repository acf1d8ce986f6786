import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { circles, graphOf, withoutImplied } from './circles.ts';
import { importedNames } from './imports.ts';
import { drawnIn } from './picture.ts';
import { drawRooms, problemsOf } from './report.ts';
import { objection, PARSING_CALLS } from './rooms.ts';

describe('the project', () => {
  it('has no forbidden import and no circle', () => expect(problemsOf('.')).toEqual([]));

  it('is drawn in ARCHITECTURE.md as its imports are (npm run rooms draws it anew)', () =>
    expect(drawnIn(readFileSync('ARCHITECTURE.md', 'utf8'))).toBe(drawRooms('.')));
});

describe('an import', () => {
  it.each([
    ['src/protocol/owner.ts', 'src/tally/layout.ts', true],
    ['src/tally/layout.ts', 'src/protocol/owner.ts', false],
    ['src/protocol/owner.ts', 'src/testing/run-parties.ts', false],
    ['src/protocol/run.test.ts', 'src/testing/run-parties.ts', true],
    ['src/tally/layout.ts', 'src/keys/design.ts', false],
  ])('of %s from %s: allowed %s', (from, to, allowed) => expect(objection(from, to) === undefined).toBe(allowed));

  it('from a room on no floor is an error', () =>
    expect(() => objection('src/tally/layout.ts', 'src/attic/box.ts')).toThrow('stands on no floor'));

  it('is seen in every form', () =>
    expect(
      importedNames(
        'a.ts',
        "import a from './a.ts'; import type { B } from './b.ts'; export * from './c.ts'; import('./d.ts'); new Worker(new URL('./e.ts', import.meta.url));",
      ).sort(),
    ).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts']));
});

it.each(['schema.safeParse(x)', 'JSON.parse(text)', 'termsSchema.parse(x)', 'await s.safeParseAsync(x)'])(
  'parsing by hand is seen: %s',
  (call) => expect(PARSING_CALLS.test(call)).toBe(true),
);

describe('a graph', () => {
  const graph = graphOf([
    ['a', 'b'],
    ['b', 'c'],
    ['a', 'c'],
    ['c', 'd'],
  ]);

  it('without a circle has none', () => expect(circles(graph)).toEqual([]));

  it('with circles names those in them', () =>
    expect(
      circles(
        graphOf([
          ['a', 'b'],
          ['b', 'a'],
          ['b', 'c'],
          ['c', 'd'],
          ['d', 'c'],
        ]),
      ),
    ).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]));

  it('loses the arrows that a longer way implies', () =>
    expect(Object.fromEntries([...withoutImplied(graph)].map(([node, to]) => [node, [...to]]))).toEqual({
      a: ['b'],
      b: ['c'],
      c: ['d'],
      d: [],
    }));
});
