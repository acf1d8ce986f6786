/** The candidates of a run, weighed, and the threshold that a run takes by itself. */
import type { MatchScores } from '../agreement/result.ts';
import type { Candidate } from '../keys/agreement-count.ts';
import { evidenceReader, levelOfCount, type ScoringRules } from './candidate-evidence.ts';
import { withDecoys } from './decoys.ts';
import { longTextsAlone } from './long-texts.ts';
import type { MatchModel } from './match-evidence.ts';
import { fitMatchModel } from './match-model.ts';
import { matchByWeight } from './one-to-one.ts';
import type { Scored, ScoredCandidate } from './scored.ts';
import { fitTextModel } from './text-model.ts';
import { bestThreshold, strictThreshold, weightSteps, withDoubt } from './weight-steps.ts';

/** Of candidates whose fields agree alike, the one with more bands is taken: what a band adds, in bits. */
const BAND_WEIGHT = 1e-6;
/** Weights beyond are as good as certain, either way; in bits. */
const LIGHTEST = -10;
const HEAVIEST = 60;

/** Weights and probabilities, estimated from all candidates together (`match-model.ts`). */
export function scoreCandidates(candidates: readonly Candidate[], rules: ScoringRules): Scored {
  const { within, fields, people, equalRows } = rules.values;
  if (longTextsAlone(candidates, rules)) return scoreTexts(candidates, rules);
  const { classes, read } = evidenceReader(rules);
  const records = fields[0]?.codes.length ?? 0;
  const [listed, rows] = [new Map<number, number>(), new Map<number, number>()];
  const evidenceOf = (candidate: Candidate) => ({
    record: numbered(listed, candidate.list),
    row: numbered(rows, candidate.data),
    ...read(candidate),
  });
  const pairs = candidates.map(evidenceOf);
  const model = fitMatchModel({
    pairs,
    records: Math.max(people, listed.size),
    rows: Math.max(rules.dataRows, rows.size),
    classes,
    equalRows,
    within: {
      records: within.records,
      pairs: within.pairs.map((pair) => ({
        record: numbered(listed, pair.list),
        row: numbered(listed, pair.data),
        ...read(pair, pair.data),
      })),
    },
  });
  const weights = fields.length === 1 ? neverLighter(candidates, model.weights) : model.weights;
  return scoredBy({ ...model, weights }, candidates, records);
}

/** Of long texts alone, in how many bands they agree is all there is to know. */
function scoreTexts(candidates: readonly Candidate[], { values, dataRows }: ScoringRules): Scored {
  const [listed, rows] = [new Map<number, number>(), new Map<number, number>()];
  const recordOf = Uint32Array.from(candidates, ({ list }) => numbered(listed, list));
  const rowOf = Uint32Array.from(candidates, ({ data }) => numbered(rows, data));
  const levelOf = Uint32Array.from(candidates, ({ bands }) => levelOfCount(bands));
  const model = fitTextModel({
    recordOf,
    rowOf,
    levelOf,
    records: Math.max(values.people, listed.size),
    rows: Math.max(dataRows, rows.size),
  });
  return scoredBy(model, candidates, values.fields[0]?.codes.length ?? 0);
}

function scoredBy(model: MatchModel, candidates: readonly Candidate[], records: number): Scored {
  return {
    records,
    decoys: model.decoys,
    candidates: candidates.map(({ list, data, bands }, i) => ({
      list,
      data,
      weight: Math.min(HEAVIEST, Math.max(LIGHTEST, model.weights[i] as number)) + BAND_WEIGHT * bands,
      bands,
      probability: model.probabilities[i] as number,
      samePerson: model.samePerson[i] as number,
      samePersonAtWorst: model.samePersonAtWorst?.[i],
    })),
  };
}

/** A number from 0 for each name, in order of appearance. */
function numbered(numbers: Map<number, number>, name: number): number {
  const number = numbers.get(name) ?? numbers.size;
  numbers.set(name, number);
  return number;
}

/** Of a single field: who agrees in more bands weighs no less than who agrees in fewer, however few candidates show that. */
function neverLighter(candidates: readonly Candidate[], weights: Float64Array): Float64Array {
  const raised = weights.slice();
  let least = -Infinity;
  const order = [...candidates.keys()].sort((a, b) => (candidates[a]?.bands ?? 0) - (candidates[b]?.bands ?? 0));
  for (const i of order) {
    least = Math.max(least, weights[i] as number);
    raised[i] = least;
  }
  return raised;
}

/** The steps of the candidates, and the threshold that a run takes by itself. */
export function matchScores(scored: Scored, breakTies: (bound: number) => number): MatchScores {
  const { records, decoys } = scored;
  const { steps, doubtful } = weightSteps(scored, breakTies);
  // Decoys and doubt make wrong matches more, not the people who are found fewer, and the threshold stays where it is.
  const told = withDoubt(withDecoys(steps, decoys), doubtful).map((step, i) => ({
    ...step,
    recall: steps[i]?.recall ?? 0,
  }));
  return {
    steps: told,
    threshold: bestThreshold(withDecoys(steps, decoys, true)),
    strict: strictThreshold(told),
    records,
  };
}

/** All of it, in one go: whom a run takes for whom by itself. */
export function matchCandidates(
  candidates: readonly Candidate[],
  rules: ScoringRules,
  breakTies: (bound: number) => number,
): { readonly scored: Scored; readonly scores: MatchScores; readonly matches: readonly ScoredCandidate[] } {
  const scored = scoreCandidates(candidates, rules);
  const scores = matchScores(scored, breakTies);
  return { scored, scores, matches: matchByWeight(scored.candidates, scores.threshold, breakTies) };
}
