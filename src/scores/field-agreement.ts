/** From the bands in which two records agree to the fields in which they do. */
import type { Band } from '../agreement/agreement.ts';
import type { KeySource } from '../agreement/match-field.ts';
import { type BandModel, bandModel, type Comparison } from './band-model.ts';
import { LIKENESS_BINS } from './likeness.ts';
import { LikenessReader } from './likeness-reader.ts';

/** How a field of two records compares. `MISSING`: the row of the data has no value; `UNKNOWN`: the record of the list has none. */
export const DIFFERENT = 0;
export const SAME = 1;
export const SIMILAR = 2;
export const MISSING = 3;
/**
 * Of the names that bands join, not of a field: whether they stand in their own columns or in each other's. Beyond the levels of fields,
 * and of numbers of bands.
 */
export const IN_PLACE = 32;
export const CROSSED = 33;
export const UNKNOWN = 255;

/** Of the rows that do not agree in a field, those that lack it, against those that have another value, before the bands speak. */
const MISSING_ODDS = 0.1;

/** What the bands say of two records. */
export interface FieldReading {
  /** One a field, and where names are joined one more, of these. */
  readonly levels: Uint8Array;
  /** Where names stand in each other's columns: whether all of them together are the same or similar. */
  readonly crossed: typeof SAME | typeof SIMILAR | undefined;
  /**
   * Of a field that is the same or similar: how much likelier its bands agree and fail as they do if the values are as similar as each
   * step of likeness says (`likeness.ts`) than if they are the same.
   */
  likenessOf(field: number): Float64Array;
}

export interface ReaderOptions {
  readonly source?: KeySource;
  /** By field: true where values are the same or not, and never similar. */
  readonly whole?: readonly boolean[];
  /** Of the design: fields whose names bands join, as the field behind the last. */
  readonly joined?: readonly number[] | undefined;
}

/** Fields of agreeing bands are the same, all others different or missing. */
function begin({ roles, hashedIn, filledIn }: BandModel, levels: Uint8Array, inBands: ArrayLike<number>): Comparison {
  const agreeing = new Uint8Array(roles.length);
  for (let i = 0; i < inBands.length; i++) {
    const band = inBands[i] as number;
    agreeing[band] = 1;
    for (const field of roles[band]?.filled ?? []) levels[field] = DIFFERENT;
  }
  for (let i = 0; i < inBands.length; i++) {
    for (const field of roles[inBands[i] as number]?.hashed ?? []) levels[field] = SAME;
  }
  const blocks = new Uint8Array(roles.length);
  const block = (bands: readonly number[]) => {
    for (const band of bands) blocks[band] = (blocks[band] as number) + 1;
  };
  for (const [field, level] of levels.entries()) {
    if (level !== SAME) block(hashedIn[field] as readonly number[]);
    if (level === MISSING || level === UNKNOWN) block(filledIn[field] as readonly number[]);
  }
  const nearlySame = new Uint8Array(levels.length).fill(LIKENESS_BINS);
  return { levels, agreeing, blocks, similarIn: new Uint8Array(roles.length), nearlySame };
}

/**
 * Turns one field after the other from same to similar or back, as long as that makes the bands likelier. Joined names come first: they
 * are similar as soon as one name is the same.
 */
function findSimilar(
  { hashedIn, agrees, fails }: BandModel,
  comparison: Comparison,
  { whole = [], joined = [] }: ReaderOptions,
): void {
  const { levels, agreeing, blocks, similarIn } = comparison;
  /** What turning a field adds to the log likelihood. */
  const gain = (field: number, step: 1 | -1) => {
    let sum = 0;
    for (const band of hashedIn[field] as readonly number[]) {
      if (blocks[band] !== 0) continue;
      const logs = agreeing[band] ? agrees : fails;
      const similar = similarIn[band] as number;
      sum += (logs[similar + step] as number) - (logs[similar] as number);
    }
    return sum;
  };
  const fields = [...levels.keys()];
  const ordered = joined.length === 0 ? fields : [...fields.slice(-1), ...fields.slice(0, -1)];
  const turning = ordered.filter((field) => levels[field] === SAME && !whole[field]);
  for (let turned = true; turned; ) {
    turned = false;
    for (const field of turning) {
      const step = levels[field] === SAME ? 1 : -1;
      if (gain(field, step) <= 1e-9) continue;
      levels[field] = step === 1 ? SIMILAR : SAME;
      for (const band of hashedIn[field] as readonly number[]) similarIn[band] = (similarIn[band] as number) + step;
      turned = true;
    }
  }
}

/** Tells fields that differ from those that the row of the data lacks. */
function findDifferent({ filledIn, chances }: BandModel, comparison: Comparison): void {
  const { levels, agreeing, blocks, similarIn } = comparison;
  const tried = chances.map(() => 1);
  const agreed = chances.slice();
  for (let band = 0; band < similarIn.length; band++) {
    if (blocks[band] !== 0) continue;
    const similar = similarIn[band] as number;
    tried[similar] = (tried[similar] as number) + 1;
    agreed[similar] = (agreed[similar] as number) + (agreeing[band] as number);
  }
  for (const [field, level] of levels.entries()) {
    if (level !== MISSING) continue;
    let odds = MISSING_ODDS;
    for (const band of filledIn[field] as readonly number[]) {
      const similar = similarIn[band] as number;
      if (blocks[band] === 1) odds /= 1 - (agreed[similar] as number) / (tried[similar] as number);
    }
    if (odds <= 1) levels[field] = DIFFERENT;
  }
}

/**
 * Names that do not agree column by column stand in each other's columns where they agree all together: all of them are the same; or they
 * are similar, and none of them agrees in its own column. Then those that do not agree are as the joined names are.
 */
function crossNames(levels: Uint8Array, joined: readonly number[]): FieldReading['crossed'] {
  const together = levels[levels.length - 1];
  const elsewhere = joined.filter((field) => levels[field] === DIFFERENT || levels[field] === MISSING);
  const inPlace = joined.some((field) => levels[field] === SAME || levels[field] === SIMILAR);
  const crossed = (together === SAME && (!inPlace || elsewhere.length >= 2)) || (together === SIMILAR && !inPlace);
  levels[levels.length - 1] = crossed ? CROSSED : IN_PLACE;
  if (!crossed) return undefined;
  for (const field of elsewhere) levels[field] = together;
  return together;
}

/**
 * Bands that hash the same fields agree together, so a band is no evidence of its own: fields are. A field that no agreeing band
 * hashes is different or missing, the others are the same or similar. First the likeliest of these: bands whose fields are the same
 * agree, those with similar ones do now and then; changed field by field from "all the same". Then a field is missing rather than
 * different where the bands that want it filled fail, though others with as many similar fields agree as often as they do. `inBands`:
 * numbers of the agreeing bands; `isEmpty`: whether the record of the list lacks a field. `fields`: how many, the joined names not among
 * them.
 */
export function fieldAgreementReader(
  bands: readonly Band[],
  fields: number,
  { source = 'minhash', whole = [], joined = [] }: ReaderOptions = {},
): (inBands: ArrayLike<number>, isEmpty: (field: number) => boolean) => FieldReading {
  const places = joined.length === 0 ? fields : fields + 1;
  const model = bandModel(bands, places);
  const likeness = new LikenessReader(model, source);
  return (inBands, isEmpty) => {
    const levels = Uint8Array.from({ length: places }, (_, field) => (isEmpty(field) ? UNKNOWN : MISSING));
    const comparison = begin(model, levels, inBands);
    findSimilar(model, comparison, { whole, joined });
    likeness.findNearlySame(
      comparison,
      [...levels.keys()].filter((field) => levels[field] === SAME && !whole[field]),
    );
    findDifferent(model, comparison);
    const crossed = places === fields ? undefined : crossNames(levels, joined);
    return {
      levels,
      crossed,
      likenessOf: (field) =>
        likeness.ratios(comparison, field, (field === fields ? crossed : levels[field]) === SIMILAR),
    };
  };
}
