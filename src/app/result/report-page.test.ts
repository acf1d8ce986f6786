import { expect, it } from 'vitest';
import { agreementHash } from '../../agreement/agreement.ts';
import type { ResearcherResult } from '../../agreement/result.ts';
import { madeUpAgreement } from '../../testing/made-up-tally.ts';
import { reportHtml } from './report-page.tsx';

function madeUpResult(): ResearcherResult {
  const made = madeUpAgreement({ groups: [2], payloads: 1, dataRows: 100, minimum: 10 });
  const study = { title: 'Falls <script>alert(1)</script>', until: '2099-12-31' };
  const agreement = { ...made, terms: { ...made.terms, study } };
  const payload = agreement.terms.payloads[0]?.name ?? '';
  const measure = { seconds: 1, bytesSent: 2, bytesReceived: 3 };
  return {
    agreement,
    agreementHash: agreementHash(agreement),
    rows: [
      {
        labels: ['label 1'],
        count: 1234,
        payloads: [{ payload, suppressed: false, count: 1234, mean: 47.25, sum: 58306.5 }],
      },
      { labels: ['label 2'], count: undefined, payloads: [{ payload, suppressed: true }] },
    ],
    records: 90,
    recordsWithKey: 88,
    matches: 70,
    scores: { steps: [], threshold: 5, records: 90 },
    measures: { linkage: measure, table: measure },
    finishedAt: '2026-01-01T10:00:00.000Z',
    version: '1.2.3',
  };
}

it('the report holds table, charts, methods, agreement and its hash in one file that loads and runs nothing', async () => {
  const result = madeUpResult();
  const html = await reportHtml(result);
  expect(html.startsWith('<!DOCTYPE html>\n<html lang="en">')).toBe(true);
  for (const words of [
    '<td class="figure">1,234</td>',
    'fewer than 10 or withheld',
    '<svg',
    'A list of 90 records was linked',
    'A figure over fewer than 10 matched people stays sealed',
    'No run under this agreement begins after 31 December 2099.',
    result.agreementHash,
    'default-src &#x27;none&#x27;',
  ]) {
    expect(html).toContain(words);
  }
  expect(html).not.toMatch(/<script|<link|<img|<iframe|(?:src|href)=/i);
  expect(html).toContain('Falls &lt;script&gt;');
});
