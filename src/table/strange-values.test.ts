import { describe, expect, it } from 'vitest';
import { matchRecords } from '../keys/match-records.ts';
import { profileColumn } from './column-profile.ts';
import { payloadValues } from './payload-values.ts';
import { readTable } from './read-table.ts';
import { summarise } from './summary.ts';

const times = (values: readonly string[], n: number) => Array.from({ length: n }, () => values).flat();
const INCOMES = Array.from({ length: 60 }, (_, i) => String(20_000 + 777 * i));
const AMOUNTS = Array.from({ length: 60 }, (_, i) => (90 + 31.4 * i).toFixed(2));
const YEARS = Array.from({ length: 60 }, (_, i) => String(1940 + i));
const QUARTERS = Array.from({ length: 60 }, (_, i) => (18 + i / 4).toFixed(2));
const TEMPERATURES = Array.from({ length: 38 }, (_, i) => (36 + i / 20).toFixed(1));
const HEIGHTS = Array.from({ length: 45 }, (_, i) => String(150 + i));
const WEIGHTS = Array.from({ length: 60 }, (_, i) => String(50 + i));

/** That a question was not for somebody, or not answered, in many languages. */
const MORE_WORDS = [
  ...['Angabe verweigert', 'trifft nicht zu', 'keine Daten', 'ne se prononce pas', 'sans objet', 'no aplica'],
  ...['não se aplica', 'non risposto', 'niet van toepassing', 'inte tillämpligt', 'ei sovellu', 'trudno powiedzieć'],
  ...['nelze určit', 'nem releváns', 'nu este cazul', 'не применимо', 'затрудняюсь ответить', 'не стосується'],
  ...['δεν ισχύει', 'uygulanamaz', 'לא רלוונטי', 'لا ينطبق', 'पता नहीं', 'ไม่มี', 'không áp dụng', 'tidak berlaku'],
  ...['N / A', '[missing]', '*unknown*', '#WERT!', '#¡VALOR!', '#NV', 'nicht ermittelt', 'weiß nicht / keine Angabe'],
  ...[
    'no contestó',
    'non rilevato',
    'nie określono',
    'нет сведений',
    'χωρίς απάντηση',
    'غير محدد',
    'ثبت نشده',
    'ไม่ได้ระบุ',
  ],
  ...['未填写', '不明/無回答', '자료없음', 'không có dữ liệu'],
  ...['Skipped (logic)', 'n.a', 'N/A.', '=NA()', '--.--', '(leer)', '(vide)', '(vacío)', '不知道', 'わからない'],
];

async function columnOf(header: string, values: readonly string[]) {
  const text = `name\t${header}\n${values.map((value) => `Ann\t${value}`).join('\n')}\n`;
  const file = await readTable(new Blob([text]), 'people.csv', { header: true, delimiter: '\t' });
  const column = summarise(file, 'people.csv').columns[1];
  if (column === undefined) throw new Error('no column');
  return { table: file.table, column };
}

/** The mean that a column starts with, and what stops it. */
async function meanOf(values: readonly string[]) {
  const { table, column } = await columnOf('income', values);
  const open = column.doubts.flatMap(({ kind, stops }) => (stops.includes('average') ? [kind] : []));
  if (column.range === undefined) return { open, mean: undefined, rows: 0 };
  const units = [...payloadValues(table, 1, column.range).units].filter((value) => !Number.isNaN(value));
  const { minimum, decimals } = column.range;
  const mean = units.reduce((a, b) => a + b, 0) / units.length / 10 ** decimals + minimum;
  return { open, mean: Math.round(mean * 1000) / 1000, rows: units.length };
}

describe('means of numbers that are written in a strange way', () => {
  it.each<[string, string[], number]>([
    ['thousands and millions by letters', ['12k', '15K', '1.2M'], 409_000],
    ['ten thousands of East Asia', ['1.2万', '3.5万円', '2万円'], 22_333.333],
    ['lakhs and crores', ['1.5 lakh', '2 lakhs', '0.1 crore'], 450_000],
    ['millions by words', ['1,5 Mio. €', '2,5 Mio. €'], 2_000_000],
    ['amounts without cents', ["CHF 1'200.–", 'CHF 900.–', 'CHF 300.--'], 800],
    ['amounts as in Sweden', ['12,-', '13,-', '14,-'], 13],
    ['texts of a spreadsheet', ["'120", "'130", '="140"'], 130],
    ['signs that show nothing', ['12\u200b0', '13\ufeff0', '\u200e140'], 130],
    ['degrees Kelvin, which are no thousands', ['300 K', '310 K'], 305],
    ['the special values of SAS and Stata', [...WEIGHTS, '.A', '.b', '._', '.'], 79.5],
    ['months among years', [...Array.from({ length: 11 }, (_, i) => `${i + 2}Y`), '18M'], 7],
    ['thousands and millions by more words', ['98,8 tis. Kč', '1,2 mill. Kč'], 649_400],
    ['a percent sign before', ['%12', '%13', '%14,5'], 13.167],
    ['an Arabic percent sign', ['١٢٪', '١٣٪', '١٤٪'], 13],
    ['currencies of Asia and Africa', ['Rp 1.234.567', 'Rp 1.234.569'], 1_234_568],
    [
      'prices, of which one is common',
      [...Array.from({ length: 60 }, (_, i) => `${i}.50`), ...times(['9.99'], 5)],
      28.461,
    ],
    ['all that a program writes for errors', [...WEIGHTS, '(blank)', '{null}', '#ERROR!', '1.#IND', '****'], 79.5],
    ['words of twenty languages', [...WEIGHTS, 'není známo', 'nav zināms', 'teadmata', 'nežinoma', 'vet ej'], 79.5],
    ['words of other scripts', [...WEIGHTS, 'не знаю', 'δεν απαντώ', '無回答', '무응답', '해당없음'], 79.5],
    ...MORE_WORDS.map((word): [string, string[], number] => [word, [...WEIGHTS, word, word, word], 79.5]),
    ['texts in quotation marks of other languages', ["'12'", '“13”', '„14”', '«15»'], 13.5],
    ['a currency before parentheses', ['$(1,200.00)', '$1,300.00', '($ 100.00)'], 0],
    ['apostrophes of every keyboard', ['1´200.50', '1`300.50', '1ʼ400.50', '1′500.50'], 1350.5],
    ['texts in double quotation marks', ['"""1200"""', '"""1300"""'], 1250],
    ['a dash beside zeros', [...times(['0', '2', '4'], 20), '-', '-', '-'], 2],
    ['a dash among heights', [...HEIGHTS, '-', '-', '-'], 172],
    ['answers that were not given', [...WEIGHTS, 'declined', 'prefer not to say', 'TBC', 'pending'], 79.5],
  ])('%s', async (_, values, mean) => {
    expect(await meanOf(values)).toMatchObject({ open: [], mean });
  });

  it.each<[string, string[]]>([
    ['powers', ['10²', '12', '13', '14', '15', '16', '17', '18', '19', '20', '21']],
    ['halves', ['5½', '12', '13', '14', '15', '16', '17', '18', '19', '20', '21']],
    ['four hundred digits', ['7'.repeat(400), '12', '13', '14', '15', '16', '17', '18', '19', '20', '21']],
    ['grams among kilograms', ['800 g', ...times(['1.2 kg', '1.4 kg'], 6)]],
  ])('leave out what is no number: %s', async (_, values) => {
    expect(await meanOf(values)).toMatchObject({ open: [], rows: values.length - 1 });
  });

  it.each<[string, string[]]>([
    ['9 beside yes and no', [...times(['0', '1'], 30), '9', '9']],
    ['9 beside 1 and 2', [...times(['1', '2'], 30), '9', '9']],
    ['99 beside yes and no', [...times(['0', '1'], 30), '99']],
    ['98 and 99 above all ages', [...Array.from({ length: 70 }, (_, i) => String(18 + i)), ...times(['98', '99'], 4)]],
    ['-66 and -77 among scores', [...WEIGHTS, '-66', '-77']],
    [
      'a few zeros among temperatures',
      [...Array.from({ length: 60 }, (_, i) => `${36 + (i % 40) / 10}`), '0.00', '0.00'],
    ],
    ['0000', [...INCOMES, '0000']],
    ['centimetres among metres', [...Array.from({ length: 30 }, (_, i) => `1.${50 + i}`), '150', '162', '171']],
    ['fractions among percents', [...WEIGHTS, '0.52', '0.61']],
    ['a weight that lost its point', [...WEIGHTS, '9300']],
    ['none beside numbers of children', [...times(['1', '2', '3'], 10), ...times(['none'], 5)]],
    ['keine beside numbers of children', [...times(['1', '2', '3'], 10), ...times(['keine'], 5)]],
    ['-999.00 among incomes of five digits', [...INCOMES, '-999.00']],
    ['the largest number of 32 bits', [...INCOMES, '2147483647']],
    ['the smallest', [...WEIGHTS, '-2147483648']],
    ['32767 among weights', [...WEIGHTS, '32767']],
    ['a number that is a trillion times too large', [...INCOMES, '1e20']],
    ['many zeros below everybody', [...INCOMES, ...times(['0'], 12)]],
    ['1900 among years', [...YEARS, '1900', '1900']],
    ['a year of two digits among years', [...YEARS, '85']],
    ['3,500 among numbers below 33', [...QUARTERS, '3,500']],
    ['Fahrenheit among Celsius', [...TEMPERATURES, '98.6', '99.1']],
    ['as many of Fahrenheit', [...TEMPERATURES, ...TEMPERATURES.map((t) => (Number(t) * 1.8 + 32).toFixed(1))]],
    ['inches among centimetres', [...HEIGHTS, '65', '67', '70']],
    ['millimetres among centimetres', [...HEIGHTS, '1720']],
    ['pay by the month among pay by the year', [...INCOMES.slice(20), '2500', '3100', '2750']],
    ['mg/dl among mmol/l', [...Array.from({ length: 50 }, (_, i) => (4 + i / 20).toFixed(1)), '95', '102', '110']],
    ['refused by 97 in ages', [...Array.from({ length: 60 }, (_, i) => String(20 + i)), ...times(['97'], 4)]],
    ['7 beside 1 and 2', [...times(['1', '2'], 30), '7', '7']],
    ['dashes in accounts, where no zero is written', [...AMOUNTS, ' -   ', ' -   ', ' -   ']],
    ['dashes with a currency', [...AMOUNTS.map((amount) => `$ ${amount}`), ...times([' $ -   '], 3)]],
    ['dashes of German accounts', [...AMOUNTS.map((amount) => `${amount} €`), ...times(['-   €'], 3)]],
    ['zeros of some years among adults', [...Array.from({ length: 60 }, (_, i) => String(25 + i)), ...times(['0'], 4)]],
    ['120 of some years', [...Array.from({ length: 60 }, (_, i) => String(25 + (i % 50))), ...times(['120'], 4)]],
    ['a code after ten thousand others', [...Array.from({ length: 12_000 }, (_, i) => String(1000 + i)), '1e15']],
  ])('wait for a person: %s', async (_, values) => {
    expect((await meanOf(values)).open).toEqual(['missing-code']);
  });

  it.each<[string, string[]]>([
    ['years from 1900 on', [...YEARS.map((year) => String(Number(year) - 36)), '1900']],
    ['groups of digits among large numbers', [...INCOMES.map((income) => `${income}.50`), '21,500', '112,000']],
    ['zeros among visits', times(['0', '0', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'], 5)],
    ['the best mark, which many have', [...Array.from({ length: 24 }, (_, i) => String(62 + i)), ...times(['92'], 4)]],
    ['many of the largest, near others', [...WEIGHTS, ...times(['112'], 9)]],
    ['a rich one', [...INCOMES, '3500000']],
    ['a few zeros', [...INCOMES, '0', '0']],
    ['none once', [...WEIGHTS, 'none']],
    ['ages of children and of their grandparents', times(['1', '2', '3', '4', '5', '61', '64', '67', '70', '79'], 6)],
    ['small incomes', Array.from({ length: 200 }, (_, i) => String(100 + 3 * i * i))],
    ['two values and the next ones', times(['5', '6', '7', '8', '9'], 6)],
  ])('ask nothing about %s', async (_, values) => expect((await meanOf(values)).open).toEqual([]));
});

it('asks which of two numbers 27,500 is among numbers below 33, and 1.500 among numbers above 90', async () => {
  expect((await meanOf([...QUARTERS, '27,500'])).open).toContain('decimal-mark');
  expect((await meanOf([...AMOUNTS, '1.500', '1.250'])).open).toContain('decimal-mark');
  expect((await meanOf([...AMOUNTS.map((amount) => amount.replace('.', ',')), '1,500'])).open).toContain(
    'decimal-mark',
  );
  expect((await meanOf([...AMOUNTS, '0.500', '1.125', '9.250'])).open).not.toContain('decimal-mark');
});

describe('one number whose mark is plain', () => {
  const GROUPED = Array.from({ length: 60 }, (_, i) => `${1 + (i % 9)},${100 + 7 * i}`);

  it.each([['0,5'], ['12,34'], ['3.5']])('decides nothing about sixty that are not: %s', async (slip) => {
    expect((await meanOf([...GROUPED, slip])).open).toContain('decimal-mark');
    expect((await meanOf([...GROUPED.map((value) => value.replace(',', '.')), slip])).open).toContain('decimal-mark');
  });

  it.each([['1,234,567'], ['7,654.25']])('decides where it has two marks: %s', async (sure) => {
    expect((await columnOf('income', [...GROUPED, sure])).column.reading.decimalMark).toBe('.');
    expect((await meanOf([...GROUPED, sure])).open).not.toContain('decimal-mark');
  });

  it('decides among ten', async () => {
    expect((await meanOf([...GROUPED.slice(0, 10), '0,5'])).open).toEqual([]);
  });
});

it('asks about a word that is a thousand in Spanish and a million in Czech', async () => {
  expect((await meanOf(['850 mil', '900 mil'])).open).toEqual(['not-numbers']);
});

describe('days that are written in a strange way', () => {
  it.each<[string, string[], string[]]>([
    ['zeros that a program took', ['3021980', '13021980', '25041981'], ['19800203', '19800213', '19810425']],
    ['six digits without zeros', ['30280', '130280', '250481'], ['19800203', '19800213', '19810425']],
    ['numbers with .0', ['19800203.0', '19810304.0'], ['19800203', '19810304']],
    ['day numbers among dates', ['29254', '13/02/1980', '30112', '14/02/1980'], ['19800203', '19800213', '19820610']],
    ['years of Buddha', ['13/02/2523', '25/04/2524'], ['19800213', '19810425']],
    ['eras of Japan', ['昭和55年2月3日', '平成元年3月4日', 'S55.2.3'], ['19800203', '19890304', '19800203']],
    ['years of Taiwan', ['民國69年2月3日', '民國70年3月4日'], ['19800203', '19810304']],
    ['Arabic months', ['3 فبراير 1980', '4 مارس 1981'], ['19800203', '19810304']],
    ['Hebrew months', ['3 בפברואר 1980', '4 במרץ 1981'], ['19800203', '19810304']],
    ['Thai months and years', ['3 กุมภาพันธ์ 2523', '4 มีนาคม 2524'], ['19800203', '19810304']],
    ['Indonesian months', ['3 Maret 1980', '4 Agustus 1981'], ['19800303', '19810804']],
    ['Vietnamese words', ['ngày 3 tháng 2 năm 1980', 'ngày 13 tháng 3 năm 1981'], ['19800203', '19810313']],
    ['Roman months', ['3.II.1980', '4-XI-1981'], ['19800203', '19811104']],
    ['the time that SAS writes', ['03FEB1980:00:00:00', '04MAR1981:00:00:00'], ['19800203', '19810304']],
    ['lines between parts', ['1980_02_03', '1981_03_04'], ['19800203', '19810304']],
    ['texts of a spreadsheet', ["'1980-02-03", '="1981-03-04"'], ['19800203', '19810304']],
    ['texts in quotation marks', ["'1980-02-03'", '“1981-03-04”'], ['19800203', '19810304']],
  ])('%s', async (_, values, days) => {
    const { table, column } = await columnOf('dob', values);
    expect(column.guess).toBe('date');
    expect(column.doubts.filter(({ stops }) => stops.includes('date'))).toEqual([]);
    const { codes, values: read } = matchRecords(table, [{ name: 'dob', type: 'date', column: 1 }]);
    expect([...(codes[0] ?? [])].map((code) => read[0]?.[code]).slice(0, days.length)).toEqual(days);
  });

  it.each<[string, string[], boolean]>([
    ['the end of time', ['9999-12-31', '31.12.9999'], true],
    ['the end of time, of every fourth', times(['9999-12-31'], 25), true],
    ['another day of its last year', times(['9999-09-09'], 25), true],
    ['day zero of spreadsheets', ['1899-12-30'], true],
    ['the beginning of 1900, many times', times(['1900-01-01'], 40), true],
    ['the beginning of 1970, many times', times(['1970-01-01'], 40), false],
  ])('that stand for none: %s', (_, fillers, taken) => {
    const days = Array.from({ length: 80 }, (_, i) => `19${50 + (i % 40)}-0${1 + (i % 9)}-1${i % 7}`);
    const { missing } = profileColumn('dob', () => [...days, ...fillers]);
    expect(missing.map((one) => one.taken)).toEqual(new Set(fillers).size === 1 ? [taken] : [taken, taken]);
  });

  it('are not seen in incomes of five digits', async () => {
    expect((await columnOf('x', times(INCOMES, 3))).column.guess).toBe('average');
    expect((await columnOf('dob', times(INCOMES, 3))).column.guess).toBe('date');
  });
});

describe('whole numbers as categories', () => {
  it('are the same however a program wrote them', async () => {
    const { table } = await columnOf('house', ['12', '012', '12.0', ' 12 ', '12a', '12.5', '0', '00']);
    const { codes, values } = matchRecords(table, [{ name: 'house', type: 'category', column: 1 }]);
    expect([...(codes[0] ?? [])].map((code) => values[0]?.[code])).toEqual([
      ...['12', '12', '12', '12', '12a', '125', '0', '0'],
    ]);
  });
});

describe('values that a program has changed', () => {
  const said = async (values: readonly string[]) => {
    const text = `name\tvalue\n${values.map((value) => `Ann\t${value}`).join('\n')}\n`;
    const file = await readTable(new Blob([text]), 'people.csv', { header: true, delimiter: '\t' });
    return summarise(file, 'people.csv').problems.map(({ kind, column }) => [kind, column]);
  };

  it.each<[string, string[]]>([
    ['letters as in addresses of the web', ['K%C3%B6ln', 'Bonn']],
    ['letters as programs write them', ['K\\u00f6ln', 'Bonn']],
    ['letters as in mail', ['K+APY-ln', 'Bonn']],
    ['ranges that are dates', ['0-4', '5-Sep', 'Oct-14', '15-19']],
  ])('says so: %s', async (_, values) => expect(await said(values)).toEqual([['garbled-text', 'value']]));

  it.each<[string, string[]]>([
    ['dates without ranges', ['5-Sep', '6-Oct', '7-Nov']],
    ['ranges without dates', ['0-4', '5-9', '10-14']],
    ['signs between words', ['C+A Moden', '50% Cotton', 'C:\\users']],
  ])('says nothing about %s', async (_, values) => expect(await said(values)).toEqual([]));

  it('gives codes the zeros back that fewer than half of them have kept', async () => {
    const { table, column } = await columnOf('postcode', ['1074', '1148', '1222', '1259', '01037', '01111']);
    expect(column.digits).toBe(5);
    const { codes, values } = matchRecords(table, [{ name: 'postcode', type: 'code', column: 1, digits: 5 }]);
    expect([...(codes[0] ?? [])].map((code) => values[0]?.[code])).toContain('01074');
  });

  it('but not to codes of two lengths', async () => {
    expect((await columnOf('postcode', ['1074', '1148', '1222', '1259', '01037', '21111'])).column.digits).toBe(4);
  });
});
