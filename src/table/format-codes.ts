/** Codes of formats in a workbook's styles, where a program wrote them in the words of its own language. */

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'" };
/** Spreadsheets allow 255 characters. */
const MAX_CODE_LENGTH = 1000;
const FORMAT_CODE = /(formatCode\s*=\s*)(?:"([^"]*)"|'([^']*)')/g;
/** What is written out in a format, escaped, or in brackets. */
const LITERAL = /"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/gu;
const MERIDIEM = /AM\/PM|A\/P/gi;
/** Letters that stand for parts of a date or a time, of an exponent, and for a number as it is. */
const KNOWN_LETTERS = /^(?:General|[^\p{L}]|[ymdhsegba])*$/iu;
/** A year, a day or a time is among them: `gg/mm/aaaa` of Italy and Turkey has none. */
const KNOWN_PART = /[ydehs]/i;
/** Day, month and year by other letters, each by its own: `TT.MM.JJJJ`, `jj/mm/aaaa`, `дд.мм.гггг`, `åååå-MM-dd`. */
const OTHER_DATE =
  /^(?<a>\p{L})\k<a>{0,3}[^\p{L}\d#?]+(?<b>\p{L})\k<b>{0,3}[^\p{L}\d#?]+(?<c>\p{L})\k<c>{0,3}\.?(?<time>\s.*)?$/iu;

/** The text of an attribute. */
export const attributeText = (text: string): string =>
  text.replace(/&(quot|amp|lt|gt|apos);/g, (_, name: string) => ENTITIES[name] ?? '');

/** The codes of a workbook's styles. */
export const formatCodes = (styles: string): string[] =>
  [...styles.matchAll(FORMAT_CODE)].map(([, , double, single]) => attributeText(double ?? single ?? ''));

/** The same format in the letters of the file format; undefined where it is in them, or shows no letters. */
function commonCode(code: string): string | undefined {
  if (code.length > MAX_CODE_LENGTH) return undefined;
  const [positive = ''] = code.replace(LITERAL, '').split(';');
  const shown = positive.replace(MERIDIEM, '').trim();
  const { a, b, c, time } = OTHER_DATE.exec(shown)?.groups ?? {};
  const letters = new Set([a, b, c].map((letter) => letter?.toLowerCase()));
  const isKnown = KNOWN_LETTERS.test(shown);
  if (isKnown && (letters.size < 3 || KNOWN_PART.test(shown))) return undefined;
  if (letters.size < 3) return 'General';
  return time === undefined ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm:ss';
}

/**
 * Styles whose formats are all in the letters of the file format: `TT.MM.JJJJ` is a date, and `Standard` is none, though it has
 * a d.
 */
export function commonFormats(styles: string): string {
  return styles.replace(FORMAT_CODE, (found, before: string, double?: string, single?: string) => {
    const code = commonCode(attributeText(double ?? single ?? ''));
    return code === undefined ? found : `${before}"${code}"`;
  });
}
