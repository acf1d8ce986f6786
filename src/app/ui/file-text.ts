import { assertText, detectEncoding } from '../../table/encoding.ts';

const SAMPLE_BYTES = 65_536;

/**
 * The text of a file in the encoding it is likely to be in, read beside the page's own thread.
 * @throws TableError for files that hold no text
 */
export async function fileText(file: File): Promise<string> {
  const sample = new Uint8Array(await file.slice(0, SAMPLE_BYTES).arrayBuffer());
  const encoding = detectEncoding(sample);
  assertText(sample, new TextDecoder(encoding).decode(sample), file.name);
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () =>
      reject(
        new Error(`${file.name} could not be read (${reader.error?.message ?? 'no reason given'}). Choose it again.`),
      );
    reader.readAsText(file, encoding);
  });
}
