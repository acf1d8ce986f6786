/** The pairs of files that `npm run quality` compares methods on: who is who is known in all of them. */
import { openAsBlob } from 'node:fs';
import type { FieldType } from '../../agreement/match-field.ts';
import { concatenateFields } from '../../keys/concatenate.ts';
import { matchRecords } from '../../keys/match-records.ts';
import type { MatchRecords } from '../../keys/records.ts';
import { personNames } from '../../quality/truth.ts';
import { NO_ERRORS, NOISY_ERRORS } from '../../sample/damage.ts';
import { generateCsv, SAMPLE_FIELDS, type SampleOptions } from '../../sample/people.ts';
import { type Households, householdOf, USUAL_HOUSEHOLDS } from '../../sample/person.ts';
import { readTable } from '../../table/read-table.ts';
import { FEBRL, FEBRL_FIELDS, hasFebrl } from './febrl.ts';

export interface KnownSide {
  readonly records: MatchRecords;
  /** Who each row is. */
  readonly people: readonly string[];
}

export interface KnownPair {
  readonly list: KnownSide;
  readonly data: KnownSide;
  /** The household of a person; undefined where the files do not tell. */
  readonly householdOf: ((person: string) => number) | undefined;
}

export interface QualitySet {
  readonly name: string;
  /** What it stands for, in a few words. */
  readonly about: string;
  /** `seed`: of generated people; FEBRL's are always the same. */
  readonly load: (seed: number) => Promise<KnownPair>;
}

type Fields = Readonly<Record<string, FieldType>>;

async function readSide(blob: Blob, fields: Fields, idColumn: string): Promise<KnownSide> {
  const { table } = await readTable(blob, 'people.csv');
  const bindings = Object.entries(fields).map(([name, type]) => ({ name, type, column: table.columns.indexOf(name) }));
  const ids = [...table.values(table.columns.indexOf(idColumn))];
  return { records: matchRecords(table, bindings), people: personNames(ids, String.raw`-(\d+)`) };
}

async function febrl(fields: Fields): Promise<KnownPair> {
  const [list, data] = await Promise.all(
    [FEBRL.list, FEBRL.data].map(async (path) => readSide(await openAsBlob(path), fields, 'rec_id')),
  );
  return { list: list as KnownSide, data: data as KnownSide, householdOf: undefined };
}

/** All fields as one string, as where a file has one column for a whole person. */
function asOneString({ list, data, ...rest }: KnownPair): KnownPair {
  const joined = ({ records, people }: KnownSide) => ({
    records: concatenateFields(records, { name: 'all', type: 'name' }),
    people,
  });
  return { ...rest, list: joined(list), data: joined(data) };
}

/** Generated people, half of the list in the data too. */
export async function generatedPair(fields: Fields, options: SampleOptions): Promise<KnownPair> {
  const side = (kind: 'list' | 'data', id: string) => readSide(new Blob([...generateCsv(kind, options)]), fields, id);
  const [list, data] = await Promise.all([side('list', 'person_id'), side('data', 'record_id')]);
  return { list, data, householdOf: (person) => householdOf(options.seed, Number(person), options.households) };
}

const FOUR_FIELDS: Fields = { given_name: 'name', surname: 'name', suburb: 'text', postcode: 'code' };
const SIZES = { listRows: 3000, dataRows: 6000, overlap: 1500 };
const ALONE: Households = { ...USUAL_HOUSEHOLDS, alone: 1 };
const ALIKE: Households = { alone: 0, twins: 0.5, namesakes: 0.5 };
const NOISY_DATA = { list: NO_ERRORS, data: NOISY_ERRORS };
const NOISY_BOTH = { list: NOISY_ERRORS, data: NOISY_ERRORS };

const generated = (
  name: string,
  about: string,
  fields: Fields,
  options: Omit<Partial<SampleOptions>, 'seed'>,
): QualitySet => ({
  name,
  about,
  load: (seed) => generatedPair(fields, { ...SIZES, seed, ...options }),
});

/** FEBRL's only where they stand beside the project. */
export const QUALITY_SETS: readonly QualitySet[] = [
  ...(hasFebrl
    ? [
        { name: 'febrl4', about: 'FEBRL 4, eight fields', load: () => febrl(FEBRL_FIELDS) },
        { name: 'febrl4-four', about: 'FEBRL 4, four fields', load: () => febrl(FOUR_FIELDS) },
        {
          name: 'febrl4-string',
          about: 'FEBRL 4, one string',
          load: async () => asOneString(await febrl(FEBRL_FIELDS)),
        },
      ]
    : []),
  generated('people', 'generated, seven fields, households', SAMPLE_FIELDS, {}),
  generated('people-alike', 'the same, every other family with twins and namesakes', SAMPLE_FIELDS, {
    households: ALIKE,
  }),
  generated('four', 'four fields, a fifth of the data’s values damaged, no households', FOUR_FIELDS, {
    errors: NOISY_DATA,
    households: ALONE,
  }),
  generated('four-both', 'the same, both files damaged', FOUR_FIELDS, { errors: NOISY_BOTH, households: ALONE }),
  generated('four-households', 'four fields, data damaged, households', FOUR_FIELDS, { errors: NOISY_DATA }),
];
