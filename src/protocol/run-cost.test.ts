import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agreement } from '../agreement/agreement.ts';
import { chooseGeometry } from '../psi/geometry.ts';
import { layTally } from '../tally/layout.ts';
import { madeUpAgreement } from '../testing/made-up-tally.ts';
import { runBytes, runCost, runWork } from './run-cost.ts';

function agreementOf(listRows: number, dataRows: number, bands: number): Agreement {
  const made = madeUpAgreement({ groups: [8], payloads: 1, dataRows, minimum: 10 });
  const keys = {
    ...made.terms.keys,
    bands: Array.from({ length: bands }, (_, pick) => ({ fields: [{ field: 0, picks: [pick] }] })),
  };
  return {
    ...made,
    terms: { ...made.terms, keys, dataRows },
    list: { ...made.list, listRows },
    geometry: chooseGeometry(listRows, dataRows, bands),
  };
}

const costOf = (listRows: number, dataRows: number, bands = 64, workers = 1) =>
  runCost(agreementOf(listRows, dataRows, bands), workers);

describe('what a run will cost', () => {
  it('two arms cost at most 1.5 s and 6 MB more than none, with 8 groups and one payload at 5,000 x 5,000', () => {
    const none = agreementOf(5000, 5000, 64);
    const arms = { ...none, list: { ...none.list, strata: [{ name: 'arm', labels: ['a', 'b'] }] } };
    const total = ({ researcherSends, ownerSends }: ReturnType<typeof runBytes>) => researcherSends + ownerSends;
    expect(total(runBytes(arms, layTally(arms))) - total(runBytes(none, layTally(none)))).toBeLessThanOrEqual(6e6);
    expect(runCost(arms, 1).seconds - runCost(none, 1).seconds).toBeLessThanOrEqual(1.5);
  });

  it('twelve tables of 4 groups by two arms cost at most three times what one does, at 5,000 x 5,000', () => {
    const one = agreementOf(5000, 5000, 64);
    const groups = Array.from({ length: 12 }, (_, i) => ({ name: `group ${i}`, labels: ['a', 'b', 'c', 'd'] }));
    const list = { ...one.list, strata: [{ name: 'arm', labels: ['a', 'b'] }] };
    const tables = groups.map((_, i) => ({ groups: [i], payloads: [0] }));
    const single = { ...one, list, terms: { ...one.terms, groups: groups.slice(0, 1) } };
    const twelve = { ...one, list, terms: { ...one.terms, groups, tables } };
    expect(runCost(twelve, 1).seconds / runCost(single, 1).seconds).toBeLessThanOrEqual(3);
  });

  it('bytes follow the formula of docs/performance.md, at every shape', () => {
    const sizes = fc.tuple(
      fc.integer({ min: 100, max: 100_000 }),
      fc.integer({ min: 100, max: 1_000_000 }),
      fc.integer({ min: 2, max: 256 }),
    );
    fc.assert(
      fc.property(
        sizes.filter(([list, data]) => data / list < 200),
        ([list, data, bands]) => {
          const agreement = agreementOf(list, data, bands);
          const layout = layTally(agreement);
          const { bandsInBundle, bins, degree: e, segments: S } = agreement.geometry;
          const T = Math.ceil(bands / bandsInBundle);
          const g = bins / 8192;
          const C = Math.ceil(data / 16384);
          const { researcherSends, ownerSends } = runBytes(agreement, layout);
          const labels = chooseGeometry(list, data, 1);
          const l = labels.bins / 8192;
          expect(researcherSends).toBe((T * g * e + l * labels.degree) * 142_400 + (2 * C + 3) * 438_336 + 2_959_744);
          expect(ownerSends).toBe((T * g * S + l * labels.segments) * 96_256 + (layout.answers + 2) * 196_608);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('counts of operations at 5,000 x 5,000, and 64 bands', () => {
    const agreement = agreementOf(5000, 5000, 64);
    const { researcher, owner } = runWork(agreement, layTally(agreement));
    expect(agreement.geometry).toEqual({ bandsInBundle: 5, bins: 32_768, degree: 2, segments: 3 });
    expect(researcher).toMatchObject({ encryptions: 104, decryptions: 156 });
    expect(owner).toMatchObject({ loads: 104, products: 468, seals: 156, keys: 320_000 });
  });

  it('grows with rows and bands, falls with workers; memory of the owner grows with them', () => {
    const small = costOf(5000, 5000);
    const wide = costOf(5000, 1_000_000);
    expect(wide.seconds).toBeGreaterThan(small.seconds);
    expect(wide.memory.owner).toBeGreaterThan(small.memory.owner);
    expect(costOf(5000, 5000, 128).ownerSends).toBeGreaterThan(small.ownerSends);
    expect(costOf(5000, 1_000_000, 64, 7).seconds).toBeLessThan(wide.seconds);
    expect(costOf(5000, 1_000_000, 64, 7).memory.owner).toBeGreaterThan(wide.memory.owner);
  });

  it('the owner sends at most 400 MB at 5,000 x 1,000,000', () => {
    expect(costOf(5000, 1_000_000).ownerSends).toBeLessThan(400e6);
  });

  it.each([
    { list: 5000, data: 5000, researcher: 416e6, owner: 394e6 },
    { list: 5000, data: 100_000, researcher: 482e6, owner: 611e6 },
    { list: 5000, data: 1_000_000, researcher: 670e6, owner: 1028e6 },
    { list: 50_000, data: 50_000, researcher: 835e6, owner: 541e6 },
  ])('promises no less memory than $list x $data took', ({ list, data, researcher, owner }) => {
    const { memory } = costOf(list, data);
    expect(memory.researcher).toBeGreaterThan(researcher);
    expect(memory.owner).toBeGreaterThan(owner);
  });
});
