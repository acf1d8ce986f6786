import { blake2b } from '@noble/hashes/blake2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { t } from '../words/translate.ts';
import type { BlockingStatistics } from './block-statistics.ts';

/** A record's row, or its identifier where the schema names a column of identifiers. */
export type RecordId = number | string;

/** From block ids to the records in them, in the order in which blocks and records were met. */
export type BlockIndex = ReadonlyMap<string, readonly RecordId[]>;

/** The blocks of one party, before the parties' blocks are compared. */
export interface CandidateBlocks {
  readonly type: 'p-sig' | 'lambda-fold';
  readonly blocks: BlockIndex;
  readonly statistics: BlockingStatistics;
  /** Whether final block ids are hashed short, as `compress-block-key` asks for. */
  readonly compress: boolean;
  /** The blocks by record, where they can be had without `blocks`. */
  byRecord?(): BlocksByRecord;
}

/** Blocking cannot be done; the message says why and what to do. */
export class BlockingError extends Error {
  override readonly name = 'BlockingError';
}

const COMPRESSED_BYTES = 5;

function compressed(block: string): string {
  return bytesToHex(blake2b(new TextEncoder().encode(block), { dkLen: COMPRESSED_BYTES }));
}

/** In how many of the indices each block is, in the order in which blocks are met. */
function countBlocks(indices: readonly BlockIndex[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const index of indices) for (const block of index.keys()) counts.set(block, (counts.get(block) ?? 0) + 1);
  return counts;
}

/** The positions in a p-sig block id, which is the text of a Python tuple. */
const positionsOf = (block: string): number[] => block.match(/\d+/g)?.map(Number) ?? [];

/** The blocks all of whose positions are in the filters of at least `parties` parties. */
function passingFilter(indices: readonly BlockIndex[], parties: number): Map<string, readonly RecordId[]>[] {
  const counts = new Map<number, number>();
  for (const index of indices) {
    const filter = new Set<number>();
    for (const block of index.keys()) for (const position of positionsOf(block)) filter.add(position);
    for (const position of filter) counts.set(position, (counts.get(position) ?? 0) + 1);
  }
  const passes = (block: string): boolean =>
    positionsOf(block).every((position) => (counts.get(position) ?? 0) >= parties);
  return indices.map((index) => new Map([...index].filter(([block]) => passes(block))));
}

/**
 * The blocks that at least `parties` parties have, for each party.
 * @param candidates each party's blocks, of one blocking schema
 * @param parties 2 up to the number of parties
 */
export function finalBlocks(
  candidates: readonly CandidateBlocks[],
  parties: number,
): Map<string, readonly RecordId[]>[] {
  const type = candidates[0]?.type;
  if (parties < 2 || parties > candidates.length) {
    throw new BlockingError(
      t('Blocks are to be common to {{parties}} of {{all}} parties. Choose 2 to {{all}}.', {
        parties,
        all: candidates.length,
      }),
    );
  }
  if (candidates.some((candidate) => candidate.type !== type)) {
    throw new BlockingError(t('The parties blocked in different ways. All must use one blocking schema.'));
  }
  const indices = candidates.map((candidate) => candidate.blocks);
  if (type === 'lambda-fold') {
    const counts = countBlocks(indices);
    return indices.map((index) => new Map([...index].filter(([block]) => (counts.get(block) ?? 0) >= parties)));
  }
  const passing = passingFilter(indices, parties);
  const common = [...countBlocks(passing)].filter(([, count]) => count >= parties).map(([block]) => block);
  const compress = candidates[0]?.compress === true;
  return passing.map((index) => {
    const final = new Map<string, readonly RecordId[]>();
    for (const block of common) {
      const records = index.get(block);
      if (records) final.set(compress ? compressed(block) : block, records);
    }
    return final;
  });
}

/** From records to the ids of their blocks, in the order in which the records are met. */
export function blocksOfRecords(index: BlockIndex): Map<RecordId, Set<string>> {
  const found = new Map<RecordId, Set<string>>();
  for (const [block, records] of index) {
    for (const record of records) {
      const blocks = found.get(record);
      if (blocks) blocks.add(block);
      else found.set(record, new Set([block]));
    }
  }
  return found;
}

/** A record that is in a block, with the ids of its blocks. */
export interface BlockedRecord {
  readonly record: RecordId;
  readonly blocks: readonly string[];
}

/** From records to their blocks, for data of any size. */
export interface BlocksByRecord {
  /** Records that are in a block. */
  readonly count: number;
  /** In the order in which they are met block by block. */
  records(): Iterable<BlockedRecord>;
}

export interface BlockedRecords extends BlocksByRecord {
  readonly statistics: BlockingStatistics;
}

/** {@link blocksOfRecords} without a set for each record. */
export function blocksByRecord(index: BlockIndex): BlocksByRecord {
  const names = [...index.keys()];
  const places = new Map<RecordId, number>();
  const counts: number[] = [];
  for (const members of index.values()) {
    for (const record of members) {
      const place = places.get(record);
      if (place === undefined) {
        places.set(record, counts.length);
        counts.push(1);
      } else counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  const starts = new Uint32Array(counts.length + 1);
  counts.forEach((count, place) => {
    starts[place + 1] = (starts[place] ?? 0) + count;
  });
  const ids = new Uint32Array(starts.at(-1) ?? 0);
  const next = starts.slice();
  let block = 0;
  for (const members of index.values()) {
    for (const record of members) {
      const place = places.get(record) ?? 0;
      ids[next[place] ?? 0] = block;
      next[place] = (next[place] ?? 0) + 1;
    }
    block++;
  }
  // A record that is twice in a block has its two entries one after the other.
  const blocksOf = (place: number): string[] =>
    Array.from(ids.subarray(starts[place], starts[place + 1]))
      .filter((id, i, all) => id !== all[i - 1])
      .map((id) => names[id] ?? '');
  return {
    count: places.size,
    *records() {
      for (const [record, place] of places) yield { record, blocks: blocksOf(place) };
    },
  };
}
