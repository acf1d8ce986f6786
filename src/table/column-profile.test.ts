import { describe, expect, it } from 'vitest';
import { profileColumn } from './column-profile.ts';
import type { ColumnSettings } from './column-settings.ts';

const profile = (values: readonly string[], settings: ColumnSettings = {}) =>
  profileColumn('x', () => values, settings, 2026);
const repeated = (values: readonly string[], times: number) => Array.from({ length: times }, () => values).flat();
const ages = Array.from({ length: 80 }, (_, i) => String(10 + i));
const names = Array.from({ length: 300 }, (_, i) => `Name${'abcdefghij'[i % 10]}${i}`);
/** Doubts that stop a use. */
const stopping = (values: readonly string[], use: 'average' | 'date', settings: ColumnSettings = {}) =>
  profile(values, settings).doubts.filter(({ stops }) => stops.includes(use));

describe('words that stand for no value', () => {
  it.each([
    'NA',
    'n/a',
    'N/A',
    'NULL',
    'null',
    'NaN',
    '.',
    '-',
    '?',
    'missing',
    'Unknown',
    '#N/A',
    '<NA>',
    '\\N',
    '(null)',
    'none',
    'k. A.',
    'unbekannt',
    'keine Angabe',
    'inconnu',
    'non renseigné',
    'desconocido',
    'sin datos',
    'não informado',
    'sconosciuto',
    'onbekend',
    'okänd',
    'nieznany',
    'brak danych',
    'neuvedeno',
    'неизвестно',
    'нет данных',
    'bilinmiyor',
    'άγνωστο',
    '不明',
    '未知',
    '없음',
    'अज्ञात',
    'ไม่ทราบ',
  ])('take %j for none among numbers, and say how many there are', (word) => {
    const { missing, reading, empty, doubts } = profile([...ages, word, word, '']);
    expect(missing).toEqual([{ value: word, rows: 2, taken: true }]);
    expect(empty).toBe(3);
    expect(reading.missing.size).toBe(1);
    expect(doubts).toEqual([]);
  });

  it.each(['N/A', 'unknown', 'not known', '#N/A', '?'])('take %j for none among names as well', (word) => {
    expect(profile([...names, word]).empty).toBe(1);
  });

  it.each(['Null', 'NA', 'Brak', 'None'])('leave %j, which may be a name, unless it is many', (word) => {
    expect(profile([...names, word]).empty).toBe(0);
    expect(profile([...names, ...repeated([word], 40)]).empty).toBe(40);
  });

  it('leave labels that may be a country or an answer, and offer them', () => {
    const { missing, empty } = profile(repeated(['NA', 'DE', 'FR', 'none'], 20));
    expect(empty).toBe(0);
    expect(missing.map(({ value, taken }) => [value, taken])).toEqual([
      ['NA', false],
      ['none', false],
    ]);
  });

  it('are what a person says they are', () => {
    expect(profile([...ages, 'NA', 'x', 'x'], { missing: ['X'] }).empty).toBe(2);
    expect(profile([...ages, 'NA'], { missing: [] }).empty).toBe(0);
  });

  it('take fillers of dates for none', () => {
    expect(profile([...repeated(['1980-02-03', '1975-12-31'], 20), '0000-00-00', '99/99/9999']).empty).toBe(2);
  });
});

describe('codes that stand out', () => {
  it.each([
    ['below zero', [...ages, '-9', '-9']],
    ['-1', [...ages, '-1']],
    ['-99 and -77', [...ages, '-99', '-77']],
    ['far above', [...ages, '999', '999']],
    ['9999.9', [...ages, '9999.9']],
    ['9 of a scale of five', [...repeated(['1', '2', '3', '4', '5'], 20), '9', '9']],
    ['many 88 among ages', [...repeated(ages, 3), ...repeated(['88'], 60)]],
  ])('wait for a person before an average: %s', (_, values) => {
    const [doubt, ...others] = stopping(values, 'average');
    expect(others).toEqual([]);
    expect(doubt?.kind).toBe('missing-code');
    expect(doubt?.choices).toHaveLength(2);
    for (const { settings } of doubt?.choices ?? []) expect(stopping(values, 'average', settings)).toEqual([]);
  });

  it('are no part of the range until somebody says that they are numbers', () => {
    expect(profile([...ages, '999']).extent).toMatchObject({ minimum: 10, maximum: 89 });
    expect(profile([...ages, '999'], { missing: [] }).extent).toMatchObject({ maximum: 999 });
  });

  it.each([
    ['ages', ages],
    ['temperatures', ['-9', '-12', '3', '8', '-1', '0', '12']],
    ['counts with 9 among them', repeated(['7', '8', '9', '10', '11'], 9)],
    ['incomes', Array.from({ length: 200 }, (_, i) => String(18_000 + 777 * i))],
  ])('are not seen in %s', (_, values) => {
    expect(stopping(values, 'average')).toEqual([]);
  });
});

describe('numbers of a column', () => {
  it.each([[['45.000', '38.500']], [['1,234', '5,678', 'NA']], [['$20,000', '$31,000']], [['12', '7', '45.000']]])(
    'with marks that mean two things wait for a person: %j',
    (values) => {
      const [doubt] = stopping(values, 'average');
      expect(doubt?.kind).toBe('decimal-mark');
      expect(doubt?.choices.map(({ settings }) => settings.decimalMark)).toEqual(['.', ',']);
      expect(stopping(values, 'average', { decimalMark: ',' })).toEqual([]);
    },
  );

  it.each([
    [['45.000', '38.500', '12.5'], '.', 45],
    [['45.000', '38.500', '12,5'], ',', 45_000],
    [['45.000', '1.234.567'], ',', 1_234_567],
    [['7,13,797', '24,867'], '.', 713_797],
    [['0.125', '45.000'], '.', 45],
    [["1'234", '45.5'], '.', 1234],
  ])('show their mark where any of them can be read in one way only: %j', (values, mark, maximum) => {
    const { reading, extent, doubts } = profile(values);
    expect(doubts).toEqual([]);
    expect([reading.decimalMark, extent?.maximum]).toEqual([mark, maximum]);
  });

  it('wait where more than a tenth of them is something else', () => {
    const tenth = [...ages.slice(0, 70), 'low', 'high', 'low', 'low', 'low', 'low', 'low', 'low'];
    expect(stopping(tenth, 'average').map(({ kind }) => kind)).toEqual(['not-numbers']);
    expect(stopping(tenth, 'average', { notNumbers: 'missing' })).toEqual([]);
    expect(stopping([...ages, 'low'], 'average')).toEqual([]);
    expect(stopping(['a', 'b'], 'average')[0]?.choices).toEqual([]);
  });

  it('in another unit than most are none', () => {
    expect(profile([...repeated(['70 kg', '82 kg', '65'], 20), '150 lb']).extent).toMatchObject({ maximum: 82 });
    expect(profile([...repeated(['12%', '30%'], 20), '0.4']).extent).toMatchObject({ minimum: 12 });
  });

  it('have the decimals that a person wrote, not those of doubles', () => {
    expect(profile(['0.30000000000000004', '0.1', '0.7']).extent?.decimals).toBe(1);
  });

  it('are looked at to the last, also past ten thousand different ones', () => {
    const many = Array.from({ length: 30_000 }, (_, i) => `${i + 1000}.00`);
    expect(profile([...many, '-9']).doubts.map(({ kind }) => kind)).toEqual(['missing-code']);
    expect(profile([...many.map((text) => text.replace('.00', '')), '1.500,5']).reading.decimalMark).toBe(',');
    expect(profile([...many, 'N/A']).empty).toBe(1);
  });
});

describe('dates of a column', () => {
  it.each([
    [['01/02/1980', '13/02/1980'], 'dmy'],
    [['01/02/1980', '02/13/1980'], 'mdy'],
    [['80/02/13', '79/12/31'], 'ymd'],
    [['010280', '310180'], 'dmy'],
    [['٠١/٠٢/١٩٨٠', '١٣/٠٢/١٩٨٠'], 'dmy'],
  ])('show their order: %j', (values, order) => {
    expect(profile(values)).toMatchObject({
      dateOrder: order,
      doubts: expect.not.arrayContaining([{ kind: 'date-order' }]),
    });
    expect(stopping(values, 'date')).toEqual([]);
  });

  it.each([
    [['01/02/1980', '03/04/1981']],
    [['01/02/1980', '05/05/1981']],
    [['05/05/80', '01/02/81']],
    [['05051980', '01021981']],
    [['1-2-80']],
    [['01/02/1980', '13/02/1980', '02/13/1980', '02/14/1980']],
    [[...Array.from({ length: 30 }, (_, i) => `0${1 + (i % 9)}/1${i % 3}/19${50 + i}`), '13/02/1980']],
  ])('wait for a person where they do not: %j', (values) => {
    const [doubt] = stopping(values, 'date');
    expect(doubt?.kind).toBe('date-order');
    expect(stopping(values, 'date', { dateOrder: 'mdy' })).toEqual([]);
  });

  it.each([
    [['1980-02-03', '1981-12-11']],
    [['19800203', '19811211']],
    [['3 Feb 1980', '11 Dec 1981']],
    [['01/01/1980', '02/02/1981']],
  ])('ask nothing where no order matters: %j', (values) => {
    expect(stopping(values, 'date')).toEqual([]);
  });

  it.each([
    ['as texts', (day: string) => day],
    ['with times', (day: string) => `${day} 00:00:00`],
    ['as numbers of days', (day: string) => String(Date.parse(day) / 86_400_000 + 25_569)],
  ])('wait for a person where a spreadsheet took days for months, %s', (_, written) => {
    const days = Array.from({ length: 40 }, (_, i) =>
      [1950 + i, 1 + (i % 12), 1 + ((7 * i) % 28)].map((part) => String(part).padStart(2, '0')),
    );
    const swapped = days.map(([year, month, day]) =>
      Number(day) <= 12 ? written(`${year}-${day}-${month}`) : `${day}/${month}/${year}`,
    );
    expect(stopping(swapped, 'date')[0]?.message).toContain('taken days for months');
    expect(stopping(swapped, 'date', { dateOrder: 'dmy' })).toEqual([]);
    expect(stopping([...swapped, '1980-02-13'], 'date')).toEqual([]);
  });

  it.each([
    [['01/02/45', '13/02/62', '20/11/80'], 1980],
    [['13/02/15', '20/11/45'], 1945],
    [['13/02/10', '20/11/24'], 2024],
    [['13/02/90', '20/11/05'], 2005],
    [['13/02/26', '20/11/30', '20/11/60', '20/11/95'], 1995],
  ])('have two-digit years by plausible ages: %j until %d', (values, lastYear) => {
    expect(profile(values).reading.lastYear).toBe(lastYear);
  });

  it('are days as Excel counts them', () => {
    expect(profile(['29254', '30112', '25569.5']).reading.serialDates).toBe('1900');
    expect(profile(['12', '70', '33']).reading.serialDates).toBe('no');
  });
});
