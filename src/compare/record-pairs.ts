/** Pairs of records of two data sets, found in any order, brought into one. */

/** Columns of equal length: similarity falling, then first record, then second record rising. */
export interface RecordPairs {
  readonly similarities: Float64Array;
  readonly firstRecord: Uint32Array;
  readonly secondRecord: Uint32Array;
}

/** Numbers of pairs in `order`, stably sorted by a key of each pair. */
function countingSort(order: Uint32Array<ArrayBuffer>, keys: Uint32Array): Uint32Array<ArrayBuffer> {
  let most = 0;
  for (const key of keys) if (key > most) most = key;
  const starts = new Uint32Array(most + 2);
  for (const key of keys) starts[key + 1] = (starts[key + 1] ?? 0) + 1;
  for (let key = 0; key < most; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0);
  const sorted = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) {
    const pair = order[i] ?? 0;
    const key = keys[pair] ?? 0;
    const at = starts[key] ?? 0;
    sorted[at] = pair;
    starts[key] = at + 1;
  }
  return sorted;
}

/**
 * Digits of `1 - similarity` to the base of 65536, the lowest first. Two ratios with denominators below 2^n differ by more
 * than 2^-2n: two digits tell them apart up to 2^15, three up to 2^23.
 */
function distanceDigits(similarities: Float64Array, count: 2 | 3): readonly Uint32Array[] {
  const digits = Array.from({ length: count }, () => new Uint32Array(similarities.length));
  const scale = 65536 ** count - 1;
  const shift = 65536 ** (count - 1);
  const remainders = similarities.map((similarity) => Math.round((1 - similarity) * scale));
  digits.toReversed().forEach((digit, place) => {
    const unit = shift / 65536 ** place;
    for (let i = 0; i < remainders.length; i++) {
      const rest = remainders[i] ?? 0;
      const value = Math.floor(rest / unit);
      digit[i] = value;
      remainders[i] = rest - value * unit;
    }
  });
  return digits;
}

/** Gathers pairs in memory that grows. */
export class PairCollector {
  readonly #digits: 2 | 3;
  #similarities = new Float64Array(1024);
  #first = new Uint32Array(1024);
  #second = new Uint32Array(1024);
  #count = 0;

  /** @param largestSum the largest sum of two popcounts, below 2^23 */
  constructor(largestSum: number) {
    this.#digits = largestSum < 2 ** 15 ? 2 : 3;
  }

  add(similarity: number, firstRecord: number, secondRecord: number): void {
    if (this.#count === this.#first.length) this.#grow();
    const at = this.#count++;
    this.#similarities[at] = similarity;
    this.#first[at] = firstRecord;
    this.#second[at] = secondRecord;
  }

  /** Everything gathered, in order; the collector is empty afterwards. */
  take(): RecordPairs {
    const count = this.#count;
    const similarities = this.#similarities.subarray(0, count);
    const first = this.#first.subarray(0, count);
    const second = this.#second.subarray(0, count);
    let order = new Uint32Array(count);
    for (let pair = 0; pair < count; pair++) order[pair] = pair;
    for (const keys of [second, first, ...distanceDigits(similarities, this.#digits)])
      order = countingSort(order, keys);
    const sorted = {
      similarities: new Float64Array(count),
      firstRecord: new Uint32Array(count),
      secondRecord: new Uint32Array(count),
    };
    for (let at = 0; at < count; at++) {
      const pair = order[at] ?? 0;
      sorted.similarities[at] = similarities[pair] ?? 0;
      sorted.firstRecord[at] = first[pair] ?? 0;
      sorted.secondRecord[at] = second[pair] ?? 0;
    }
    this.#count = 0;
    return sorted;
  }

  #grow(): void {
    const grown = <T extends Float64Array | Uint32Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    const length = 2 * this.#first.length;
    this.#similarities = grown(this.#similarities, new Float64Array(length));
    this.#first = grown(this.#first, new Uint32Array(length));
    this.#second = grown(this.#second, new Uint32Array(length));
  }
}
