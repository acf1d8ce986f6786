import { describe, expect, it } from 'vitest';
import { detectDialect } from './dialect.ts';
import { findEncoding } from './encoding.ts';
import { findHeader } from './header.ts';
import { Utf8Census } from './utf8-census.ts';

const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const wide = (text: string, low: 0 | 1) =>
  Uint8Array.from({ length: 2 * text.length }, (_, i) => (i % 2 === low ? text.charCodeAt(i >> 1) : 0));

describe('findEncoding', () => {
  it.each([
    ['a UTF-8 mark', Uint8Array.from([0xef, 0xbb, 0xbf, 0x61]), 'utf-8'],
    ['a UTF-16 LE mark', Uint8Array.from([0xff, 0xfe, 0x61, 0]), 'utf-16le'],
    ['a UTF-16 BE mark', Uint8Array.from([0xfe, 0xff, 0, 0x61]), 'utf-16be'],
    ['UTF-16 LE without a mark', wide('name,age\nann,1\n', 0), 'utf-16le'],
    ['UTF-16 BE without a mark', wide('name,age\nann,1\n', 1), 'utf-16be'],
    ['ASCII', ascii('name,age\n'), 'utf-8'],
    ['UTF-8', new TextEncoder().encode('Zoë 😀'), 'utf-8'],
    ['UTF-8 cut inside of a character', new TextEncoder().encode('Zoë 😀').slice(0, -2), 'utf-8'],
    ['Latin-1', ascii('Zo\xeb,M\xfcller'), 'windows-1252'],
  ])('tells %s', (_, bytes, encoding) => {
    expect(findEncoding(bytes)).toEqual({ encoding, doubts: [] });
  });

  it('takes one pair that looks like UTF-8 for no proof', () => {
    const { encoding, doubts } = findEncoding(ascii('\xc3\xa9 \xeb \xfc \xe9'));
    expect(encoding).not.toBe('utf-8');
    expect(doubts).toHaveLength(1);
  });

  it('counts the same whether bytes come at once or one by one, and takes no overlong forms or surrogates', () => {
    const bytes = Uint8Array.from([0xc3, 0xa9, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf0, 0x9f, 0x98, 0x80, 0xf5]);
    const whole = new Utf8Census();
    whole.add(bytes);
    const pieces = new Utf8Census();
    for (const byte of bytes) pieces.add(Uint8Array.of(byte));
    expect([pieces.characters, pieces.misfits]).toEqual([whole.characters, whole.misfits]);
    expect(whole.characters).toBe(2);
    expect(new TextDecoder().decode(bytes).split('\ufffd').length - 1).toBe(whole.misfits);
  });
});

describe('detectDialect', () => {
  it.each([
    ['name,age\nann,1\n', ',', true],
    ['name;age\nann;1,5\nbob;2,5\n', ';', true],
    ['name\tage\nann\t1\n', '\t', true],
    ['name|age\nann|1\n', '|', true],
    ['name\nann\nbob\n', ',', true],
    ['"name";"note"\n"ann";"a, b, c"\n"bob";"d, e"\n', ';', true],
    ['ann,1980-01-01\nbob,1981-02-02\n', ',', false],
    ['1,2\n3,4\n', ',', false],
    ['michaela,neumann,nsw\ncourtney,painter,vic\nanna,neumann,nsw\n', ',', false],
  ])('reads %j', (text, delimiter, header) => {
    expect(detectDialect(text, true, {})).toMatchObject({ delimiter, header });
  });

  it('takes what the person says', () => {
    expect(detectDialect('name,age\nann,1\n', true, { delimiter: ';', header: false })).toMatchObject({
      delimiter: ';',
      header: false,
    });
  });

  it.each([
    ['a\nb\n', '\n'],
    ['a\r\nb\r\n', '\n'],
    ['a\rb\r', '\r'],
    ['"a\nb"\rc\r', '\r'],
  ])('finds the line break of %j', (text, newline) => {
    expect(detectDialect(text, true, {}).newline).toBe(newline);
  });
});

describe('findHeader', () => {
  const yes = { header: true, isDoubtful: false };
  const no = { header: false, isDoubtful: false };
  it.each<[string, string[], object]>([
    ['letters over numbers', ['x,y', '1,2'], yes],
    ['repeated letters over numbers', ['x,x', '1,2'], yes],
    ['a known word and a blank', ['given_name,', 'ann,2'], yes],
    ['a word in camel case', ['dateOfBirth,x', '1,y'], yes],
    ['years over counts', ['name,dob,2019,2020', 'Ada,1970-01-02,4,5', 'Bo,1971-02-03,6,7'], yes],
    ['words of other languages', ['Vorname;Nachname', 'Uwe;Kurz', 'Ina;Lang'].map((row) => row.replace(';', ',')), yes],
    ['French words', ['prénom,nom', 'Luc,Petit', 'Zoé,Roux'], yes],
    ['Persian words', ['نام,نام خانوادگی,کد ملی', 'علی,رضایی,0012345678', 'مریم,احمدی,0087654321'], yes],
    ['Hebrew words', ['שם פרטי,שם משפחה', 'דוד,כהן', 'שרה,לוי'], yes],
    ['Georgian words', ['სახელი,გვარი', 'გიორგი,ბერიძე', 'ნინო,ლომიძე'], yes],
    ['Bengali words', ['নাম,ঠিকানা', 'রহিম,ঢাকা', 'করিম,খুলনা'], yes],
    ['Chinese words', ['姓名,性别', '王伟,男', '李娜,女'], yes],
    ['Russian words', ['имя,фамилия', 'Анна,Котова', 'Пётр,Зайцев'], yes],
    ['numbered names over text', ['q1,q2', '3,4', '5,1'], yes],
    ['a year over years', ['x,2020', 'a,2021'], no],
    ['a street over streets', ['Ada,4 Market Street', 'Bo,9 Hill Lane'], no],
    ['a street without number over streets', ['Ada,Moor Street,1', 'Bo,High Street,2'], no],
    ['an American date', ['Ada,12/25/1970', 'Bo,11/30/1982'], no],
    ['a decimal comma', ['Ada|60,5|x', 'Bo|70,1|y'], no],
    ['a label that comes again', ['michaela,nsw', 'courtney,vic', 'anna,nsw'], no],
    ['a phone number', ['Ada,0170 123', 'Bo,0171 456'], no],
    ['names over names', ['Ada,Moor', 'Bo,Kell'], { header: true, isDoubtful: true }],
    ['a word and a number', ['Region,12', 'Ann,13', 'Bo,14'], { header: true, isDoubtful: true }],
  ])('of %s', (_, rows, finding) => {
    const split = rows.map((row) => row.split(row.includes('|') ? '|' : ','));
    expect(findHeader(split)).toEqual(finding);
  });
});

describe('the lines above a table', () => {
  it.each<[string, string, object]>([
    ['sep=', 'sep=;\nname;age\nann;1\nbob;2\n', { delimiter: ';', skip: 1, header: true }],
    ['quoted sep=', '"sep=|"\r\nname|age\r\nann|1\r\nbob|2\r\n', { delimiter: '|', skip: 1 }],
    ['a title', 'Patients of 2020\nname,age\nann,1\nbob,2\n', { delimiter: ',', skip: 1, header: true }],
    ['a padded title', 'Patients of 2020,,\n,,\nname,age,sex\nann,1,f\nbob,2,m\n', { skip: 1, header: true }],
    ['comments', '# made by hand\n# 2020\nname,age\nann,1\nbob,2\n', { skip: 2, header: true }],
    ['two titles and a blank', 'Report\nMay\n\nname;age;x\nann;1;2\nbob;2;3\n', { delimiter: ';', skip: 2 }],
    ['a comma in a title', 'Patients, all wards\nname;age;sex\nann;1;f\nbob;2;m\n', { delimiter: ';', skip: 1 }],
    ['nothing', 'name,age\nann,1\nbob,2\n', { skip: 0 }],
    ['a short first person', 'ann\nbob,2\ncid,3\n', { skip: 0 }],
    ['a header that begins with #', '#id,age\n1,20\n2,30\n', { skip: 0, header: true }],
  ])('of %s', (_, text, dialect) => {
    expect(detectDialect(text, true, {})).toMatchObject(dialect);
  });

  it('finds delimiters that stand inside of a header', () => {
    expect(detectDialect('Name, given;Date, of birth;x\nann;1980-01-01;1\nbob;1981-02-02;2\n', true, {})).toMatchObject(
      {
        delimiter: ';',
      },
    );
    expect(detectDialect('"a;b","c;d"\n1,2\n3,4\n', true, {})).toMatchObject({ delimiter: ',' });
    expect(detectDialect('1,5;2,5\n3,5;4,5\n', true, {})).toMatchObject({ delimiter: ';', header: false });
  });
});
