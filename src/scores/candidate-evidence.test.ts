import { describe, expect, test } from 'vitest';
import type { KeyDesign } from '../agreement/agreement.ts';
import type { Candidate } from '../keys/agreement-count.ts';
import { evidenceReader } from './candidate-evidence.ts';
import { DIFFERENT, MISSING, SAME, UNKNOWN } from './field-agreement.ts';
import type { ListField } from './list-values.ts';

const candidate = (...inBands: number[]): Candidate => ({
  list: 0,
  data: 7,
  bands: inBands.length,
  inBands: Uint8Array.from(inBands),
});
const half: ListField = { codes: Uint32Array.of(1), shares: Float64Array.of(0, 0.5) };
const none: ListField = { codes: Uint32Array.of(0), shares: Float64Array.of(0) };

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
    evidenceReader({ design, values: [half, half, third], dataRows: 1000 }).read(candidate(...inBands));

  test('strangers share the values, and have another one in the rest', () => {
    const { levels, strangers } = read(half, ...bands.keys());
    expect([...levels]).toEqual([SAME, SAME, DIFFERENT]);
    expect(strangers).toBeCloseTo(1000 * 0.5 * 0.5 * 0.8, 9);
  });

  test('few strangers lack a value that the row lacks', () => {
    const { levels, strangers } = read(half, 0, 1, 2, 3);
    expect([...levels]).toEqual([SAME, SAME, MISSING]);
    expect(strangers).toBeCloseTo(1000 * 0.5 * 0.5 * 0.2, 9);
  });

  test('of a field that no band asks for, nobody knows whether strangers have it', () => {
    const plain = evidenceReader({
      design: { ...design, bands: bands.slice(0, 4) },
      values: [half, half, half],
      dataRows: 1000,
    });
    expect(plain.read(candidate(0, 1, 2, 3)).strangers).toBeCloseTo(1000 * 0.5 * 0.5, 9);
  });

  test('what the record lacks makes strangers neither more nor fewer', () => {
    const { levels, strangers } = read(none, 0, 1, 2, 3);
    expect([...levels]).toEqual([SAME, SAME, UNKNOWN]);
    expect(strangers).toBeCloseTo(1000 * 0.5 * 0.5, 9);
  });
});

describe('of a single field', () => {
  const bands = Array.from({ length: 64 }, () => ({ fields: [{ field: 0, picks: [0, 1, 2] }] }));
  const design: KeyDesign = { source: 'minhash', seed: '00'.repeat(16), bands, lookAlikes: [3.5, 0.5, 0.1] };
  const reader = evidenceReader({ design, values: [half], dataRows: 1000 });
  const read = (count: number) => reader.read(candidate(...Array.from({ length: count }, (_, band) => band)));

  test('strangers agree in so many bands as rows of the data do with each other', () => {
    expect([2, 3, 4, 5, 6].map((count) => read(count).strangers)).toEqual([3, 0.4, 0.1, 0.1, 0]);
  });

  test('figures that cannot be make no negative strangers', () => {
    const odd = evidenceReader({ design: { ...design, lookAlikes: [0.1, 3] }, values: [half], dataRows: 1000 });
    expect(odd.read(candidate(0, 1)).strangers).toBe(0);
  });

  test('the more bands the higher the level, and every number of bands has one', () => {
    const levels = Array.from({ length: 255 }, (_, i) => read(i + 2).levels[0] as number);
    expect(levels).toEqual(levels.toSorted((a, b) => a - b));
    expect(levels.at(0)).toBe(0);
    expect(levels.at(-1)).toBe(reader.firstLevels.length - 1);
  });
});
