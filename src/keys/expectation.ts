/** What a design is expected to find, by a stated model of the mistakes in two records of one person, and to confuse. */
import type { Band, FieldFigures, KeyDesign } from '../agreement/agreement.ts';
import type { FieldType, KeySource, MatchField } from '../agreement/match-field.ts';
import { BIGRAMS, FIELD_TYPE_RULES } from './field-types.ts';
import { joinedLikeness } from './joined-names.ts';
import { seededRandom } from './random.ts';

/** How the two records of a person differ; all of it independently. */
export interface ErrorModel {
  /** The chance that a field holds something else altogether (another name). */
  readonly other: number;
  /** The chance that a character is mistyped. */
  readonly slip: number;
  /** The chance that half of the fields, neighbours in the file, hold something else at once (moved house: street, town and postcode). */
  readonly together: number;
}

/** Usual mistakes. Beside them, a field may lack a value on either side, as often as values lack in that file. */
export const ERROR_MODEL: ErrorModel = { other: 0.03, slip: 0.03, together: 0 };
/** People with mistakes in most fields, as the files with the most mistakes that are known have them. */
export const HARD_MODEL: ErrorModel = { other: 0.05, slip: 0.1, together: 0.15 };

/** Pairs of records drawn from the model: the standard error of a share near 0.99 is then 0.0011. */
const DRAWS = 8000;
/** The chance that a row is in a band at all: of full bins and of too common keys, rows are left out. */
const TAKEN = 0.99;
/** Slips beyond it make no difference. */
const MAX_SLIPS = 12;

/** What a design does at a number of agreeing bands. */
export interface Expectation {
  readonly bands: number;
  readonly agreeingBands: number;
  /** Share of the people in both files whose records agree in so many bands, with usual mistakes. */
  readonly recall: number;
  /** The same of people with mistakes in most fields: the truth of a file is between the two. */
  readonly hardRecall: number;
  /** Rows of other people that agree with a row in so many bands, on average, as counted in the owner's file. */
  readonly lookAlikes: number;
}

/**
 * What a design is expected to do. `listEmpty`: of the list, the shares of rows without a value, a number a field; left out, as in
 * the data. Undefined where design or list do not tell of all the fields.
 */
export function expectationOf(
  { source, bands, joined, lookAlikes = [], fieldFigures = [] }: KeyDesign,
  fields: readonly MatchField[],
  agreeingBands: number,
  listEmpty: readonly number[] = fieldFigures.map(({ empty }) => empty),
): Expectation | undefined {
  if (fieldFigures.length !== fields.length || listEmpty.length !== fields.length) return undefined;
  const shares = drawnRecall({ source, bands, joined }, { fields, figures: fieldFigures, listEmpty });
  return {
    bands: bands.length,
    agreeingBands,
    recall: shares.usual[agreeingBands] ?? 0,
    hardRecall: shares.hard[agreeingBands] ?? 0,
    lookAlikes: lookAlikes[agreeingBands - 2] ?? 0,
  };
}

/** What both files say of the fields, in the design's order. */
export interface ExpectedFields {
  readonly fields: readonly MatchField[];
  readonly figures: readonly FieldFigures[];
  readonly listEmpty: readonly number[];
}

interface DrawnShares {
  readonly usual: Float64Array;
  readonly hard: Float64Array;
}

/** What was drawn last for the bands of a design: pages ask for it with every rendering. */
const drawn = new WeakMap<readonly Band[], { readonly from: string; readonly shares: DrawnShares }>();

function drawnRecall(design: Pick<KeyDesign, 'source' | 'bands' | 'joined'>, expected: ExpectedFields): DrawnShares {
  const from = JSON.stringify([design.source, design.joined, expected]);
  const last = drawn.get(design.bands);
  if (last?.from === from) return last.shares;
  const shares = {
    usual: expectedRecall(design, expected),
    hard: expectedRecall(design, expected, HARD_MODEL),
  };
  drawn.set(design.bands, { from, shares });
  return shares;
}

/**
 * The chance that a person's two records agree in at least t bands, for t = 0 up to the number of bands, under an error
 * model: a Monte Carlo estimate, the same on every machine.
 * @throws RangeError where a band names a field that there is not
 */
export function expectedRecall(
  { source, bands, joined = [] }: Pick<KeyDesign, 'source' | 'bands' | 'joined'>,
  { fields, figures, listEmpty }: ExpectedFields,
  model = ERROR_MODEL,
): Float64Array {
  const random = seededRandom([fields.length, bands.length]);
  const states = fields.map((field, f): FieldStates => {
    const { empty, length } = figures[f] ?? { empty: 0, length: 0 };
    const filled = (1 - empty) * (1 - (listEmpty[f] ?? 0));
    return {
      filled,
      intact: filled * (1 - model.other),
      ...slips({ type: field.type, source, length, grams: gramsOf(bands, f) }, model.slip),
    };
  });
  const exactly = new Float64Array(bands.length + 1);
  // The joined names come behind the fields.
  const agrees = new Float64Array(fields.length + (joined.length > 0 ? 1 : 0));
  const filled = new Uint8Array(fields.length);
  const joinNames = joinedNames(joined, figures);
  const half = Math.ceil(fields.length / 2);
  for (let draw = 0; draw < DRAWS; draw++) {
    const firstOther = random.unit() < model.together ? random.below(fields.length - half + 1) : fields.length;
    for (let f = 0; f < states.length; f++) {
      const { filled: inBoth, intact, atMost, likeness } = states[f] as FieldStates;
      let slipped = 0;
      const drawn = random.unit();
      while (drawn < intact && drawn >= intact * (atMost[slipped] ?? 1)) slipped++;
      const isOther = f >= firstOther && f < firstOther + half;
      agrees[f] = drawn < intact && !isOther ? (likeness[slipped] ?? 0) : 0;
      filled[f] = drawn < inBoth ? 1 : 0;
    }
    if (joined.length > 0) agrees[fields.length] = joinNames(agrees, filled);
    let count = 0;
    for (const band of bands) if (random.unit() < bandChance(band, agrees, filled, source)) count++;
    exactly[count] = (exactly[count] as number) + 1;
  }
  const atLeast = new Float64Array(bands.length + 1);
  let sum = 0;
  for (let t = bands.length; t >= 0; t--) {
    sum += exactly[t] as number;
    atLeast[t] = sum / DRAWS;
  }
  return atLeast;
}

/** How alike the joined names are, by the names' own likeness and whether both sides have them. */
function joinedNames(joined: readonly number[], figures: readonly FieldFigures[]) {
  const lengths = joined.map((field) => figures[field]?.length ?? 0);
  return (likeness: Float64Array, filled: Uint8Array) =>
    joinedLikeness(
      joined.map((field) => likeness[field] ?? 0),
      lengths,
      joined.map((field) => filled[field] === 1),
    );
}

function bandChance({ fields }: Band, agrees: Float64Array, filled: Uint8Array, source: KeySource): number {
  let chance = TAKEN;
  for (const { field, picks } of fields) {
    const likeness = agrees[field];
    if (likeness === undefined) throw new RangeError(`a band names field ${field}, but there are ${agrees.length}`);
    if (picks.length === 0 && filled[field] === 0) return 0;
    if (picks.length === 0 || likeness === 1) continue;
    // Of p-sig's parts, number 0 is the whole value, which survives no slip.
    chance *= source === 'p-sig' && picks.includes(0) ? 0 : likeness ** picks.length;
  }
  return chance;
}

/** How the two values of a field may stand to each other. */
interface FieldStates {
  /** The chance that both sides have a value. */
  readonly filled: number;
  /** The chance that these are the same but for slips. */
  readonly intact: number;
  /** Of those, the share with at most 0, 1, ... slips, and how likely one pick still agrees after 0, 1, ... of them. */
  readonly atMost: readonly number[];
  readonly likeness: readonly number[];
}

/** What a pick of a field is taken from. */
interface PickedField {
  readonly type: FieldType;
  readonly source: KeySource;
  /** Usual number of characters of a value, and characters of a token of names and texts. */
  readonly length: number;
  readonly grams: number;
}

/** How many characters a token of names and texts has: of one field as many in all bands. */
export function gramsOf(bands: readonly Band[], field: number): number {
  const taken = bands.flatMap(({ fields }) => fields).find((one) => one.field === field && one.picks.length > 0);
  return taken?.grams ?? BIGRAMS;
}

function slips(field: PickedField, slip: number): Pick<FieldStates, 'atMost' | 'likeness'> {
  const expected = slip * field.length;
  let exactly = Math.exp(-expected);
  const atMost = [exactly];
  for (let k = 1; k <= MAX_SLIPS; k++) {
    exactly *= expected / k;
    atMost.push((atMost[k - 1] as number) + exactly);
  }
  return { atMost, likeness: atMost.map((_, k) => pickLikeness(field, k)) };
}

function pickLikeness({ type, source, length, grams }: PickedField, slipped: number): number {
  if (slipped === 0) return 1;
  const { alike, spelled } = FIELD_TYPE_RULES[type];
  if (!alike) return 0;
  // A slip changes all tokens that its character is in, or the character at its place.
  const tokens = spelled ? Math.max(1, length + 3 - grams) : length;
  const changed = Math.min(tokens, (spelled ? grams : 1) * slipped);
  switch (source) {
    case 'minhash':
      return (tokens - changed) / (tokens + changed);
    case 'p-sig':
      return 0.5 ** slipped;
    case 'lambda-fold':
      return sameBit(changed / tokens);
  }
}

/** In a half full filter, whether a position is set alike by two values of which the share `changed` of the tokens differs. */
function sameBit(changed: number): number {
  const unsetByShared = 0.5 ** (1 - changed);
  const unsetByOwn = 0.5 ** changed;
  return 1 - unsetByShared * 2 * unsetByOwn * (1 - unsetByOwn);
}
