import { expect, it } from 'vitest';
import { otherwise } from './dialect.ts';

const long = (lines: number) => `function f() {\n${'  g();\n'.repeat(lines - 2)}}\n`;

it.each([
  ['a long function', long(51), 'has 51 lines'],
  ['a long test', `it('x', ${long(81).trim()});\n`, 'a test has 81 lines'],
  ['a long file', 'g();\n'.repeat(301), 'more than 300 lines'],
  ['a private member', 'class A {\n  private x = 1;\n}\n', 'begin with #'],
  ['a private parameter', 'class A {\n  constructor(private readonly x: number) {}\n}\n', 'begin with #'],
  ['whole numbers', 'const a = z.number().int();\n', 'z.int()'],
  ['another limit', 'const MOST_ROWS = 3;\n', 'MAX_'],
  ['a time', '/** Milliseconds to wait. */\nconst WAIT = 100;\n', '_MS'],
  ['an error', '/** Reads. Throws `RangeError` otherwise. */\nfunction f() {}\n', '@throws'],
  ['an arrow with statements', 'const f = () => {\n  g();\n};\n', 'is a function'],
])('%s is named', (_, text, words) => {
  const [problem, ...others] = otherwise('src/a.ts', text);
  expect(problem).toMatch(/^src\/a\.ts:\d+: /);
  expect(problem).toContain(words);
  expect(others).toEqual([]);
});

it('names nothing else', () => {
  expect(
    otherwise('src/a.ts', `${long(50)}class A {\n  readonly #x = z.int();\n  private constructor() {}\n}\n`),
  ).toEqual([]);
  expect(otherwise('src/a.test.ts', `it.each([1])('x', ${long(80).trim()});\n`)).toEqual([]);
  expect(otherwise('src/a.test.ts', `describe('x', ${long(200).trim()});\n`)).toEqual([]);
});
