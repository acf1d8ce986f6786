/** Signatures as three numbers each, so that signatures of one block, and rows of one signature, lie together once these are sorted. */
import { hash } from 'node:crypto';
import { remainder } from '../blocking/block-filter.ts';
import { pythonSetOrder, pythonTuple } from '../python/set.ts';

/** Whole numbers up to it are exact. */
const EXACT = 2 ** 53;

/** A row of a strategy, and strategies of a table. */
export interface TableShape {
  /** As many as there are, or more. */
  readonly rows: number;
  readonly strategies: number;
}

/** Spreads a number over 32 bits. */
function spread(value: number, seed: number): number {
  let mixed = Math.imul(value ^ seed, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca77);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/**
 * Keys of signatures. The first number follows from the set of positions that a signature sets; the others hold the two numbers
 * that its positions follow from, and what room is left of its SHA-1 and MD5, then strategy and row. Two signatures of 10 million
 * rows are taken for one with a probability below 10^-8.
 */
export class SignatureKeys {
  readonly #length: number;
  readonly #hashes: number;
  readonly #rows: number;
  readonly #strategies: number;
  readonly #firstRoom: number;
  readonly #secondRoom: number;

  /** @param filterLength so that two positions fit into one number, as `requireFilter` wants it */
  constructor(filterLength: number, hashFunctions: number, { rows, strategies }: TableShape) {
    this.#length = filterLength;
    this.#hashes = hashFunctions;
    this.#rows = rows;
    this.#strategies = strategies;
    this.#firstRoom = Math.floor(EXACT / filterLength ** 2);
    this.#secondRoom = Math.floor(EXACT / (rows * strategies));
  }

  keyOf(signature: string, strategy: number, row: number): [block: number, signature: number, row: number] {
    const [sha1, md5] = [hash('sha1', signature, 'buffer'), hash('md5', signature, 'buffer')];
    const code = this.#length * remainder(sha1, this.#length) + remainder(md5, this.#length);
    const [first, second] = [sha1.readUIntBE(0, 6) % this.#firstRoom, md5.readUIntBE(0, 6) % this.#secondRoom];
    return [
      this.#setKey(code),
      code * this.#firstRoom + first,
      (second * this.#strategies + strategy) * this.#rows + row,
    ];
  }

  /** What tells a signature from others with the same first two numbers. */
  rest(third: number): number {
    return Math.floor(third / this.#rows);
  }

  rowOf(third: number): number {
    return third % this.#rows;
  }

  /** Where a signature stands among all of them: by strategy, then by the first row that has it. */
  rank(third: number): number {
    return (this.rest(third) % this.#strategies) * this.#rows + this.rowOf(third);
  }

  /** What a signature's positions follow from. */
  codeOf(second: number): number {
    return Math.floor(second / this.#firstRoom);
  }

  /** The block's id: the text of the tuple of the set of its positions. */
  blockOf(code: number): string {
    return pythonTuple(pythonSetOrder(this.#positions(code, this.#hashes)));
  }

  #positions(code: number, count: number): number[] {
    const [start, step] = [Math.floor(code / this.#length), code % this.#length];
    return Array.from({ length: count }, (_, i) => (start + i * step) % this.#length);
  }

  /** Equal for equal sets of positions; other sets may share it. */
  #setKey(code: number): number {
    const different = this.#length / divisor(this.#length, code % this.#length);
    let [high, low] = [0, 0];
    for (const position of this.#positions(code, Math.min(this.#hashes, different))) {
      high += spread(position, 0x2545f491);
      low += spread(position, 0x6c078965);
    }
    return (high % 2 ** 21) * 2 ** 32 + (low % 2 ** 32);
  }
}
