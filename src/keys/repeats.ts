import { findEqualRows, type RowTest } from './equal-rows.ts';
import { FIELD_TYPE_RULES } from './field-types.ts';
import { absorb32, mix32 } from './hash.ts';
import { fieldLikeness, type Likeness } from './likeness.ts';
import { minHashDigester } from './minhash.ts';
import { seededRandom } from './random.ts';
import type { MatchRecords } from './records.ts';
import { RowBlocks } from './row-blocks.ts';

/** The least mean token likeness of the fields that both rows fill. */
const MEAN_LIKENESS = 0.5;
/**
 * Bits of evidence beyond what the number of pairs asks for: with 8, one false repeat is expected in 256 files without any. Short
 * files cannot show that a value is so rare, so they ask for a share of the bits of their row count.
 */
const MARGIN_BITS = 8;
const MARGIN_OF_ROWS = 0.65;
/** Steps from 0 to 1 in which likeness is counted, on so many random pairs of rows. */
const LIKENESS_STEPS = 20;
const SAMPLED_PAIRS = 20_000;
/** Fields whose pairs make the blocks: the ones that tell most. */
const BLOCKING_FIELDS = 4;
/** Earlier rows of a block that a row is compared with. */
const COMPARED = 6;

export const NO_REPEAT = 0;
export const EXACT_REPEAT = 1;
export const FUZZY_REPEAT = 2;

/** Which rows of a file repeat an earlier one. */
export interface Repeats {
  /** For each row the first row of the same person; a row that repeats none is its own. */
  readonly firstOf: Uint32Array<ArrayBuffer>;
  /** For each row `NO_REPEAT`, `EXACT_REPEAT` (an earlier row has the very same values) or `FUZZY_REPEAT` (it is merely like one). */
  readonly kind: Uint8Array<ArrayBuffer>;
  /** Rows with the values of an earlier row that more than one person may have. */
  readonly undecided: readonly number[];
}

/**
 * Finds the rows that describe somebody who is in the file already: with the same values in all fields, or with values that
 * are too much alike for two people. Alike are rows whose fields have a mean token likeness of at least 0.5, names at least 0.25
 * and dates at least 0.45 each, and whose likeness is so rare between the file's own rows that hardly any two strangers would show
 * it. Rows that fill less than half of the fields repeat nobody. A single field has exact repeats only.
 *
 * Rows are compared within blocks (the same value in one field and the same two MinHash values in another, for pairs
 * of the four fields that tell most), each with the six rows of its block before it: linear in rows, and what no block
 * brings together is not found. Deterministic.
 */
export function findRepeats(records: MatchRecords): Repeats {
  const { rows } = records;
  const { firstOf, enough, undecided } = findEqualRows(records);
  const kind = firstOf.map((first, row) => (first === row ? NO_REPEAT : EXACT_REPEAT));
  if (records.fields.length > 1) joinAlikeRows(records, enough, firstOf, kind);
  for (let row = 0; row < rows; row++) firstOf[row] = rootOf(firstOf, row);
  return { firstOf, kind: Uint8Array.from(kind), undecided };
}

function joinAlikeRows(records: MatchRecords, enough: RowTest, firstOf: Uint32Array, kind: Uint32Array): void {
  const { rows, codes } = records;
  const alike = rowLikeness(records);
  for (const { exact, hashed } of blockings(records)) {
    const blocks = new RowBlocks(rows);
    const codesOfExact = codes[exact] as Uint32Array;
    const codesOfHashed = codes[hashed.field] as Uint32Array;
    for (let row = 0; row < rows; row++) {
      const code = codesOfExact[row] as number;
      const other = codesOfHashed[row] as number;
      if (code === 0 || other === 0 || kind[row] === EXACT_REPEAT || !enough(row)) continue;
      const slot = mix32(absorb32(absorb32(exact, code), hashed.values[other] as number));
      let before = blocks.last(slot);
      for (let n = 0; n < COMPARED && before >= 0; n++, before = blocks.before(before)) {
        const [a, b] = [rootOf(firstOf, before), rootOf(firstOf, row)];
        if (a === b || !alike(before, row)) continue;
        const [first, later] = a < b ? [a, b] : [b, a];
        firstOf[later] = first;
        kind[later] = FUZZY_REPEAT;
      }
      blocks.add(slot, row);
    }
  }
}

function rootOf(firstOf: Uint32Array, row: number): number {
  let root = row;
  while (firstOf[root] !== root) root = firstOf[root] as number;
  // Shortens the way for whoever asks next.
  for (let at = row; at !== root; ) {
    const next = firstOf[at] as number;
    firstOf[at] = root;
    at = next;
  }
  return root;
}

/** Rows whose likeness says that they are one person's. */
function rowLikeness(records: MatchRecords): (a: number, b: number) => boolean {
  const { codes, rows } = records;
  const fields = records.fields.map((_, field) => fieldEvidence(records, field));
  const margin = Math.min(MARGIN_BITS, MARGIN_OF_ROWS * Math.log2(Math.max(2, rows)));
  const needed = Math.log2(Math.max(2, (rows * (rows - 1)) / 2)) + margin;
  return (a, b) => {
    let sum = 0;
    let both = 0;
    let bits = 0;
    for (const [f, column] of codes.entries()) {
      const codeA = column[a] as number;
      const codeB = column[b] as number;
      if (codeA === 0 || codeB === 0) continue;
      const { least, likeness, evidence } = fields[f] as FieldEvidence;
      const like = likeness(codeA, codeB);
      if (like < least) return false;
      sum += like;
      bits += evidence(codeA, codeB, like);
      both++;
    }
    return 2 * both >= codes.length && sum >= MEAN_LIKENESS * both && bits >= needed;
  };
}

interface FieldEvidence {
  /** Less, and they are two people's. */
  readonly least: number;
  readonly likeness: Likeness;
  /** How many bits speak for one person where two values are so much alike. */
  readonly evidence: (a: number, b: number, like: number) => number;
}

/**
 * A likeness is as strong as it is rare between strangers: an equal value as its share of the rows, a similar one as the share of
 * random pairs of rows that are as similar. Of one person's rows a share of `like` is assumed to be less alike than that.
 */
function fieldEvidence(records: MatchRecords, field: number): FieldEvidence {
  const values = records.values[field] ?? [];
  const codes = records.codes[field] ?? new Uint32Array();
  const type = records.fields[field]?.type ?? 'text';
  const likeness = fieldLikeness(type, values);
  const counts = new Uint32Array(values.length);
  for (const code of codes) counts[code] = (counts[code] as number) + 1;
  const filled = Math.max(1, records.rows - (counts[0] ?? 0));
  const similarBits = bitsOfLikeness(codes, likeness);
  const rarity = (code: number) => Math.log2(filled / (counts[code] as number));
  return {
    least: FIELD_TYPE_RULES[type].leastLikeness,
    likeness,
    evidence: (a, b, like) => {
      // Of the others: the row itself is no evidence.
      if (a === b) return Math.log2(filled / Math.max(1, (counts[a] as number) - 1));
      const bits = similarBits[Math.floor(like * LIKENESS_STEPS)] as number;
      return Math.min(bits, rarity(a), rarity(b)) + Math.log2(Math.max(like, 1 / 32));
    },
  };
}

/** For each step of likeness, how rare it is that two random rows are as much alike, in bits. */
function bitsOfLikeness(codes: Uint32Array, likeness: Likeness): Float64Array {
  const random = seededRandom(Uint32Array.of(1, 2, 3, codes.length));
  const pairs = new Float64Array(LIKENESS_STEPS + 1);
  let all = 0;
  for (let n = 0; n < SAMPLED_PAIRS && codes.length > 1; n++) {
    const a = codes[random.below(codes.length)] as number;
    const b = codes[random.below(codes.length)] as number;
    if (a === 0 || b === 0 || a === b) continue;
    const step = Math.floor(likeness(a, b) * LIKENESS_STEPS);
    pairs[step] = (pairs[step] as number) + 1;
    all++;
  }
  let asMuch = 1;
  return pairs.reduceRight((bits, count, step) => {
    asMuch += count;
    bits[step] = -Math.log2(asMuch / (all + 1));
    return bits;
  }, new Float64Array(pairs.length));
}

interface Blocking {
  readonly exact: number;
  readonly hashed: { readonly field: number; readonly values: Uint32Array };
}

/** Every ordered pair of the fields that tell most: one as it is, of the other two MinHash values. */
function* blockings(records: MatchRecords): Generator<Blocking, void, undefined> {
  const told = records.fields.map((_, field) => ({ field, bits: collisionBits(records, field) }));
  const telling = told.toSorted((a, b) => b.bits - a.bits).slice(0, BLOCKING_FIELDS);
  for (const { field } of telling) {
    const hashed = { field, values: minHashes(records, field) };
    for (const { field: exact } of telling) if (exact !== field) yield { exact, hashed };
  }
}

/** How much a field tells: minus the binary logarithm of the chance that two rows have the same value in it. */
function collisionBits({ rows, codes, values }: MatchRecords, field: number): number {
  const counts = new Uint32Array(values[field]?.length ?? 0);
  for (const code of codes[field] ?? []) counts[code] = (counts[code] as number) + 1;
  let same = 0;
  let filled = 0;
  for (const count of counts.subarray(1)) {
    same += (count / rows) ** 2;
    filled += count / rows;
  }
  // Rows without a value are in no block.
  return same === 0 ? 0 : -Math.log2(same / filled ** 2) * filled;
}

function minHashes({ fields, values }: MatchRecords, field: number): Uint32Array {
  const own = values[field] ?? [];
  const digest = minHashDigester(fields[field]?.type ?? 'text', own, [field]);
  const low = new Uint32Array(own.length);
  const high = new Uint32Array(own.length);
  digest(0, low, high);
  digest(1, low, high);
  return low;
}
