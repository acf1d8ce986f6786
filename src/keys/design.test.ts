import { describe, expect, it } from 'vitest';
import { type Band, type KeyDesign, keyDesignSchema } from '../agreement/agreement.ts';
import { FIELD_TYPES, type FieldType, KEY_SOURCES } from '../agreement/match-field.ts';
import { recordsOf } from '../testing/made-up-records.ts';
import { createBandKeyer, SALT_BYTES } from './band-keys.ts';
import { designKeys } from './design.ts';
import { seededRandom } from './random.ts';

const seed = '5eed5eed5eed5eed5eed5eed5eed5eed';
const random = seededRandom([3]);
const word = () => Array.from({ length: 8 }, () => random.pick([...'abcdefghijklmnop'])).join('');

describe.each(KEY_SOURCES)('a %s design', (source) => {
  it.each([1, 2, 3, 4, 5, 8, 15])('of %i fields fits the schema and names fields once a band', (fields) => {
    const types = Array.from({ length: fields }, (_, i) => FIELD_TYPES[i % FIELD_TYPES.length] ?? 'name');
    const records = recordsOf(
      types,
      Array.from({ length: 60 }, () => types.map(word)),
    );
    const design = designKeys(records, source, seed, 64);
    expect(keyDesignSchema.parse(design)).toEqual(design);
    expect(design.bands).toHaveLength(64);
    const uses = new Array<number>(fields).fill(0);
    for (const band of design.bands) {
      const named = band.fields.map(({ field }) => field);
      expect(new Set(named).size).toBe(named.length);
      expect(named.length).toBeGreaterThanOrEqual(Math.min(2, fields));
      if (named.includes(fields)) continue;
      for (const field of named) uses[field] = (uses[field] ?? 0) + 1;
    }
    expect(Math.max(...uses)).toBeLessThanOrEqual(2 * Math.min(...uses));
    expect(designKeys(records, source, seed, 64)).toEqual(design);
  });
});

describe('joined names', () => {
  const types = ['name', 'name', 'date', 'code'] as const;
  const rows = Array.from({ length: 300 }, () => [word(), word(), word(), word()]);
  const ofNames = (design: KeyDesign, fields = 4) =>
    design.bands.filter((band) => band.fields.some(({ field }) => field === fields));

  it('are in one band of eight, most often with a date, and never with one of the names', () => {
    for (const bands of [24, 64, 128]) {
      const design = designKeys(recordsOf(types, rows), 'minhash', seed, bands);
      expect(design.joined).toEqual([0, 1]);
      const joining = ofNames(design);
      expect(joining).toHaveLength(bands / 8);
      const others = joining.map(({ fields }) => fields.map(({ field }) => field).filter((field) => field !== 4));
      for (const fields of others) expect(fields).not.toContain(0);
      for (const fields of others) expect(fields).not.toContain(1);
      const withDate = others.filter((fields) => fields.includes(2)).length;
      expect(withDate).toBeGreaterThan(others.length / 2);
      if (bands > 24) expect(withDate).toBeLessThan(others.length);
    }
  });

  it('need two fields of names, and another one', () => {
    const without = (...of: FieldType[]) => {
      const cut = rows.map((row) => row.slice(0, of.length));
      const design = designKeys(recordsOf(of, cut), 'minhash', seed, 16);
      return [design.joined, ofNames(design, of.length).length];
    };
    expect(without('name', 'date')).toEqual([undefined, 0]);
    expect(without('name', 'name')).toEqual([undefined, 0]);
    expect(without('name', 'name', 'name')).toEqual([undefined, 0]);
    expect(without('name', 'text', 'name')).toEqual([[0, 2], 2]);
  });

  it('are none of fields that the list lacks, nor with other kinds of keys', () => {
    const records = recordsOf(types, rows);
    expect(designKeys(records, 'minhash', seed, 16, { listEmpty: [1, 0, 0, 0] }).joined).toBeUndefined();
    expect(designKeys(records, 'p-sig', seed, 16).joined).toBeUndefined();
    expect(designKeys(records, 'lambda-fold', seed, 16).joined).toBeUndefined();
  });
});

it('a name that everybody bears gets help from other fields', () => {
  const types = ['name', 'name', 'code'] as const;
  const rare = recordsOf(
    types,
    Array.from({ length: 300 }, () => [word(), word(), word()]),
  );
  const common = recordsOf(
    types,
    Array.from({ length: 300 }, () => ['smith', 'anna', word()]),
  );
  const pairs = (records: typeof rare) =>
    designKeys(records, 'minhash', seed, 30).bands.filter(
      ({ fields }) => fields.length === 2 && fields.every(({ field }) => field < 2),
    ).length;
  expect(pairs(rare)).toBeGreaterThan(0);
  expect(pairs(common)).toBe(0);
});

it('people entered twice do not make a design stronger', () => {
  const types = ['name', 'name', 'date'] as const;
  const once = Array.from({ length: 200 }, () => [word(), word(), word()]);
  const size = (rows: string[][]) =>
    designKeys(recordsOf(types, rows), 'minhash', seed, 32).bands.reduce((sum, band) => sum + band.fields.length, 0);
  expect(size([...once, ...once])).toBe(size(once));
});

const sizes = ({ bands }: { readonly bands: readonly Band[] }) =>
  bands.reduce((sum, { fields }) => sum + fields.reduce((picks, field) => picks + field.picks.length, 0), 0);

it('people entered twice with other mistakes do not make a design stronger', () => {
  const types = ['name', 'name', 'date', 'text', 'code'] as const;
  const once = Array.from({ length: 300 }, () => types.map(word));
  const again = once.map((row, i) => row.map((value, field) => (field === i % 2 ? `${value.slice(0, -1)}x` : value)));
  const size = (rows: string[][]) => sizes(designKeys(recordsOf(types, rows), 'minhash', seed, 32));
  // Twice as many rows alone make keys a little stronger, as for other people.
  const others = Array.from({ length: 300 }, () => types.map(word));
  expect(size([...once, ...again])).toBeLessThan(1.1 * size([...once, ...others]));
});

it('rows that no key can part do not make a design run to the top', () => {
  const types = ['text', 'text'] as const;
  const rows = Array.from({ length: 400 }, (_, i) => (i < 20 ? ['the same title', 'one author'] : [word(), word()]));
  // A repeat needs a field more than half: these rows are people apart that share all they have.
  const picks = sizes(designKeys(recordsOf(types, rows), 'minhash', seed, 16)) / 32;
  expect(picks).toBeLessThan(6);
});

it('keys are as strong as the file needs: few rows, few values', () => {
  const types = ['name', 'name', 'date', 'text'] as const;
  const size = (rows: number) => {
    const made = Array.from({ length: rows }, () => [word(), word(), `19${word().slice(0, 6)}`, word()]);
    return sizes(designKeys(recordsOf(types, made), 'minhash', seed, 24)) / 48;
  };
  expect(size(50)).toBeLessThan(2);
  expect(size(3000)).toBeGreaterThan(1.3 * size(50));
});

describe('a long text', () => {
  const title = () => Array.from({ length: 7 }, word).join('');
  const rows = Array.from({ length: 300 }, () => [word(), title(), word()]);
  const design = designKeys(recordsOf(['name', 'text', 'name'], rows), 'minhash', seed, 60);
  const alone = design.bands.filter(({ fields }) => fields.length === 1);

  it('is alone in as many bands as it shares with other fields', () => {
    for (const { fields } of alone) expect(fields[0]?.field).toBe(1);
    const shared = design.bands.filter(({ fields }) => fields.length > 1 && fields.some(({ field }) => field === 1));
    const names = shared.filter(({ fields }) => fields.some(({ field }) => field === 3));
    expect(names).toHaveLength(7);
    expect(Math.abs(shared.length - names.length - alone.length)).toBeLessThanOrEqual(2);
  });

  it('has tokens of one size in all bands', () => {
    const grams = design.bands.flatMap(({ fields }) => fields.filter(({ field }) => field === 1));
    expect(new Set(grams.map((one) => one.grams))).toEqual(new Set([3]));
  });

  it('is never alone with the other kinds of keys, nor where it is short', () => {
    const least = (source: 'minhash' | 'p-sig' | 'lambda-fold', made: string[][]) =>
      Math.min(
        ...designKeys(recordsOf(['name', 'text', 'name'], made), source, seed, 24).bands.map(
          (band) => band.fields.length,
        ),
      );
    expect(least('p-sig', rows)).toBe(2);
    expect(least('lambda-fold', rows)).toBe(2);
    expect(
      least(
        'minhash',
        rows.map(([a = '', , c = '']) => [a, word(), c]),
      ),
    ).toBe(2);
  });
});

describe('fields that rows lack', () => {
  const types = ['name', 'name', 'name', 'name'] as const;
  const rows = (share: number) =>
    Array.from({ length: 300 }, (_, row) => [word(), word(), word(), row < 300 * share ? '' : word()]);
  const bandsWith = (share: number, listEmpty?: readonly number[]) =>
    designKeys(recordsOf(types, rows(share)), 'minhash', seed, 64, listEmpty && { listEmpty }).bands.filter(
      ({ fields }) => fields.some(({ field, picks }) => field === 3 && picks.length > 0),
    ).length;

  it('take a share of the bands as large as the rows that have them', () => {
    expect(bandsWith(0)).toBe(32);
    expect(bandsWith(0.95)).toBeLessThanOrEqual(6);
  });

  it('take none where the list lacks them', () => {
    expect(bandsWith(0, [0, 0, 0, 1])).toBe(0);
    expect(bandsWith(0, [0.1, 0, 0, 0.5])).toBeLessThan(28);
    expect(designKeys(recordsOf(types, rows(0)), 'minhash', seed, 8, { listEmpty: [1, 1, 1, 1] }).bands).toHaveLength(
      8,
    );
  });
});

it('look-alikes are those that comparing every row with every row finds', () => {
  // Eight families of three that share a surname and a town.
  const rows = Array.from({ length: 300 }, () => [word(), word(), word(), word()]);
  for (let i = 0; i < 24; i++) rows[i]?.splice(0, 2, ...(rows[i - (i % 3)] ?? []).slice(0, 2));
  const records = recordsOf(['name', 'text', 'name', 'code'], rows);
  const design = designKeys(records, 'minhash', seed, 24);
  const keyer = createBandKeyer(records, seed);
  const keys = design.bands.map((band, i) => keyer.keys(design, band, i, new Uint8Array(SALT_BYTES)));
  const expected = new Array<number>(10).fill(0);
  for (let a = 0; a < rows.length; a++) {
    for (let b = 0; b < a; b++) {
      const same = keys.filter((words) => [0, 1, 2, 3].every((i) => words[4 * a + i] === words[4 * b + i])).length;
      if (same >= 12) continue;
      for (let bands = 2; bands <= same; bands++) expected[bands - 2] = (expected[bands - 2] ?? 0) + 2 / rows.length;
    }
  }
  expect(design.lookAlikes?.length).toBeGreaterThan(0);
  expected.forEach((count, i) => {
    expect(Math.abs((design.lookAlikes?.[i] ?? 0) - count)).toBeLessThanOrEqual(0.05 * count);
  });
});

describe('bands that ask for a value in a further field', () => {
  const types = ['name', 'name', 'name', 'name'] as const;
  const askedOf = (rows: string[][]) =>
    designKeys(recordsOf(types, rows), 'minhash', seed, 48).bands.map(({ fields }) =>
      fields.flatMap(({ field, picks }) => (picks.length === 0 ? [field] : [])),
    );
  const rowsLacking = (shares: readonly number[]) =>
    Array.from({ length: 300 }, (_, row) => shares.map((share) => (row < 300 * share ? '' : word())));

  it('are every second of each pair, and ask for every field as often', () => {
    const asked = askedOf(rowsLacking([0.1, 0.1, 0.1, 0.1])).flat();
    expect(asked).toHaveLength(24);
    for (const field of types.keys()) expect(asked.filter((one) => one === field)).toHaveLength(6);
  });

  it('ask for no field that the list lacks', () => {
    const records = recordsOf(types, rowsLacking([0.1, 0.1, 0.1, 0.1]));
    const { bands } = designKeys(records, 'minhash', seed, 48, { listEmpty: [0, 0, 0, 1] });
    const asked = bands.flatMap(({ fields }) => fields.filter(({ picks }) => picks.length === 0));
    expect(new Set(asked.map(({ field }) => field))).toEqual(new Set([0, 1, 2]));
  });

  it('ask for no field that every row has, nor for one that too many lack', () => {
    const asked = askedOf(rowsLacking([0, 0.1, 0.3, 0.1])).flat();
    expect(new Set(asked)).toEqual(new Set([1, 3]));
  });
});

it('an empty file still gets a design', () => {
  expect(designKeys(recordsOf(['name', 'date'], []), 'minhash', seed, 8).bands).toHaveLength(8);
});

it('no field, a malformed seed and too many bands are refused', () => {
  expect(() => designKeys(recordsOf([], []), 'minhash', seed, 8)).toThrow('at least one matching field');
  expect(() => designKeys(recordsOf(['name'], []), 'minhash', 'zz', 8)).toThrow('16 bytes');
  expect(() => designKeys(recordsOf(['name'], []), 'minhash', seed, 257)).toThrow('1 to 256 bands');
});
