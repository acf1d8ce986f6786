/** Keeping the most alike pairs of each record, of pairs that come in order. */
import { type CandidatePairs, pickCandidates } from './candidates.ts';

/** Counts by number, in a list that grows. */
class GrowingCounts {
  #counts = new Uint32Array(1024);

  /** One more; returns how many there are now. */
  add(number: number): number {
    if (number >= this.#counts.length) {
      const grown = new Uint32Array(Math.max(number + 1, 2 * this.#counts.length));
      grown.set(this.#counts);
      this.#counts = grown;
    }
    const count = (this.#counts[number] ?? 0) + 1;
    this.#counts[number] = count;
    return count;
  }
}

/** Counts of records of one data set beside another. */
class RecordCounts {
  readonly #counts = new Map<number, GrowingCounts>();

  /** One more of a record; returns how many there are now. */
  add(dataset: number, other: number, record: number): number {
    const key = 65536 * dataset + other;
    let counts = this.#counts.get(key);
    if (counts === undefined) {
      counts = new GrowingCounts();
      this.#counts.set(key, counts);
    }
    return counts.add(record);
  }
}

/**
 * Of pairs in order, part by part, those that are among the first `top` of both their records with the other's data set.
 * @param firstAlone drops what is beyond the first record's `top` before the second record counts it, as where each first
 * record was compared with all of a data set; without it both count every pair, as anonlink does with blocks
 */
export function createPairLimit(top: number, firstAlone: boolean): (pairs: CandidatePairs) => CandidatePairs {
  const counts = new RecordCounts();
  return (pairs) => {
    const { firstDataset, secondDataset, firstRecord, secondRecord } = pairs;
    const places: number[] = [];
    for (let i = 0; i < firstRecord.length; i++) {
      const [a, b] = [firstDataset[i] ?? 0, secondDataset[i] ?? 0];
      const first = counts.add(a, b, firstRecord[i] ?? 0) <= top;
      if (firstAlone && !first) continue;
      const second = counts.add(b, a, secondRecord[i] ?? 0) <= top;
      if (first && second) places.push(i);
    }
    return pickCandidates(pairs, places);
  };
}
