import { TableError } from './table-error.ts';

/** Files that people take for CSV, by their first bytes. */
const OTHER_FORMATS: readonly { readonly magic: readonly number[]; readonly name: string }[] = [
  { magic: [0x50, 0x4b, 0x03, 0x04], name: 'a spreadsheet (.xlsx, .ods) or another zipped file' },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], name: 'an old spreadsheet (.xls) or another Office file' },
  { magic: [0x25, 0x50, 0x44, 0x46], name: 'a PDF document' },
  { magic: [0x1f, 0x8b], name: 'a compressed file (.gz)' },
  { magic: [0x50, 0x41, 0x52, 0x31], name: 'a Parquet file' },
  { magic: [0x89, 0x50, 0x4e, 0x47], name: 'a picture' },
];

/** Throws `TableError` for bytes that are no text: known other formats, or zeros and control characters in `text`. */
export function assertText(sample: Uint8Array, text: string, fileName: string): void {
  const other = OTHER_FORMATS.find(({ magic }) => magic.every((byte, i) => sample[i] === byte));
  if (other !== undefined) {
    throw new TableError(`${fileName} is ${other.name}, not a CSV file. Export the table as CSV and choose that file.`);
  }
  let odd = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d && unit !== 0x0c) odd += unit === 0 ? 10 : 1;
  }
  if (odd > 0.02 * text.length) {
    throw new TableError(
      `${fileName} does not hold text: its beginning is full of control characters. ` +
        'Choose a CSV file, or set the encoding in which it was written.',
    );
  }
}
