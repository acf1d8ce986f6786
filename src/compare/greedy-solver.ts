/** The greedy solver of anonlink, for any number of data sets. */
import { type CandidateParts, candidateParts } from './candidates.ts';
import { growGroups, type RecordGroups } from './record-groups.ts';

/** Data sets that have pairs within themselves. */
function selfPairedDatasets(pairs: CandidateParts): Set<number> {
  const found = new Set<number>();
  for (const { firstDataset, secondDataset } of candidateParts(pairs)) {
    firstDataset.forEach((dataset, i) => {
      if (dataset === secondDataset[i]) found.add(dataset);
    });
  }
  return found;
}

/**
 * Walks the pairs from the most alike down; two groups become one as soon as every pair between them has been seen. With
 * two data sets without pairs of their own this links each record to the most alike one that is still free.
 * @param pairs each pair of records at most once, similarity falling
 * @returns groups of two records or more, sorted by their first record, which does not tell how alike they are
 */
export function solveGreedily(pairs: CandidateParts): RecordGroups {
  const selfPaired = selfPairedDatasets(pairs);
  return growGroups(pairs, {
    // Two records of a data set without own pairs are never seen as a pair, which is what the rule below demands.
    mayRepeat: (dataset) => selfPaired.has(dataset),
    isEnough: (seen, possible) => seen === possible,
  });
}
