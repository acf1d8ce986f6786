import { describe, expect, it } from 'vitest';
import type { KeyDesign } from '../agreement/agreement.ts';
import type { Candidate } from '../keys/agreement-count.ts';
import { plainField } from '../testing/distinct-values.ts';
import { recordsOf } from '../testing/made-up-records.ts';
import { evidenceReader } from './candidate-evidence.ts';
import { CROSSED, DIFFERENT, IN_PLACE, MISSING, SAME, UNKNOWN } from './field-agreement.ts';
import { type ListField, listFields } from './list-values.ts';

const candidate = (...inBands: number[]): Candidate => ({
  list: 0,
  data: 7,
  bands: inBands.length,
  inBands: Uint8Array.from(inBands),
});
const half = plainField(Uint32Array.of(1), Float64Array.of(0, 0.5));
const valuesOf = (...fields: ListField[]) => ({ fields, people: 1, within: { records: 0, pairs: [] }, equalRows: 0 });
/** Strangers with another value, and the few who have the same one with so many mistakes that nothing agrees. */
const another = 0.5 + 0.5 * 0.05;
const none = plainField(Uint32Array.of(0), Float64Array.of(0));

describe('of several fields', () => {
  const hashed = [0, 1].map((field) => ({ field, picks: [0, 1] }));
  const bands = [...Array(8).keys()].map((i) => ({ fields: i < 4 ? hashed : [...hashed, { field: 2, picks: [] }] }));
  const design: KeyDesign = {
    source: 'minhash',
    seed: '00'.repeat(16),
    bands,
    fieldFigures: [0, 0.3, 0.2].map((empty) => ({ empty, length: 6 })),
  };
  const read = (third: ListField, ...inBands: number[]) =>
    evidenceReader({ design, values: valuesOf(half, half, third), dataRows: 1000 }).read(candidate(...inBands));

  it('strangers share the values, and have another one in the rest', () => {
    const { levels, strangers } = read(half, ...bands.keys());
    expect([...levels]).toEqual([SAME, SAME, DIFFERENT]);
    expect(strangers).toBeCloseTo(1000 * 0.5 * 0.5 * 0.8 * another, 2);
  });

  it('few strangers lack a value that the row lacks', () => {
    const { levels, strangers } = read(half, 0, 1, 2, 3);
    expect([...levels]).toEqual([SAME, SAME, MISSING]);
    expect(strangers).toBeCloseTo(1000 * 0.5 * 0.5 * 0.2, 2);
  });

  it('of a field that no band asks for, nobody knows whether strangers have it', () => {
    const plain = evidenceReader({
      design: { ...design, bands: bands.slice(0, 4) },
      values: valuesOf(half, half, half),
      dataRows: 1000,
    });
    expect(plain.read(candidate(0, 1, 2, 3)).strangers).toBeCloseTo(1000 * 0.5 * 0.5 * another, 2);
  });

  it('what the record lacks makes strangers neither more nor fewer', () => {
    const { levels, strangers } = read(none, 0, 1, 2, 3);
    expect([...levels]).toEqual([SAME, SAME, UNKNOWN]);
    expect(strangers).toBeCloseTo(1000 * 0.5 * 0.5, 2);
  });
});

describe('of a single field', () => {
  const bands = Array.from({ length: 64 }, () => ({ fields: [{ field: 0, picks: [0, 1, 2] }] }));
  const design: KeyDesign = { source: 'minhash', seed: '00'.repeat(16), bands, lookAlikes: [3.5, 0.5, 0.1] };
  const reader = evidenceReader({ design, values: valuesOf(half), dataRows: 1000 });
  const read = (count: number) => reader.read(candidate(...Array.from({ length: count }, (_, band) => band)));

  it('strangers agree in so many bands as rows of the data do with each other', () => {
    expect([2, 3, 4, 5, 6].map((count) => read(count).strangers)).toEqual([3, 0.4, 0.1, 0.1, 0]);
  });

  it('figures that cannot be make no negative strangers', () => {
    const odd = evidenceReader({ design: { ...design, lookAlikes: [0.1, 3] }, values: valuesOf(half), dataRows: 1000 });
    expect(odd.read(candidate(0, 1)).strangers).toBe(0);
  });

  it('the more bands the higher the level, and every number of bands has one', () => {
    const levels = Array.from({ length: 255 }, (_, i) => read(i + 2).levels[0] as number);
    expect(levels).toEqual(levels.toSorted((a, b) => a - b));
    expect(levels.at(0)).toBe(0);
    expect(levels.at(-1)).toBe((reader.classes?.[0]?.length ?? 0) - 1);
  });
});

describe('what the list says of its own values', () => {
  const hashed = [0, 1].map((field) => ({ field, picks: [0, 1, 2] }));
  const design: KeyDesign = {
    source: 'minhash',
    seed: '00'.repeat(16),
    bands: Array.from({ length: 16 }, () => ({ fields: hashed })),
  };
  const strangersOf = (
    types: readonly ('name' | 'code')[],
    rows: readonly (readonly string[])[],
    ...inBands: number[]
  ) => {
    const values = valuesOf(...listFields(recordsOf(types, rows), design));
    return evidenceReader({ design, values, dataRows: 1000 }).read(candidate(...inBands)).strangers;
  };
  const everyBand = [...design.bands.keys()];

  it('a similar value is as rare among strangers as similar values are in the list', () => {
    const others = (name: string) => Array.from({ length: 200 }, (_, i) => [`${name}${i % 7}`, `${i}`]);
    const some = [0, 5, 9];
    const among = strangersOf(['name', 'code'], [['catherine', '1'], ...others('catherin')], ...some);
    const alone = strangersOf(['name', 'code'], [['catherine', '1'], ...others('bob')], ...some);
    expect(among).toBeGreaterThan(20 * alone);
  });

  it('of a pair within the list, the other record makes no value common', () => {
    const fields = listFields(
      recordsOf(
        ['name', 'code'],
        [['lone', '1'], ['lone', '1'], ...Array.from({ length: 500 }, (_, i) => [`name ${i}`, `${i + 2}`])],
      ),
      design,
    );
    const values = valuesOf(...fields);
    const { read } = evidenceReader({ design, values, dataRows: 1000 });
    const pair = candidate(...everyBand);
    expect(read(pair, 1).strangers).toBeLessThan(read(pair).strangers / 10);
    // Beside somebody with other values, nothing is taken away.
    expect(read(pair, 2).strangers).toBe(read(pair).strangers);
  });

  it('a town says little once the postcode is the same', () => {
    // Fifty postcodes, each of one town; or towns that have nothing to do with them.
    const rows = (town: (i: number) => number) =>
      Array.from({ length: 1000 }, (_, i) => [`${1000 + (i % 50)}`, `town ${town(i)}`]);
    const hanging = strangersOf(
      ['code', 'name'],
      rows((i) => i % 50),
      ...everyBand,
    );
    const apart = strangersOf(
      ['code', 'name'],
      rows((i) => Math.floor(i / 20)),
      ...everyBand,
    );
    expect(hanging).toBeGreaterThan(10);
    expect(apart).toBeLessThan(2);
  });
});

describe('of names in each other’s column', () => {
  const types = ['name', 'name', 'code'] as const;
  const rows = [
    ['anna', 'schmidt', '1'],
    ['bernd', 'koch', '2'],
    ...Array.from({ length: 8 }, (_, i) => ['carla', `wolf${'abcdefgh'[i]}`, `${3 + i}`]),
  ];
  const pick = (...fields: number[]) => ({ fields: fields.map((field) => ({ field, picks: [0, 1] })) });
  const bands = [...Array(6).keys()].flatMap(() => [pick(0, 1), pick(0, 2), pick(1, 2), pick(2, 3)]);
  const design: KeyDesign = { source: 'minhash', seed: '00'.repeat(16), bands, joined: [0, 1] };
  const values = valuesOf(...listFields(recordsOf(types, rows), design));
  const read = (wanted: (index: number) => boolean) =>
    evidenceReader({ design, values, dataRows: 1000 }).read(candidate(...[...bands.keys()].filter(wanted)));

  it('the joined names tell how many strangers share them, in place of the names', () => {
    const { levels, strangers } = read((index) => index % 4 === 3);
    expect([...levels]).toEqual([SAME, SAME, SAME, CROSSED]);
    const [, , code, names] = values.fields.map((field) => field.shares[field.codes[0] as number] as number);
    expect(strangers).toBeGreaterThan(1000 * (code as number) * (names as number));
    expect(strangers).toBeLessThan(3 * 1000 * (code as number) * (names as number));
  });

  it('columns that agree tell it by themselves', () => {
    const { levels, strangers } = read(() => true);
    expect([...levels]).toEqual([SAME, SAME, SAME, IN_PLACE]);
    const [first, second, code] = values.fields.map((field) => field.shares[field.codes[0] as number] as number);
    expect(strangers / (1000 * (first as number) * (second as number) * (code as number))).toBeLessThan(3);
  });
});
