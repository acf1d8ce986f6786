import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalMarkOf, decimalOf, numberOf, parseDecimal, scaledOffset } from './numbers.ts';

describe('parseDecimal', () => {
  it.each([
    ['12', 12],
    [' 12.50 ', 12.5],
    ['-3', -3],
    ['−3', -3],
    ['+3', 3],
    ['.5', 0.5],
    ['5.', 5],
    ['1,234', 1234],
    ['1,234,567.8', 1234567.8],
    ['1 234 567', 1234567],
    ['1\u202f234,0'.replace(',0', ''), 1234],
    ["1'234.5", 1234.5],
    ['$1,200', 1200],
    ['-$5', -5],
    ['$-5', -5],
    ['€ 5', 5],
    ['5 €', 5],
    ['12%', 12],
    ['1.2e3', 1200],
    ['1.2E-3', 0.0012],
  ])('reads %j', (text, value) => {
    const decimal = parseDecimal(text, '.');
    expect(decimal && numberOf(decimal)).toBe(value);
  });

  it.each([
    ['12,5', 12.5],
    ['1.234,5', 1234.5],
    ['1.234', 1234],
    ['1 234,5 €', 1234.5],
  ])('reads %j with a decimal comma', (text, value) => {
    const decimal = parseDecimal(text, ',');
    expect(decimal && numberOf(decimal)).toBe(value);
  });

  it.each([
    '',
    ' ',
    '-',
    '.',
    '$',
    'NA',
    'n/a',
    '1,23',
    '1,2345',
    '12,5',
    '1.2.3',
    '--1',
    '-$-1',
    '1 2',
    '0x10',
    'Infinity',
    'NaN',
    '1e99',
    '12 kg',
    '1e',
  ])('takes %j for no number', (text) => {
    expect(parseDecimal(text, '.')).toBeUndefined();
  });

  it('agrees with JavaScript on what JavaScript prints', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e30, max: 1e30 }), (value) => {
        fc.pre(value === 0 || Math.abs(value) > 1e-30);
        expect(numberOf(decimalOf(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

describe('decimalMarkOf', () => {
  it.each([
    [['1', '2'], '.'],
    [['1,234', '2,345'], '.'],
    [['1,234', '2,5'], ','],
    [['1.234.567'], ','],
    [['1.234', '1.5'], '.'],
    [['1.234,5'], ','],
    [['1,234.5'], '.'],
  ])('of %j is %s', (values, mark) => {
    expect(decimalMarkOf(values)).toBe(mark);
  });
});

describe('scaledOffset', () => {
  const scaled = (value: string, minimum: number, decimals: number) => {
    const decimal = parseDecimal(value, '.');
    return decimal && scaledOffset(decimal, decimalOf(minimum), decimals);
  };
  it.each([
    ['1.005', 0, 2, 101],
    ['1.115', 0, 2, 112],
    ['0.3', 0.1, 1, 2],
    ['2.5', 0, 0, 3],
    ['2.4999999999999999999', 0, 0, 2],
    ['-0.5', -1, 0, 1],
    ['37.2', 35, 1, 22],
    ['4503599627370.495', 0, 3, 4503599627370495],
    ['1e3', 0, 0, 1000],
    ['5', 10, 0, -5],
    ['-2.5', 0, 0, -2],
  ])('of %s above %d with %d decimals is %d', (value, minimum, decimals, units) => {
    expect(scaled(value, minimum, decimals)).toBe(units);
  });

  it('is exact for every value written with the declared decimals', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 1000 }), fc.integer({ min: 0, max: 6 }), (units, minimum, decimals) => {
        const text = String(units).padStart(decimals + 1, '0');
        const written = decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
        expect(scaled(written, minimum, decimals)).toBe(units - minimum * 10 ** decimals);
      }),
    );
  });
});
