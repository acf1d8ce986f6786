import { describe, expect, it } from 'vitest';
import type { Agreement } from '../agreement/agreement.ts';
import { askedFor, STATISTIC_NAMES } from '../agreement/statistics.ts';
import { madeUpAgreement } from '../testing/made-up-tally.ts';
import { beyondStudy, type OwnerStudy } from './within-study.ts';

const NOW = new Date(2026, 10, 30);
const made = madeUpAgreement({ groups: [3], payloads: 1, dataRows: 500, minimum: 10 });
const { terms } = made;
const owner = { title: 'Falls', until: '2026-11-30' };
const agreement: Agreement = { ...made, terms: { ...terms, study: owner } };

const range = ({ minimum, maximum, decimals }: (typeof terms.payloads)[number]) => ({ minimum, maximum, decimals });
const study: OwnerStudy = {
  file: 'blindjoin-study',
  version: 1,
  role: 'owner',
  study: owner,
  columns: [
    ...terms.fields.map(({ name, type }) => ({ name, use: type })),
    ...terms.groups.map(({ name }) => ({ name, use: 'group' as const })),
    ...terms.payloads.map((payload) => ({ name: payload.name, use: 'average' as const, range: range(payload) })),
  ],
  rules: {
    minimumGroupSize: 10,
    keys: 'minhash',
    bands: 64,
    agreeingBands: 2,
    bandsByPage: true,
    statistics: terms.statistics,
    missingValues: terms.missingValues ?? 'complete-cases',
    protection: 'exact',
    epsilon: 1,
    roundingBase: 5,
  },
};
const withRules = (change: Partial<OwnerStudy['rules']>): OwnerStudy => ({
  ...study,
  rules: { ...study.rules, ...change },
});
const withTerms = (change: Partial<Agreement['terms']>): Agreement => ({
  ...agreement,
  terms: { ...agreement.terms, ...change },
});
const withList = (change: Partial<Agreement['list']>): Agreement => ({
  ...agreement,
  list: { ...agreement.list, ...change },
});
const noise = (epsilonThousandths: number) => withTerms({ perturbation: { kind: 'noise', epsilonThousandths } });
const runs = { most: 3, days: 30 };

describe('an agreement', () => {
  it('of the study is within it, and a stricter one is', () => {
    expect(beyondStudy(agreement, study, NOW)).toEqual([]);
    expect(beyondStudy(withTerms({ minimumGroupSize: 20 }), study, NOW)).toEqual([]);
    expect(beyondStudy(noise(500), withRules({ protection: 'noise', epsilon: 0.5 }), NOW)).toEqual([]);
  });

  it.each<[string, Agreement, OwnerStudy, RegExp]>([
    ['minimum', withTerms({ minimumGroupSize: 9 }), study, /minimum group size is 9; the study asks for 10/],
    [
      'field',
      withTerms({ fields: [{ name: 'diagnosis', type: 'text' }] }),
      study,
      /does not match “diagnosis” as text/,
    ],
    ['type', withTerms({ fields: terms.fields.map((f) => ({ ...f, type: 'category' })) }), study, /as category/],
    ['group', withTerms({ groups: [{ name: 'ward', labels: ['a'] }] }), study, /does not group by “ward”/],
    ['ranges', withTerms({ groups: terms.groups.map((g) => ({ ...g, edges: [0, 5] })) }), study, /in this way/],
    ['average', withTerms({ payloads: terms.payloads.map((p) => ({ ...p, name: 'pay' })) }), study, /average “pay”/],
    ['range', withTerms({ payloads: terms.payloads.map((p) => ({ ...p, maximum: p.maximum + 1 })) }), study, /range/],
    [
      'tables',
      withTerms({
        tables: [
          { groups: [0], payloads: [] },
          { groups: [], payloads: [0] },
        ],
      }),
      study,
      /one table/,
    ],
    ['missing values', agreement, withRules({ missingValues: 'each-column' }), /rows without a value otherwise/],
    ['figures without noise', agreement, withRules({ protection: 'noise' }), /with noise only/],
    ['too large an epsilon', noise(1001), withRules({ protection: 'noise' }), /Epsilon is 1.001; the study allows 1/],
    ['figures that are not rounded', agreement, withRules({ protection: 'rounding' }), /rounded to 5 only/],
    [
      'a day that is over',
      withTerms({ study: { ...owner, until: '2026-11-29' } }),
      { ...study, study: { ...owner, until: '2026-11-29' } },
      /2026-11-29/,
    ],
    ['the researcher’s day', withList({ study: { until: '2026-11-01' } }), study, /until 2026-11-01/],
    ['other words', withTerms({ study: { title: 'Another' } }), study, /words about the study/],
    [
      'an organisation',
      withList({ study: { organisation: 'B' } }),
      { ...study, limits: { runs, organisations: ['A'] } },
      /open to A/,
    ],
    ['nobody’s list', agreement, { ...study, limits: { runs, organisations: ['A'] } }, /open to A/],
    [
      'a short list',
      withList({ listRows: 100 }),
      { ...study, limits: { runs, listRows: { least: 500 } } },
      /500 at least/,
    ],
    [
      'a long list',
      withList({ listRows: 900 }),
      { ...study, limits: { runs, listRows: { most: 500 } } },
      /500 at most/,
    ],
    [
      'groups',
      withList({ strata: [{ name: 'arm', labels: ['a', 'b'] }] }),
      study,
      /does not let the researcher divide/,
    ],
    [
      'too many groups',
      withList({ strata: [{ name: 'arm', labels: ['a', 'b', 'c'] }] }),
      { ...study, limits: { runs, researcherGroups: 2 } },
      /into 3 groups of their own; the study allows 2/,
    ],
  ])('is beyond the study by its %s', (_what, asked, within, problem) =>
    expect(beyondStudy(asked, within, NOW)).toEqual([expect.stringMatching(problem)]),
  );

  it('may not release what the study does not', () => {
    const statistics = askedFor(...STATISTIC_NAMES);
    const rules = { statistics: askedFor('count', 'sum') };
    expect(beyondStudy(withTerms({ statistics }), withRules(rules), NOW)).toEqual([
      'The study does not release: mean, sd.',
    ]);
  });
});
