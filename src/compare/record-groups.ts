/** Groups of records that are one person, grown pair by pair. */
import { type CandidateParts, candidateParts } from './candidates.ts';

/** Entry by entry the number of its group (rising from 0), the data set, the record. */
export interface RecordGroups {
  readonly group: Uint32Array;
  readonly dataset: Uint16Array;
  readonly record: Uint32Array;
}

/** When two groups become one. */
export interface MergeRule {
  /** Whether records of this data set may share a group; where it is false for all, far fewer counts are kept. */
  readonly mayRepeat: (dataset: number) => boolean;
  /**
   * @param seen pairs between the two groups so far, of the `possible` ones
   */
  readonly isEnough: (seen: number, possible: number) => boolean;
}

/** Records of all data sets as numbers from 0, one data set after another. */
class RecordNumbers {
  readonly #starts: Float64Array;

  constructor(pairs: CandidateParts) {
    const sizes: number[] = [];
    const include = (datasets: Uint16Array, records: Uint32Array) => {
      datasets.forEach((dataset, i) => {
        while (sizes.length <= dataset) sizes.push(0);
        sizes[dataset] = Math.max(sizes[dataset] ?? 0, (records[i] ?? 0) + 1);
      });
    };
    for (const part of candidateParts(pairs)) {
      include(part.firstDataset, part.firstRecord);
      include(part.secondDataset, part.secondRecord);
    }
    this.#starts = new Float64Array(sizes.length + 1);
    sizes.forEach((size, dataset) => {
      this.#starts[dataset + 1] = (this.#starts[dataset] ?? 0) + size;
    });
  }

  get datasets(): number {
    return this.#starts.length - 1;
  }

  get count(): number {
    return this.#starts[this.datasets] ?? 0;
  }

  start(dataset: number): number {
    return this.#starts[dataset] ?? 0;
  }
}

/**
 * A partition of numbered records, with the count of pairs seen between each two groups that are not one yet. A group is
 * known by one of its records, its root.
 */
class Partition {
  readonly #parents: Uint32Array;
  readonly #sizes: Uint32Array;
  /** Of each root the data sets that may not repeat and that its group has, a bit each. */
  readonly #taken: Uint32Array;
  readonly #words: number;
  readonly #seen = new Map<number, Map<number, number>>();

  readonly #rule: MergeRule;

  constructor(numbers: RecordNumbers, rule: MergeRule) {
    this.#rule = rule;
    this.#parents = Uint32Array.from({ length: numbers.count }, (_, record) => record);
    this.#sizes = new Uint32Array(numbers.count).fill(1);
    this.#words = Math.ceil(numbers.datasets / 32);
    this.#taken = new Uint32Array(numbers.count * this.#words);
    for (let dataset = 0; dataset < numbers.datasets; dataset++) {
      if (rule.mayRepeat(dataset)) continue;
      const word = Math.floor(dataset / 32);
      for (let record = numbers.start(dataset); record < numbers.start(dataset + 1); record++) {
        this.#taken[record * this.#words + word] = 2 ** (dataset % 32);
      }
    }
  }

  root(record: number): number {
    let at = record;
    for (;;) {
      const parent = this.#parents[at] ?? at;
      if (parent === at) return at;
      const next = this.#parents[parent] ?? parent;
      this.#parents[at] = next;
      at = next;
    }
  }

  size(root: number): number {
    return this.#sizes[root] ?? 0;
  }

  /** Takes a pair into account, and merges the groups of its records when the rule says so. */
  see(record: number, other: number): void {
    const a = this.root(record);
    const b = this.root(other);
    // Groups that both have a data set which may not repeat never merge, nor does anything that they grow into.
    if (a === b || this.#clash(a, b)) return;
    const seen = (this.#seen.get(a)?.get(b) ?? 0) + 1;
    if (this.#rule.isEnough(seen, this.size(a) * this.size(b))) this.#merge(a, b);
    else this.#setSeen(a, b, seen);
  }

  #clash(a: number, b: number): boolean {
    for (let word = 0; word < this.#words; word++) {
      if (((this.#taken[a * this.#words + word] ?? 0) & (this.#taken[b * this.#words + word] ?? 0)) !== 0) return true;
    }
    return false;
  }

  #setSeen(a: number, b: number, count: number): void {
    this.#seenFrom(a).set(b, count);
    this.#seenFrom(b).set(a, count);
  }

  #seenFrom(root: number): Map<number, number> {
    let counts = this.#seen.get(root);
    if (counts === undefined) {
      counts = new Map();
      this.#seen.set(root, counts);
    }
    return counts;
  }

  #merge(a: number, b: number): void {
    // The shorter list of counts moves, so that a count moves at most a logarithm of times.
    const [kept, gone] = (this.#seen.get(a)?.size ?? 0) < (this.#seen.get(b)?.size ?? 0) ? [b, a] : [a, b];
    this.#parents[gone] = kept;
    this.#sizes[kept] = this.size(kept) + this.size(gone);
    for (let word = 0; word < this.#words; word++) {
      const at = kept * this.#words + word;
      this.#taken[at] = (this.#taken[at] ?? 0) | (this.#taken[gone * this.#words + word] ?? 0);
    }
    const moving = this.#seen.get(gone);
    if (moving === undefined) return;
    this.#seen.delete(gone);
    for (const [neighbour, count] of moving) {
      this.#seen.get(neighbour)?.delete(gone);
      if (neighbour === kept || this.#clash(kept, neighbour)) continue;
      this.#setSeen(kept, neighbour, count + (this.#seen.get(kept)?.get(neighbour) ?? 0));
    }
  }
}

/** Groups of two records or more: sorted by their first record, the records of each sorted too. */
function sortedGroups(numbers: RecordNumbers, partition: Partition): RecordGroups {
  /** By root the number of its group, from 1; 0 for none. */
  const groupOf = new Uint32Array(numbers.count);
  const starts: number[] = [];
  let total = 0;
  for (let record = 0; record < numbers.count; record++) {
    const root = partition.root(record);
    if (partition.size(root) < 2 || groupOf[root] !== 0) continue;
    groupOf[root] = starts.push(total);
    total += partition.size(root);
  }
  const groups = { group: new Uint32Array(total), dataset: new Uint16Array(total), record: new Uint32Array(total) };
  for (let dataset = 0; dataset < numbers.datasets; dataset++) {
    const start = numbers.start(dataset);
    for (let record = start; record < numbers.start(dataset + 1); record++) {
      const group = (groupOf[partition.root(record)] ?? 0) - 1;
      if (group < 0) continue;
      const at = starts[group] ?? 0;
      starts[group] = at + 1;
      groups.group[at] = group;
      groups.dataset[at] = dataset;
      groups.record[at] = record - start;
    }
  }
  return groups;
}

/**
 * Walks pairs in their order and merges groups by a rule; at first each record is a group of its own.
 * @param pairs each pair of records at most once, similarity falling
 */
export function growGroups(pairs: CandidateParts, rule: MergeRule): RecordGroups {
  const numbers = new RecordNumbers(pairs);
  const partition = new Partition(numbers, rule);
  for (const { firstDataset, secondDataset, firstRecord, secondRecord } of candidateParts(pairs)) {
    for (let i = 0; i < firstDataset.length; i++) {
      partition.see(
        numbers.start(firstDataset[i] ?? 0) + (firstRecord[i] ?? 0),
        numbers.start(secondDataset[i] ?? 0) + (secondRecord[i] ?? 0),
      );
    }
  }
  return sortedGroups(numbers, partition);
}
