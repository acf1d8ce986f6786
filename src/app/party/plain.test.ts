import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../agreement/agreement.ts';
import { askedFor } from '../../agreement/statistics.ts';
import { agreementClauses } from './plain.ts';
import { listWords, statisticsWords } from './plain-words.ts';

const agreement: Agreement = {
  terms: {
    version: 1,
    fields: [
      { name: 'surname', type: 'name' },
      { name: 'dob', type: 'date' },
    ],
    keys: { source: 'minhash', seed: '00'.repeat(16), bands: [{ fields: [{ field: 0, picks: [1] }] }] },
    agreeingBands: 1,
    groups: [{ name: 'ward', labels: ['North', 'South', '(other)'] }],
    payloads: [{ name: 'weight', minimum: 0, maximum: 200, decimals: 1, complete: false }],
    statistics: askedFor('count', 'mean', 'sd'),
    minimumGroupSize: 12,
    dataRows: 12_000,
    nonce: '00'.repeat(16),
  },
  list: { listRows: 500, nonce: '11'.repeat(16) },
  geometry: { bandsInBundle: 1, bins: 8192, degree: 3, segments: 4 },
};

const text = (a: Agreement) =>
  agreementClauses(a)
    .flatMap((c) => [c.title, ...c.sentences])
    .join('\n');

describe('agreementClauses', () => {
  it('names every field, group label, payload, statistic and number that is agreed', () => {
    const words = text(agreement);
    for (const part of [
      '“surname” (as names)',
      '“dob” (as dates)',
      'North, South and (other)',
      '“weight”: values from 0 to 200, 1 decimal',
      'counts, means and standard deviations',
      'fewer than 12',
      '12,000',
      '500',
    ]) {
      expect(words).toContain(part);
    }
    expect(words).toContain('some rows lack a value');
    expect(words).toContain('(other) holds the groups too small');
  });

  it('says how much alike other people in the data look', () => {
    const bands = Array.from({ length: 8 }, () => ({ fields: [{ field: 0, picks: [1] }] }));
    const terms = { ...agreement.terms, agreeingBands: 2 };
    const alike = (...lookAlikes: number[]) =>
      text({ ...agreement, terms: { ...terms, keys: { ...terms.keys, bands, lookAlikes } } });
    expect(alike(0.25, 0.01)).toContain('when they agree in at least 2 of 8 MinHash bands. They do');
    expect(alike(0.25, 0.01)).toContain('About 1 in 4 rows is also compared with a stranger’s row.');
    for (const rows of [0.7, 1]) {
      expect(alike(rows, 0.01)).toContain('Nearly every row is also compared with a stranger’s row.');
    }
    expect(alike(0.25, 0.01)).toContain('No row agrees with a stranger’s in more than 3 bands.');
    expect(alike(12.34)).toContain('A row is also compared with about 12 rows of other people.');
    expect(alike()).toContain('Hardly any row is compared with that of another person.');
  });

  it('says in how many bands names of several fields count as one, where there are such bands', () => {
    const { keys } = agreement.terms;
    const fields = [...agreement.terms.fields, { name: 'first name', type: 'name' as const }];
    const words = (joinedBands: number, joined?: number[]) => {
      const bands = Array.from({ length: 8 }, (_, i) => ({ fields: [{ field: i < joinedBands ? 3 : 0, picks: [1] }] }));
      const terms = { ...agreement.terms, fields, keys: { ...keys, bands, ...(joined && { joined }) } };
      return text({ ...agreement, terms });
    };
    expect(words(3, [0, 2])).toContain(
      'In 3 bands, names from “surname” and “first name” count as one name: there, records agree whose names stand in each other’s columns.',
    );
    expect(words(1, [0, 2])).toContain('In 1 band, names from “surname”');
    for (const without of [words(0, [0, 2]), words(0)]) expect(without).not.toContain('count as one name');
  });

  it('says what is expected to be found, and by which figures of both files, where both tell them', () => {
    const bands = Array.from({ length: 8 }, () => ({ fields: [{ field: 0, picks: [1] }] }));
    const fieldFigures = [
      { empty: 0.02, length: 7 },
      { empty: 0, length: 8 },
    ];
    const terms = { ...agreement.terms, agreeingBands: 2, keys: { ...agreement.terms.keys, bands, fieldFigures } };
    const words = (emptyShares?: number[]) =>
      text({ ...agreement, terms, list: { ...agreement.list, ...(emptyShares && { emptyShares }) } });
    const expected = (shares: number[]) => Number(/Expected: ([\d.]+) % of the people/.exec(words(shares))?.[1]);
    expect(expected([0.1, 0.25])).toBeGreaterThan(80);
    expect(expected([0.1, 0.25])).toBeLessThan(90);
    expect(expected([0.5, 0.25])).toBeLessThan(50);
    const table = (emptyShares?: number[]) =>
      agreementClauses({ ...agreement, terms, list: { ...agreement.list, ...(emptyShares && { emptyShares }) } })[0]
        ?.table?.rows;
    expect(table([0.1, 0.25])).toEqual([
      ['surname', '10 %', '2 %'],
      ['dob', '25 %', '0 %'],
    ]);
    expect(table([0.1])).toBeUndefined();
    expect(table()).toBeUndefined();
    expect(words([0.1])).not.toContain('Expected');
    expect(text(agreement)).not.toContain('Expected');
  });

  it('quotes labels that hold commas', () => {
    const groups = [{ name: 'chapter', labels: ['Injury, poisoning', 'Pregnancy', '(other)'] }];
    expect(text({ ...agreement, terms: { ...agreement.terms, groups } })).toContain(
      'with the groups “Injury, poisoning”, “Pregnancy” and “(other)”.',
    );
  });

  it('says so where there are no groups', () => {
    const plain = text({ ...agreement, terms: { ...agreement.terms, groups: [] } });
    expect(plain).toContain('one line, for everybody who matches');
    expect(plain).not.toContain('too small to be named');
  });

  it('speaks of combinations where there are two', () => {
    const groups = [...agreement.terms.groups, { name: 'sex', labels: ['f', 'm'] }];
    expect(text({ ...agreement, terms: { ...agreement.terms, groups } })).toContain('each combination of “ward”');
  });

  it('says what noise does, in figures of the table, and that the minimum is exact', () => {
    const terms = { ...agreement.terms, perturbation: { kind: 'noise', epsilonThousandths: 500 } } as const;
    const words = text({ ...agreement, terms });
    expect(words).toContain('epsilon 0.5 for each matched row');
    // A row takes part in 3 figures: its group's count, the payload's count, sum and sum of squares. ln 20 * 4 / 0.5 = 24.
    expect(words).toContain('a count is within 18 of the true one and a sum of “weight” within 3,590');
    expect(words).toContain('The means and standard deviations are computed from these noisy counts and sums.');
    expect(words).toContain('noise does not cover that');
    expect(text(agreement)).not.toContain('noise');
    expect(words).not.toContain('withholds');
  });

  it('says what is rounded and by whom, and that groups may be withheld', () => {
    const terms = { ...agreement.terms, perturbation: { kind: 'rounding', base: 10 } } as const;
    const words = text({ ...agreement, terms });
    expect(words).toContain('Counts are rounded to multiples of 10.');
    expect(words).toContain('not against a researcher who changes their page');
    expect(words).toContain('withholds at least one more from table and files, by lot');
  });

  it('states what each side learns and never learns', () => {
    const titles = agreementClauses(agreement).map((c) => c.title);
    expect(titles).toEqual(
      expect.arrayContaining(['What the data owner learns', 'What the researcher learns', 'What anyone else learns']),
    );
    expect(text(agreement).match(/Never:/g)).toHaveLength(2);
  });
});

describe('words', () => {
  it('joins lists', () => {
    expect(listWords([])).toBe('');
    expect(listWords(['a'])).toBe('a');
    expect(listWords(['a', 'b'])).toBe('a and b');
    expect(statisticsWords(askedFor('mean', 'sum'))).toBe('means and sums');
  });
});
