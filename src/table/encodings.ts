/** Text in the encodings that browsers decode, and in three of DOS that they do not. */
import { message } from '../words/translate.ts';

/** Everything that a file can be read as. */
export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'iso-8859-2',
  'iso-8859-3',
  'iso-8859-4',
  'iso-8859-5',
  'iso-8859-6',
  'iso-8859-7',
  'iso-8859-8',
  'iso-8859-10',
  'iso-8859-13',
  'iso-8859-14',
  'iso-8859-15',
  'iso-8859-16',
  'macintosh',
  'x-mac-cyrillic',
  'cp437',
  'cp850',
  'cp852',
  'ibm866',
  'koi8-r',
  'koi8-u',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'euc-kr',
] as const;
export type CsvEncoding = (typeof ENCODINGS)[number];

/** What people call them. */
export const ENCODING_NAMES: Readonly<Record<CsvEncoding, string>> = {
  'utf-8': message('UTF-8'),
  'utf-16le': message('UTF-16 (little-endian)'),
  'utf-16be': message('UTF-16 (big-endian)'),
  'windows-1250': message('Windows-1250 (Central European)'),
  'windows-1251': message('Windows-1251 (Cyrillic)'),
  'windows-1252': message('Latin-1 (Windows-1252)'),
  'windows-1253': message('Windows-1253 (Greek)'),
  'windows-1254': message('Windows-1254 (Turkish)'),
  'windows-1255': message('Windows-1255 (Hebrew)'),
  'windows-1256': message('Windows-1256 (Arabic)'),
  'windows-1257': message('Windows-1257 (Baltic)'),
  'windows-1258': message('Windows-1258 (Vietnamese)'),
  'windows-874': message('Windows-874 (Thai)'),
  'iso-8859-2': message('ISO 8859-2 (Central European)'),
  'iso-8859-3': message('ISO 8859-3 (South European)'),
  'iso-8859-4': message('ISO 8859-4 (North European)'),
  'iso-8859-5': message('ISO 8859-5 (Cyrillic)'),
  'iso-8859-6': message('ISO 8859-6 (Arabic)'),
  'iso-8859-7': message('ISO 8859-7 (Greek)'),
  'iso-8859-8': message('ISO 8859-8 (Hebrew)'),
  'iso-8859-10': message('ISO 8859-10 (Nordic)'),
  'iso-8859-13': message('ISO 8859-13 (Baltic)'),
  'iso-8859-14': message('ISO 8859-14 (Celtic)'),
  'iso-8859-15': message('ISO 8859-15 (Western, with €)'),
  'iso-8859-16': message('ISO 8859-16 (Romanian)'),
  macintosh: message('Mac OS Roman'),
  'x-mac-cyrillic': message('Mac OS Cyrillic'),
  cp437: message('DOS 437 (United States)'),
  cp850: message('DOS 850 (Western European)'),
  cp852: message('DOS 852 (Central European)'),
  ibm866: message('DOS 866 (Cyrillic)'),
  'koi8-r': message('KOI8-R (Russian)'),
  'koi8-u': message('KOI8-U (Ukrainian)'),
  gb18030: message('GB 18030 (Chinese, simplified)'),
  big5: message('Big5 (Chinese, traditional)'),
  shift_jis: message('Shift JIS (Japanese)'),
  'euc-jp': message('EUC-JP (Japanese)'),
  'iso-2022-jp': message('ISO 2022-JP (Japanese)'),
  'euc-kr': message('EUC-KR (Korean)'),
};

/** The characters of bytes 128 to 255. */
const DOS: Readonly<Partial<Record<CsvEncoding, string>>> = {
  cp437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  cp850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
  cp852:
    'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0',
};

/** Decodes bytes that come in pieces. */
export interface PieceDecoder {
  /** Bytes that are no text in this encoding become U+FFFD. */
  decode(piece?: Uint8Array, options?: { readonly stream?: boolean }): string;
}

/**
 * A byte order mark at the start is left out.
 * @throws `RangeError` where this browser does not know the encoding
 */
export function decoderOf(encoding: CsvEncoding): PieceDecoder {
  const upper = DOS[encoding];
  if (upper === undefined) {
    const decoder = new TextDecoder(encoding);
    // Node 20 takes bytes 80 to 9f of Windows-1252 for controls, but in streams.
    return {
      decode: (piece, { stream = false } = {}) =>
        decoder.decode(piece, { stream: true }) + (stream ? '' : decoder.decode()),
    };
  }
  const characters = Array.from({ length: 256 }, (_, byte) =>
    byte < 128 ? String.fromCharCode(byte) : (upper[byte - 128] ?? '\uFFFD'),
  );
  return { decode: (piece = new Uint8Array()) => Array.from(piece, (byte) => characters[byte]).join('') };
}
