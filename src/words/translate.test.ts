import { afterEach, expect, it } from 'vitest';
import { counted, numberWords, tCounted } from './format.ts';
import { forPrograms, message, speak, spoken, t, tKnown } from './translate.ts';

const GERMAN = {
  'The file has {{rows}} rows.': 'Die Datei hat {{rows}} Zeilen.',
  '{{count}} rows_one': '{{count}} Zeile',
  '{{count}} rows_other': '{{count}} Zeilen',
  '{{count}} cells of {{column}} are empty._one': '{{count}} Feld von {{column}} ist leer.',
  '{{count}} cells of {{column}} are empty._other': '{{count}} Felder von {{column}} sind leer.',
};

afterEach(() => speak('en', {}));

it('says a sentence as it is written, and in German by its catalogue', () => {
  expect(t('The file has {{rows}} rows.', { rows: 3 })).toBe('The file has 3 rows.');
  speak('de', GERMAN);
  expect(t('The file has {{rows}} rows.', { rows: 3 })).toBe('Die Datei hat 3 Zeilen.');
  expect(t('Nobody translated this: yet.')).toBe('Nobody translated this: yet.');
});

it('counts in both', () => {
  const empty = (count: number) =>
    tCounted('{{count}} cell of {{column}} is empty.', '{{count}} cells of {{column}} are empty.', count, {
      column: 'town',
    });
  expect([counted(1, 'row'), counted(2000, 'row'), empty(1), empty(1200)]).toEqual([
    '1 row',
    '2,000 rows',
    '1 cell of town is empty.',
    '1,200 cells of town are empty.',
  ]);
  speak('de', GERMAN);
  expect([counted(1, 'row'), counted(2000, 'row'), empty(1), empty(1200)]).toEqual([
    '1 Zeile',
    '2.000 Zeilen',
    '1 Feld von town ist leer.',
    '1.200 Felder von town sind leer.',
  ]);
  expect(numberWords(1234.5)).toBe('1.234,5');
});

it('takes values for what they are: neither places nor catalogue entries of their own', () => {
  const hostile: string = '$t({{count}} rows) {{rows}} <b>&amp;';
  expect(t('The file has {{rows}} rows.', { rows: hostile })).toBe(`The file has ${hostile} rows.`);
  speak('de', GERMAN);
  expect(t('The file has {{rows}} rows.', { rows: hostile })).toBe(`Die Datei hat ${hostile} Zeilen.`);
});

it('writes fractions as the language does, also those that nobody has written', () => {
  const said = () => [
    t('The file has {{rows}} rows.', { rows: 0.5 }),
    t('The file has {{rows}} rows.', { rows: 12345 }),
  ];
  expect(said()).toEqual(['The file has 0.5 rows.', 'The file has 12345 rows.']);
  speak('de', GERMAN);
  expect(said()).toEqual(['Die Datei hat 0,5 Zeilen.', 'Die Datei hat 12345 Zeilen.']);
});

it('marks sentences that are said later, and tells other threads what to speak', () => {
  const later = message('The file has {{rows}} rows.');
  expect(spoken()).toEqual({ language: 'en', catalogue: {} });
  speak('de', GERMAN);
  expect(t(later, { rows: 1 })).toBe('Die Datei hat 1 Zeilen.');
  expect(spoken()).toEqual({ language: 'de', catalogue: GERMAN });
});

it('makes in English what programs read, whatever the page speaks', () => {
  speak('de', GERMAN);
  const made = () => [t('The file has {{rows}} rows.', { rows: numberWords(0.5) }), counted(2000, 'row')];
  expect(forPrograms(made)).toEqual(['The file has 0.5 rows.', '2,000 rows']);
  expect(made()).toEqual(['Die Datei hat 0,5 Zeilen.', '2.000 Zeilen']);
  expect(() =>
    forPrograms(() => {
      throw new Error('within');
    }),
  ).toThrow('within');
  expect(made()).toEqual(['Die Datei hat 0,5 Zeilen.', '2.000 Zeilen']);
});

it('says a sentence of our own that was sent, and leaves what others wrote', () => {
  const hostile = '$t(Known.) {{rows}}';
  speak('de', { 'Known.': 'Bekannt.' });
  expect([tKnown('Known.'), tKnown('Unknown.'), tKnown(hostile)]).toEqual(['Bekannt.', 'Unknown.', hostile]);
});
