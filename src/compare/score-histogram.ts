/** How the similarities of candidate pairs of two data sets are spread, as anonlink's statistics have it. */
import type { RecordPairs } from './record-pairs.ts';

/** Bins of equal width from the lowest to the highest similarity; the last includes its upper edge. */
export interface ScoreHistogram {
  /** One more than there are bins. */
  readonly edges: readonly number[];
  /** Pairs by bin that greedy solving would link: neither record has a better pair that is linked. */
  readonly matches: readonly number[];
  /** The other pairs, which no threshold makes links. */
  readonly nonMatches: readonly number[];
  /** By edge: links that greedy solving makes when that is the threshold. */
  readonly linksFrom: readonly number[];
  /** Places among the pairs, from 0, of those that are no links. */
  readonly nonMatchPlaces: readonly number[];
}

/** Edges as numpy computes them; of equal similarities, or none, a bin of width 1 around them. */
function binEdges(similarities: Float64Array, bins: number): number[] {
  let lowest = similarities.at(-1) ?? 0;
  let highest = similarities[0] ?? 1;
  if (lowest === highest) {
    lowest -= 0.5;
    highest += 0.5;
  }
  const step = (highest - lowest) / bins;
  return Array.from({ length: bins + 1 }, (_, i) => (i === bins ? highest : i * step + lowest));
}

/**
 * @param pairs of one pair of data sets, similarity falling
 * @param bins at least 1
 */
export function scoreHistogram({ similarities, firstRecord, secondRecord }: RecordPairs, bins: number): ScoreHistogram {
  const edges = binEdges(similarities, bins);
  const matches = new Array<number>(bins + 1).fill(0);
  const nonMatches = new Array<number>(bins + 1).fill(0);
  const nonMatchPlaces: number[] = [];
  const taken = [new Set<number>(), new Set<number>()] as const;
  let edge = bins;
  similarities.forEach((similarity, place) => {
    while (similarity < (edges[edge] ?? 0)) edge--;
    const [first, second] = [firstRecord[place] ?? 0, secondRecord[place] ?? 0];
    if (taken[0].has(first) || taken[1].has(second)) {
      nonMatches[edge] = (nonMatches[edge] ?? 0) + 1;
      nonMatchPlaces.push(place);
      return;
    }
    taken[0].add(first);
    taken[1].add(second);
    matches[edge] = (matches[edge] ?? 0) + 1;
  });
  let links = 0;
  const linksFrom = matches.toReversed().map((count) => {
    links += count;
    return links;
  });
  const withLastEdge = (counts: readonly number[]): number[] => [
    ...counts.slice(0, bins - 1),
    (counts[bins - 1] ?? 0) + (counts[bins] ?? 0),
  ];
  return {
    edges,
    matches: withLastEdge(matches),
    nonMatches: withLastEdge(nonMatches),
    linksFrom: linksFrom.reverse(),
    nonMatchPlaces,
  };
}
