/** Candidate pairs as three numbers each, whose order, one number after another, is that of `compareCandidates`. */
import { allocateCandidates, type CandidatePairs } from './candidates.ts';

/** Above every record's number. */
const RECORDS = 2 ** 32;
/** Above the number of every data set that has triples, so that two numbers of data sets and a record fit into 53 bits. */
export const MAX_DATASETS = 256;

/** A pair's triple: 0 - similarity, both data sets and the first record, the second record. */
export function candidateTriple(
  similarity: number,
  firstDataset: number,
  secondDataset: number,
  firstRecord: number,
  secondRecord: number,
): [number, number, number] {
  return [0 - similarity, RECORDS * (MAX_DATASETS * firstDataset + secondDataset) + firstRecord, secondRecord];
}

/** The triples of pairs, as {@link candidateTriple} makes them. */
export function candidateTriples(pairs: CandidatePairs): Float64Array {
  const { similarities, firstDataset, secondDataset, firstRecord, secondRecord } = pairs;
  const triples = new Float64Array(3 * similarities.length);
  for (let i = 0; i < similarities.length; i++) {
    const [a, b] = [firstDataset[i] ?? 0, secondDataset[i] ?? 0];
    triples.set(candidateTriple(similarities[i] ?? 0, a, b, firstRecord[i] ?? 0, secondRecord[i] ?? 0), 3 * i);
  }
  return triples;
}

/** The pairs of {@link candidateTriples}. */
export function triplesAsCandidates(triples: Float64Array): CandidatePairs {
  const pairs = allocateCandidates(triples.length / 3);
  for (let i = 0; i < pairs.similarities.length; i++) {
    const first = triples[3 * i + 1] ?? 0;
    const datasets = Math.floor(first / RECORDS);
    pairs.similarities[i] = 0 - (triples[3 * i] ?? 0);
    pairs.firstDataset[i] = Math.floor(datasets / MAX_DATASETS);
    pairs.secondDataset[i] = datasets % MAX_DATASETS;
    pairs.firstRecord[i] = first % RECORDS;
    pairs.secondRecord[i] = triples[3 * i + 2] ?? 0;
  }
  return pairs;
}
