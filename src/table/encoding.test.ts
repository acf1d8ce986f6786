import { describe, expect, it } from 'vitest';
import { findEncoding } from './encoding.ts';
import { type CsvEncoding, decoderOf, ENCODINGS } from './encodings.ts';

/** The bytes of a text in an encoding of single bytes, found by decoding all of them. */
function bytesIn(encoding: CsvEncoding, text: string): Uint8Array {
  const decoder = decoderOf(encoding);
  const byteOf = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  return Uint8Array.from(text, (character) => {
    const byte = byteOf.get(character);
    if (byte === undefined) throw new Error(`${encoding} has no ${character}`);
    return byte;
  });
}

/** The bytes of a text in an encoding of two bytes a character. */
function doubleBytesIn(encoding: CsvEncoding, text: string): Uint8Array {
  const decoder = decoderOf(encoding);
  const bytesOf = new Map<string, number[]>();
  for (let lead = 0x81; lead < 0xff; lead++) {
    for (let trail = 0x40; trail < 0xff; trail++)
      bytesOf.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  }
  return Uint8Array.from(Array.from(text).flatMap((c) => (c < '\x80' ? [c.charCodeAt(0)] : (bytesOf.get(c) ?? []))));
}

const GERMAN = 'name,ort\nJürgen Groß,Köln\nBärbel Höß,Fürth\nRené Müller,Gößweinstein\n';
const POLISH = 'imię,miasto\nŁukasz Wójcik,Łódź\nŻaneta Śliwińska,Gdańsk\nGrażyna Wójtowicz,Wrocław\n';
const CZECH = 'jméno,město\nJiří Dvořák,Plzeň\nZdeněk Růžička,Třebíč\nLubomír Němeček,Český Těšín\n';
const RUSSIAN = 'имя,город\nИван Петров,Казань\nОльга Смирнова,Пермь\nНаталья Кузнецова,Тверь\n';
const GREEK = 'όνομα,πόλη\nΓιώργος Παπαδόπουλος,Αθήνα\nΕλένη Νικολάου,Πάτρα\n';
const TURKISH = 'ad,şehir\nŞule Yıldız,İstanbul\nÇağla Öztürk,Eskişehir\nIşıl Güneş,Muğla\n';
const HEBREW = 'שם,עיר\nדוד כהן,ירושלים\nמרים לוי,חיפה\n';

describe('findEncoding', () => {
  it.each<[CsvEncoding, string]>([
    ['windows-1252', GERMAN],
    ['cp850', GERMAN],
    ['macintosh', GERMAN],
    ['windows-1250', POLISH],
    ['windows-1250', CZECH],
    ['cp852', POLISH],
    ['windows-1251', RUSSIAN],
    ['koi8-r', RUSSIAN],
    ['windows-1253', GREEK.replace('Ά', 'Α')],
    ['windows-1254', TURKISH],
    ['windows-1255', HEBREW],
  ])('finds %s, or says that it is in doubt and offers it', (encoding, text) => {
    const found = findEncoding(bytesIn(encoding, text));
    const readings = [
      found.encoding,
      ...found.doubts.flatMap(({ choices }) => choices.map(({ settings }) => settings.encoding)),
    ];
    const texts = readings.map((reading) => reading && decoderOf(reading).decode(bytesIn(encoding, text)));
    if (found.doubts.length === 0) expect(texts[0]).toBe(text);
    else expect(texts).toContain(text);
  });

  it.each<[CsvEncoding, string]>([
    ['windows-1251', 'Прізвище\nОлексій Їжакевич\nЄвген Ґалаґан\n'],
    ['koi8-u', "Прізвище\nОлексій Їжакевич\nЄвген Дем'янюк\n"],
    ['ibm866', RUSSIAN],
    ['x-mac-cyrillic', RUSSIAN],
    ['iso-8859-5', RUSSIAN],
    ['windows-1256', 'الاسم\nمحمد علي\nفاطمة حسن\n'],
    ['windows-874', 'ชื่อ\nสมชาย ใจดี\nสมหญิง รักไทย\n'],
    ['macintosh', 'nom\nFrançois Lefèvre\nZoé Noël\n'],
  ])('finds %s, which a detector knows badly or not at all, and asks nothing', (encoding, text) => {
    const { encoding: found, doubts } = findEncoding(bytesIn(encoding, text));
    expect(decoderOf(found).decode(bytesIn(encoding, text))).toBe(text);
    expect(doubts).toEqual([]);
  });

  it.each<[CsvEncoding, string]>([
    ['windows-1250', 'név\nSzűcs Győző\nKőműves Eszter\nŐry Béla\n'],
    ['windows-1257', 'vārds\nJānis Bērziņš\nKristīne Ozoliņa\nŽanis Šķēle\n'],
    ['windows-1254', 'ad\nŞule Yıldız\nÇağla Öztürk\n'],
    ['iso-8859-15', 'nom\nFrançois Lefèvre\nZoé Noël 5€\n'],
    ['windows-1252', 'nafn\nÞórður Guðmundsson\nÆgir Örn\n'],
  ])('is not sure of %s by a few names, and offers it', (encoding, text) => {
    const bytes = bytesIn(encoding, text);
    const { encoding: found, doubts } = findEncoding(bytes);
    const offered = doubts.flatMap(({ choices }) => choices.flatMap(({ settings }) => settings.encoding ?? []));
    expect([found, ...offered].map((one) => decoderOf(one).decode(bytes))).toContain(text);
    if (decoderOf(found).decode(bytes) !== text) expect(offered).not.toEqual([]);
  });

  it.each<[CsvEncoding, string]>([
    ['windows-1253', `${GREEK}Άννα Άλφα,Άργος\n`],
    ['windows-1255', 'name\nAnn\nיוסף ישראלי\nמרים לוין\n'],
    ['windows-1256', 'name\nAnn\nيوسف\n'],
    ['windows-874', 'name\nAnn\nวิชัย สุขใจ\nมาลี ทองดี\n'],
    ['iso-8859-6', 'الاسم\nيوسف ابراهيم\nمريم حسن\n'],
  ])('takes the letters of %s for no others without asking', (encoding, text) => {
    const bytes = bytesIn(encoding, text);
    const { encoding: found, doubts } = findEncoding(bytes);
    const offered = doubts.flatMap(({ choices }) => choices.flatMap(({ settings }) => settings.encoding ?? []));
    expect([found, ...offered].map((one) => decoderOf(one).decode(bytes))).toContain(text);
    if (doubts.length === 0) expect(decoderOf(found).decode(bytes)).toBe(text);
  });

  it('asks where as many bytes are no UTF-8 as are, and offers it first', () => {
    const utf8 = new TextEncoder().encode('name\nZoë Müller\nJosé Peña\n');
    const latin = bytesIn('windows-1252', 'Jörg Weiß\nRenée Große\n');
    const { encoding, doubts } = findEncoding(Uint8Array.from([...utf8, ...latin]));
    expect(encoding).toBe('utf-8');
    expect(doubts[0]?.choices.map(({ settings }) => settings.encoding)[0]).toBe('utf-8');
    const { doubts: none } = findEncoding(
      Uint8Array.from([...utf8, ...utf8, ...utf8, ...utf8, ...utf8, ...utf8, 0xe9]),
    );
    expect(none).toEqual([]);
  });

  it.each<[CsvEncoding, string]>([
    ['gb18030', '姓名,城市\n王伟,北京\n李娜,上海\n张敏,广州\n刘洋,重庆\n'],
    ['big5', '姓名,城市\n王偉,臺北\n李娜,高雄\n張敏,臺中\n'],
    ['shift_jis', '氏名,住所\n山田太郎,東京\n鈴木花子,大阪\n佐藤さくら,福岡\n'],
    ['euc-jp', '氏名,住所\n山田太郎さん,東京\n鈴木花子,おおさか\n佐藤さくら,ふくおか\n'],
    ['euc-kr', '이름,도시\n김민준,서울\n이서연,부산\n박지훈,대구\n'],
  ])('finds %s, or offers it', (encoding, text) => {
    const bytes = doubleBytesIn(encoding, text);
    const found = findEncoding(bytes);
    const readings = [
      found.encoding,
      ...found.doubts.flatMap(({ choices }) => choices.map(({ settings }) => settings.encoding)),
    ];
    expect(found.doubts.length === 0 ? [found.encoding] : readings).toContain(encoding);
  });

  it('looks at the whole file, however late the first letter beyond ASCII comes', () => {
    const text = `name,ort\n${'Ann,Ulm\n'.repeat(40_000)}${GERMAN}`;
    for (const encoding of ['windows-1252', 'cp850', 'macintosh'] as const) {
      expect(decoderOf(findEncoding(bytesIn(encoding, text)).encoding).decode(bytesIn(encoding, text))).toBe(text);
    }
  });

  it('asks nothing about UTF-8 in any script', () => {
    for (const text of [GERMAN, POLISH, RUSSIAN, GREEK, TURKISH, HEBREW, '姓名\n王伟\n', 'नाम\nमीना\n']) {
      expect(findEncoding(new TextEncoder().encode(text))).toEqual({ encoding: 'utf-8', doubts: [] });
    }
  });
});

describe('decoderOf', () => {
  it('decodes every encoding that can be chosen, but for one that Node lacks', () => {
    const failing = ENCODINGS.filter((encoding) => {
      try {
        return decoderOf(encoding).decode(Uint8Array.of(0x41, 0)).charAt(0) === '';
      } catch {
        return true;
      }
    });
    expect(failing.filter((encoding) => encoding !== 'iso-8859-16')).toEqual([]);
  });

  it('decodes DOS in pieces', () => {
    const decoder = decoderOf('cp850');
    expect(
      decoder.decode(Uint8Array.of(0x4d, 0x81), { stream: true }) +
        decoder.decode(Uint8Array.of(0x6c)) +
        decoder.decode(),
    ).toBe('Mül');
  });
});

describe('encodings that hide', () => {
  it('Windows-1252 with the letters that Latin-1 does not have', () => {
    const text = 'eesnimi,perenimi\nJüri,Tõnisson\nMärt,Põder\nÜlle,Žukov\n';
    expect(decoderOf('windows-1252').decode(Uint8Array.of(0x80, 0x8e, 0x92))).toBe('€Ž’');
    const { encoding, doubts } = findEncoding(bytesIn('windows-1252', text));
    const offered = doubts.flatMap(({ choices }) => choices.map(({ settings }) => settings.encoding));
    expect([encoding, ...offered]).toContain('windows-1252');
    expect(offered).toContain('windows-1250');
  });

  it('JIS, whose bytes are all ASCII', () => {
    const bytes = Uint8Array.from('name\n\u001b$B;3EDB@O:\u001b(B\n', (character) => character.charCodeAt(0));
    const { encoding, doubts } = findEncoding(bytes);
    expect([encoding, doubts]).toEqual(['iso-2022-jp', []]);
    expect(decoderOf(encoding).decode(bytes)).toBe('name\n山田太郎\n');
  });
});
