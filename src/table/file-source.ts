/** A file's bytes, unpacked where they are packed, as often as they are wanted. */
import { TableError } from './table-error.ts';

export interface FileSource {
  /** A workbook is read as a whole. */
  readonly kind: 'text' | 'workbook';
  /** Every byte from the beginning. */
  open(): AsyncGenerator<Uint8Array, void, undefined>;
}

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const GZIP = [0x1f, 0x8b];

/** Bytes of a file that is packed. */
const MAX_UNPACKED = 8 * 2 ** 30;

const startsWith = (bytes: Uint8Array, magic: readonly number[]) => magic.every((byte, i) => bytes[i] === byte);

/** The pieces of a stream, which is given up where they are no longer wanted. */
export async function* pieces(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function* unpacked(blob: Blob, fileName: string): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = blob.stream() as ReadableStream<Uint8Array<ArrayBuffer>>;
  let unpackedBytes = 0;
  try {
    for await (const piece of pieces(stream.pipeThrough(new DecompressionStream('gzip')))) {
      unpackedBytes += piece.length;
      if (unpackedBytes > MAX_UNPACKED)
        throw new TableError(`${fileName} unpacks to more than 8 GB, more than a table has.`);
      yield piece;
    }
  } catch (error) {
    if (error instanceof DOMException || error instanceof TableError) throw error;
    throw new TableError(
      `${fileName} cannot be unpacked: it is cut off or damaged. Copy it again, or unpack it first.`,
    );
  }
}

export async function sourceOf(blob: Blob, fileName: string): Promise<FileSource> {
  const head = new Uint8Array(await blob.slice(0, ZIP.length).arrayBuffer());
  if (startsWith(head, ZIP)) return { kind: 'workbook', open: () => pieces(blob.stream()) };
  if (startsWith(head, GZIP)) return { kind: 'text', open: () => unpacked(blob, fileName) };
  return { kind: 'text', open: () => pieces(blob.stream()) };
}
