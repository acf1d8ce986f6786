/** What each threshold on the weight would give, how sure that is, and which of them a run takes by itself. */
import type { WeightStep } from '../agreement/result.ts';
import { connectedPairs, matchByWeight } from './one-to-one.ts';
import type { Scored, ScoredCandidate } from './scored.ts';

/**
 * On sets with a known truth the estimated number of wrong matches is mostly within this factor of the true one (docs/quality.md); chance
 * comes on top, by so many standard deviations.
 */
const FACTOR = 3;
const DEVIATIONS = 1.64;
/** From a strict threshold up, this share should be right at least. */
const STRICT = 0.95;
/** Where a smaller share of the list's records match, matches may all be wrong. */
export const FEW = 1 / 50;

interface Counts {
  candidates: number;
  matches: number;
  right: number;
  rightAtWorst: number;
}

export interface DoubtedSteps {
  readonly steps: WeightStep[];
  /** By step: of its matches, so many more may be namesakes whom the data cannot tell from the same person. */
  readonly doubtful: readonly number[];
}

/**
 * What every whole weight would give as the threshold, lightest first. Precision is the mean probability of the matches; recall is
 * their sum against that of all candidates, so it says nothing of people whom the bands do not find. No candidates: no steps.
 */
export function weightSteps(
  { candidates: pairs }: Pick<Scored, 'candidates'>,
  breakTies: (bound: number) => number,
): DoubtedSteps {
  if (pairs.length === 0) return { steps: [], doubtful: [] };
  const wholes = pairs.map(({ weight }) => Math.floor(weight));
  const lightest = wholes.reduce((least, weight) => Math.min(least, weight));
  const heaviest = wholes.reduce((most, weight) => Math.max(most, weight));
  const counts: Counts = { candidates: 0, matches: 0, right: 0, rightAtWorst: 0 };
  const found = Array.from({ length: heaviest - lightest + 1 }, () => ({ ...counts }));
  const step = (weight: number) => found[weight - lightest] as Counts;
  for (const weight of wholes) step(weight).candidates++;
  for (const group of connectedPairs(pairs)) {
    const most = Math.min(...(['list', 'data'] as const).map((side) => new Set(group.map((pair) => pair[side])).size));
    const own = group.map(({ weight }) => Math.floor(weight));
    let matches: readonly ScoredCandidate[] = [];
    for (let weight = own.reduce((a, b) => Math.max(a, b)); weight >= lightest; weight--) {
      // With everybody matched that can be, a lower threshold changes nothing until it lets in a pair.
      if (matches.length < most || own.includes(weight)) matches = matchByWeight(group, weight, breakTies);
      step(weight).matches += matches.length;
      for (const { samePerson, samePersonAtWorst = samePerson } of matches) {
        step(weight).right += samePerson;
        step(weight).rightAtWorst += Math.min(samePerson, samePersonAtWorst);
      }
    }
  }
  const all = pairs.reduce((sum, { probability }) => sum + probability, 0);
  const unmet = peopleUnmet(pairs);
  const steps = found.map(
    ({ candidates, matches, right }, i): WeightStep => ({
      weight: lightest + i,
      candidates,
      matches,
      precision: matches === 0 ? 0 : right / matches,
      recall: all === 0 ? 0 : Math.min(1, right / all),
      precisionRange: precisionRange(matches, matches - right),
      recallRange: recallRange(right, Math.max(0, all - right), unmet),
    }),
  );
  return { steps, doubtful: found.map(({ right, rightAtWorst }) => right - rightAtWorst) };
}

/** From where to where the share of right matches may well lie. `wrong`: of the matches, by estimate. */
export function precisionRange(matches: number, wrong: number): [number, number] {
  if (matches === 0) return [0, 0];
  const most = wrong * FACTOR;
  const least = wrong / FACTOR;
  const share = (count: number) => Math.min(1, Math.max(0, 1 - count / matches));
  return [share(most + DEVIATIONS * Math.sqrt(most)), share(least - DEVIATIONS * Math.sqrt(least))];
}

/** The steps with so many matches more that are told to be wrong; the better end of the range stays. */
export function withDoubt(steps: readonly WeightStep[], doubtful: readonly number[]): WeightStep[] {
  return steps.map((step, i) => {
    const doubted = doubtful[i] ?? 0;
    if (doubted === 0) return step;
    const {
      matches,
      precision,
      precisionRange: [, best],
    } = step;
    const right = Math.max(0, matches * precision - doubted);
    return { ...step, precision: right / matches, precisionRange: [precisionRange(matches, matches - right)[0], best] };
  });
}

/** `missed`: of those whom the bands can find; `unmet`: people whom they cannot. */
function recallRange(right: number, missed: number, unmet: number): [number, number] {
  const share = (others: number) => (right === 0 ? 0 : right / (right + others));
  return [share(missed * FACTOR + unmet), share(missed / FACTOR)];
}

/**
 * How many people may agree in no band or in one, by how many agree in two or three and in four or five: as if numbers went on falling,
 * or rising, at that rate (capture and recapture; Chao, Estimating the population size for capture-recapture data with unequal
 * catchability, 1987). People whose mistakes leave nothing to agree in are not seen by this.
 */
function peopleUnmet(pairs: readonly ScoredCandidate[]): number {
  const within = (from: number, to: number) =>
    pairs.reduce((sum, { bands, probability }) => sum + (bands >= from && bands <= to ? probability : 0), 0);
  const [few, more] = [within(2, 3), within(4, 5)];
  return few ** 2 / (more + 1);
}

/** The threshold with the best F1 by the estimates; of equals the lightest, and 0 where there are no steps. */
export function bestThreshold(steps: readonly Pick<WeightStep, 'weight' | 'precision' | 'recall'>[]): number {
  const f1 = ({ precision, recall }: Pick<WeightStep, 'precision' | 'recall'>) =>
    precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  const [first, ...others] = steps;
  if (first === undefined) return 0;
  return others.reduce((best, step) => (f1(step) > f1(best) + 1e-9 ? step : best), first).weight;
}

/** The lightest threshold from which, at worst, few matches are wrong; undefined where there is none. */
export function strictThreshold(steps: readonly WeightStep[]): number | undefined {
  return steps.find(({ matches, precisionRange: [worst] }) => matches > 0 && worst >= STRICT)?.weight;
}
