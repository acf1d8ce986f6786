/**
 * Two files about made-up people, for trying the product out and for tests: a researcher's list and an owner's data, with some
 * people in both, written down with different mistakes. The same options give the same files, always.
 */
import type { FieldType } from '../agreement/match-field.ts';
import { seededRandom } from '../keys/random.ts';
import { damage, type ErrorRates } from './damage.ts';
import { type Households, makePerson } from './person.ts';

/** The columns that both files share to match by, and what they hold. */
export const SAMPLE_FIELDS: Readonly<Record<string, FieldType>> = {
  given_name: 'name',
  surname: 'name',
  date_of_birth: 'date',
  street_number: 'category',
  street: 'text',
  suburb: 'text',
  postcode: 'code',
};

export interface SampleOptions {
  readonly listRows: number;
  readonly dataRows: number;
  /** How many people are in both files; at most the rows of the shorter one. */
  readonly overlap: number;
  readonly seed: number;
  /** The share of the people of the data who are in it a second time, with other mistakes. Nobody unless given. */
  readonly twice?: number;
  /** `USUAL_ERRORS` in either file unless given. */
  readonly errors?: Readonly<Record<SampleKind, ErrorRates>>;
  /** `USUAL_HOUSEHOLDS` unless given. */
  readonly households?: Households;
}

/** Row numbers (from 0) of one person in the two files. */
export interface TruePair {
  readonly list: number;
  readonly data: number;
}

export type SampleKind = 'list' | 'data';

const IDENTITY_COLUMNS = [
  'given_name',
  'surname',
  'date_of_birth',
  'street_number',
  'street',
  'suburb',
  'postcode',
] as const;
const ATTRIBUTE_COLUMNS = ['ethnicity', 'region', 'age', 'income'] as const;
const ROWS_A_CHUNK = 1000;

/**
 * One of the two files as CSV text, header first, about a thousand rows a chunk. `person_id` of the list and
 * `record_id` of the data end in the same number where the person is the same, so that a linkage can be checked.
 * @throws RangeError for counts that do not fit together
 */
export function* generateCsv(kind: SampleKind, options: SampleOptions): Generator<string, void> {
  const people = peopleOf(kind, options);
  const columns =
    kind === 'list' ? ['person_id', ...IDENTITY_COLUMNS] : ['record_id', ...IDENTITY_COLUMNS, ...ATTRIBUTE_COLUMNS];
  let lines = [columns.join(',')];
  const seen = new Set<number>();
  for (const number of people) {
    const again = seen.has(number);
    seen.add(number);
    const person = makePerson(options.seed, number, options.households);
    const clerk = seededRandom([options.seed, number, kind === 'list' ? 5 : again ? 11 : 6]);
    const written = damage(person, clerk, options.errors?.[kind]);
    const cells = [`${kind === 'list' ? 'P' : 'R'}-${number}`, ...IDENTITY_COLUMNS.map((column) => written[column])];
    if (kind === 'data') cells.push(...ATTRIBUTE_COLUMNS.map((column) => person[column]));
    lines.push(cells.join(','));
    if (lines.length >= ROWS_A_CHUNK) {
      yield `${lines.join('\n')}\n`;
      lines = [];
    }
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`;
}

/** The pairs of rows that are the same person, in order of list rows. */
export function truePairs(options: SampleOptions): TruePair[] {
  const rowOf = new Map<number, number>();
  peopleOf('data', options).forEach((number, row) => {
    rowOf.set(number, row);
  });
  const pairs: TruePair[] = [];
  peopleOf('list', options).forEach((number, list) => {
    const data = rowOf.get(number);
    if (data !== undefined) pairs.push({ list, data });
  });
  return pairs;
}

/** Both files whole, with the truth. For a million rows take `generateCsv`. */
export function generatePair(options: SampleOptions): {
  listCsv: string;
  dataCsv: string;
  truth: TruePair[];
} {
  return {
    listCsv: [...generateCsv('list', options)].join(''),
    dataCsv: [...generateCsv('data', options)].join(''),
    truth: truePairs(options),
  };
}

/** The numbers of the people in one file, in the file's order. Members of a household fall into either file by chance. */
function peopleOf(kind: SampleKind, { listRows, dataRows, overlap, seed, twice = 0 }: SampleOptions): Uint32Array {
  const counts = [listRows, dataRows, overlap];
  if (!counts.every((count) => Number.isInteger(count) && count >= 0) || overlap > Math.min(listRows, dataRows)) {
    throw new RangeError(
      `sample rows must be whole numbers and the overlap at most either: list ${listRows}, data ${dataRows}, overlap ${overlap}`,
    );
  }
  const everybody = Uint32Array.from({ length: listRows + dataRows - overlap }, (_, i) => i);
  shuffleInPlace(everybody, [seed, 7]);
  if (kind === 'list') return shuffleInPlace(everybody.slice(0, listRows), [seed, 8]);
  const chosen = new Uint32Array(dataRows);
  chosen.set(everybody.subarray(0, overlap));
  chosen.set(everybody.subarray(listRows), overlap);
  shuffleInPlace(chosen, [seed, 9]);
  if (twice === 0) return chosen;
  const repeated = Uint32Array.from([...chosen, ...chosen.subarray(0, Math.round(twice * dataRows))]);
  return shuffleInPlace(repeated, [seed, 12]);
}

function shuffleInPlace(numbers: Uint32Array, seed: readonly number[]): Uint32Array {
  const random = seededRandom(seed);
  for (let i = numbers.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const kept = numbers[i] as number;
    numbers[i] = numbers[j] as number;
    numbers[j] = kept;
  }
  return numbers;
}
