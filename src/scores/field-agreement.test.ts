import { describe, expect, it } from 'vitest';
import type { Band } from '../agreement/agreement.ts';
import {
  CROSSED,
  DIFFERENT,
  fieldAgreementReader,
  IN_PLACE,
  MISSING,
  SAME,
  SIMILAR,
  UNKNOWN,
} from './field-agreement.ts';
import { LIKENESS_BINS } from './likeness.ts';

const bandOf = (...fields: number[]): Band => ({ fields: fields.map((field) => ({ field, picks: [0] })) });
/** Every pair of three fields, four times. */
const bands = Array.from({ length: 4 }, () => [bandOf(0, 1), bandOf(0, 2), bandOf(1, 2)]).flat();
const numbersOf = (wanted: (band: Band, index: number) => boolean) =>
  bands.flatMap((band, index) => (wanted(band, index) ? [index] : []));
const hashes = (band: Band, field: number) => band.fields.some((hashed) => hashed.field === field);
const levelsBy =
  (reader: ReturnType<typeof fieldAgreementReader>) =>
  (inBands: readonly number[], isEmpty: (field: number) => boolean) =>
    reader(inBands, isEmpty).levels;
const readFields = levelsBy(fieldAgreementReader(bands, 3));
const nothingEmpty = () => false;
const read = (inBands: readonly number[]) => readFields(inBands, nothingEmpty);

it('all bands: all fields are the same', () => {
  expect([...read([...bands.keys()])]).toEqual([SAME, SAME, SAME]);
});

it('a field that no agreeing band hashes is different', () => {
  expect([...read(numbersOf((band) => !hashes(band, 1)))]).toEqual([SAME, DIFFERENT, SAME]);
});

it('a field whose bands agree now and then is similar, and the fields that it stands with are the same', () => {
  const agreeing = numbersOf((band, index) => !hashes(band, 1) || index < 4);
  expect([...read(agreeing)]).toEqual([SAME, SIMILAR, SAME]);
});

it('one band missing, as from a bin that was full, makes nothing less than the same', () => {
  expect([...read(numbersOf((_, index) => index !== 5))]).toEqual([SAME, SAME, SAME]);
});

it('with a single field, few agreeing bands are similar', () => {
  const single = levelsBy(
    fieldAgreementReader(
      Array.from({ length: 64 }, () => bandOf(0)),
      1,
    ),
  );
  expect([...single([3, 9], nothingEmpty)]).toEqual([SIMILAR]);
  expect([
    ...single(
      Array.from({ length: 63 }, (_, band) => band),
      nothingEmpty,
    ),
  ]).toEqual([SAME]);
});

it('a field that the record of the list lacks is unknown', () => {
  const agreeing = numbersOf((band) => !hashes(band, 1));
  expect([...readFields(agreeing, (field) => field === 1)]).toEqual([SAME, UNKNOWN, SAME]);
});

describe('where every second band of two fields asks for a value in the third', () => {
  const asking = bands.map((band, index): Band => {
    const third = [0, 1, 2].find((field) => !hashes(band, field)) as number;
    return index % 2 === 0 ? band : { fields: [...band.fields, { field: third, picks: [] }] };
  });
  const readAsking = levelsBy(fieldAgreementReader(asking, 3));
  const ofOuterFields = numbersOf((band) => !hashes(band, 1));

  it('bands that ask agree: the row has another value', () => {
    expect([...readAsking(ofOuterFields, nothingEmpty)]).toEqual([SAME, DIFFERENT, SAME]);
  });

  it('bands that ask fail, the others agree: the row has none', () => {
    const silent = ofOuterFields.filter((band) => asking[band]?.fields.length === 2);
    expect([...readAsking(silent, nothingEmpty)]).toEqual([SAME, MISSING, SAME]);
  });

  it('one of them agrees: the row has a value, whatever the others do', () => {
    const [first] = ofOuterFields.filter((band) => asking[band]?.fields.length === 3);
    const some = ofOuterFields.filter((band) => band === first || asking[band]?.fields.length === 2);
    expect(readAsking(some, nothingEmpty)[1]).toBe(DIFFERENT);
  });

  it('what the record of the list lacks makes them fail, and says nothing of the other fields', () => {
    const silent = ofOuterFields.filter((band) => asking[band]?.fields.length === 2);
    expect([...readAsking(silent, (field) => field === 1)]).toEqual([SAME, UNKNOWN, SAME]);
  });
});

it('a field of which values are the same or not is never similar', () => {
  const agreeing = numbersOf((band, index) => !hashes(band, 1) || index < 4);
  const whole = levelsBy(fieldAgreementReader(bands, 3, { whole: [false, true, false] }));
  expect(whole(agreeing, nothingEmpty)[1]).toBe(SAME);
});

describe('how alike the values are, by how many of the bands agree', () => {
  const likeliest = (share: number) => {
    const single = fieldAgreementReader(
      Array.from({ length: 64 }, () => ({ fields: [{ field: 0, picks: [0, 1, 2] }] })),
      1,
    );
    const agreeing = Array.from({ length: Math.round(64 * share) }, (_, band) => band);
    const likeness = single(agreeing, nothingEmpty).likenessOf(0);
    return likeness.indexOf(Math.max(...likeness));
  };

  it.each([
    [0.55, 5],
    [0.75, 7],
    [0.95, 9],
  ])('a similarity of %f', (similarity, bin) => {
    expect(likeliest(similarity ** 3)).toBe(bin);
  });

  it('where all bands agree, nothing that is only similar is likelier than the same', () => {
    const all = fieldAgreementReader(bands, 3)([...bands.keys()], nothingEmpty);
    expect(Math.max(...all.likenessOf(0))).toBeLessThan(1);
  });
});

describe('names that bands join', () => {
  const JOINED = 3;
  /** Two names and a date, every pair of them four times, and the joined names with the date eight times. */
  const joining = [...bands, ...Array.from({ length: 8 }, () => bandOf(2, JOINED))];
  const reader = fieldAgreementReader(joining, 3, { joined: [0, 1] });
  const ofNames = [...joining.keys()].slice(bands.length);
  const datesAnd = (name: number) => numbersOf((band) => hashes(band, 2) && hashes(band, name));
  const all = [...joining.keys()];

  it('stand in their own columns where these agree, whatever the joined names do', () => {
    const { levels, crossed } = reader(all, nothingEmpty);
    expect([...levels]).toEqual([SAME, SAME, SAME, IN_PLACE]);
    expect(crossed).toBeUndefined();
    expect([...reader(datesAnd(0), nothingEmpty).levels]).toEqual([SAME, DIFFERENT, SAME, IN_PLACE]);
  });

  it('stand in each other’s column where they agree together alone', () => {
    const { levels, crossed } = reader(ofNames, nothingEmpty);
    expect([...levels]).toEqual([SAME, SAME, SAME, CROSSED]);
    expect(crossed).toBe(SAME);
    const similar = reader(ofNames.slice(0, 2), nothingEmpty);
    expect([...similar.levels].slice(0, 2)).toEqual([SIMILAR, SIMILAR]);
    expect([...similar.levels].slice(3)).toEqual([CROSSED]);
    expect(similar.crossed).toBe(SIMILAR);
  });

  it('are no evidence beside a name that agrees in its own column: relatives share one', () => {
    const { levels, crossed } = reader([...datesAnd(1), ...ofNames.slice(0, 2)], nothingEmpty);
    expect([...levels]).toEqual([DIFFERENT, SAME, SAME, IN_PLACE]);
    expect(crossed).toBeUndefined();
  });

  it('say nothing of a name that the record of the list lacks', () => {
    const { levels, crossed } = reader(ofNames, (field) => field === 1);
    expect([...levels]).toEqual([SAME, UNKNOWN, SAME, CROSSED]);
    expect(crossed).toBe(SAME);
  });

  it('of which one stays, two are in each other’s columns where all together are the same', () => {
    const four = [
      ...Array.from({ length: 6 }, () => bandOf(1, 3)),
      ...Array.from({ length: 6 }, () => [bandOf(0, 3), bandOf(2, 3)]).flat(),
      ...Array.from({ length: 6 }, () => bandOf(3, 4)),
    ];
    const readThree = fieldAgreementReader(four, 4, { joined: [0, 1, 2] });
    const kept = [0, 1, 2, 3, 4, 5];
    const together = [18, 19, 20, 21, 22, 23];
    expect([...readThree([...kept, ...together], nothingEmpty).levels]).toEqual([SAME, SAME, SAME, SAME, CROSSED]);
    expect([...readThree([...kept, 18, 19], nothingEmpty).levels]).toEqual([
      DIFFERENT,
      SAME,
      DIFFERENT,
      SAME,
      IN_PLACE,
    ]);
  });
});

it('bands that two fields fail together are held against the one that fails without the other, too', () => {
  const many = Array.from({ length: 30 }, () => [bandOf(0, 1), bandOf(0, 2), bandOf(1, 2)]).flat();
  const read = fieldAgreementReader(many, 3);
  // Field 1 is nearly the same: every fifth of its bands fails, with field 0 and with field 2 alike.
  const agreeing = many.flatMap((band, index) => (hashes(band, 1) && index % 5 === 0 ? [] : [index]));
  const { levels, likenessOf } = read(agreeing, nothingEmpty);
  expect([...levels]).toEqual([SAME, SAME, SAME]);
  const nearly = LIKENESS_BINS - 2;
  expect(likenessOf(1)[nearly]).toBeGreaterThan(1e6);
  for (const field of [0, 2]) expect(likenessOf(field)[nearly]).toBeLessThan(0.1);
});
