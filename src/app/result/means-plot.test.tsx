import { expect, it } from 'vitest';
import type { ResearcherResult, ResultRow } from '../../agreement/result.ts';
import { chartFile } from '../ui/chart-frame.tsx';
import { MeansPlot, wrapped } from './means-plot.tsx';
import { openTotal } from './result-words.ts';

const LONG = 'Injury, poisoning and certain other consequences of external causes, of whatever kind they may be';

const open = (label: string, mean: number): ResultRow => ({
  labels: [label],
  count: 20,
  payloads: [{ payload: 'weight', suppressed: false, count: 20, mean }],
});
const hidden: ResultRow = { labels: ['East'], count: undefined, payloads: [{ payload: 'weight', suppressed: true }] };

function resultOf(rows: readonly ResultRow[], perturbation?: { kind: 'rounding'; base: number }): ResearcherResult {
  const terms = {
    groups: [{ name: 'ward', labels: rows.map(({ labels }) => labels[0] ?? '') }],
    payloads: [{ name: 'weight', minimum: -10, maximum: 200, decimals: 1, complete: true }],
    minimumGroupSize: 10,
    perturbation,
  };
  return { agreement: { terms }, rows } as unknown as ResearcherResult;
}

const drawn = (rows: readonly ResultRow[], wide = 640) =>
  chartFile((_, colours) => <MeansPlot result={resultOf(rows)} payload={0} width={wide} colours={colours} />);

it('says every value at its bar, and of a hidden group in words that it is hidden', async () => {
  const svg = await drawn([open('North', 61.25), open('South', -4), hidden]);
  expect(svg).toContain('>61.250<');
  expect(svg).toContain('>-4.000<');
  expect(svg).toContain('>fewer than 10 or withheld<');
  // Background, two bars, and one hatched box that is no bar.
  expect(svg.match(/<rect/g)).toHaveLength(4);
  expect(svg.match(/fill="url\(#hidden-0\)"/g)).toHaveLength(1);
});

it('bars of all heights, their values and all ticks lie within the width', async () => {
  for (const wide of [280, 640]) {
    const svg = await drawn([open('North', 123_456.7), open('South', -9_876.5), open('East', 0.01)], wide);
    for (const [, x, words] of svg.matchAll(/<text x="([-\d.]+)" y="[\d.]+" fill="#17262b">([\d,.-]+)</g)) {
      expect(30 + Number(x) + 7 * (words?.length ?? 0), words).toBeLessThanOrEqual(wide);
    }
    for (const [, x, words] of svg.matchAll(/<text x="([-\d.]+)"[^>]*text-anchor="middle"[^>]*>([\d,.-]+)</g)) {
      expect(30 + Number(x) - 3.5 * (words?.length ?? 0), words).toBeGreaterThanOrEqual(-4);
      expect(30 + Number(x) + 3.5 * (words?.length ?? 0), words).toBeLessThanOrEqual(wide + 4);
    }
  }
});

it('where every group is hidden, there is no axis to read them at', async () => {
  expect(await drawn([hidden])).not.toContain('text-anchor');
});

it('a long label is wrapped and not cut', () => {
  const lines = wrapped(LONG, 30);
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.join(' ')).toBe(LONG);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(30);
  expect(wrapped('x'.repeat(65), 30).map((line) => line.length)).toEqual([30, 30, 5]);
  expect(wrapped('', 30)).toEqual(['']);
});

it('open rows are summed under their name; hidden ones are counted, changed figures are not summed', () => {
  const rows = [open('North', 1), open('South', 2), hidden];
  expect(openTotal(resultOf(rows))).toBe('Total of the 2 open rows: 40 people. 1 hidden row is not in it.');
  expect(openTotal(resultOf(rows.slice(0, 2)))).toBe('Total of the 2 open rows: 40 people.');
  expect(openTotal(resultOf([open('North', 1), hidden]))).toBeUndefined();
  expect(openTotal(resultOf(rows, { kind: 'rounding', base: 5 }))).toBeUndefined();
});
