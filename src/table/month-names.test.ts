import { describe, expect, it } from 'vitest';
import { profileColumn } from './column-profile.ts';
import { parseDate } from './dates.ts';
import { joinedDate } from './joined-date.ts';

const LANGUAGES =
  'be bg bs ca cs cy da de de-AT el en es et fi fr gl hr hu is it lt lv mk mt nb nl nn pl pt ro ru sk sl sq sr sr-Latn sv tr uk'.split(
    ' ',
  );
const DAYS = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(1980, month, 13)));
const READ = DAYS.map((day) => day.toISOString().slice(0, 10).replaceAll('-', ''));

function read(values: readonly string[]) {
  const { reading } = profileColumn('dob', () => values);
  return values.map((value) => parseDate(value, reading));
}

describe.each(LANGUAGES)('names of months in %s', (language) => {
  it.each(['long', 'short'] as const)('are read, %s', (month) => {
    const format = new Intl.DateTimeFormat(language, { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' });
    expect(read(DAYS.map((day) => format.format(day)))).toEqual(READ);
  });

  it('are read by themselves', () => {
    const format = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
    expect(read(DAYS.map((day) => `13 ${format.format(day)} 1980`))).toEqual(READ);
  });
});

/** Of these a month by itself may be written otherwise than in a date. */
const FURTHER = 'af az bn fa fil gu he hi hy ka kk kn ml mr ms ne pa sw ta te th ur uz'.split(' ');

describe.each(FURTHER)('names of months in %s', (language) => {
  it.each(['long', 'short'] as const)('are read within a date, %s', (month) => {
    const tag = `${language}-u-ca-gregory-nu-latn`;
    const format = new Intl.DateTimeFormat(tag, { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' });
    expect(read(DAYS.map((day) => format.format(day)))).toEqual(READ);
  });
});

describe('weekdays around a date', () => {
  const WITH = `${LANGUAGES.filter((language) => language !== 'bg').join(' ')} de-CH en-AU en-GB es-MX fa fr-CA he hi id ja ko ms pt-PT ru ta te th ur vi zh zh-TW`;

  it.each(WITH.split(' '))('are passed over in %s', (language) => {
    const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { dateStyle: 'full', timeZone: 'UTC' });
    expect(read(DAYS.map((day) => format.format(day)))).toEqual(READ);
  });

  it.each([
    ['Mi., 13. Februar 1980'],
    ['Mittwoch, den 13. Februar 1980'],
    ['Mittwoch den 13.02.1980'],
    ['Wednesday, the 13th of February, 1980'],
    ['1980/02/13(水)'],
    ['13.02.1980 (Mi.)'],
  ])('are passed over: %s', (date) => expect(read([date])).toEqual(['19800213']));

  it.each(['Mon 02/04/1980', '02/04/1980, Monday', 'Mo., 02/04/1980', '02/04/1980 (Mon)'])(
    'leave the order to be asked for: %s',
    (date) => expect(profileColumn('dob', () => [date]).doubts.map(({ kind }) => kind)).toContain('date-order'),
  );

  it.each([
    ['do 13.02.1980', 'do 14.02.1980'],
    ['po 13.02.1980', 'po 11.02.1980'],
    ['pre 13 Feb 1980', 'pre 15 Feb 1980'],
  ])('that say before or after in another language need the right day: %s', (other, weekday) => {
    expect(read([other])).toEqual([undefined]);
    expect(read([weekday])[0]).toMatch(/^1980021/);
  });

  it('make no date of a street', () =>
    expect(read(['12 March Street', 'Flat 3, 1980 Main Road'])).toEqual([undefined, undefined]));
});

describe('listopad', () => {
  it('is October among Croatian months, and November among Polish and Czech ones', () => {
    expect(read(['3. listopada 1980.', '3. siječnja 1980.'])).toEqual(['19801003', '19800103']);
    expect(read(['3 listopada 1980', '3 stycznia 1980'])).toEqual(['19801103', '19800103']);
    expect(read(['3. listopadu 1980', '3. ledna 1980'])).toEqual(['19801103', '19800103']);
    expect(joinedDate('1980', 'listopad', '3', 2029, true)).toBe('1980-10-03');
    expect(joinedDate('1980', 'listopad', '3', 2029)).toBe('1980-11-03');
  });
});
