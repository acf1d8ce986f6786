import { describe, expect, it } from 'vitest';
import { type Agreement, agreementHash } from '../../agreement/agreement.ts';
import type { ResearcherResult, ResultRow } from '../../agreement/result.ts';
import { askedFor, askedNames, STATISTIC_NAMES } from '../../agreement/statistics.ts';
import { madeUpStep } from '../../testing/made-up-scores.ts';
import { agreementJson, resultCsv, resultJson } from './result-files.ts';

const measure = { seconds: 1, bytesSent: 2, bytesReceived: 3 };
const terms: Agreement['terms'] = {
  version: 1,
  fields: [{ name: 'surname', type: 'name' }],
  keys: { source: 'minhash', seed: '00'.repeat(16), bands: [{ fields: [{ field: 0, picks: [1] }] }] },
  agreeingBands: 1,
  groups: [{ name: 'ward', labels: ['North', 'South'] }],
  payloads: [{ name: 'weight', minimum: -50, maximum: 200, decimals: 1, complete: false }],
  statistics: askedFor(...STATISTIC_NAMES),
  minimumGroupSize: 10,
  dataRows: 1200,
  nonce: '00'.repeat(16),
};

function resultOf(rows: ResultRow[], change: Partial<Agreement['terms']> = {}): ResearcherResult {
  const agreement: Agreement = {
    terms: { ...terms, ...change },
    list: { listRows: 500, nonce: '11'.repeat(16) },
    geometry: { bandsInBundle: 1, bins: 8192, degree: 3, segments: 4 },
  };
  return {
    agreement,
    agreementHash: agreementHash(agreement),
    rows,
    records: 400,
    recordsWithKey: 399,
    matches: 100,
    scores: {
      steps: [madeUpStep({ weight: 9, candidates: 101, matches: 100, precision: 0.99 })],
      threshold: 9,
      records: 400,
    },
    measures: { linkage: measure, table: measure },
    finishedAt: '2026-01-01T00:00:00.000Z',
    version: '0.1.0',
  };
}

const open = (labels: string[], count: number): ResultRow => ({
  labels,
  count,
  payloads: [{ payload: 'weight', suppressed: false, count: count - 1, mean: -7.25, sum: 1450, sd: 3.5 }],
});

describe('resultCsv', () => {
  it('has the agreed header and one line a group', () => {
    expect(resultCsv(resultOf([open(['North'], 20)]))).toBe(
      'group,count,weight_count,weight_mean,weight_sum,weight_sd\r\nNorth,20,19,-7.25,1450,3.5\r\n',
    );
  });

  it('has the researcher’s groups before the owner’s, each in a column', () => {
    const strata = [{ name: 'arm', labels: ['a', 'b'] }];
    const rows = ['a', 'b'].map((arm) => ({ ...open(['North'], 20), strata: [arm] }));
    const result = { ...resultOf(rows), strata, strataMatches: [40, 60] };
    const [header, first] = resultCsv(result).split('\r\n');
    expect(header).toMatch(/^group,arm,ward,count,/);
    expect(first).toMatch(/^a \/ North,a,North,20,/);
    expect(JSON.parse(resultJson(result))).toMatchObject({
      strata,
      strataMatches: [40, 60],
      rows: [{ strata: ['a'] }, {}],
    });
  });

  it('leaves (all) out beside the researcher’s groups', () => {
    const row = { ...open(['(all)'], 20), strata: ['a'] };
    const result = { ...resultOf([row], { groups: [] }), strata: [{ name: 'arm', labels: ['a'] }] };
    expect(resultCsv(result).split('\r\n')[1]).toMatch(/^a,20,/);
  });

  it('writes a suppressed group as <k and empty cells', () => {
    const sealed: ResultRow = {
      labels: ['South'],
      count: undefined,
      payloads: [{ payload: 'weight', suppressed: true }],
    };
    expect(resultCsv(resultOf([sealed])).split('\r\n')[1]).toBe('South,<10 or withheld,<10 or withheld,,,');
  });

  it('suppresses one payload of an open group', () => {
    const row: ResultRow = { labels: ['South'], count: 12, payloads: [{ payload: 'weight', suppressed: true }] };
    expect(resultCsv(resultOf([row])).split('\r\n')[1]).toBe('South,12,<10 or withheld,,,');
  });

  it('has only the statistics asked for', () => {
    const statistics = askedFor('mean');
    expect(resultCsv(resultOf([open(['North'], 20)], { statistics }))).toBe(
      'group,count,weight_mean\r\nNorth,20,-7.25\r\n',
    );
    expect(askedNames(statistics)).toEqual(['mean']);
  });

  it('joins two labels and gives them columns of their own', () => {
    const groups = [terms.groups[0] ?? { name: '', labels: [] }, { name: 'sex', labels: ['f', 'm'] }];
    const csv = resultCsv(resultOf([open(['North', 'f'], 20)], { groups, statistics: askedFor('count') }));
    expect(csv).toBe('group,ward,sex,count,weight_count\r\nNorth / f,North,f,20,19\r\n');
  });

  it('quotes commas and disarms formulas in labels, but leaves negative numbers numbers', () => {
    const csv = resultCsv(resultOf([open(['=1+1, "x"'], 20)]));
    expect(csv.split('\r\n')[1]).toBe('"\'=1+1, ""x""",20,19,-7.25,1450,3.5');
  });

  it('says in a last column that figures carry noise', () => {
    const perturbation = { kind: 'noise', epsilonThousandths: 1500 } as const;
    const statistics = askedFor('mean');
    const noisy = resultOf([open(['North'], -2)], { perturbation, statistics });
    expect(resultCsv(noisy)).toBe('group,count,weight_mean,epsilon\r\nNorth,-2,-7.25,1.5\r\n');
    const notes: string[] = JSON.parse(resultJson(noisy)).notes;
    expect(notes[0]).toContain('epsilon 1.5 for each matched row');
    expect(JSON.parse(resultJson(resultOf([open(['North'], 20)]))).notes).toEqual([]);
  });

  it('says that figures are rounded, and rounds the number of matches in the JSON too', () => {
    const statistics = askedFor('count');
    const rounded = resultOf([open(['North'], 20)], { perturbation: { kind: 'rounding', base: 3 }, statistics });
    expect(resultCsv(rounded)).toBe('group,count,weight_count,rounded_to\r\nNorth,20,19,3\r\n');
    expect(JSON.parse(resultJson(rounded))).toMatchObject({
      matches: 99,
      scores: { steps: [{ candidates: 102, matches: 99, precision: 0.99 }], threshold: 9 },
      notes: [expect.stringContaining('multiples of 3')],
    });
  });

  it('says nothing of withheld groups under noise, where there are none', () => {
    const row: ResultRow = { labels: ['South'], count: undefined, payloads: [{ payload: 'weight', suppressed: true }] };
    const noisy = resultOf([row], { perturbation: { kind: 'noise', epsilonThousandths: 1000 } });
    expect(resultCsv(noisy).split('\r\n')[1]).toBe('South,<10,<10,,,,1');
  });

  it('leaves an undefined deviation empty', () => {
    const row: ResultRow = {
      labels: ['North'],
      count: 20,
      payloads: [{ payload: 'weight', suppressed: false, count: 20, mean: 1, sum: 20 }],
    };
    expect(resultCsv(resultOf([row])).split('\r\n')[1]).toBe('North,20,20,1,20,');
  });
});

describe('JSON files', () => {
  it('carry agreement, hash and version', () => {
    const result = resultOf([open(['North'], 20)]);
    const parsed: unknown = JSON.parse(resultJson(result));
    expect(parsed).toMatchObject({
      version: '0.1.0',
      agreementHash: agreementHash(result.agreement),
      agreement: result.agreement,
      matches: 100,
      scores: result.scores,
    });
    const { agreement, agreementHash: hash, records, measures, finishedAt, version } = result;
    const leftOut = { capped: 0, overflowed: 0 };
    const outcome = { agreement, agreementHash: hash, records, leftOut, measures, finishedAt, version };
    const owner = JSON.parse(agreementJson(outcome));
    expect(owner.agreementHash).toBe(hash);
    expect(owner.rows).toBeUndefined();
  });
});
