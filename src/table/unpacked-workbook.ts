/** A workbook's archive, unpacked within bounds before anything else looks into it. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { inQuotes } from '../words/format.ts';
import { message, t } from '../words/translate.ts';
import { damagedPart } from './archive-checksums.ts';
import { commonFormats, formatCodes } from './format-codes.ts';
import { isTelling } from './number-format.ts';
import { oversized } from './sheet-area.ts';
import { countTexts, plainSheet, sharedTexts } from './sheet-xml.ts';

/** Bytes that the parts of a workbook may have together, unpacked: reading them takes some times as much memory. */
export const MAX_UNPACKED = 256 << 20;

/** Why an archive cannot be read, in words that follow its name, and what to do. */
export class ArchiveError extends Error {}

export interface BoundedWorkbook {
  readonly bytes: Uint8Array;
  /** Whether some cells show more than the number that they keep, by their format. */
  readonly hasTellingFormats: boolean;
}

/** `[$S/.-280A]`: signs of a currency. Letters in them are not those of a date's format, for which they would be taken. */
const CURRENCY = /\[\$[^\]"'<]*\]/g;
const STYLES = /styles[^/]*\.xml$/i;
const SHEET = /(?:^|\/)worksheets\/[^/]*\.xml$/i;
const TEXTS = /sharedstrings[^/]*\.xml$/i;
/** Percents and elapsed times have numbers of their own as well. */
const TELLING_ID = /numFmtId\s*=\s*["'](?:9|10|46)["']/;

const hasTelling = (styles: string) => TELLING_ID.test(styles) || formatCodes(styles).some(isTelling);

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
  const { changed, hasTellingFormats } = plainParts(parts);
  isChanged ||= unpacked + others > MAX_UNPACKED || new Set(names).size < names.length;
  if (!isChanged && Object.keys(changed).length === 0) return { bytes: archive, hasTellingFormats };
  // The library checks what it unpacks itself.
  const damaged = damagedPart(archive, parts);
  if (damaged !== undefined) {
    throw new ArchiveError(
      t(
        'is damaged: {{part}} in it is not what was packed. Copy it again, or open it, save it anew and choose that file.',
        {
          part: inQuotes(damaged),
        },
      ),
    );
  }
  const filled = Object.entries({ ...parts, ...changed }).filter(([, part]) => part.length > 0);
  return { bytes: zipSync(Object.fromEntries(filled), { level: 0 }), hasTellingFormats };
}

/** Parts that are handed on otherwise than they are. */
function plainParts(parts: Readonly<Record<string, Uint8Array>>) {
  const changed: Record<string, Uint8Array> = {};
  let hasTellingFormats = false;
  let [texts, wanted] = [0, 0];
  for (const [name, part] of Object.entries(parts)) {
    if (!/\.xml$/i.test(name)) continue;
    if (part.length === 0 && SHEET.test(name)) changed[name] = strToU8('<worksheet/>');
    const xml = strFromU8(part);
    if (TEXTS.test(name)) texts += countTexts(xml);
    else wanted = Math.max(wanted, sharedTexts(xml));
    const plain = STYLES.test(name) ? commonFormats(xml.replace(CURRENCY, '')) : plainSheet(xml);
    if (STYLES.test(name)) hasTellingFormats ||= hasTelling(plain);
    const reason = oversized(plain);
    if (reason !== undefined) throw new ArchiveError(tooLarge(reason));
    if (plain !== xml) changed[name] = strToU8(plain);
  }
  if (texts < wanted) {
    throw new ArchiveError(
      t('is damaged: it has lost texts of its cells. Copy it again, or open it, save it anew and choose that file.'),
    );
  }
  return { changed, hasTellingFormats };
}
