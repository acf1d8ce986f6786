import { message, t } from '../words/translate.ts';
import { TableError } from './table-error.ts';

/** Files that people take for CSV, by their first bytes. */
const OTHER_FORMATS: readonly { readonly magic: readonly number[]; readonly name: string }[] = [
  { magic: [0x50, 0x4b, 0x03, 0x04], name: message('a spreadsheet (.xlsx, .ods) or another zipped file') },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], name: message('an old spreadsheet (.xls) or another Office file') },
  { magic: [0x25, 0x50, 0x44, 0x46], name: message('a PDF document') },
  { magic: [0x1f, 0x8b], name: message('a compressed file (.gz)') },
  { magic: [0x50, 0x41, 0x52, 0x31], name: message('a Parquet file') },
  { magic: [0x89, 0x50, 0x4e, 0x47], name: message('a picture') },
  { magic: [0xff, 0xd8, 0xff], name: message('a picture') },
  { magic: [0x50, 0x4b, 0x05, 0x06], name: message('an empty zipped file') },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], name: message('a compressed file (.7z)') },
  { magic: [0x42, 0x5a, 0x68, 0x39], name: message('a compressed file (.bz2)') },
  { magic: [0xfd, 0x37, 0x7a, 0x58], name: message('a compressed file (.xz)') },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], name: message('a compressed file (.zst)') },
  { magic: [0x52, 0x61, 0x72, 0x21], name: message('a compressed file (.rar)') },
  { magic: [0x41, 0x52, 0x52, 0x4f, 0x57], name: message('a file of Arrow or Feather') },
  { magic: [0x46, 0x45, 0x41, 0x31], name: message('a file of Arrow or Feather') },
  { magic: [0x4f, 0x62, 0x6a, 0x01], name: message('a file of Avro') },
  ...[0x71, 0x72, 0x73].flatMap((release) =>
    [0x01, 0x02].map((order) => ({ magic: [release, order, 0x01, 0x00], name: message('a data set of Stata (.dta)') })),
  ),
  { magic: [0x89, 0x48, 0x44, 0x46], name: message('a file of HDF5') },
  {
    magic: [0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xc2, 0xea],
    name: message('a data set of SAS (.sas7bdat)'),
  },
];

/** By the first characters of what is text. */
const TEXT_FORMATS: readonly { readonly start: RegExp; readonly name: string }[] = [
  { start: /^\s*(?:\[\s*)?\{\s*(?:"[^"]*"\s*:|\}?\s*$)/, name: message('a JSON file') },
  {
    start: /^\s*<(?:!doctype|html|table|body|head)\b/i,
    name: message('a web page (.html), which some programs save as .xls'),
  },
  { start: /^\s*<\?xml|^\s*<(?:\w+:)?Workbook\b/, name: message('an XML file') },
  { start: /^\s*<stata_dta>/, name: message('a data set of Stata (.dta)') },
  { start: /^\{\\rtf/, name: message('a text document (.rtf)') },
  { start: /^SQLite format 3\p{Cc}/u, name: message('a database of SQLite') },
  { start: /^\$FL[23]@/, name: message('a data set of SPSS (.sav)') },
  { start: /^ASCII SPSS PORT FILE/, name: message('a data set of SPSS (.por)') },
  { start: /^BEGIN:V(?:CARD|CALENDAR)\s/i, name: message('a file of contacts or appointments') },
  { start: /^HEADER RECORD\*{7}/, name: message('a data set of SAS (.xpt)') },
  { start: /^(?:RD[AX][23]\n|[XA]\n\p{Cc})/u, name: message('a data file of R (.rds, .RData)') },
  { start: /^\P{Cc}{1,100}\p{Cc}[\s\S]{150,260}ustar/u, name: message('an archive (.tar)') },
  { start: /^\p{Cc}{4}Standard (?:Jet|ACE) DB/u, name: message('a database of Access') },
];

/** Characters that stand in no text, of which a short one may have a few. */
const FEW_ODD = 3;

const otherFormat = (fileName: string, name: string) =>
  new TableError(
    t('{{file}} is {{format}}, not a CSV file. Export the table as CSV and choose that file.', {
      file: fileName,
      format: t(name),
    }),
  );

/** @throws `TableError` for what is no text, and for text of another format than a table's */
export function assertTable(sample: Uint8Array, text: string, fileName: string): void {
  const other = TEXT_FORMATS.find(({ start }) => start.test(text.slice(0, 1000)));
  if (other !== undefined) throw otherFormat(fileName, other.name);
  assertText(sample, text, fileName);
}

/** @throws `TableError` for bytes that are no text: known other formats, or zeros and control characters in `text` */
export function assertText(sample: Uint8Array, text: string, fileName: string): void {
  const other = OTHER_FORMATS.find(({ magic }) => magic.every((byte, i) => sample[i] === byte));
  if (other !== undefined) throw otherFormat(fileName, other.name);
  let odd = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d && unit !== 0x0c) odd += unit === 0 ? 10 : 1;
  }
  if (odd > Math.max(FEW_ODD, 0.02 * text.length)) {
    throw new TableError(
      t(
        '{{file}} does not hold text: its beginning is full of control characters. Choose a CSV file, or set the encoding in which it was written.',
        { file: fileName },
      ),
    );
  }
}
