/** What a file in the old container of Office (OLE) is, by the names in its directory. */
import { message, t } from '../words/translate.ts';

const SECTORS_READ = 4;
const [SHIFT_AT, DIRECTORY_AT, HEADER] = [30, 48, 512];

const OLD = message('an old spreadsheet (.xls). Save it as .xlsx or as CSV, and choose that file.');

const KINDS: readonly (readonly [entry: string, what: string])[] = [
  [
    'EncryptedPackage',
    message(
      'a workbook that is protected by a password. Save it without one, or save the sheet as CSV, and choose that file.',
    ),
  ],
  ['Workbook', OLD],
  ['Book', OLD],
  ['WordDocument', message('an old text document (.doc). Save its table as CSV, and choose that file.')],
];

/** In words that follow `people.xls is`. */
export async function officeFile(blob: Blob): Promise<string> {
  const header = new DataView(await blob.slice(0, HEADER).arrayBuffer());
  let names = '';
  if (header.byteLength === HEADER) {
    const sector = 2 ** (header.getUint16(SHIFT_AT, true) & 0xf);
    const start = (header.getUint32(DIRECTORY_AT, true) + 1) * sector;
    const directory = await blob.slice(start, start + SECTORS_READ * sector).arrayBuffer();
    names = new TextDecoder('utf-16le').decode(directory);
  }
  const found = KINDS.find(([entry]) => names.includes(entry));
  return found === undefined
    ? t('an old spreadsheet (.xls) or another Office file. Save it as .xlsx or as CSV, and choose that file.')
    : t(found[1]);
}
