/** The candidates of a run, weighed: what each threshold would give, and the threshold that a run takes by itself. */
import type { MatchScores, WeightStep } from '../agreement/result.ts';
import type { Candidate } from '../keys/agreement-count.ts';
import { evidenceReader, type ScoringRules } from './candidate-evidence.ts';
import { fitMatchModel } from './match-model.ts';
import { connectedPairs, matchByWeight, type WeighedPair } from './one-to-one.ts';

export interface ScoredCandidate extends WeighedPair {
  /** Of a match, 0 to 1. */
  readonly probability: number;
  /** In how many bands they agree. */
  readonly bands: number;
}

/** Of candidates whose fields agree alike, the one with more bands is taken: what a band adds, in bits. */
const BAND_WEIGHT = 1e-6;
/** Weights beyond are as good as certain, either way; in bits. */
const LIGHTEST = -10;
const HEAVIEST = 60;

/** A weight and a probability for each candidate, estimated from all of them together (`match-model.ts`). */
export function scoreCandidates(candidates: readonly Candidate[], rules: ScoringRules): ScoredCandidate[] {
  const { firstLevels, read } = evidenceReader(rules);
  const rows = new Map<number, number>();
  const pairs = candidates.map((candidate) => {
    const row = rows.get(candidate.data) ?? rows.size;
    rows.set(candidate.data, row);
    return { record: candidate.list, row, ...read(candidate) };
  });
  const records = rules.values[0]?.codes.length ?? 0;
  const { weights, probabilities } = fitMatchModel(pairs, records, Math.max(rules.dataRows, rows.size), firstLevels);
  return candidates.map(({ list, data, bands }, i) => ({
    list,
    data,
    bands,
    weight: Math.min(HEAVIEST, Math.max(LIGHTEST, weights[i] as number)) + BAND_WEIGHT * bands,
    probability: probabilities[i] as number,
  }));
}

/**
 * What every whole weight would give as the threshold, lightest first. Precision is the mean probability of the matches; recall is
 * their sum against that of all candidates, so it says nothing of people whom the bands do not find. No candidates: no steps.
 */
export function weightSteps(scored: readonly ScoredCandidate[], breakTies: (bound: number) => number): WeightStep[] {
  if (scored.length === 0) return [];
  const wholes = scored.map(({ weight }) => Math.floor(weight));
  const lightest = wholes.reduce((least, weight) => Math.min(least, weight));
  const heaviest = wholes.reduce((most, weight) => Math.max(most, weight));
  const counts = { candidates: 0, matches: 0, right: 0 };
  const found = Array.from({ length: heaviest - lightest + 1 }, () => ({ ...counts }));
  const step = (weight: number) => found[weight - lightest] as typeof counts;
  for (const weight of wholes) step(weight).candidates++;
  for (const group of connectedPairs(scored)) {
    const most = Math.min(...(['list', 'data'] as const).map((side) => new Set(group.map((pair) => pair[side])).size));
    const own = group.map(({ weight }) => Math.floor(weight));
    let matches: readonly ScoredCandidate[] = [];
    for (let weight = own.reduce((a, b) => Math.max(a, b)); weight >= lightest; weight--) {
      // With everybody matched that can be, a lower threshold changes nothing until it lets in a pair.
      if (matches.length < most || own.includes(weight)) matches = matchByWeight(group, weight, breakTies);
      step(weight).matches += matches.length;
      step(weight).right += sumOf(matches);
    }
  }
  const all = sumOf(scored);
  return found.map(({ candidates, matches, right }, i) => ({
    weight: lightest + i,
    candidates,
    matches,
    precision: matches === 0 ? 0 : right / matches,
    recall: all === 0 ? 0 : right / all,
  }));
}

/** The threshold with the best F1 by the estimates; of equals the lightest, and 0 where there are no steps. */
export function bestThreshold(steps: readonly WeightStep[]): number {
  const f1 = ({ precision, recall }: WeightStep) =>
    precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  const [first, ...others] = steps;
  if (first === undefined) return 0;
  return others.reduce((best, step) => (f1(step) > f1(best) + 1e-9 ? step : best), first).weight;
}

/** The steps of the candidates, and the threshold that a run takes by itself. */
export function matchScores(scored: readonly ScoredCandidate[], breakTies: (bound: number) => number): MatchScores {
  const steps = weightSteps(scored, breakTies);
  return { steps, threshold: bestThreshold(steps) };
}

/** All of it, in one go: whom a run takes for whom by itself. */
export function matchCandidates(
  candidates: readonly Candidate[],
  rules: ScoringRules,
  breakTies: (bound: number) => number,
): {
  readonly scored: readonly ScoredCandidate[];
  readonly scores: MatchScores;
  readonly matches: readonly ScoredCandidate[];
} {
  const scored = scoreCandidates(candidates, rules);
  const scores = matchScores(scored, breakTies);
  return { scored, scores, matches: matchByWeight(scored, scores.threshold, breakTies) };
}

function sumOf(scored: readonly ScoredCandidate[]): number {
  return scored.reduce((sum, { probability }) => sum + probability, 0);
}
