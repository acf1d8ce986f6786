/** A workbook's archive, unpacked within bounds before anything else looks into it. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { inQuotes } from '../words/format.ts';
import { message, t } from '../words/translate.ts';
import { isTelling } from './number-format.ts';
import { oversized } from './sheet-area.ts';

/** Bytes that the parts of a workbook may have together, unpacked: reading them takes some times as much memory. */
export const MAX_UNPACKED = 256 << 20;

/** Why an archive cannot be read, in words that follow its name, and what to do. */
export class ArchiveError extends Error {}

export interface BoundedWorkbook {
  readonly bytes: Uint8Array;
  /** Whether some cells show more than the number that they keep, by their format. */
  readonly hasTellingFormats: boolean;
}

/**
 * Cells that are formatted and hold nothing, or a value without a sign: whole columns of them may reach to the sheet's end, and what is
 * no number of a text would be taken for the first text.
 */
const EMPTY_CELL =
  /<(?:[\w.-]+:)?c(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?(?:\/>|>(?:<(?:[\w.-]+:)?v(?:\/>|><\/(?:[\w.-]+:)?v>))?<\/(?:[\w.-]+:)?c>)/g;
/** `[$S/.-280A]`: signs of a currency. Letters in them are not those of a date's format, for which they would be taken. */
const CURRENCY = /\[\$[^\]"'<]*\]/g;
const STYLES = /styles[^/]*\.xml$/i;
const FORMAT_CODE = /formatCode\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
/** Percents and elapsed times have numbers of their own as well. */
const TELLING_ID = /numFmtId\s*=\s*["'](?:9|10|46)["']/;

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'" };
const plain = (text: string) => text.replace(/&(quot|amp|lt|gt|apos);/g, (_, name: string) => ENTITIES[name] ?? '');

const hasTelling = (styles: string) =>
  TELLING_ID.test(styles) ||
  [...styles.matchAll(FORMAT_CODE)].some(([, double, single]) => isTelling(plain(double ?? single ?? '')));

/** Other archives that people take for workbooks, by a part that they have. */
const OTHER_ARCHIVES: readonly (readonly [part: RegExp, name: string])[] = [
  [/^xl\/workbook\.bin$/i, message('a binary workbook (.xlsb). Save it as .xlsx or as CSV, and choose that file')],
  [/^word\//i, message('a text document (.docx). Save its table as CSV, and choose that file')],
  [/^ppt\//i, message('a presentation (.pptx). Save the table as CSV, and choose that file')],
  [/^Index\/.*\.iwa$/i, message('a document of Numbers or Pages. Export the table as CSV, and choose that file')],
  [
    /^content\.xml$/i,
    message('a spreadsheet of LibreOffice or OpenOffice (.ods). Save it as .xlsx or as CSV, and choose that file'),
  ],
  [/^doc\.kml$/i, message('a map (.kmz)')],
];
const WORKBOOK = /(?:^|\/)workbook\d*\.xml$/i;

const tooLarge = (reason: string) => t('{{reason}}, more than can be read here. Save the sheet as CSV.', { reason });

function assertWorkbook(names: readonly string[]): void {
  for (const [part, name] of OTHER_ARCHIVES) {
    if (names.some((one) => part.test(one))) throw new ArchiveError(t('is {{what}}.', { what: t(name) }));
  }
  if (names.some((name) => WORKBOOK.test(name))) return;
  const files = names.filter((name) => !name.endsWith('/'));
  const shown = files.slice(0, 3).map((name) => inQuotes(name.slice(0, 60)));
  throw new ArchiveError(
    t('is a zipped folder, and no workbook of Excel (.xlsx). Unpack it and choose the table that it holds{{files}}.', {
      files: shown.length === 0 ? '' : ` (${shown.join(', ')}${files.length > 3 ? ', …' : ''})`,
    }),
  );
}

/**
 * The same archive, where it has cells that hold nothing without them.
 * Memory is bounded by the sizes that the archive states, for each part is unpacked into as many bytes and no more. Parts that state
 * none, or bear one name, are handed on as they were unpacked here; pictures and the like only where they fit beside the others.
 * @throws ArchiveError for another archive than a workbook, for what unpacks to more than 256 MiB, and for a sheet that
 *   reaches too far; other errors for no archive
 */
export function boundedWorkbook(archive: Uint8Array): BoundedWorkbook {
  let unpacked = 0;
  let others = 0;
  let isChanged = false;
  const names: string[] = [];
  const parts = unzipSync(archive, {
    filter: ({ name, originalSize }) => {
      names.push(name);
      isChanged ||= originalSize === 0 && !name.endsWith('/');
      if (!/\.(?:xml|rels)$/i.test(name)) {
        others += originalSize;
        return false;
      }
      unpacked += originalSize;
      if (unpacked > MAX_UNPACKED) {
        throw new ArchiveError(tooLarge(t('unpacks to more than {{size}} MB', { size: MAX_UNPACKED >> 20 })));
      }
      return true;
    },
  });
  assertWorkbook(names);
  let hasTellingFormats = false;
  isChanged ||= unpacked + others > MAX_UNPACKED || new Set(names).size < names.length;
  for (const [name, part] of Object.entries(parts)) {
    if (STYLES.test(name)) hasTellingFormats ||= hasTelling(strFromU8(part));
    if (!/\.xml$/i.test(name)) continue;
    const xml = strFromU8(part);
    const filled = STYLES.test(name) ? xml.replace(CURRENCY, '') : xml.replace(EMPTY_CELL, '');
    const reason = oversized(filled);
    if (reason !== undefined) throw new ArchiveError(tooLarge(reason));
    if (filled === xml) continue;
    parts[name] = strToU8(filled);
    isChanged = true;
  }
  return { bytes: isChanged ? zipSync(parts, { level: 0 }) : archive, hasTellingFormats };
}
