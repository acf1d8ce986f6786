/** Candidates of a comparison by hand. */
import { allocateCandidates, type CandidatePairs } from '../compare/candidates.ts';

export type CandidateRow = readonly [
  firstDataset: number,
  secondDataset: number,
  firstRecord: number,
  secondRecord: number,
  similarity: number,
];

export function candidatePairs(rows: readonly CandidateRow[]): CandidatePairs {
  const pairs = allocateCandidates(rows.length);
  rows.forEach(([firstDataset, secondDataset, firstRecord, secondRecord, similarity], i) => {
    pairs.similarities[i] = similarity;
    pairs.firstDataset[i] = firstDataset;
    pairs.secondDataset[i] = secondDataset;
    pairs.firstRecord[i] = firstRecord;
    pairs.secondRecord[i] = secondRecord;
  });
  return pairs;
}
