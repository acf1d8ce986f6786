import { expect, it } from 'vitest';
import { cpuBetween, type ProcessSample, peakMemoryUntil } from './process-meter.ts';

const samples: ProcessSample[] = [
  { time: 0, cpuSeconds: 10, peakMemoryBytes: 100 },
  { time: 2, cpuSeconds: 14, peakMemoryBytes: 300 },
  { time: 4, cpuSeconds: 15, peakMemoryBytes: 400 },
];

it('processor time between samples lies on straight lines, and ends with the last', () => {
  expect(cpuBetween(samples, 0, 4)).toBe(5);
  expect(cpuBetween(samples, 1, 3)).toBe(2.5);
  expect(cpuBetween(samples, 3, 9)).toBe(0.5);
  expect(cpuBetween([], 0, 1)).toBe(0);
});

it('memory is the highest seen by the end of a stage', () => {
  expect(peakMemoryUntil(samples, 1.5)).toBe(300);
  expect(peakMemoryUntil(samples, 9)).toBe(400);
  expect(peakMemoryUntil([], 9)).toBeUndefined();
});
