import { FIELD_TYPE_RULES } from './field-types.ts';
import { absorb32, mix32 } from './hash.ts';
import type { MatchRecords } from './records.ts';
import { RowBlocks } from './row-blocks.ts';

export type RowTest = (row: number) => boolean;

/** Which rows have the same values in all fields as an earlier one, and so stand for the same person. */
export interface EqualRows {
  /** For each row the first row with its values; itself where it is the first, or its values may be two people's. */
  readonly firstOf: Uint32Array<ArrayBuffer>;
  /** Whether a row fills half of the fields, so that it can be told whom it describes. */
  readonly enough: RowTest;
  /** Rows with the values of an earlier row that more than one person may have, such as a common name alone. */
  readonly undecided: readonly number[];
}

/** Bits by which values have to be rarer than one row of the file: a stranger with the same ones is expected a quarter of a time. */
const MARGIN_BITS = 2;

/** Finds rows with the same values in all fields. Linear in rows. */
export function findEqualRows(records: MatchRecords): EqualRows {
  const { rows, codes, fields } = records;
  const filled = filledFields(records);
  const enough = (row: number) => 2 * (filled[row] as number) >= codes.length;
  const equalTo = firstEqualRows(records, enough);
  const single = fields.length === 1 ? fields[0] : undefined;
  const bits = distinctRowBits(records, equalTo);
  const needed = Math.log2(bits.rows) + MARGIN_BITS;
  const isOnePerson = (row: number) =>
    single === undefined ? bits.of(row) >= needed : FIELD_TYPE_RULES[single.type].identifying;
  const firstOf = Uint32Array.from({ length: rows }, (_, row) => row);
  const undecided: number[] = [];
  for (let row = 0; row < rows; row++) {
    const first = equalTo[row] as number;
    if (first === row) continue;
    if (isOnePerson(row)) firstOf[row] = first;
    else undecided.push(row);
  }
  return { firstOf, enough, undecided };
}

function filledFields({ rows, codes }: MatchRecords): Uint16Array {
  const filled = new Uint16Array(rows);
  for (const column of codes) {
    for (let row = 0; row < rows; row++) if (column[row] !== 0) filled[row] = (filled[row] as number) + 1;
  }
  return filled;
}

function firstEqualRows({ rows, codes }: MatchRecords, enough: RowTest): Uint32Array {
  const equalTo = Uint32Array.from({ length: rows }, (_, row) => row);
  const blocks = new RowBlocks(rows);
  for (let row = 0; row < rows; row++) {
    if (!enough(row)) continue;
    let hash = 0;
    for (const column of codes) hash = absorb32(hash, column[row] as number);
    const slot = mix32(hash);
    let other = blocks.last(slot);
    while (other >= 0 && !codes.every((column) => column[other] === column[row])) other = blocks.before(other);
    if (other < 0) blocks.add(slot, row);
    else equalTo[row] = other;
  }
  return equalTo;
}

/** How rare a row's values are among the different rows, in bits, the fields taken for independent. */
function distinctRowBits({ rows, codes, values }: MatchRecords, equalTo: Uint32Array) {
  const counts = values.map(({ length }) => new Uint32Array(length));
  let distinct = 0;
  for (let row = 0; row < rows; row++) {
    if (equalTo[row] !== row) continue;
    distinct++;
    for (const [f, column] of codes.entries()) {
      const own = counts[f] as Uint32Array;
      own[column[row] as number] = (own[column[row] as number] as number) + 1;
    }
  }
  const of = (row: number) =>
    codes.reduce((bits, column, f) => {
      const code = column[row] as number;
      return code === 0 ? bits : bits + Math.log2(distinct / (counts[f]?.[code] ?? 1));
    }, 0);
  return { rows: Math.max(1, distinct), of };
}

/**
 * Takes the keys of rows that repeat an earlier one away, in place: a person who stands several times in a file has the keys of
 * the first row, and is not lost for having more rows than a key may have. `keys`: 4 words a row.
 */
export function withoutRepeats<Keys extends Uint32Array>(keys: Keys, { firstOf }: Pick<EqualRows, 'firstOf'>): Keys {
  for (const [row, first] of firstOf.entries()) if (first !== row) keys.fill(0, 4 * row, 4 * row + 4);
  return keys;
}
