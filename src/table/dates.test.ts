import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileColumn } from './column-profile.ts';
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

describe('words that make another day of a date, or none', () => {
  const AROUND = [
    ...'vor|vor dem|nach dem|ab|bis|seit|um|ca.|ca|circa|etwa|nicht vor dem|before|after|not before|not after|since|until|from|by'
      .split('|')
      .map((word) => `${word} {}`),
    ...'about|around|approx.|before the|as of the|avant le|après le|vers le|antes de|hasta el|prima del|voor|na|före|przed|po|do|pred|za|an|to|об'
      .split('|')
      .map((word) => `${word} {}`),
    ...'oder später|or later|or earlier|or|ou après|to|and before|(approx)|(approx.)|(geschätzt)|(?)|(ca.)|(est)|(de)|the|estimated|BC|B.C.|AH|presumed'
      .split('|')
      .map((word) => `{} ${word}`),
  ];

  it.each(AROUND)('are no day: %s', (words) => {
    for (const date of ['1980-02-03', '03.02.1980', '3 Feb 1980', '3 Feb 80', '3. Februar 1980']) {
      const text = words.replace('{}', date);
      expect([text, parseDate(text, as('dmy'))]).toEqual([text, undefined]);
    }
  });

  it.each(['am {}', 'on {}', 'den {}', 'le {}', 'So., {}', 'Sunday, the {}', '{} (So)', '{} Sunday', '{}, neděle'])(
    'but for weekdays and articles: %s',
    (words) => {
      for (const date of ['1980-02-03', '03.02.1980', '3 Feb 1980', '3 Feb 80']) {
        expect(parseDate(words.replace('{}', date), as('dmy'))).toBe('19800203');
      }
    },
  );
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
    expect(
      likelyOrder(
        orderEvidence(
          values.map((value) => [value, 1]),
          'no',
        ),
      ),
    ).toBe(order);
  });
});

describe('dates of other scripts and languages', () => {
  it.each([
    ['3. Februar 1980', '19800203'],
    ['3. März 1980', '19800303'],
    ['3 février 1980', '19800203'],
    ['1er août 1980', '19800801'],
    ['3 de febrero de 1980', '19800203'],
    ['3 de março de 1980', '19800303'],
    ['3 gennaio 1980', '19800103'],
    ['3 mei 1980', '19800503'],
    ['3 lutego 1980', '19800203'],
    ['3. února 1980', '19800203'],
    ['1980. február 3.', '19800203'],
    ['3 февраля 1980 г.', '19800203'],
    ['3 Φεβρουαρίου 1980', '19800203'],
    ['3 Şubat 1980', '19800203'],
    ['3. helmikuuta 1980', '19800203'],
    ['3 februari 1980', '19800203'],
    ['lundi 3 mars 1980', '19800303'],
    ['Sun Feb 03 1980 00:00:00', '19800203'],
    ['1980年2月3日', '19800203'],
    ['1980년 2월 3일', '19800203'],
    ['٠٣/٠٢/١٩٨٠', '19800203'],
    ['०३-०२-१९८०', '19800203'],
    ['３／２／１９８０', '19800203'],
    ['030280', '19800203'],
    ['3.2.80', '19800203'],
    ['03 - 02 - 1980', '19800203'],
    ['3 / 2 / 1980', '19800203'],
    ['3 MRZ 1980', '19800303'],
    ['3 ก.พ. 2523', '19800203'],
    ['3 กุมภาพันธ์ พ.ศ. 2523', '19800203'],
    ['S55年2月3日', '19800203'],
    ['昭55.2.3', '19800203'],
    ['19800203120000', '19800203'],
    ['198002031200', '19800203'],
    ['19800203120000.000+0100', '19800203'],
    ['19800203T120000Z', '19800203'],
    ['198002032500', undefined],
  ])('reads %j', (text, day) => {
    expect(parseDate(text, as('dmy'))).toBe(day);
  });

  it('counts days as Excel does, before and after the leap day of 1900 that never was', () => {
    const serial = { dateOrder: 'dmy', lastYear: 2029, serialDates: '1900' } as const;
    expect(parseDate('29254', serial)).toBe('19800203');
    expect(parseDate('29254.75', serial)).toBe('19800203');
    expect(parseDate('27792', { ...serial, serialDates: '1904' })).toBe('19800203');
    expect(parseDate('29254', as('dmy'))).toBeUndefined();
  });
});

describe('questions about the order of dates', () => {
  const doubtsOf = (values: readonly string[]) =>
    profileColumn('start', () => values).doubts.flatMap(({ kind }) => (kind === 'date-order' ? [kind] : []));
  const two = (part: number) => String(part).padStart(2, '0');
  const days = (rows: number, day: (row: number) => number, of: (day: string, month: string, year: number) => string) =>
    Array.from({ length: rows }, (_, row) => of(two(day(row)), two(1 + (row % 12)), 1990 + (row % 20)));
  const iso = (day: string, month: string, year: number) => `${year}-${month}-${day}`;
  const bars = (day: string, month: string, year: number) => `${day}/${month}/${year}`;

  it('are none where plain days are all the first of a month', () => {
    const ends = ['31/12/1980', '31/12/1981', '31/12/1982'];
    expect(doubtsOf([...days(60, () => 1, iso), ...ends])).toEqual([]);
    expect(doubtsOf([...days(60, (row) => [1, 7][row % 2] ?? 1, iso), ...ends])).toEqual([]);
    expect(doubtsOf([...days(60, (row) => 1 + (row % 12), iso), ...ends])).toEqual(['date-order']);
  });

  it('are none where few of many firsts show it, all alike', () => {
    const firsts = days(955, () => 1, bars);
    expect(doubtsOf([...firsts, ...days(45, (row) => 13 + (row % 15), bars)])).toEqual([]);
    expect(doubtsOf([...firsts, ...days(10, (row) => 13 + (row % 15), bars)])).toEqual([]);
    expect(doubtsOf([...firsts, ...days(9, (row) => 13 + (row % 15), bars)])).toEqual(['date-order']);
    const others = days(
      10,
      (row) => 13 + (row % 15),
      (day, month, year) => `${month}/${day}/${year}`,
    );
    expect(doubtsOf([...firsts, ...days(20, (row) => 13 + (row % 15), bars), ...others])).toEqual(['date-order']);
  });
});
