import { describe, expect, it } from 'vitest';
import { askedFor } from '../../agreement/statistics.ts';
import type { LabelCount } from '../../table/group-labels.ts';
import { DEFAULT_RULES } from './state.ts';
import {
  buildTerms,
  foldLabels,
  perturbationOf,
  protectionOf,
  randomHex16,
  TermsError,
  type TermsParts,
  tooManyGroups,
} from './terms.ts';

const counts = (entries: Record<string, number>): LabelCount[] =>
  Object.entries(entries).map(([label, rows]) => ({ label, rows }));
const names = (labels: readonly LabelCount[]) => labels.map((l) => l.label);

const parts: TermsParts = {
  fields: [{ name: 'surname', type: 'name' }],
  keys: {
    source: 'minhash',
    seed: '00'.repeat(16),
    bands: [1, 3].map((pick) => ({ fields: [{ field: 0, picks: [pick, 2] }] })),
  },
  agreeingBands: 2,
  groups: [{ name: 'ward', labels: counts({ North: 40, South: 60, East: 3 }) }],
  payloads: [{ name: 'weight', minimum: 0, maximum: 200, decimals: 1, complete: true }],
  statistics: askedFor('count', 'mean'),
  minimumGroupSize: 10,
  rows: 4_321,
  nonce: '0f'.repeat(16),
};

describe('foldLabels', () => {
  it('keeps frequent labels by name, whatever their sizes, and folds the rest into (other)', () => {
    const { kept, folded } = foldLabels(counts({ a: 10, b: 30, c: 9, d: 1 }), 10);
    expect(kept).toEqual(counts({ a: 10, b: 30, '(other)': 10 }));
    expect(names(folded)).toEqual(['c', 'd']);
  });

  it('puts (missing) after the labels however frequent, and (other) last', () => {
    expect(names(foldLabels(counts({ '(missing)': 500, a: 20, b: 2 }), 10).kept)).toEqual([
      'a',
      '(missing)',
      '(other)',
    ]);
  });

  it('folds a rare (missing), a label that calls itself (other), and one too long to name', () => {
    const { kept } = foldLabels(counts({ a: 20, '(missing)': 3, '(other)': 50, [`x${'y'.repeat(200)}`]: 30 }), 10);
    expect(kept).toEqual(counts({ a: 20, '(other)': 83 }));
  });

  it('orders numbers as numbers, and ranges by where they begin, before words', () => {
    const order = (...labels: string[]) =>
      names(foldLabels(counts(Object.fromEntries(labels.map((label) => [label, 20]))), 10).kept);
    expect(order('10', '2', '1', '-3')).toEqual(['-3', '1', '2', '10']);
    expect(order('18 to 64', '0 to 17', '65 and older', 'unknown', '5.5')).toEqual([
      '0 to 17',
      '5.5',
      '18 to 64',
      '65 and older',
      'unknown',
    ]);
    expect(order('02', '2', '1')).toEqual(['1', '02', '2']);
    expect(order('Ward 10', 'Ward', 'Ward 2', 'Area 3', 'Ward 2 b', 'Ward 02')).toEqual([
      'Area 3',
      'Ward',
      'Ward 02',
      'Ward 2',
      'Ward 2 b',
      'Ward 10',
    ]);
  });

  it('has no (other) where every row bears a kept label', () => {
    expect(names(foldLabels(counts({ a: 20, b: 10 }), 10).kept)).toEqual(['a', 'b']);
  });
});

describe('tooManyGroups', () => {
  const many = (n: number) => Array.from({ length: n }, (_, i) => ({ label: `g${i}`, rows: 100 - i / 100 }));

  it('accepts 64 and names the column at 65', () => {
    expect(tooManyGroups([{ name: 'ward', labels: many(64) }], 10)).toBeUndefined();
    expect(tooManyGroups([{ name: 'ward', labels: many(65) }], 10)).toContain('“ward” has 65 groups');
  });

  it('counts combinations of two columns and suggests dropping the larger', () => {
    const message = tooManyGroups(
      [
        { name: 'sex', labels: many(3) },
        { name: 'ward', labels: many(30) },
      ],
      10,
    );
    expect(message).toContain('90 combinations');
    expect(message).toContain('Set “ward” to Ignore');
  });
});

describe('buildTerms', () => {
  it('rounds the row count, folds labels and keeps the columns in order', () => {
    const terms = buildTerms(parts);
    expect(terms.dataRows).toBe(4_400);
    expect(terms.groups).toEqual([{ name: 'ward', labels: ['North', 'South', '(other)'] }]);
    expect(terms.agreeingBands).toBe(2);
    expect(terms.payloads).toEqual(parts.payloads);
  });

  it('says what is wrong', () => {
    expect(() => buildTerms({ ...parts, fields: [] })).toThrow(TermsError);
    expect(() => buildTerms({ ...parts, payloads: [{ ...parts.payloads[0], minimum: 300 } as never] })).toThrow(
      /declared minimum must be below/,
    );
    const labels = Array.from({ length: 70 }, (_, i) => ({ label: `g${i}`, rows: 50 }));
    expect(() => buildTerms({ ...parts, groups: [{ name: 'ward', labels }] })).toThrow(/at most 64/);
  });

  it('carries noise as an exact number of thousandths, and shows the same to the other side', () => {
    const perturbation = perturbationOf({ ...DEFAULT_RULES, protection: 'noise', epsilon: 0.1 + 0.2 });
    expect(buildTerms({ ...parts, perturbation }).perturbation).toEqual({ kind: 'noise', epsilonThousandths: 300 });
    expect(protectionOf(perturbation)).toMatchObject({ protection: 'noise', epsilon: 0.3 });
    const rounding = perturbationOf({ ...DEFAULT_RULES, protection: 'rounding', roundingBase: 10 });
    expect(buildTerms({ ...parts, perturbation: rounding }).perturbation).toEqual({ kind: 'rounding', base: 10 });
    expect(protectionOf(rounding)).toMatchObject({ protection: 'rounding', roundingBase: 10 });
    expect(buildTerms({ ...parts, perturbation: perturbationOf(DEFAULT_RULES) })).not.toHaveProperty('perturbation');
  });

  it('draws fresh seeds', () => {
    expect(randomHex16()).toMatch(/^[0-9a-f]{32}$/);
    expect(randomHex16()).not.toBe(randomHex16());
  });
});
