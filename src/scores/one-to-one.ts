/** Who belongs to whom, nobody twice: the assignment with the highest total weight. */
import munkres from 'munkres';

/** A record of the list and a row of the data (numbers of any kind that name them), and what the pair weighs. */
export interface WeighedPair {
  readonly list: number;
  readonly data: number;
  readonly weight: number;
}

/**
 * The largest group of rows that hang together by candidates which is solved exactly, by its smaller side: work grows with the square of
 * the smaller side times the larger one.
 */
const MAX_EXACT = 300;

/**
 * Of the pairs that weigh at least `threshold`, those that together weigh most above it, no record and no row twice. Pairs that
 * weigh the same are chosen from at random: `breakTies(n)` gives a uniform integer below n. Groups of more than 300 records
 * and rows that hang together are solved heaviest first, which may miss the best.
 */
export function matchByWeight<P extends WeighedPair>(
  pairs: readonly P[],
  threshold: number,
  breakTies: (bound: number) => number,
): P[] {
  const heavy = pairs.filter(({ weight }) => weight >= threshold);
  for (let i = heavy.length - 1; i > 0; i--) {
    const j = breakTies(i + 1);
    [heavy[i], heavy[j]] = [heavy[j] as P, heavy[i] as P];
  }
  return connectedPairs(heavy).flatMap((group) => (group.length === 1 ? group : heaviest(group, threshold)));
}

/** Groups of pairs that share no record and no row with another group's. */
export function connectedPairs<P extends WeighedPair>(pairs: readonly P[]): P[][] {
  const parent = Uint32Array.from(pairs.keys());
  const root = (pair: number): number => {
    let at = pair;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  const [firstOfList, firstOfData] = [new Map<number, number>(), new Map<number, number>()];
  for (const [i, { list, data }] of pairs.entries()) {
    for (const [first, row] of [[firstOfList, list] as const, [firstOfData, data] as const]) {
      const other = first.get(row);
      if (other === undefined) first.set(row, i);
      else parent[root(i)] = root(other);
    }
  }
  const groups = new Map<number, P[]>();
  for (const [i, pair] of pairs.entries()) {
    const group = groups.get(root(i));
    if (group) group.push(pair);
    else groups.set(root(i), [pair]);
  }
  return [...groups.values()];
}

/** Every record's heaviest pair, where no two of them are of one row: then no assignment weighs more. */
function favourites<P extends WeighedPair>(group: readonly P[], side: 'list' | 'data'): P[] | undefined {
  const best = new Map<number, P>();
  for (const pair of group) if (pair.weight > (best.get(pair[side])?.weight ?? -Infinity)) best.set(pair[side], pair);
  const other = side === 'list' ? 'data' : 'list';
  const taken = new Set(Array.from(best.values(), (pair) => pair[other]));
  return taken.size === best.size ? [...best.values()] : undefined;
}

function heaviest<P extends WeighedPair>(group: readonly P[], threshold: number): P[] {
  const obvious = favourites(group, 'list') ?? favourites(group, 'data');
  if (obvious) return obvious;
  const lists = numbered(group.map(({ list }) => list));
  const datas = numbered(group.map(({ data }) => data));
  if (Math.min(lists.size, datas.size) > MAX_EXACT) return heaviestFirst(group);
  const costs = Array.from({ length: lists.size }, () => new Array<number>(datas.size).fill(0));
  const pairAt = new Map<number, P>();
  for (const pair of group) {
    const [row, column] = [lists.get(pair.list) as number, datas.get(pair.data) as number];
    // Just below zero where the pair weighs no more than the threshold: better than nobody.
    (costs[row] as number[])[column] = Math.min(threshold - pair.weight, -1e-9);
    pairAt.set(row * datas.size + column, pair);
  }
  return munkres(costs).flatMap(([row, column]) => pairAt.get(row * datas.size + column) ?? []);
}

function numbered(names: readonly number[]): Map<number, number> {
  const numbers = new Map<number, number>();
  for (const name of names) if (!numbers.has(name)) numbers.set(name, numbers.size);
  return numbers;
}

function heaviestFirst<P extends WeighedPair>(group: readonly P[]): P[] {
  const [takenList, takenData] = [new Set<number>(), new Set<number>()];
  return [...group]
    .sort((a, b) => b.weight - a.weight)
    .filter(({ list, data }) => {
      if (takenList.has(list) || takenData.has(data)) return false;
      takenList.add(list);
      takenData.add(data);
      return true;
    });
}
