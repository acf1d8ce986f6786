import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOf, markEvidence, numberOf, parseDecimal, parseMeasure, readNumber, scaledOffset } from './numbers.ts';

describe('parseMeasure', () => {
  it.each([
    ['12', 12],
    [' 12.50 ', 12.5],
    ['-3', -3],
    ['−3', -3],
    ['–3', -3],
    ['+3', 3],
    ['.5', 0.5],
    ['5.', 5],
    ['1,234', 1234],
    ['1,234,567.8', 1234567.8],
    ['7,13,797', 713797],
    ['1,23,45,678.5', 12345678.5],
    ['1 234 567', 1234567],
    ['1\u202f234', 1234],
    ['1\u00a0234.5', 1234.5],
    ['1\u2009234', 1234],
    ["1'234.5", 1234.5],
    ['1’234’567', 1234567],
    ['$1,200', 1200],
    ['-$5', -5],
    ['$-5', -5],
    ['($5.20)', -5.2],
    ['€ 5', 5],
    ['5 €', 5],
    ['EUR 1,200.50', 1200.5],
    ['12 kr', 12],
    ['Rs. 7,13,797/-', 713797],
    ['US$ 12', 12],
    ['12%', 12],
    ['12 %', 12],
    ['72.5 kg', 72.5],
    ['5.1 mmol/l', 5.1],
    ['24 kg/m²', 24],
    ['37.2℃', 37.2],
    ['(12)', -12],
    ['12-', -12],
    ['1,200.5-', -1200.5],
    ['1.2e3', 1200],
    ['1.2E-3', 0.0012],
    ['１２３．５', 123.5],
    ['١٢٣٫٥', 123.5],
    ['١٬٢٣٤', 1234],
    ['۱۲۳', 123],
    ['७१३७९७', 713797],
    ['১২', 12],
    ['๑๒๓', 123],
    ['12·5', 12.5],
  ])('reads %j', (text, value) => {
    const decimal = parseMeasure(text, '.');
    expect(decimal && numberOf(decimal)).toBe(value);
  });

  it.each([
    ['12,5', 12.5],
    ['1.234,5', 1234.5],
    ['1.234', 1234],
    ['1.234.567', 1234567],
    ['1 234,5 €', 1234.5],
    ['1\u202f234,56', 1234.56],
    ["1'234,5", 1234.5],
    ['١٢٣٫٥', 123.5],
    ['١٬٢٣٤', 1234],
    ['-12,5 %', -12.5],
    ['12,5-', -12.5],
    ['(1.234,5)', -1234.5],
    ['45 zł', 45],
  ])('reads %j with a decimal comma', (text, value) => {
    const decimal = parseMeasure(text, ',');
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
    '0,123',
    '01,234',
    '1.2.3',
    '--1',
    '-$-1',
    '(-1)',
    '-1-',
    '1 2',
    '0x10',
    'Infinity',
    'NaN',
    '1e99',
    'P1000',
    'rec-17',
    '12 34 56',
    '1/2',
    '4 Market Street',
    '<5',
    '1980-02-03',
    '12:30',
  ])('takes %j for no number', (text) => {
    expect(parseMeasure(text, '.')).toBeUndefined();
  });

  it.each([
    ['$12', '$'],
    ['12 EUR', 'eur'],
    ['12 kg', 'kg'],
    ['12 Kg.', 'kg'],
    ['12%', '%'],
    ['12', ''],
  ])('finds beside %j the unit %j', (text, unit) => {
    expect(parseMeasure(text, '.')?.unit).toBe(unit);
  });

  it('agrees with JavaScript on what JavaScript prints', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e30, max: 1e30 }), (value) => {
        fc.pre(value === 0 || Math.abs(value) > 1e-30);
        expect(numberOf(decimalOf(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('reads what other locales write', () => {
    const locales = [
      'en-IN',
      'de-DE',
      'de-CH',
      'fr-FR',
      'sv-SE',
      'pl-PL',
      'es-ES',
      'pt-BR',
      'ar-EG',
      'fa-IR',
      'bn-BD',
      'th-TH-u-nu-thai',
    ];
    const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(fc.constantFrom(...locales), cents, (locale, value) => {
        const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
        const mark = format.formatToParts(1.5).find(({ type }) => type === 'decimal')?.value === ',' ? ',' : '.';
        const decimal = parseMeasure(format.format(value / 100), mark);
        expect(decimal && numberOf(decimal)).toBe(value === 0 ? 0 : value / 100);
      }),
    );
  });
});

describe('readNumber', () => {
  it('takes no other unit than the column’s, and no number without a percent sign where the others have it', () => {
    const value = (text: string, unit: string) => readNumber(text, { decimalMark: '.', unit }) !== undefined;
    expect([value('12 kg', 'kg'), value('12', 'kg'), value('12 lb', 'kg'), value('12 kg', '')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([value('12%', '%'), value('0.12', '%'), value('$5', '$'), value('€5', '$')]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('markEvidence', () => {
  it.each([
    ['1', undefined],
    ['x.y', undefined],
    ['1,234', 'both'],
    ['45.000', 'both'],
    ['$20,000', 'both'],
    ['0.125', '.'],
    ['0,125', ','],
    ['2,5', ','],
    ['1.234.567', ','],
    ['7,13,797', '.'],
    ['1.5', '.'],
    ['1.234,5', ','],
    ['1,234.5', '.'],
    ['1234.567', '.'],
    ['٤٥٫٠', undefined],
  ])('of %j is %s', (value, mark) => {
    expect(markEvidence(value)).toBe(mark);
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
