/** Tables of made-up people for tests: two arms, three sites, an outcome, a score and events over time. */
import type { Cell, CellTable, Treatment } from '../statistics/cells.ts';
import type { AnalysisKind, Choice } from '../statistics/choice.ts';

/** Mulberry32: uniform in 0 to 1 from a seed. */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Discrete Laplace noise: a difference of two geometric numbers. */
export function laplace(random: () => number, scale: number): number {
  const geometric = () => Math.floor(-scale * Math.log(1 - random()));
  return geometric() - geometric();
}

export const MEASURES = [
  { name: 'died', minimum: 0, maximum: 1, decimals: 0 },
  { name: 'score', minimum: 10, maximum: 90, decimals: 0 },
  { name: 'visits', minimum: 0, maximum: 20, decimals: 0 },
  { name: 'years', minimum: 0, maximum: 5, decimals: 0 },
] as const;

/** What the people of a cell are drawn from. */
export const RISK = (arm: number, site: number) => 0.25 + 0.1 * arm + 0.05 * site;
export const RATE = (arm: number) => 0.5 * 1.4 ** arm;

/** `figure`: changes each released figure, a count or a sum, of the measure given. */
export function tableOf(
  random: () => number,
  people: number,
  treatment: Treatment,
  figure: (exact: number, measure?: number) => number = (exact) => exact,
): CellTable {
  const cells = [0, 1].flatMap((arm) =>
    [0, 1, 2].map((site): Cell => {
      const values = Array.from({ length: people }, () => {
        const years = 1 + Math.floor(5 * random());
        let visits = 0;
        for (let half = 0; half < 10 * years; half++) if (random() < RATE(arm) / 10) visits += 1;
        const score = 50 + 4 * arm + Math.round(10 * (random() + random() + random() - 1.5));
        return [random() < RISK(arm, site) ? 1 : 0, score, visits, years];
      });
      const count = figure(people);
      const sums = MEASURES.map(({ minimum }, i) => {
        const of = values.map((row) => row[i] ?? 0);
        const exact = of.reduce((sum, v) => sum + v, 0);
        const deviations = of.reduce((sum, v) => sum + (v - exact / people) ** 2, 0);
        return { count, sum: minimum * count + figure(exact - minimum * people, i), deviations };
      });
      return { at: [arm, site], count, sums };
    }),
  );
  return {
    factors: [
      { name: 'arm', side: 'researcher', levels: ['usual', 'new'] },
      { name: 'site', side: 'owner', levels: ['north', 'south', 'west'] },
    ],
    measures: MEASURES,
    cells,
    matches: 6 * people,
    minimum: 10,
    treatment,
  };
}

export function chosen(analysis: AnalysisKind, measure: number, change: Partial<Choice> = {}): Choice {
  const outcome = { kind: 'measure', measure } as const;
  return { analysis, outcome, time: undefined, by: 0, reference: 0, others: [], trends: [], ...change };
}
