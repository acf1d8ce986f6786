import Papa from 'papaparse';
import { expect, it } from 'vitest';
import { ARMS, generateTrial, OUTCOMES } from './trial.ts';

const rowsOf = (csv: string) => Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;

/** As the sample plays it. */
const OPTIONS = { listRows: 400, dataRows: 1200, overlap: 300, seed: 23 };

it('the trial of the sample has one small group, and training helps in each range of age', () => {
  const { listCsv, dataCsv, truth } = generateTrial(OPTIONS);
  const [list, data] = [rowsOf(listCsv), rowsOf(dataCsv)];
  const ranges = [
    [0, 40],
    [40, 65],
    [65, 200],
  ] as const;
  const counts = ranges.map(([from, below]) =>
    ARMS.map((arm) =>
      OUTCOMES.map(
        (outcome) =>
          truth.filter(({ list: l, data: d }) => {
            const age = Number(data[d]?.age);
            return list[l]?.arm === arm && data[d]?.outcome === outcome && age >= from && age < below;
          }).length,
      ),
    ),
  );
  expect(counts.flat(2).reduce((sum, count) => sum + count, 0)).toBe(OPTIONS.overlap);
  expect(counts.flat(2).filter((count) => count < 10)).toEqual([5]);
  for (const arms of counts) {
    const [trained, usual] = arms.map(([fell = 0, not = 0]) => fell / (fell + not));
    expect(trained).toBeLessThan(usual ?? 0);
  }
  expect(generateTrial(OPTIONS)).toEqual({ listCsv, dataCsv, truth });
});
