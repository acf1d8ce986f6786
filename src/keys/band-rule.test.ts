import { describe, expect, it } from 'vitest';
import type { FieldType } from '../agreement/match-field.ts';
import { recordsOf } from '../testing/made-up-records.ts';
import { BAND_GOAL, reachesGoal, suggestBands } from './band-rule.ts';
import { seededRandom } from './random.ts';

const seed = '0123456789abcdef'.repeat(2);
const random = seededRandom([9]);
const word = (length = 8) => Array.from({ length }, () => random.pick([...'abcdefghijklmnopqrst'])).join('');
const KINDS: FieldType[] = ['name', 'name', 'date', 'text', 'code'];

/** Rows of random values of so many fields. `change` may spoil one: it gets a value, its row and its field. */
function rowsOf(fields: number, change: (value: string, row: number, field: number) => string = (value) => value) {
  const types = Array.from({ length: fields }, (_, field) => KINDS[field % KINDS.length] as FieldType);
  const rows = Array.from({ length: 600 }, (_, row) => types.map((_, field) => change(word(), row, field)));
  return { types, records: recordsOf(types, rows) };
}

describe('the number of bands that is enough', () => {
  it.each([4, 8, 15])('with %i fields reaches the goal', (fields) => {
    const suggestion = suggestBands(rowsOf(fields).records, 'minhash', seed);
    expect(reachesGoal(suggestion)).toBe(true);
    expect(suggestion.bands).toBeLessThanOrEqual(64);
  });

  it.each([1, 2])('with %i fields there are people whom no number of bands finds, and it says so', (fields) => {
    const suggestion = suggestBands(rowsOf(fields).records, 'minhash', seed);
    expect(reachesGoal(suggestion)).toBe(false);
    expect(suggestion.recall).toBeGreaterThan(0.85);
    expect(suggestion.recall).toBeLessThan(BAND_GOAL.recall);
  });

  it('with a category that nearly everybody shares is reached too, and that confuses nobody', () => {
    const town = (value: string, row: number, field: number) => (field === 3 && row % 20 > 0 ? 'springfield' : value);
    const suggestion = suggestBands(rowsOf(5, town).records, 'minhash', seed);
    expect(reachesGoal(suggestion)).toBe(true);
  });

  it('with three of ten values missing asks for more; where they are missing on both sides, not everybody can be found', () => {
    const whole = suggestBands(rowsOf(8).records, 'minhash', seed);
    const holes = rowsOf(8, (value) => (random.unit() < 0.3 ? '' : value)).records;
    const inData = suggestBands(holes, 'minhash', seed, { empty: new Array<number>(8).fill(0) });
    expect(inData.recall).toBeGreaterThan(0.98);
    expect(inData.bands).toBeGreaterThan(whole.bands);
    const inBoth = suggestBands(holes, 'minhash', seed);
    expect(reachesGoal(inBoth)).toBe(false);
    expect(inBoth.recall).toBeGreaterThan(0.9);
  });

  it.each(['p-sig', 'lambda-fold'] as const)('works with %s', (source) => {
    expect(reachesGoal(suggestBands(rowsOf(8).records, source, seed))).toBe(true);
  });

  it('look-alikes of long texts do not ask for so many agreeing bands that people are lost', () => {
    // Families of goods whose names differ in their last word only.
    const rows = Array.from({ length: 600 }, (_, row) => [
      `${'abcdefghij'[row % 10]?.repeat(2)}${'of the same maker and kind '.repeat(2)}${word()}`,
      word(),
    ]);
    const { agreeingBands, hardRecall, lookAlikes } = suggestBands(recordsOf(['text', 'name'], rows), 'minhash', seed);
    expect(agreeingBands).toBeLessThanOrEqual(4);
    expect(hardRecall).toBeGreaterThan(0.5);
    expect(lookAlikes).toBeGreaterThan(0);
  });

  it('a list that tells of other fields is refused', () => {
    expect(() => suggestBands(rowsOf(4).records, 'minhash', seed, { empty: [0] })).toThrow(
      /tells of 1 fields, not of 4/,
    );
  });
});
