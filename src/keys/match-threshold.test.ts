import { describe, expect, test } from 'vitest';
import { chooseThreshold, estimateThresholds } from './match-threshold.ts';
import { seededRandom } from './random.ts';

/** A list in which `own` records find their row in 10 to 30 bands, and each record meets look-alikes in 2 to 5 bands. */
function madeUpCandidates(records: number, own: number, lookAlikes: readonly number[]) {
  const random = seededRandom([records, own]);
  const candidates: { list: number; data: number; bands: number }[] = [];
  for (let list = 0; list < records; list++) {
    if (list < own) candidates.push({ list, data: list, bands: 10 + random.below(21) });
    lookAlikes.forEach((rate, i) => {
      const exactly = rate - (lookAlikes[i + 1] ?? 0);
      if (random.unit() < 1 - Math.exp(-exactly)) candidates.push({ list, data: records + i, bands: i + 2 });
    });
  }
  return candidates;
}

const LOOK_ALIKES = [0.8, 0.3, 0.1, 0.02];

describe('the number of bands that must agree', () => {
  test('is raised until hardly anybody is a look-alike, without knowing who is who', () => {
    const candidates = madeUpCandidates(2000, 1000, LOOK_ALIKES);
    const rules = { agreeingBands: 2, lookAlikes: LOOK_ALIKES, records: 2000 };
    for (const { bands, records, precision, recall } of estimateThresholds(candidates, rules)) {
      const shown = new Set(candidates.filter((c) => c.bands >= bands).map(({ list }) => list));
      expect(records).toBe(shown.size);
      expect(precision).toBeCloseTo(1000 / shown.size, 1);
      expect(recall).toBeGreaterThan(0.95);
    }
    expect(chooseThreshold(candidates, rules).bands).toBe(6);
  });

  test('stays as agreed where everybody on the list is in the data, where nobody looks alike, and where nothing is found', () => {
    const everybody = madeUpCandidates(2000, 2000, LOOK_ALIKES);
    expect(chooseThreshold(everybody, { agreeingBands: 2, lookAlikes: LOOK_ALIKES, records: 2000 }).bands).toBe(2);
    const rules = { agreeingBands: 3, records: 2000 };
    expect(chooseThreshold(madeUpCandidates(2000, 1000, []), { ...rules, lookAlikes: [] }).bands).toBe(3);
    expect(chooseThreshold([], { ...rules, lookAlikes: LOOK_ALIKES })).toEqual({
      bands: 3,
      records: 0,
      precision: 0,
      recall: 0,
    });
  });

  test('never falls below the agreed one, whatever the look-alikes say', () => {
    const candidates = madeUpCandidates(500, 250, LOOK_ALIKES);
    for (const lookAlikes of [[], [0], [1e6, 1e6], [1e6, 0, 1e6], LOOK_ALIKES]) {
      const { bands, precision, recall } = chooseThreshold(candidates, { agreeingBands: 4, lookAlikes, records: 500 });
      expect(bands).toBeGreaterThanOrEqual(4);
      for (const share of [precision, recall]) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
    }
  });
});
