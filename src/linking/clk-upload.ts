/** CLKs and blocks of one provider: sent in parts, put together by the linkage unit, everything checked on the way. */

import type { z } from 'zod';
import type { Channel } from '../channel/channel.ts';
import type { PackedClks } from '../clk/clk-file.ts';
import { joinedBytes } from '../parsing/joined-bytes.ts';
import { numberWords } from '../words/format.ts';
import { t } from '../words/translate.ts';
import { LinkingError } from './linking-error.ts';
import { type fromProvider, MAX_BLOCKS_PER_ROW, MAX_CLK_BYTES, MAX_ROWS, PART_BYTES } from './messages.ts';

/** Bytes by which a block is known in a room. */
export const BLOCK_BYTES = 8;

/** The blocks of rows: `counts[row]` of them, 8 bytes each, row after row in `ids`. */
export interface RowBlocks {
  readonly counts: Uint16Array<ArrayBuffer>;
  readonly ids: Uint8Array<ArrayBuffer>;
}

/** What a provider gives to the linkage unit. */
export interface ClkUpload {
  readonly clks: PackedClks;
  /** Where the project has a blocking schema. */
  readonly blocks?: RowBlocks | undefined;
}

type Announcement = z.infer<typeof fromProvider.upload>;

function littleEndian16(values: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(2 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setUint16(2 * i, value, true);
  });
  return bytes;
}

/**
 * Sends an upload in parts, waiting while the connection is busy.
 * @param onProgress share sent
 * @throws LinkingError when there are too many rows for a browser; ChannelClosed when the room ended; the signal's reason
 */
export async function sendUpload(
  channel: Channel,
  { clks, blocks }: ClkUpload,
  { onProgress, signal }: { readonly onProgress?: (share: number) => void; readonly signal?: AbortSignal } = {},
): Promise<void> {
  const { rows, bits, bytesPerClk } = clks;
  if (rows > MAX_ROWS || bits.byteLength > MAX_CLK_BYTES) {
    throw new LinkingError(
      t('{{rows}} rows are more than a browser can link. Use an Anonlink entity service for them.', {
        rows: numberWords(rows),
      }),
    );
  }
  const total = bits.byteLength + (blocks === undefined ? 0 : blocks.ids.byteLength + 2 * rows);
  let sent = 0;
  const send = async (kind: string, body: object, blobs: Uint8Array[]) => {
    signal?.throwIfAborted();
    await channel.send({ kind, body, blobs });
    sent += blobs.reduce((sum, blob) => sum + blob.byteLength, 0);
    onProgress?.(Math.min(1, sent / Math.max(1, total)));
  };
  const blockEntries = blocks === undefined ? undefined : blocks.ids.byteLength / BLOCK_BYTES;
  await send('upload', { rows, bytesPerClk, ...(blockEntries === undefined ? {} : { blockEntries }) }, []);
  const step = Math.max(1, Math.floor(PART_BYTES / bytesPerClk));
  for (let first = 0; first < rows; first += step) {
    await send('clks', { first }, [bits.subarray(first * bytesPerClk, Math.min(rows, first + step) * bytesPerClk)]);
  }
  if (blocks === undefined) return;
  let at = 0;
  for (let first = 0; first < rows; ) {
    const start = at;
    let end = first;
    while (end < rows && (end === first || at - start < PART_BYTES)) at += BLOCK_BYTES * (blocks.counts[end++] ?? 0);
    const counts = littleEndian16(blocks.counts.subarray(first, end));
    await send('blocks', { first, rows: end - first }, [counts, blocks.ids.subarray(start, at)]);
    first = end;
  }
}

/** Holds the parts of an upload against what was announced, and keeps none. Every method throws LinkingError for what does not fit. */
export class UploadCheck {
  #clkRows = 0;
  #blockRows = 0;
  #entries = 0;

  readonly #announced: Announcement;

  constructor(announced: Announcement, expected: { readonly bytesPerClk: number; readonly blocks: boolean }) {
    this.#announced = announced;
    const { rows, bytesPerClk, blockEntries } = announced;
    if (bytesPerClk !== expected.bytesPerClk) {
      throw new LinkingError(
        `The CLKs have ${bytesPerClk} bytes; those of the project's schema have ${expected.bytesPerClk}`,
      );
    }
    if (rows * bytesPerClk > MAX_CLK_BYTES) throw new LinkingError(`${rows} CLKs do not fit into a browser's memory`);
    if ((blockEntries !== undefined) !== expected.blocks) {
      throw new LinkingError(`The upload comes ${expected.blocks ? 'without' : 'with'} blocks, against the project`);
    }
    if (blockEntries !== undefined && blockEntries > rows * MAX_BLOCKS_PER_ROW) {
      throw new LinkingError('The upload announces more blocks than its rows may have');
    }
  }

  /** Share received. */
  get done(): number {
    const { rows, blockEntries } = this.#announced;
    return blockEntries === undefined ? this.#clkRows / rows : (this.#clkRows + this.#blockRows) / (2 * rows);
  }

  get complete(): boolean {
    return this.done === 1;
  }

  takeClks(first: number, bytes: Uint8Array): void {
    const { rows, bytesPerClk } = this.#announced;
    const count = bytes.byteLength / bytesPerClk;
    if (first !== this.#clkRows || !Number.isInteger(count) || count === 0 || first + count > rows) {
      throw new LinkingError('A part of the CLKs is not in its place');
    }
    this.#clkRows += count;
  }

  /** @returns the blocks of these rows */
  takeBlocks(first: number, rows: number, blobs: readonly Uint8Array[]): { counts: Uint16Array; ids: Uint8Array } {
    const { blockEntries = -1 } = this.#announced;
    const [packed, ids] = blobs;
    const misplaced = first !== this.#blockRows || first + rows > this.#announced.rows;
    if (blockEntries < 0 || misplaced || blobs.length !== 2 || packed?.byteLength !== 2 * rows || ids === undefined) {
      throw new LinkingError('A part of the blocks is not in its place');
    }
    const view = new DataView(packed.buffer, packed.byteOffset);
    const counts = Uint16Array.from({ length: rows }, (_, i) => view.getUint16(2 * i, true));
    if (counts.some((blocks) => blocks > MAX_BLOCKS_PER_ROW)) {
      throw new LinkingError(`A row is in more than ${MAX_BLOCKS_PER_ROW} blocks`);
    }
    const entries = counts.reduce((sum, blocks) => sum + blocks, 0);
    this.#entries += entries;
    this.#blockRows += rows;
    const isLast = this.#blockRows === this.#announced.rows;
    if (
      ids.byteLength !== entries * BLOCK_BYTES ||
      this.#entries > blockEntries ||
      (isLast && this.#entries !== blockEntries)
    ) {
      throw new LinkingError('The blocks do not have the number that was announced');
    }
    return { counts, ids };
  }
}

/** Puts an upload together as its parts come. Every method throws LinkingError for what does not fit. */
export class UploadReceiver {
  readonly #check: UploadCheck;
  readonly #clkParts: Uint8Array[] = [];
  readonly #idParts: Uint8Array[] = [];
  readonly #counts: Uint16Array<ArrayBuffer>;

  readonly #announced: Announcement;

  constructor(announced: Announcement, expected: { readonly bytesPerClk: number; readonly blocks: boolean }) {
    this.#check = new UploadCheck(announced, expected);
    this.#announced = announced;
    this.#counts = new Uint16Array(announced.blockEntries === undefined ? 0 : announced.rows);
  }

  /** Share received. */
  get done(): number {
    return this.#check.done;
  }

  get complete(): boolean {
    return this.#check.complete;
  }

  takeClks(first: number, bytes: Uint8Array): void {
    this.#check.takeClks(first, bytes);
    this.#clkParts.push(bytes);
  }

  takeBlocks(first: number, rows: number, blobs: readonly Uint8Array[]): void {
    const { counts, ids } = this.#check.takeBlocks(first, rows, blobs);
    this.#counts.set(counts, first);
    this.#idParts.push(ids);
  }

  /** The whole upload, once it is complete; the parts are given up. */
  finish(): ClkUpload {
    const { rows, bytesPerClk, blockEntries } = this.#announced;
    const clks = { rows, bytesPerClk, bits: joinedBytes(this.#clkParts.splice(0), rows * bytesPerClk) };
    if (blockEntries === undefined) return { clks };
    return {
      clks,
      blocks: { counts: this.#counts, ids: joinedBytes(this.#idParts.splice(0), blockEntries * BLOCK_BYTES) },
    };
  }
}
