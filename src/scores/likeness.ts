/**
 * How alike the values of a list are, value by value: where a row's value is only similar to a record's, how many strangers have one that
 * is as similar. Measured as the keys measure it, by the Jaccard similarity of tokens, against a sample of the list itself.
 */
import type { FieldType } from '../agreement/match-field.ts';
import { BIGRAMS, FIELD_TYPE_RULES } from '../keys/field-types.ts';
import { seededRandom } from '../keys/random.ts';
import { tokenTable } from '../keys/tokens.ts';

/** Similarities from 0 to 1 in so many steps, the last one short of 1. */
export const LIKENESS_BINS = 10;
/** The middle of each step. */
export const LIKENESS_OF_BIN: readonly number[] = Array.from(
  { length: LIKENESS_BINS },
  (_, bin) => (bin + 0.5) / LIKENESS_BINS,
);

/** Records of the list that a value is held against. */
const SAMPLED = 1000;
/**
 * A value with no similar one in the sample may have some in the data: its share is estimated as the mean of a gamma distribution of this
 * shape around the share of all values together (empirical Bayes).
 */
const PRIOR_SHAPE = 0.5;

export interface ValueLikeness {
  /** By value and step: the share of records, 0 to 1, with another value that is so similar; `LIKENESS_BINS` numbers a value. */
  readonly shares: Float32Array<ArrayBuffer>;
  /** By value: how many distinct tokens it has. */
  readonly tokens: Uint16Array<ArrayBuffer>;
  /** How many tokens a slip changes: those that its character is in; 0 where values are the same or not, and never similar. */
  readonly changed: number;
}

/** `values` and `codes`: of one field, as in `MatchRecords`; `grams`: as the keys take tokens of it. */
export function valueLikeness(
  type: FieldType,
  values: readonly string[],
  codes: Uint32Array,
  grams = BIGRAMS,
): ValueLikeness {
  const sets = tokenSets(type, values, grams);
  const shares = new Float32Array(values.length * LIKENESS_BINS);
  const tokens = Uint16Array.from(sets, (set) => set.length);
  const { alike, spelled } = FIELD_TYPE_RULES[type];
  const changed = alike ? (spelled ? grams : 1) : 0;
  if (!alike) return { shares, tokens, changed };
  const { sampled, weights, size } = sampleOf(codes);
  const postings = new Map<number, number[]>();
  for (const [place, code] of sampled.entries()) {
    for (const token of sets[code] as Uint32Array) {
      const known = postings.get(token);
      if (known) known.push(place);
      else postings.set(token, [place]);
    }
  }
  const overlap = new Uint16Array(sampled.length);
  for (let value = 1; value < values.length; value++) {
    const touched: number[] = [];
    for (const token of sets[value] as Uint32Array) {
      for (const place of postings.get(token) ?? []) {
        if (overlap[place] === 0) touched.push(place);
        overlap[place] = (overlap[place] as number) + 1;
      }
    }
    for (const place of touched) {
      const other = sampled[place] as number;
      const common = overlap[place] as number;
      overlap[place] = 0;
      if (other === value) continue;
      const jaccard = common / ((tokens[value] as number) + (tokens[other] as number) - common);
      const at = value * LIKENESS_BINS + Math.min(LIKENESS_BINS - 1, Math.floor(jaccard * LIKENESS_BINS));
      shares[at] = (shares[at] as number) + (weights[place] as number);
    }
  }
  smooth(shares, size);
  return { shares, tokens, changed };
}

/** From counts in a sample of `size` to shares. */
function smooth(counts: Float32Array, size: number): void {
  const values = counts.length / LIKENESS_BINS - 1;
  for (let bin = 0; bin < LIKENESS_BINS; bin++) {
    let all = 0;
    for (let value = 1; value <= values; value++) all += counts[value * LIKENESS_BINS + bin] as number;
    const usual = all / Math.max(1, values * size);
    for (let value = 1; value <= values; value++) {
      const at = value * LIKENESS_BINS + bin;
      counts[at] = usual === 0 ? 0 : ((counts[at] as number) + PRIOR_SHAPE) / (size + PRIOR_SHAPE / usual);
    }
  }
}

/** Values of a random sample of the records that have one, each once, and how often it was drawn. */
function sampleOf(codes: Uint32Array): { sampled: number[]; weights: number[]; size: number } {
  const { below } = seededRandom([codes.length]);
  const drawn = new Map<number, number>();
  let size = 0;
  const take = (code: number) => {
    if (code === 0) return;
    drawn.set(code, (drawn.get(code) ?? 0) + 1);
    size++;
  };
  if (codes.length <= SAMPLED) for (const code of codes) take(code);
  else for (let i = 0; i < SAMPLED; i++) take(codes[below(codes.length)] as number);
  return { sampled: [...drawn.keys()], weights: [...drawn.values()], size };
}

/** The distinct tokens of each value. */
function tokenSets(type: FieldType, values: readonly string[], grams: number): Uint32Array[] {
  const { ids, offsets } = tokenTable(type, values, grams);
  return values.map((_, value) => Uint32Array.from(new Set(ids.subarray(offsets[value], offsets[value + 1]))));
}

/** Of values that are the same but for slips: how many have one, two, or are changed beyond that. */
const SLIPS: readonly (readonly [slips: number, share: number])[] = [
  [1, 0.6],
  [2, 0.25],
];
const BEYOND = 0.15;

/**
 * What slips leave of a value with so many tokens: the chance of each step. A slip changes `changed` tokens, those that its character is in; a
 * value that is changed beyond two slips may be as similar as any.
 */
export function slippedLikeness(tokens: number, changed: number): Float64Array {
  const chances = new Float64Array(LIKENESS_BINS).fill(BEYOND / LIKENESS_BINS);
  for (const [slips, share] of SLIPS) {
    const lost = Math.min(tokens, slips * changed);
    const bin = Math.min(LIKENESS_BINS - 1, Math.floor(((tokens - lost) / (tokens + lost)) * LIKENESS_BINS));
    chances[bin] = (chances[bin] as number) + share;
  }
  return chances;
}
