/** What the rule for the number of bands expects of two files whose truth is known, beside what is true. */
import type { KeySource } from '../../agreement/match-field.ts';
import { listFiguresOf, suggestBands } from '../../keys/band-rule.ts';
import { designKeys, emptyShares } from '../../keys/design.ts';
import type { Expectation } from '../../keys/expectation.ts';
import { judgeMatches, linkageCandidates, peopleFound, type QualityRow, weighedMatches } from './linkage-quality.ts';
import type { KnownPair } from './quality-sets.ts';

/** A line of the report: of the bands that the rule asks for. */
export interface RuleRow extends QualityRow {
  readonly expected: Expectation;
  /** Share of the people in both files whose records agree in so many bands; rows of other people that a record meets in them. */
  readonly found: Pick<Expectation, 'recall' | 'lookAlikes'>;
}

/** `seed`: of the design, 16 bytes in hex. The threshold is the weight that a run takes by itself, 0 where it finds nobody. */
export function ruleQuality({ list, data }: KnownPair, source: KeySource, seed: string): RuleRow {
  const expected = suggestBands(data.records, source, seed, listFiguresOf(list.records));
  const { bands, agreeingBands } = expected;
  const design = designKeys(data.records, source, seed, bands, { listEmpty: emptyShares(list.records) });
  const candidates = linkageCandidates(list.records, data.records, design);
  const agreeing = candidates.filter((candidate) => candidate.bands >= agreeingBands);
  const others = agreeing.filter((candidate) => list.people[candidate.list] !== data.people[candidate.data]).length;
  const recall = peopleFound(agreeing, list.people, data.people);
  const weighed = weighedMatches(candidates, list.records, data.records.rows, design, agreeingBands);
  const ofRun = weighed.find((row) => row.ofRun);
  return {
    method: `${source}, bands by rule`,
    threshold: ofRun?.threshold ?? 0,
    ...judgeMatches(ofRun?.matches ?? [], list.people, data.people),
    expected,
    found: { recall, lookAlikes: others / list.records.rows },
  };
}
