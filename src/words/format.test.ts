import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import {
  counted,
  dateWords,
  dayWords,
  fixedWords,
  languageWords,
  monthWords,
  numberWords,
  percentWords,
  roundedWords,
} from './format.ts';

it('numbers have as many digits as asked for', () => {
  expect(numberWords(1234567.1234567)).toBe('1,234,567.123457');
  expect(fixedWords(1234.5, 2)).toBe('1,234.50');
  expect(roundedWords(0.123456, 2)).toBe('0.12');
  expect(numberWords(1500)).toBe('1,500');
  expect(percentWords(0.9944)).toBe('99.4 %');
});

it('one thing is one, many have their plural', () => {
  expect([0, 1, 2000].map((count) => counted(count, 'row'))).toEqual(['0 rows', '1 row', '2,000 rows']);
  expect(counted(1, 'row is', 'rows are')).toBe('1 row is');
});

it('a day is the day in UTC', () => {
  const evening = new Date(Date.UTC(2020, 0, 14, 23, 59));
  expect(dayWords(evening)).toBe('14 January 2020');
  expect(monthWords(evening)).toBe('January 2020');
  expect(dateWords('2020-01-14T12:00:00')).toBe('14 Jan 2020, 12:00');
});

it('a language bears its own name', () => {
  expect(['en', 'de', 'fr'].map(languageWords)).toEqual(['English', 'Deutsch', 'Français']);
});

/** Command lines and the tools of this project write for programs and terminals. */
const OWN_FORMATS = ['words', 'cli', 'tools', 'testing'];

it('no other room has a format of its own', () => {
  const rooms = fileURLToPath(new URL('..', import.meta.url));
  const files = readdirSync(rooms, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !file.includes('.test.') && !OWN_FORMATS.includes(file.split(/[\\/]/)[0] ?? ''),
  );
  expect(files.length).toBeGreaterThan(400);
  const own = files.filter((file) => {
    const shown = file.startsWith('app')
      ? /\bIntl\.|\.toLocale\w*String\(|\.to(Fixed|Precision)\(/
      : /\bIntl\.|\.toLocale\w*String\(/;
    return shown.test(readFileSync(join(rooms, file), 'utf8'));
  });
  expect(own).toEqual([]);
});
