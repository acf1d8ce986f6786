import { describe, expect, it } from 'vitest';
import { popcountBins, popcountHealth, popcountsOf } from '../../clk/popcount-health.ts';
import { lineOf, lineSpan } from '../ui/json-place.ts';
import { blockFigures } from './block-figures.ts';
import { durationWords, roughNumber, speedSentence } from './speed-words.ts';

describe('lineOf', () => {
  const text = '{\n  "a": {"x": [1, "}"]},\n  "features": [\n    {"n": 1},\n    {"m": "\\"]",\n     "n": 2}\n  ]\n}';

  it('finds parts by their path', () => {
    expect(lineOf(text, '')).toBe(1);
    expect(lineOf(text, 'a/x/1')).toBe(2);
    expect(lineOf(text, 'features/0/n')).toBe(4);
    expect(lineOf(text, 'features/1')).toBe(5);
    expect(lineOf(text, 'features/1/n')).toBe(6);
  });

  it('stays with the part around what is missing, and with broken texts', () => {
    expect(lineOf(text, 'features/1/k/z')).toBe(5);
    expect(lineOf('{"a": [1,\n2', 'a/7')).toBe(1);
    expect(lineOf('', 'a')).toBe(1);
  });

  it('knows where a line begins and ends', () => {
    expect(lineSpan('ab\ncde\nf', 2)).toEqual([3, 6]);
  });
});

describe('popcounts', () => {
  it('come in bins of a round width, and all are counted', () => {
    const bins = popcountBins(Uint32Array.of(281, 282, 480, 500, 500, 900), 1024);
    expect(bins.reduce((sum, { clks }) => sum + clks, 0)).toBe(6);
    expect(bins.length).toBeLessThanOrEqual(32);
    expect(bins[0]).toMatchObject({ from: 280, healthy: false, clks: 2 });
    expect(bins.find(({ from, to }) => from <= 500 && 500 <= to)?.healthy).toBe(true);
    expect(popcountBins(new Uint32Array(), 1024)).toEqual([]);
    expect(popcountBins(Uint32Array.of(7), 64)).toEqual([{ from: 7, to: 7, clks: 1, healthy: false }]);
  });

  it('are judged by their mean and their emptiest', () => {
    const judged = (mean: number, minimum = mean, deviation = 5) =>
      popcountHealth({ count: 10, mean, deviation, minimum, maximum: mean }, 1000).map(({ kind }) => kind);
    expect(judged(500)).toEqual(['info']);
    expect(judged(900)).toEqual(['warning']);
    expect(judged(100)).toEqual(['warning']);
    expect(judged(500, 0)).toEqual(['info', 'warning']);
    expect(judged(500, 200)).toEqual(['info', 'warning']);
  });

  it('are counted in packed CLKs', () => {
    const clks = { rows: 2, bytesPerClk: 2, bits: Uint8Array.of(0xff, 1, 0, 0x81) };
    expect([...popcountsOf(clks)]).toEqual([9, 2]);
  });
});

describe('speed in words', () => {
  it('uses the unit that fits', () => {
    expect([0.2, 1, 40, 100, 6000, 200_000, 1e6].map(durationWords)).toEqual([
      'less than a second',
      '1 second',
      '40 seconds',
      '2 minutes',
      '2 hours',
      '2 days',
      '12 days',
    ]);
    expect([1234, 98_765, 2_345_678, 123_456_789, 1.26e9].map(roughNumber)).toEqual([
      '1,200',
      '99,000',
      '2.3 million',
      '123 million',
      '1.3 billion',
    ]);
  });

  it('says what it means for files', () => {
    const speeds = { encodeOne: 5e4, encodeAll: 1e5, compareOne: 8e7, compareAll: 1.6e8, threads: 2 };
    expect(speedSentence(speeds)).toBe(
      'With all 2 threads this computer encodes a file of 100,000 rows in 1 second, and compares every row of it with every row of another such file in 63 seconds.',
    );
  });
});

describe('blockFigures', () => {
  it('puts statistics into words', () => {
    const sizes = {
      num_of_blocks: 1200,
      min_size: 1,
      max_size: 9,
      avg_size: 2.345,
      med_size: 2,
      std_size: 1.5,
      sum_of_blocks: 2814,
    };
    const strategy = { ...sizes, strategy_idx: 0, num_filtered_elements: 3, coverage: 0.5 };
    const lines = blockFigures({ ...sizes, coverage: 0.75, statistics_per_strategy: [strategy] });
    expect(lines).toContainEqual({ name: 'Average size', value: '2.35' });
    expect(lines).toContainEqual({ name: 'Rows in a block', value: '75.0 %' });
    expect(lines.at(-1)).toEqual({ name: 'Signature 1', value: '1,200 blocks, 50.0 % of the rows, largest 9' });
  });
});
