/** The pairs of files that `npm run quality` compares methods on: who is who is known in all of them. */
import { openAsBlob } from 'node:fs';
import type { FieldType } from '../../agreement/match-field.ts';
import { concatenateFields } from '../../keys/concatenate.ts';
import { matchRecords } from '../../keys/match-records.ts';
import type { MatchRecords } from '../../keys/records.ts';
import { personNames } from '../../quality/truth.ts';
import { type ErrorRates, NO_ERRORS, NOISY_ERRORS, USUAL_ERRORS } from '../../sample/damage.ts';
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

const SWAPPED: ErrorRates = { ...USUAL_ERRORS, swappedNames: 0.33, moved: 0.33 };
const onlyData = (data: ErrorRates) => ({ list: NO_ERRORS, data });

/** What the other sets lack, each by itself: changes that hang together, repeats, few people in common, other names. */
export const HARDER_SETS: readonly QualitySet[] = [
  generated('few', 'as people, 50 in both', SAMPLE_FIELDS, { overlap: 50 }),
  generated('nobody', 'as people, nobody in both', SAMPLE_FIELDS, { overlap: 0 }),
  generated('twice', 'as people, half of the data’s people twice with other mistakes', SAMPLE_FIELDS, { twice: 0.5 }),
  generated('moved', 'a third moved: street, suburb and postcode are others', SAMPLE_FIELDS, {
    errors: onlyData({ ...USUAL_ERRORS, moved: 0.33 }),
  }),
  generated('married', 'a third has another surname, half of them another address', SAMPLE_FIELDS, {
    errors: onlyData({ ...USUAL_ERRORS, married: 0.33, moved: 0.17 }),
  }),
  generated('swapped', 'a third with names in each other’s column, a third moved', SAMPLE_FIELDS, {
    errors: onlyData(SWAPPED),
  }),
  generated('typos', 'three in ten values mistyped, in either file', SAMPLE_FIELDS, {
    errors: { list: { ...NOISY_ERRORS, typo: 0.3 }, data: { ...NOISY_ERRORS, typo: 0.3 } },
    households: ALONE,
  }),
  generated('few-surnames', 'everybody bears one of the common surnames', SAMPLE_FIELDS, {
    households: { ...USUAL_HOUSEHOLDS, fewSurnames: true },
  }),
];

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
