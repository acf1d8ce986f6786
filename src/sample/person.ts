import { type SeededRandom, seededRandom } from '../keys/random.ts';
import {
  COMMON_SURNAMES,
  ETHNICITIES,
  GIVEN_NAMES,
  PLACE_ENDS,
  PLACE_STARTS,
  REGIONS,
  STREET_SECOND_WORDS,
  STREET_TYPES,
  STREET_WORDS,
  SURNAME_ENDS,
  SURNAME_STARTS,
} from './words.ts';

/** What both files may say about a person. Dates are written `yyyy-mm-dd`; any of them may be empty once damaged. */
export interface Identity {
  readonly given_name: string;
  readonly surname: string;
  readonly date_of_birth: string;
  readonly street_number: string;
  readonly street: string;
  readonly suburb: string;
  readonly postcode: string;
}

/** What only the data holds. */
export interface Attributes {
  readonly ethnicity: string;
  readonly region: string;
  readonly age: string;
  readonly income: string;
}

export interface Person extends Identity, Attributes {}

export type Address = Pick<Identity, 'street_number' | 'street' | 'suburb' | 'postcode'>;

/** How people live together; each a share of 1. Members of a household share surname and address as a rule. */
export interface Households {
  /** Neighbourhoods in which everybody lives alone. */
  readonly alone: number;
  /** Households whose second child, where there is one, is the first one's twin: same surname, address and date of birth. */
  readonly twins: number;
  /** Households whose first child, where there is one, bears the given name of a parent: same names, same address. */
  readonly namesakes: number;
  /** Everybody bears one of the common surnames, as in Korea or Vietnam. */
  readonly fewSurnames?: boolean;
}

export const USUAL_HOUSEHOLDS: Households = { alone: 0, twins: 0.04, namesakes: 0.03 };

/** People are numbered in neighbourhoods of this many, which fall into households of 1 to 5. */
const NEIGHBOURHOOD = 12;
/** Ages are those of this year. */
const YEAR = 2025;

interface Birth {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Person number `index` of the made-up country `seed`: always the same one, in any order of asking. */
export function makePerson(seed: number, index: number, households: Households = USUAL_HOUSEHOLDS): Person {
  const household = householdOf(seed, index, households);
  return makeMember(seed, household, index - household, households);
}

/** The household of person number `index`, known by its first member's number. */
export function householdOf(seed: number, index: number, { alone }: Households = USUAL_HOUSEHOLDS): number {
  const neighbourhood = Math.floor(index / NEIGHBOURHOOD);
  const position = index % NEIGHBOURHOOD;
  if (seededRandom([seed, neighbourhood, 10]).unit() < alone) return index;
  const random = seededRandom([seed, neighbourhood, 1]);
  let start = 0;
  let size = householdSize(random);
  while (start + size <= position) {
    start += size;
    size = Math.min(householdSize(random), NEIGHBOURHOOD - start);
  }
  return neighbourhood * NEIGHBOURHOOD + start;
}

function householdSize(random: SeededRandom): number {
  return random.pick([1, 1, 1, 2, 2, 2, 3, 3, 4, 5]);
}

/** Members 0 and 1 are adults, later ones their children. */
function makeMember(seed: number, household: number, member: number, shares: Households): Person {
  const shared = seededRandom([seed, household, 2]);
  const address = makeAddress(shared);
  const surname = makeSurname(shared, shares.fewSurnames);
  const eldest = 1935 + shared.below(65);
  const ethnicity = makeEthnicity(shared);
  const twins = shared.unit() < shares.twins;
  const namesake = shared.unit() < shares.namesakes;
  const region = regionOf(address.postcode);

  const random = seededRandom([seed, household, 3, member]);
  const female = random.unit() < 0.51;
  const child = member >= 2;
  let birth = makeBirth(random, child ? eldest + 22 + 3 * member : eldest + (member === 0 ? 0 : random.below(7)));
  if (twins && member === 3) birth = makeMemberBirth(seed, household, eldest);
  const given =
    namesake && member === 2 ? makeGivenName(seed, household, 0) : makeGivenName(seed, household, member, female);
  const age = YEAR - birth.year;
  const ownSurname = member === 1 && random.unit() < 0.3 ? makeSurname(random, shares.fewSurnames) : surname;
  return {
    given_name: given,
    surname: ownSurname,
    date_of_birth: writeBirth(birth),
    ...address,
    ethnicity: ethnicity?.label ?? '',
    region,
    age: random.unit() < 0.02 ? '' : String(age),
    income: random.unit() < 0.04 ? '' : String(makeIncome(random, age, ethnicity?.income ?? 55_000)),
  };
}

/** The birthday of the elder twin, which member 2 draws first from the same numbers. */
function makeMemberBirth(seed: number, household: number, eldest: number): Birth {
  const random = seededRandom([seed, household, 3, 2]);
  random.unit();
  return makeBirth(random, eldest + 28);
}

function makeGivenName(seed: number, household: number, member: number, female?: boolean): string {
  const random = seededRandom([seed, household, 4, member]);
  const isFemale = female ?? seededRandom([seed, household, 3, member]).unit() < 0.51;
  return skewed(random, isFemale ? GIVEN_NAMES.female : GIVEN_NAMES.male);
}

function makeBirth(random: SeededRandom, year: number): Birth {
  return { year: Math.min(YEAR - 1, year), month: 1 + random.below(12), day: 1 + random.below(28) };
}

function writeBirth({ year, month, day }: Birth): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** A family name, one in three of them a common one. `common`: always. */
export function makeSurname(random: SeededRandom, common = false): string {
  if (random.unit() < 0.3 || common) return skewed(random, COMMON_SURNAMES);
  const name = random.pick(SURNAME_STARTS) + random.pick(SURNAME_ENDS);
  const style = random.unit();
  if (style < 0.02) return `O'${name}`;
  return style < 0.04 ? `${name}-${skewed(random, COMMON_SURNAMES)}` : name;
}

/** A house somewhere: the suburb fixes the postcode. */
export function makeAddress(random: SeededRandom): Address {
  const start = random.below(PLACE_STARTS.length);
  const end = random.below(PLACE_ENDS.length);
  const word = random.pick(STREET_WORDS);
  const second = random.unit() < 0.5 ? ` ${random.pick(STREET_SECOND_WORDS)}` : '';
  const number = 1 + Math.floor(random.unit() ** 2 * 240);
  return {
    street_number: random.unit() < 0.08 ? `${1 + random.below(20)}/${number}` : String(number),
    street: `${word}${second} ${random.pick(STREET_TYPES)}`,
    suburb: `${PLACE_STARTS[start]}${PLACE_ENDS[end]}`,
    postcode: String(1000 + (((start * PLACE_ENDS.length + end) * 6151) % 8000)),
  };
}

function regionOf(postcode: string): string {
  return REGIONS[Number(postcode[0]) - 1] ?? '';
}

function makeEthnicity(random: SeededRandom) {
  let share = random.unit();
  return ETHNICITIES.find((ethnicity) => {
    share -= ethnicity.share;
    return share < 0;
  });
}

function makeIncome(random: SeededRandom, age: number, usual: number): number {
  // Pocket money: zeros so far below everybody else’s would be asked about as codes for no value.
  if (age < 16) return 50 * (age + 1);
  const spread = 0.5 + (random.unit() + random.unit() + random.unit()) / 3;
  const career = age < 25 ? 0.5 : age > 66 ? 0.55 : 1.1;
  return Math.round((usual * career * spread) / 100) * 100;
}

/** One of the items, early ones more often than late ones. */
function skewed(random: SeededRandom, items: readonly string[]): string {
  return items[Math.floor(random.unit() ** 1.5 * items.length)] as string;
}
