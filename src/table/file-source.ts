/** A file's bytes, unpacked where they are packed, as often as they are wanted. */

import { t } from '../words/translate.ts';
import { officeFile } from './office-file.ts';
import { TableError } from './table-error.ts';

export interface FileSource {
  /** A workbook is read as a whole. */
  readonly kind: 'text' | 'workbook';
  /** Every byte from the beginning. */
  open(): AsyncGenerator<Uint8Array, void, undefined>;
}

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const GZIP = [0x1f, 0x8b];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const GZIP_ALONE = 31;

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

class Damaged extends Error {}

/**
 * Unpacks what gzip packed, in one member or several behind one another: browsers' own streams read the first alone.
 * @throws Damaged for what is cut off, or not what was packed
 */
async function* inflated(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const { Inflate } = await import('pako');
  const unpacked: Uint8Array[] = [];
  let rest = 0;
  const newMember = () => {
    let left = () => 0;
    const member = new Inflate({ windowBits: GZIP_ALONE });
    member.onStart = (stream) => {
      left = () => stream.avail_in;
    };
    member.onData = (piece) => unpacked.push(piece);
    member.onEnd = () => {
      rest = left();
    };
    return member;
  };
  let member: ReturnType<typeof newMember> | undefined;
  for await (const piece of packed) {
    let bytes = piece;
    while (bytes.length > 0) {
      // Tapes and some programs fill up with zeros behind the last member.
      const from = member === undefined ? bytes.findIndex((byte) => byte !== 0) : 0;
      if (from < 0) break;
      bytes = bytes.subarray(from);
      member ??= newMember();
      rest = 0;
      member.push(bytes);
      yield* unpacked.splice(0);
      if (member.err !== 0) throw new Damaged(member.msg);
      if (!member.ended) break;
      member = undefined;
      bytes = bytes.subarray(bytes.length - rest);
    }
  }
  if (member !== undefined) throw new Damaged('the end is missing');
}

async function* unpacked(blob: Blob, fileName: string): AsyncGenerator<Uint8Array, void, undefined> {
  let unpackedBytes = 0;
  try {
    for await (const piece of inflated(pieces(blob.stream()))) {
      if (unpackedBytes === 0 && startsWith(piece, ZIP)) {
        throw new TableError(
          t(
            '{{file}} is a workbook or another zipped file that is packed once more. Unpack it, and choose what it holds.',
            { file: fileName },
          ),
        );
      }
      unpackedBytes += piece.length;
      if (unpackedBytes > MAX_UNPACKED)
        throw new TableError(t('{{file}} unpacks to more than 8 GB, more than a table has.', { file: fileName }));
      yield piece;
    }
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    throw new TableError(
      t('{{file}} cannot be unpacked: it is cut off or damaged. Copy it again, or unpack it first.', {
        file: fileName,
      }),
    );
  }
}

/** @throws `TableError` for a file of Office that is no table here: an old workbook, a protected one */
export async function sourceOf(blob: Blob, fileName: string): Promise<FileSource> {
  const head = new Uint8Array(await blob.slice(0, ZIP.length).arrayBuffer());
  if (startsWith(head, ZIP)) return { kind: 'workbook', open: () => pieces(blob.stream()) };
  if (startsWith(head, GZIP)) return { kind: 'text', open: () => unpacked(blob, fileName) };
  if (startsWith(head, OLE))
    throw new TableError(t('{{file}} is {{what}}', { file: fileName, what: await officeFile(blob) }));
  return { kind: 'text', open: () => pieces(blob.stream()) };
}
