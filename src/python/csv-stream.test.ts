import { expect, it } from 'vitest';
import { csvRows } from './csv-rows.ts';
import { streamedCsvRows, UnendedRowError } from './csv-stream.ts';

const TEXTS = [
  '',
  'a,b\n',
  'a,b\r\n1,2\r\n\r\n3,4',
  'a\rb\r',
  '"x, ""y""\r\nz",2\n"",\n,',
  'a"b,c"d\n"e"f,g\n',
  'ann,31\n"never closed,\n1,2\n',
  '\ufeffname\n😀,"😀"\n',
  '"a"\r\n\r\r\n"b"',
];

function cut(text: string, at: readonly number[]): string[] {
  return [...at, text.length].map((end, i) => text.slice(i === 0 ? 0 : at[i - 1], end));
}

function streamed(parts: readonly string[]): string[][] | 'unended' {
  try {
    return [...streamedCsvRows(parts)];
  } catch (error) {
    if (error instanceof UnendedRowError) return 'unended';
    throw error;
  }
}

/** The rows of a whole text; where it ends within a quote, one more line makes no row. */
function wholeRows(text: string): string[][] | 'unended' {
  const plain = text.replace(/\r\n?/g, '\n');
  const rows = [...csvRows(plain)];
  return [...csvRows(`${plain}\nx`)].length === rows.length ? 'unended' : rows;
}

it.each(TEXTS)('reads %j as whole, wherever it is cut', (text) => {
  const whole = wholeRows(text);
  for (let first = 0; first <= text.length; first++) {
    for (let second = first; second <= text.length; second++) {
      expect(streamed(cut(text, [first, second]))).toEqual(whole);
    }
  }
  expect(streamed(text.split(''))).toEqual(whole);
});

it('reads texts of any characters as whole', () => {
  const signs = ['a', ',', '"', '\n', '\r', '""', 'é'];
  let state = 7;
  const draw = (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  for (let round = 0; round < 2_000; round++) {
    const text = Array.from({ length: draw(40) }, () => signs[draw(signs.length)]).join('');
    const whole = wholeRows(text);
    const cuts = [draw(text.length + 1), draw(text.length + 1)].sort((a, b) => a - b);
    expect(streamed(cut(text, cuts)), JSON.stringify(text)).toEqual(whole);
  }
});

it('refuses a quote that nobody closes, before the text outgrows memory', () => {
  const parts = function* () {
    yield 'a,b\n1,2\n"';
    for (;;) yield 'x'.repeat(1 << 22);
  };
  expect(() => [...streamedCsvRows(parts())]).toThrow('Line 3');
});

it('refuses a text that ends within a quote, and says which row opens it', () => {
  expect(() => [...streamedCsvRows(['a,b\n1,"2\n', '3,4\n5,6\n'])]).toThrow('Line 2,');
});
