/** A whole text file as one string, for what is read as a whole. */

import { t } from '../words/translate.ts';
import { EncodingSearch, type FoundEncoding } from './encoding.ts';
import { type CsvEncoding, decoderOf } from './encodings.ts';
import { assertText } from './file-format.ts';
import { sourceOf } from './file-source.ts';
import { TableError } from './table-error.ts';

async function textSource(file: Blob, fileName: string) {
  const source = await sourceOf(file, fileName);
  if (source.kind === 'text') return source;
  throw new TableError(
    t('{{file}} is a workbook or another zipped file. Save the table as CSV and choose that file.', { file: fileName }),
  );
}

/** In which encoding a file is likely to be, from all of its bytes. */
export async function searchTextEncoding(file: Blob, fileName: string): Promise<FoundEncoding> {
  const search = new EncodingSearch();
  for await (const bytes of (await textSource(file, fileName)).open()) search.add(bytes);
  return search.found();
}

/**
 * The text of a file.
 * @throws `TableError` for what holds no text, and for bytes that are none in the encoding: here nobody looks at rows
 *   one by one
 */
export async function readText(file: Blob, fileName: string, encoding: CsvEncoding): Promise<string> {
  const decoder = decoderOf(encoding);
  const parts: string[] = [];
  let first: Uint8Array | undefined;
  for await (const bytes of (await textSource(file, fileName)).open()) {
    first ??= bytes;
    parts.push(decoder.decode(bytes, { stream: true }));
  }
  parts.push(decoder.decode());
  const text = parts.join('');
  assertText(first ?? new Uint8Array(), text.slice(0, 1 << 16), fileName);
  const at = text.indexOf('\uFFFD');
  if (at >= 0) {
    const line = text.slice(0, at).split('\n').length;
    throw new TableError(
      t(
        '{{file}} has characters that are not {{encoding}} in line {{line}}. Choose another encoding, or save it as UTF-8.',
        { file: fileName, encoding, line },
      ),
    );
  }
  return text;
}
