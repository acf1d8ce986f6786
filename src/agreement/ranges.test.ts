import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupColumnSchema } from './agreement.ts';
import { namedEdges, rangeEdgesSchema, rangeLabel, rangeLabels, rangeOf } from './ranges.ts';

describe('ranges', () => {
  it('are named by their edges, in an order that is that of the values', () => {
    expect(rangeLabels([0, 18, 65])).toEqual(['under 0', '0 to under 18', '18 to under 65', '65 and over']);
    expect(rangeLabels([-2.5, 0.5])).toEqual(['under -2.5', '-2.5 to under 0.5', '0.5 and over']);
    expect(rangeLabels(['1950-01-01', '1951-01-01', '1970-01-01'])).toEqual([
      'before 1950',
      '1950',
      '1951 to 1969',
      '1970 and later',
    ]);
    expect(rangeLabels(['1950-01-01', '1970-03-01'])).toEqual([
      'before 1950-01-01',
      '1950-01-01 to 1970-02-28',
      '1970-03-01 and later',
    ]);
  });

  it('hold every value once: one on an edge belongs above it', () => {
    const edges = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(edges, fc.integer({ min: -60, max: 60 }), (numbers, value) => {
        const sorted = numbers.toSorted((a, b) => a - b);
        const range = rangeOf(sorted, value);
        expect(value).toBeGreaterThanOrEqual(sorted[range - 1] ?? Number.NEGATIVE_INFINITY);
        expect(value).toBeLessThan(sorted[range] ?? Number.POSITIVE_INFINITY);
      }),
      { seed: 16 },
    );
  });

  it('are found again from the labels that an agreement names, the open ones only where it does', () => {
    const edges = [0, 18, 65];
    const open = Number.POSITIVE_INFINITY;
    expect(namedEdges(edges, ['0 to under 18', '18 to under 65', '65 and over', '(missing)'])).toEqual([
      0,
      18,
      65,
      open,
    ]);
    expect(namedEdges(edges, ['under 0', '0 to under 18', '18 to under 65', '(other)'])).toEqual([-open, 0, 18, 65]);
    expect(namedEdges(edges, ['F', 'M'])).toBeUndefined();
    expect(namedEdges(['1950-01-01', '1960-07-02'], [rangeLabel(['1950-01-01', '1960-07-02'], 1)])).toEqual([
      1950,
      1960 + 183 / 366,
    ]);
  });

  it('take ascending numbers or dates, and an agreement groups that are such ranges', () => {
    for (const wrong of [
      [],
      [1, 1],
      [2, 1],
      ['1950-02-30'],
      ['1960-01-01', '1950-01-01'],
      [1, '1950-01-01'],
      [Number.NaN],
    ])
      expect(rangeEdgesSchema.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
    const column = { name: 'age', labels: ['0 to under 18', '18 and over', '(missing)', '(other)'], edges: [0, 18] };
    expect(groupColumnSchema.safeParse(column).success).toBe(true);
    expect(groupColumnSchema.safeParse({ ...column, labels: [...column.labels, 'F'] }).success).toBe(false);
  });
});
