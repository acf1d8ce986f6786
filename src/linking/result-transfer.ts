/**
 * Results on their way from the linkage unit to a provider: columns of equal length, cut into parts of some MB.
 *
 *     similarity scores   u8 party, u32 row, u8 party, u32 row, f64 similarity
 *     groups, mapping     u32 group, u8 party, u32 row
 *     permutation         u32 new place
 *
 * Typed arrays go out as they are: every browser's machine is little-endian.
 */
import type { z } from 'zod';
import type { Channel, Message } from '../channel/channel.ts';
import { LinkingError } from './linking-error.ts';
import { type fromUnit, PART_BYTES } from './messages.ts';
import type { RunResult, ScoredPairs } from './run-result.ts';

type Column = Uint8Array | Uint32Array | Float64Array;
type Announcement = z.infer<typeof fromUnit.result>;
/** A result that a provider may get. */
export type ProviderResult = Exclude<RunResult, { type: 'mask' }>;

const BYTES: Readonly<Record<Announcement['type'], readonly (1 | 4 | 8)[]>> = {
  'similarity scores': [1, 4, 1, 4, 8],
  groups: [4, 1, 4],
  mapping: [4, 1, 4],
  permutation: [4],
};

function columnsOf(result: ProviderResult): readonly Column[] {
  switch (result.type) {
    case 'similarity scores': {
      const { firstParty, firstRow, secondParty, secondRow, similarity } = result.pairs;
      return [firstParty, firstRow, secondParty, secondRow, similarity];
    }
    case 'groups':
    case 'mapping':
      return [result.groups.group, result.groups.party, result.groups.row];
    case 'permutation':
      return [result.order];
  }
}

const bytesOf = (column: Column): Uint8Array => new Uint8Array(column.buffer, column.byteOffset, column.byteLength);

/**
 * Sends a run's result; waits while the connection is busy.
 * @param rows of the receiver that took part
 */
export async function sendResult(channel: Channel, run: number, result: ProviderResult, rows: number): Promise<void> {
  const entries = columnsOf(result)[0]?.length ?? 0;
  const places = result.type === 'permutation' ? { places: result.places } : {};
  await channel.send({ kind: 'result', body: { run, type: result.type, entries, rows, ...places }, blobs: [] });
  await sendEntries(channel, run, result, 0);
}

/** Sends the entries of a result, of which `before` were sent before these. */
async function sendEntries(channel: Channel, run: number, result: ProviderResult, before: number): Promise<void> {
  const columns = columnsOf(result);
  const entries = columns[0]?.length ?? 0;
  const entryBytes = BYTES[result.type].reduce((sum: number, bytes) => sum + bytes, 0);
  const step = Math.floor(PART_BYTES / entryBytes);
  for (let at = 0; at < entries; at += step) {
    const blobs = columns.map((column) => bytesOf(column.subarray(at, at + step)));
    await channel.send({ kind: 'result-part', body: { run, first: before + at }, blobs });
  }
}

/**
 * Sends similarity scores that nobody holds all at once.
 * @param count of all of them
 * @param rows as in {@link sendResult}
 */
export async function sendScores(
  channel: Channel,
  run: number,
  count: number,
  parts: Iterable<ScoredPairs>,
  rows: number,
): Promise<void> {
  const type = 'similarity scores';
  await channel.send({ kind: 'result', body: { run, type, entries: count, rows }, blobs: [] });
  let before = 0;
  for (const pairs of parts) {
    await sendEntries(channel, run, { type, pairs }, before);
    before += pairs.similarity.length;
  }
}

/** What a provider knows of a result before it comes. */
export interface ResultBounds {
  readonly providers: number;
  /** The provider itself, from 0. */
  readonly own: number;
}

/** Puts a result together as its parts come. Every method throws LinkingError for what does not fit. */
export class ResultReceiver {
  readonly #parts: Uint8Array[][] = [];
  #entries = 0;

  readonly #announced: Announcement;
  readonly #bounds: ResultBounds;

  constructor(announced: Announcement, bounds: ResultBounds) {
    this.#announced = announced;
    this.#bounds = bounds;
  }

  /** Rows of the receiver that took part. */
  get rows(): number {
    return this.#announced.rows;
  }

  get complete(): boolean {
    return this.#entries === this.#announced.entries;
  }

  take(first: number, blobs: Message['blobs']): void {
    const bytes = BYTES[this.#announced.type];
    const count = (blobs[0]?.byteLength ?? 0) / (bytes[0] ?? 1);
    const fits = blobs.length === bytes.length && blobs.every((blob, i) => blob.byteLength === count * (bytes[i] ?? 0));
    if (!fits || first !== this.#entries || count === 0 || first + count > this.#announced.entries) {
      throw new LinkingError('A part of a result is not in its place');
    }
    this.#parts.push([...blobs]);
    this.#entries += count;
  }

  /** The whole result, once it is complete. */
  finish(): ProviderResult {
    const column = (i: number): ArrayBuffer => {
      const whole = new Uint8Array(this.#parts.reduce((sum, part) => sum + (part[i]?.byteLength ?? 0), 0));
      let at = 0;
      for (const part of this.#parts) {
        whole.set(part[i] ?? new Uint8Array(), at);
        at += part[i]?.byteLength ?? 0;
      }
      return whole.buffer;
    };
    const { type, places } = this.#announced;
    switch (type) {
      case 'similarity scores': {
        const firstParty = this.#partiesOf(column(0));
        const secondParty = this.#partiesOf(column(2));
        const firstRow = this.#rowsOf(firstParty, column(1));
        const secondRow = this.#rowsOf(secondParty, column(3));
        const similarity = new Float64Array(column(4));
        if (!similarity.every((value) => value >= 0 && value <= 1))
          throw new LinkingError('A similarity is not from 0 to 1');
        return { type, pairs: { firstParty, firstRow, secondParty, secondRow, similarity } };
      }
      case 'groups':
      case 'mapping': {
        const group = new Uint32Array(column(0));
        if (!group.every((value, i) => value === group[i - 1] || value === (group[i - 1] ?? -1) + 1)) {
          throw new LinkingError('The groups of a result are not in order');
        }
        const party = this.#partiesOf(column(1));
        return { type, groups: { group, party, row: this.#rowsOf(party, column(2)) } };
      }
      case 'permutation':
        return { type, order: this.#permutation(column(0)), places: places ?? 0 };
    }
  }

  #partiesOf(buffer: ArrayBuffer): Uint8Array {
    const parties = new Uint8Array(buffer);
    if (!parties.every((party) => party < this.#bounds.providers)) throw new LinkingError('A result names no provider');
    return parties;
  }

  #rowsOf(parties: Uint8Array, buffer: ArrayBuffer): Uint32Array {
    const { rows } = this.#announced;
    const { own } = this.#bounds;
    const found = new Uint32Array(buffer);
    if (!found.every((row, i) => parties[i] !== own || row < rows)) {
      throw new LinkingError('A result names a row that was never sent');
    }
    return found;
  }

  #permutation(buffer: ArrayBuffer): Uint32Array {
    const order = new Uint32Array(buffer);
    const { rows } = this.#announced;
    const taken = new Uint8Array(rows);
    for (const place of order) if (place < rows) taken[place] = 1;
    if (order.length !== rows || taken.includes(0)) throw new LinkingError('A new order of rows leaves places empty');
    return order;
  }
}
