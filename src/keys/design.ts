import { type Band, type KeyDesign, LONGEST_LENGTH } from '../agreement/agreement.ts';
import type { FieldType, KeySource } from '../agreement/match-field.ts';
import { createBandKeyer, SALT_BYTES } from './band-keys.ts';
import { seedWords } from './hash.ts';
import {
  bandsShared,
  countConfusions,
  countLookAlikes,
  keyCrowding,
  sampleRecords,
  sharedPairs,
} from './key-sharing.ts';
import { type PickSource, pickSource } from './picks.ts';
import { type SeededRandom, seededRandom } from './random.ts';
import type { MatchRecords } from './records.ts';

/**
 * When a band is too common. `sharing`: with how many other rows a row may share its key, on average. `confusion`: how many other
 * rows of its own file a row may meet in two bands or more, on average. `leftOut`: which share of rows the band may lose because
 * too many have one key. A single field gets looser limits: there is no other field to turn to, and with MinHash the number of
 * agreeing bands tells a person from a stranger well enough. Of lambda-fold's bands many err together, so its keys are kept rarer.
 */
interface Limits {
  readonly sharing: number;
  readonly confusion: number;
  readonly leftOut: number;
}
const SINGLE: Readonly<Record<KeySource, Limits>> = {
  minhash: { sharing: 10, confusion: 10, leftOut: 1 },
  'p-sig': { sharing: 0.4, confusion: 0.2, leftOut: 1 },
  'lambda-fold': { sharing: 0.4, confusion: 0.2, leftOut: 1 },
};
const SEVERAL: Readonly<Record<KeySource, Limits>> = {
  minhash: { sharing: 0.2, confusion: 1, leftOut: 0.001 },
  'p-sig': { sharing: 0.2, confusion: 1, leftOut: 0.001 },
  'lambda-fold': { sharing: 0.05, confusion: 0.1, leftOut: 0.001 },
};
/** A band that asks for a field which is empty in more rows would have few rows left. */
const MOST_EMPTY = 0.2;
/** Rounds of strengthening for the sake of confusion. */
const ROUNDS = 12;
/** Rows on which sharing is measured. */
const MEASURED_ROWS = 60_000;

/**
 * The band design for an owner's file: deterministic in its arguments.
 *
 * A band joins two fields, every pair of fields in its turn, so that a record with a few fields wrong or empty still has bands left;
 * of each field it takes several MinHash values (p-sig: a part of the value; lambda-fold: filter bits). Whatever that leaves
 * too common in this file, such as an address that a household shares, is strengthened: first more picks of the same fields,
 * then a further field, until a row shares its key with hardly any other. That keeps different people apart, and rows
 * out of the protocol's limit of four rows a key. With a single field, bands differ in their picks only.
 *
 * `seed`: 16 bytes in hex. Throws a RangeError for a malformed seed, no field, or fewer than 1 or more than 256 bands.
 * `measuredRows`: rows that sharing is measured on, a random sample of a longer file.
 */
export function designKeys(
  records: MatchRecords,
  source: KeySource,
  seed: string,
  bands: number,
  measuredRows = MEASURED_ROWS,
): KeyDesign {
  const types = records.fields.map((field) => field.type);
  if (types.length === 0) throw new RangeError('a key design needs at least one matching field');
  if (!Number.isInteger(bands) || bands < 1 || bands > 256) {
    throw new RangeError(`a key design has 1 to 256 bands, not ${bands}`);
  }
  const random = seededRandom(seedWords(seed));
  const sample = sampleRecords(records, measuredRows, random);
  const keyer = createBandKeyer(sample, seed);
  const salt = new Uint8Array(SALT_BYTES);
  const scale = sample.rows === 0 ? 0 : records.rows / sample.rows;
  const keysOf = (band: Band) => keyer.keys({ source, seed, bands: [band] }, band, 0, salt);
  const crowding = (band: Band) => {
    const { sharing, leftOut } = keyCrowding(keysOf(band));
    return { sharing: scale * sharing, leftOut };
  };
  const sharing = (band: Band) => crowding(band).sharing;

  const picks = pickSource(source, types.length, random);
  const lengths = records.values.map(usualLength);
  const limits = (types.length === 1 ? SINGLE : SEVERAL)[source];
  const ladder = bandLadder(types, lengths, picks, sharing, limits.sharing);
  const limit = limits.sharing + sharing(ladder.strongest().band);
  const tooCommon = ({ band }: BandDraft) => {
    const { sharing, leftOut } = crowding(band);
    return sharing > limit || leftOut > limits.leftOut;
  };
  const figures = emptyShares(records);
  const askable = figures.map((empty) => empty > 0 && empty <= MOST_EMPTY);
  const drafts = withFilledFields(fieldSets(types.length, bands, random), askable).map(({ fields, filled }) => {
    let draft = ladder.start(fields, filled);
    while (tooCommon(draft)) {
      const stronger = ladder.stronger(draft);
      if (!stronger) break;
      draft = stronger;
    }
    return draft;
  });
  const pairsOf = (draft: BandDraft) => sharedPairs(keysOf(draft.band));
  const confusion = (pairs: number) => (2 * scale * pairs) / sample.rows;
  const separated = separate(drafts, pairsOf, ladder, (pairs) => confusion(pairs) > limits.confusion);
  const lookAlikes = countLookAlikes(separated.shared, bands, sample, scale);
  const fieldFigures = figures.map((empty, field) => ({
    empty,
    length: Math.min(LONGEST_LENGTH, Math.round(lengths[field] as number)),
  }));
  return { source, seed, bands: separated.drafts.map((draft) => draft.band), lookAlikes, fieldFigures };
}

/**
 * Strengthens the bands in which the same pairs of rows meet again and again, such as members of a household, until few
 * enough pairs of the file's own rows agree in two bands or more, or stronger keys no longer help. `shared`: how many bands pairs
 * of rows share in the end.
 */
function separate(
  drafts: readonly BandDraft[],
  pairsOf: (draft: BandDraft) => Float64Array,
  ladder: BandLadder,
  tooMany: (pairs: number) => boolean,
): { readonly drafts: readonly BandDraft[]; readonly shared: ReadonlyMap<number, number> } {
  let current = drafts;
  let pairs = current.map(pairsOf);
  let shared = bandsShared(pairs);
  for (let round = 0; round < ROUNDS; round++) {
    const { pairs: confused, byBand } = countConfusions(pairs, shared);
    if (!tooMany(confused)) break;
    const usual = byBand.reduce((sum, count) => sum + count, 0) / byBand.length;
    const before = current;
    current = before.map((draft, i) => ((byBand[i] ?? 0) >= usual ? (ladder.stronger(draft) ?? draft) : draft));
    pairs = current.map((draft, i) => (draft === before[i] ? (pairs[i] as Float64Array) : pairsOf(draft)));
    shared = bandsShared(pairs);
  }
  return { drafts: current, shared };
}

/** Of each field, the share of rows without a value, to two decimals: what either side tells the other of its file. */
export function emptyShares({ rows, codes }: MatchRecords): number[] {
  return codes.map((column) => {
    const empty = column.reduce((sum, code) => sum + (code === 0 ? 1 : 0), 0);
    return rows === 0 ? 0 : Math.round((100 * empty) / rows) / 100;
  });
}

/** Rows that no band has a key for: with several fields a band joins at least two, so one field filled is too few. */
export function rowsWithoutKey(records: MatchRecords): number {
  const needed = Math.min(2, records.fields.length);
  let without = 0;
  for (let row = 0; row < records.rows; row++) {
    let filled = 0;
    for (const codes of records.codes) if (codes[row] !== 0) filled++;
    if (filled < needed) without++;
  }
  return without;
}

/**
 * The fields that each band starts with: all pairs in random order, none twice before all were used, fields used equally often. A
 * band of two fields survives whatever is wrong with the others.
 */
function fieldSets(fields: number, bands: number, random: SeededRandom): number[][] {
  const size = Math.min(2, fields);
  const fieldUses = new Array<number>(fields).fill(0);
  const drawn: number[][] = [];
  while (drawn.length < bands) {
    let left = random.shuffle(subsets(fields, size));
    while (left.length > 0 && drawn.length < bands) {
      const uses = (set: readonly number[]) => set.reduce((sum, field) => sum + (fieldUses[field] ?? 0), 0);
      const chosen = left.reduce((best, set) => (uses(set) < uses(best) ? set : best));
      left = left.filter((set) => set !== chosen);
      for (const field of chosen) fieldUses[field] = (fieldUses[field] ?? 0) + 1;
      drawn.push(chosen);
    }
  }
  return drawn;
}

/** All sets of `size` of the numbers below `count`, each ascending. */
function subsets(count: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: Math.max(0, count - from) }, (_, i) => from + i).flatMap((first) =>
    subsets(count, size - 1, first + 1).map((rest) => [first, ...rest]),
  );
}

/** The first of the items for which `of` is lowest. */
function least<T>(items: readonly T[], of: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || of(item) < of(best) ? item : best),
    undefined,
  );
}

/** The mean length of a field's distinct values, in UTF-16 code units. */
function usualLength(values: readonly string[]): number {
  return values.reduce((sum, value) => sum + value.length, 0) / Math.max(1, values.length - 1);
}

interface FieldSet {
  readonly fields: readonly number[];
  /** A further field that is to have a value, whichever it is. */
  readonly filled: number | undefined;
}

interface BandDraft extends FieldSet {
  readonly band: Band;
  readonly level: number;
}

/**
 * Every second time that a set of fields comes, it asks for a value in a further field too, in each in its turn: that tells rows that
 * lack it from rows that have another one, which speaks against a match. `askable`: by field, whether that is worth asking.
 */
function withFilledFields(sets: readonly (readonly number[])[], askable: readonly boolean[]): FieldSet[] {
  const seen = new Map<string, number>();
  const asked = new Map<string, number>();
  const count = (counts: Map<string, number>, name: string) => {
    const before = counts.get(name) ?? 0;
    counts.set(name, before + 1);
    return before;
  };
  return sets.map((fields) => {
    const name = fields.join(' ');
    if (count(seen, name) % 2 === 0) return { fields, filled: undefined };
    const others = [...askable.keys()].filter((field) => askable[field] && !fields.includes(field));
    const times = (field: number) => (asked.get(`${name}: ${field}`) ?? 0) * sets.length + (asked.get(`${field}`) ?? 0);
    const filled = least(others, times);
    if (filled !== undefined) for (const key of [`${name}: ${filled}`, `${filled}`]) count(asked, key);
    return { fields, filled };
  });
}

/** How bands grow: from a few picks of their first fields to more picks, then to a further field. */
interface BandLadder {
  start(fields: readonly number[], filled: number | undefined): BandDraft;
  /** All fields, many picks: rows that share even this key are one person entered twice, and no design is to part them. */
  strongest(): BandDraft;
  /** The next rung, or undefined at the top. */
  stronger(draft: BandDraft): BandDraft | undefined;
}

function bandLadder(
  types: readonly FieldType[],
  lengths: readonly number[],
  picks: PickSource,
  sharing: (band: Band) => number,
  fewEnough: number,
): BandLadder {
  const known = new Map<string, number>();
  const uses = new Uint32Array(types.length);
  const make = (fields: readonly number[], level: number, asked?: number): BandDraft => {
    const filled = asked !== undefined && fields.includes(asked) ? undefined : asked;
    const hashed = [...fields]
      .sort((a, b) => a - b)
      .map((index) => {
        const field = { index, type: types[index] as FieldType, length: lengths[index] as number };
        return { field: index, ...picks.draw(field, fields.length, level) };
      });
    const band = { fields: filled === undefined ? hashed : [...hashed, { field: filled, picks: [] }] };
    return { fields, filled, level, band };
  };
  /** With how many others a row shares these fields, keyed as usual. */
  const sharingOf = (fields: readonly number[]): number => {
    const name = [...fields].sort((a, b) => a - b).join(' ');
    const measured = known.get(name) ?? sharing(make(fields, 0).band);
    known.set(name, measured);
    return measured;
  };
  /**
   * Of the fields that leave few enough rows with one key the one used least, so that bands do not all depend on the same field;
   * where none does, the one that leaves fewest.
   */
  const furtherField = (fields: readonly number[]): number | undefined => {
    const rest = types.map((_, field) => field).filter((field) => !fields.includes(field));
    const left = rest.map((field) => ({ field, shared: sharingOf([...fields, field]) }));
    const good = left.filter(({ shared }) => shared <= fewEnough);
    const best =
      good.length > 0 ? least(good, ({ field }) => uses[field] as number) : least(left, ({ shared }) => shared);
    if (best === undefined) return undefined;
    uses[best.field] = (uses[best.field] as number) + 1;
    return best.field;
  };

  return {
    start: (fields, filled) => make(fields, 0, filled),
    strongest: () => make([...types.keys()], picks.mostLevels),
    stronger({ fields, level, filled }) {
      if (level < picks.usualLevels) return make(fields, level + 1, filled);
      const further = furtherField(fields);
      if (further !== undefined) return make([...fields, further], 0, filled);
      return level < picks.mostLevels ? make(fields, level + 1, filled) : undefined;
    },
  };
}
