import { readText, searchTextEncoding } from '../../table/read-text.ts';
import { t } from '../../words/translate.ts';

/**
 * The text of a file in UTF-8 or in another encoding that its bytes show for certain.
 * @throws TableError for files that hold no text, Error where the encoding is in doubt
 */
export async function fileText(file: File): Promise<string> {
  const { encoding, doubts } = await searchTextEncoding(file, file.name);
  if (doubts.length > 0)
    throw new Error(
      t('{{file}}: its encoding is in doubt. Save it as UTF-8 and choose it again.', { file: file.name }),
    );
  return readText(file, file.name, encoding);
}
