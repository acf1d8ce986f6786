/** What is put right in a sheet's XML before the library reads it, and what it must have. */

/**
 * Cells that are formatted and hold nothing, or a value without a sign: whole columns of them may reach to the sheet's end, and what is
 * no number of a text would be taken for the first text.
 */
const EMPTY_CELL =
  /<(?:[\w.-]+:)?c(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?(?:\/>|>(?:<(?:[\w.-]+:)?v(?:\/>|><\/(?:[\w.-]+:)?v>))?<\/(?:[\w.-]+:)?c>)/g;
/** Attributes are bounded, for a tag without an end would be gone through from each of its blanks. */
const ROW = /(<(?:[\w.-]+:)?row)(\s[^<>]{0,500}?)?(\/?>)/g;
/** Rows without a height of their own have none, and are not shown. */
const HIDDEN_BY_DEFAULT = /<(?:[\w.-]+:)?sheetFormatPr\s[^<>]{0,500}zeroHeight\s*=\s*["'](?:1|true)["']/;
const HIDDEN = /\shidden\s*=\s*["'](?:1|true)["']/;
const NUMBER = /\sr\s*=\s*["'](\d+)["']/;
const HEIGHT = /\sht\s*=\s*["']/;
const SHARED_TEXT = /\st\s*=\s*["']s["'][^<>]{0,500}>\s{0,100}<(?:[\w.-]+:)?v>(\d+)/g;

/** Every row with its number, and said to be hidden where it is. */
function saidRows(xml: string): string {
  const isHidden = HIDDEN_BY_DEFAULT.test(xml);
  if (!isHidden && !HIDDEN.test(xml)) return xml;
  let row = 0;
  return xml.replace(ROW, (found, start: string, attributes = '', end: string) => {
    const number = NUMBER.exec(attributes)?.[1];
    row = number === undefined ? row + 1 : Number(number);
    const hides = isHidden && !HEIGHT.test(attributes) && !/\shidden\s*=/.test(attributes);
    if (number !== undefined && !hides) return found;
    return `${start}${number === undefined ? ` r="${row}"` : ''}${hides ? ' hidden="1"' : ''}${attributes}${end}`;
  });
}

/** A sheet without cells that hold nothing, whose hidden rows are said to be so. */
export const plainSheet = (xml: string): string => saidRows(xml.replace(EMPTY_CELL, ''));

/** How many texts the table of texts has to have for the sheet's cells. */
export function sharedTexts(xml: string): number {
  let most = 0;
  for (const [, index = ''] of xml.matchAll(SHARED_TEXT)) most = Math.max(most, Number(index) + 1);
  return most;
}

/** How many texts a table of texts has. */
export const countTexts = (xml: string): number => xml.match(/<(?:[\w.-]+:)?si[\s/>]/g)?.length ?? 0;
