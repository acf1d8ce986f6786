import { type Band, type KeyDesign, MAX_LENGTH } from '../agreement/agreement.ts';
import type { KeySource, MatchField } from '../agreement/match-field.ts';
import { createBandKeyer, SALT_BYTES } from './band-keys.ts';
import { type BandDraft, type BandLadder, bandLadder } from './band-ladder.ts';
import { fieldSets, MAX_EMPTY, withFilledFields, withNamesJoined } from './field-sets.ts';
import { seedWords } from './hash.ts';
import { namesToJoin, withJoinedNames } from './joined-names.ts';
import {
  bandsShared,
  type Crowding,
  countConfusions,
  countLookAlikes,
  keyCrowding,
  sampleRecords,
  sharedPairs,
  takeRows,
} from './key-sharing.ts';
import { usualLength } from './keyed-rows.ts';
import { isLongText, pickSource } from './picks.ts';
import { seededRandom } from './random.ts';
import type { MatchRecords } from './records.ts';
import { findRepeats } from './repeats.ts';

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
/** Rounds of strengthening for the sake of confusion. */
const ROUNDS = 12;
/** Rows on which sharing is measured. */
const MEASURED_ROWS = 60_000;
/** Rows that rule out what is far too common. */
const QUICK_ROWS = 6000;

export interface DesignOptions {
  /** Rows that sharing is measured on, a random sample of a longer file. */
  readonly measuredRows?: number;
  /** Of the list, each field's share of rows without a value; left out, full. */
  readonly listEmpty?: readonly number[];
}

/**
 * The band design for an owner's file: deterministic in its arguments.
 *
 * A band joins two fields, every pair of fields in its turn, so that a record with a few fields wrong or empty still has bands left;
 * of each field it takes several MinHash values (p-sig: a part of the value; lambda-fold: filter bits). Whatever that leaves
 * too common in this file, such as an address that a household shares, is strengthened: first more picks of the same fields,
 * then a further field, until a row shares its key with hardly any other. That keeps different people apart, and rows
 * out of the protocol's limit of four rows a key. With a single field, bands differ in their picks only. Bands of a long text alone
 * are of that kind, beside others. With MinHash some bands take all names of a row together (`joined-names.ts`).
 *
 * `seed`: 16 bytes in hex.
 * @throws RangeError for a malformed seed, no field, or fewer than 1 or more than 256 bands
 */
export function designKeys(
  records: MatchRecords,
  source: KeySource,
  seed: string,
  bands: number,
  { measuredRows = MEASURED_ROWS, listEmpty = [] }: DesignOptions = {},
): KeyDesign {
  const types = records.fields.map((field) => field.type);
  if (types.length === 0) throw new RangeError('a key design needs at least one matching field');
  if (!Number.isInteger(bands) || bands < 1 || bands > 256) {
    throw new RangeError(`a key design has 1 to 256 bands, not ${bands}`);
  }
  const random = seededRandom(seedWords(seed));
  const people = onePerson(sampleRecords(records, measuredRows, random));
  const scale = people.rows === 0 ? 0 : records.rows / Math.min(records.rows, measuredRows);
  const { empty, filled, names, lengths, long } = designFields(records, source, listEmpty);
  const joined = names.length === 0 ? undefined : names;
  const measure = keyMeasure(people, { source, seed, joined, scale });
  const picks = pickSource(source, types.length, random);
  const usual = (types.length === 1 ? SINGLE : SEVERAL)[source];
  const ladder = bandLadder(
    { types, lengths, filled, joined: { names, length: joinedLength(people, names) } },
    picks,
    (band) => measure.crowding(band).sharing,
    usual.sharing,
  );
  const limits = limitsAbove(measure.crowding(ladder.strongest()), SINGLE[source], usual);
  const quickScale = scale * (people.rows / Math.max(1, Math.min(people.rows, QUICK_ROWS)));
  const quick = keyMeasure(sampleRecords(people, QUICK_ROWS, random), { source, seed, joined, scale: quickScale });
  /** Weak keys of a long file are far too common, which few rows show as well; what they leave open is measured on all. */
  const farTooCommon = ({ level, fields, band }: BandDraft) =>
    people.rows > QUICK_ROWS &&
    level < picks.usualLevels &&
    quick.crowding(band).sharing > 2 * limits.own(fields).sharing;
  const askable = empty.map((share, field) => share > 0 && Math.max(share, listEmpty[field] ?? 0) <= MAX_EMPTY);
  const sets = withNamesJoined(bands, { types, filled, names }, (own) => fieldSets(filled, own, random, long));
  const drafts = withFilledFields(sets, askable).map((set, index) => {
    const first = climb(ladder.start(set, index), ladder, farTooCommon);
    return climb(first, ladder, ({ fields, band }) => limits.areExceeded(fields, measure.crowding(band)));
  });
  const mostConfused = (long.includes(true) ? SINGLE[source] : usual).confusion;
  const pairsOf = (draft: BandDraft) => sharedPairs(measure.keysOf(draft.band));
  const confusion = (pairs: number) => (2 * scale * pairs) / people.rows;
  const separated = separate(drafts, pairsOf, ladder, (pairs) => confusion(pairs) > mostConfused);
  const lookAlikes = countLookAlikes(separated.shared, bands, people, scale);
  const fieldFigures = empty.map((share, field) => ({ empty: share, length: toldLength(lengths[field] as number) }));
  const drawn = separated.drafts.map((draft) => draft.band);
  return { source, seed, bands: drawn, ...(joined && { joined }), lookAlikes, fieldFigures };
}

const toldLength = (length: number) => Math.min(MAX_LENGTH, Math.round(length));

/** What a design takes account of, by field; `names`: the fields whose names are joined. */
function designFields(records: MatchRecords, source: KeySource, listEmpty: readonly number[]) {
  const empty = emptyShares(records);
  const filled = empty.map((share, field) => (1 - share) * (1 - (listEmpty[field] ?? 0)));
  const lengths = records.values.map(usualLength);
  const isLong = ({ type }: MatchField, field: number) => isLongText(type, lengths[field] as number);
  const ofMinHash = source === 'minhash';
  return {
    empty,
    filled,
    lengths,
    names: ofMinHash ? namesToJoin(records, filled) : [],
    long: records.fields.map((field, f) => ofMinHash && isLong(field, f)),
  };
}

/** The usual length of the joined names, in UTF-16 code units. */
function joinedLength(records: MatchRecords, names: readonly number[]): number {
  return names.length === 0 ? 0 : usualLength(withJoinedNames(records, [...names]).values.at(-1) ?? []);
}

/** Limits of a band by its number of fields, beyond what even the strongest keys share. */
function limitsAbove(unavoidable: Crowding, single: Limits, several: Limits) {
  const own = (fields: readonly number[]) => (fields.length === 1 ? single : several);
  return {
    own,
    areExceeded(fields: readonly number[], { sharing, leftOut }: Crowding): boolean {
      const limits = own(fields);
      return sharing > limits.sharing + unavoidable.sharing || leftOut > limits.leftOut + unavoidable.leftOut;
    },
  };
}

/** Strengthens a band until it is no longer too common, or cannot be made stronger. */
function climb(weakest: BandDraft, ladder: BandLadder, tooCommon: (draft: BandDraft) => boolean): BandDraft {
  let draft = weakest;
  while (tooCommon(draft)) {
    const stronger = ladder.stronger(draft);
    if (!stronger) break;
    draft = stronger;
  }
  return draft;
}

/** One row of each person, as far as the file's own rows tell: repeats are no look-alikes, and no key is to part them. */
function onePerson(records: MatchRecords): MatchRecords {
  const { firstOf } = findRepeats(records);
  return takeRows(
    records,
    firstOf.filter((first, row) => first === row),
  );
}

/** Makes bands' keys of these rows, and says how crowded they are in a file that has `scale` times as many. */
function keyMeasure(
  records: MatchRecords,
  { scale, ...design }: Pick<KeyDesign, 'source' | 'seed' | 'joined'> & { scale: number },
) {
  const keyer = createBandKeyer(records, design.seed);
  const salt = new Uint8Array(SALT_BYTES);
  const keysOf = (band: Band) => keyer.keys({ ...design, bands: [band] }, band, 0, salt);
  return {
    keysOf,
    crowding(band: Band): Crowding {
      const { sharing, leftOut } = keyCrowding(keysOf(band));
      return { sharing: scale * sharing, leftOut };
    },
  };
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
