import { expect, it } from 'vitest';
import { FULL_SETS, fullSet } from '../testing/full-sets.ts';
import { findCandidates } from './candidate-search.ts';
import { filtersOf } from './filters.ts';

it.skipIf(!FULL_SETS)('FEBRL 4, 5,000 x 5,000, has as many candidates as anonlink finds, at every threshold', () => {
  const searched = ['febrl4a.csv.gz', 'febrl4b.csv.gz'].map((data) => ({ filters: filtersOf(fullSet(data).clks) }));
  for (const { t, n_cand } of FULL_SETS?.linkage_greedy ?? []) {
    const { similarities } = findCandidates(searched, { threshold: t, anonlinkRounding: true });
    expect(similarities.length).toBe(n_cand);
  }
});
