import type { SeededRandom } from '../keys/random.ts';
import { type Identity, makeAddress, makeSurname } from './person.ts';

/** How often each kind of mistake happens to one record, as probabilities. */
export interface ErrorRates {
  /** Each field: one slip of the keyboard. */
  readonly typo: number;
  /** Each name or place: spelled as it sounds. */
  readonly misspelling: number;
  /** Each field: left empty. */
  readonly missing: number;
  /** Given name and surname in each other's place. */
  readonly swappedNames: number;
  /** Two digits of the date of birth exchanged, or day and month. */
  readonly date: number;
  /** Another address altogether: the person moved between the two records. */
  readonly moved: number;
  /** Another surname altogether: the person married between the two records. Never, unless given. */
  readonly married?: number;
}

export const USUAL_ERRORS: ErrorRates = {
  typo: 0.05,
  misspelling: 0.02,
  missing: 0.015,
  swappedNames: 0.005,
  date: 0.02,
  moved: 0.03,
};

/** Every fifth value mistyped or empty, and nothing else wrong. */
export const NOISY_ERRORS: ErrorRates = {
  typo: 0.2,
  misspelling: 0,
  missing: 0.02,
  swappedNames: 0,
  date: 0,
  moved: 0,
};

/** Everything written down as it is. */
export const NO_ERRORS: ErrorRates = { ...NOISY_ERRORS, typo: 0, missing: 0 };

const SOUNDS: readonly (readonly [string, string])[] = [
  ['ph', 'f'],
  ['ck', 'k'],
  ['ie', 'y'],
  ['ll', 'l'],
  ['tt', 't'],
  ['ss', 's'],
  ['nn', 'n'],
  ['ea', 'ee'],
  ['ey', 'y'],
  ['ou', 'oo'],
  ['th', 't'],
  ['wh', 'w'],
  ['c', 'k'],
  ['s', 'z'],
  ['y', 'i'],
  ['v', 'f'],
  ['e', ''],
];
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const FIELDS = ['given_name', 'surname', 'date_of_birth', 'street_number', 'street', 'suburb', 'postcode'] as const;
const SPELLED = ['given_name', 'surname', 'street', 'suburb'] as const;

/** The identity as a clerk wrote it down. */
export function damage(identity: Identity, random: SeededRandom, rates: ErrorRates = USUAL_ERRORS): Identity {
  const written: Record<(typeof FIELDS)[number], string> = { ...identity };
  if (random.unit() < rates.moved) Object.assign(written, makeAddress(random));
  if (random.unit() < rates.swappedNames) {
    [written.given_name, written.surname] = [written.surname, written.given_name];
  }
  if (rates.married !== undefined && random.unit() < rates.married) written.surname = makeSurname(random);
  for (const field of SPELLED) {
    if (random.unit() < rates.misspelling) written[field] = misspell(written[field], random);
  }
  if (random.unit() < rates.date) written.date_of_birth = misreadDate(written.date_of_birth, random);
  for (const field of FIELDS) {
    if (random.unit() < rates.typo) written[field] = mistype(written[field], random);
    if (random.unit() < rates.missing) written[field] = '';
  }
  return written;
}

/** Inserts, deletes or substitutes one character, or transposes two. */
export function mistype(text: string, random: SeededRandom): string {
  const at = random.below(text.length + 1);
  const character = random.pick([...(/\d/.test(text) ? DIGITS : LETTERS)]);
  switch (random.below(4)) {
    case 0:
      return text.slice(0, at) + character + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + character + text.slice(at + 1);
    default:
      return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
  }
}

/** Writes one sound of the word with other letters; a word without such a sound stays. */
export function misspell(text: string, random: SeededRandom): string {
  const possible = SOUNDS.filter(([sound]) => text.includes(sound, 1));
  if (possible.length === 0) return text;
  const [sound, letters] = random.pick(possible);
  const at = text.indexOf(sound, 1);
  return text.slice(0, at) + letters + text.slice(at + sound.length);
}

function misreadDate(date: string, random: SeededRandom): string {
  const [year = '', month = '', day = ''] = date.split('-');
  if (Number(day) <= 12 && random.unit() < 0.5) return `${year}-${day}-${month}`;
  const digits = [...date];
  const at = random.pick([2, 5, 8]);
  [digits[at], digits[at + 1]] = [digits[at + 1] ?? '', digits[at] ?? ''];
  return digits.join('');
}
