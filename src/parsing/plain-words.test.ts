import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checked } from './checked.ts';

function problemOf(schema: z.ZodType, value: unknown): string {
  const result = checked(schema, value);
  return 'problem' in result ? result.problem : '';
}

/** Words of the library in any of its sentences. */
const LIBRARY = /expected|received|invalid|unrecognized|too (big|small)|input/i;

describe('what is wrong is said in plain words', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['a list', z.object({ rows: z.array(z.string()) }), { rows: 1 }, 'must be a list'],
    ['missing', z.object({ rows: z.array(z.string()) }), {}, 'is missing'],
    ['text', z.string(), 3, 'must be text'],
    ['an object', z.object({}), [], 'must be an object'],
    ['a number', z.number(), 'x', 'must be a number'],
    ['finite', z.number(), Number.NaN, 'finite'],
    ['whole', z.int(), 1.5, 'whole number'],
    ['a truth value', z.boolean(), 1, 'must be true or false'],
    ['at most', z.number().max(3), 4, 'at most 3'],
    ['below', z.number().lt(3), 4, 'less than 3'],
    ['too short', z.string().min(2), 'a', 'at least 2 characters'],
    ['too few', z.array(z.number()).min(1), [], 'at least 1 entry'],
    ['one value', z.literal('x'), 'y', 'must be "x"'],
    ['one of', z.enum(['a', 'b']), 'c', 'one of "a", "b"'],
    ['other keys', z.strictObject({}), { more: 1 }, '"more"'],
    ['a pattern', z.string().regex(/^a$/), 'b', 'is not written'],
    ['a union', z.union([z.string(), z.boolean()]), 3, 'none of the kinds'],
    ['a discriminated union', z.discriminatedUnion('t', [z.object({ t: z.literal('a') })]), { t: 'b' }, 'none of'],
    ['a multiple', z.number().multipleOf(2), 3, 'multiple of 2'],
    ['a record', z.record(z.string().regex(/^a$/), z.number()), { b: 1 }, 'name'],
    ['a refinement', z.string().refine(() => false), 'b', 'is not as it must be'],
    ['a tuple', z.tuple([z.string()]), [1], 'must be text'],
    ['a short tuple', z.tuple([z.string(), z.string()]), ['a'], ''],
  ])('%s', (_, schema, value, words) => {
    const problem = problemOf(schema, value);
    expect(problem).toContain(words);
    expect(problem).not.toBe('');
    expect(problem).not.toMatch(LIBRARY);
  });

  it('keeps the words that a schema gives', () => {
    expect(problemOf(z.string('Give a name.'), 3)).toContain('Give a name.');
    expect(problemOf(z.number().max(3, 'Three at most.'), 4)).toContain('Three at most.');
  });
});
