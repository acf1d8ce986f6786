import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DateOrder } from './column-settings.ts';
import { likelyOrder, orderEvidence } from './date-column.ts';
import { parseDate } from './dates.ts';

const as = (dateOrder: DateOrder, lastYear = 2029) => ({ dateOrder, lastYear, serialDates: 'no' }) as const;

describe('parseDate', () => {
  it.each([
    ['1980-02-03', '19800203'],
    ['1980/2/3', '19800203'],
    ['1980.02.03', '19800203'],
    ['19800203', '19800203'],
    ['1980-02-03T10:20:30Z', '19800203'],
    ['1980-02-03 00:00:00', '19800203'],
    ['03/02/1980', '19800203'],
    ['3-2-1980', '19800203'],
    ['3.2.1980', '19800203'],
    ['03 02 1980', '19800203'],
    ['3/2/80', '19800203'],
    ['3/2/05', '20050203'],
    ['03021980', '19800203'],
    ['3 Feb 1980', '19800203'],
    ['3-FEB-80', '19800203'],
    ['3rd of February, 1980', '19800203'],
    ['03feb1980', '19800203'],
    ['February 3, 1980', '19800203'],
    ['Sept 3 1980', '19800903'],
    ['1980-Feb-03', '19800203'],
    ['29 February 2000', '20000229'],
  ])('reads %j', (text, day) => {
    expect(parseDate(text, as('dmy'))).toBe(day);
  });

  it('reads the month first where the column does, but for dots', () => {
    expect(parseDate('02/03/1980', as('mdy'))).toBe('19800203');
    expect(parseDate('02031980', as('mdy'))).toBe('19800203');
    expect(parseDate('3.2.1980', as('mdy'))).toBe('19800203');
    expect(parseDate('1980-02-03', as('mdy'))).toBe('19800203');
  });

  it.each([
    '',
    '31/02/1980',
    '1900-02-29',
    '1980-13-01',
    '1980-00-10',
    '19801301',
    '1234',
    '3/2',
    '3/2-1980',
    '3 Fob 1980',
    'unknown',
    '99999999',
    '0000-00-00',
    '12345678',
  ])('takes %j for no date', (text) => {
    expect(parseDate(text, as('dmy'))).toBeUndefined();
  });

  it('reads every day in every spelling', () => {
    const days = fc.date({ min: new Date('1600-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const iso = date.toISOString();
        const [year, month, day] = iso.slice(0, 10).split('-');
        const compact = `${year}${month}${day}`;
        const name = date.toLocaleString('en-GB', { month: 'long', timeZone: 'UTC' });
        for (const text of [
          iso,
          compact,
          `${year}/${month}/${day}`,
          `${day}/${month}/${year}`,
          `${day} ${name} ${year}`,
        ]) {
          expect(parseDate(text, as('dmy'))).toBe(compact);
        }
        expect(parseDate(`${month}/${day}/${year}`, as('mdy'))).toBe(compact);
      }),
    );
  });
});

describe('likelyOrder', () => {
  it.each([
    [['1/2/1980', '13/2/1980'], 'dmy'],
    [['1/2/1980', '2/13/1980'], 'mdy'],
    [['13/2/1980', '14/2/1980', '2/13/1980'], 'dmy'],
    [['28-04-1956', '2-13-1980', '16-02-1987'], 'dmy'],
    [['1/2/1980'], 'dmy'],
    [['1980-12-31', 'x', ''], 'dmy'],
    [['2/13/1980', '2/14/1980', '14/2/1980'], 'mdy'],
    [['12311980'], 'mdy'],
  ])('of %j is %s', (values, order) => {
    expect(likelyOrder(orderEvidence(values.map((value) => [value, 1])))).toBe(order);
  });
});
