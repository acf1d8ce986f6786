/**
 * New places for the rows of all parties, so that rows of one person stand at the same place, and a mask that says at which
 * places they do: the result type "permutations and mask" of the Anonlink entity service.
 *
 * With two parties this is the service's definition. With more, a place is marked when the rows there of *all* parties are
 * one person; rows of people whom only some parties have are placed like rows of nobody else, since a mask of 0 and 1 could
 * not say whose rows belong together.
 *
 * Who learns what: a party that gets its own order only learns nothing about the others' rows. Who gets the mask only (the
 * linkage unit) learns how many people all parties have. Whoever holds an order and the mask learns which of these rows
 * the others have.
 */
import type { RecordGroups } from './record-groups.ts';

/** Uniform numbers from 0 to `bound - 1`; the source must be one that parties cannot foresee. */
export type RandomBelow = (bound: number) => number;

export interface PlacedRows {
  /** For each party the new place of each row: a permutation of its row numbers. */
  readonly orders: readonly Uint32Array[];
  /** For each place below the size of the smallest data set: 1 where the rows of all parties are one person, else 0. */
  readonly mask: Uint8Array;
}

const WORDS = 2 ** 32;
const WORDS_AT_ONCE = 4096;

/** Uniform numbers from the platform's cryptographic generator. */
export function createCryptoRandom(): RandomBelow {
  const words = new Uint32Array(WORDS_AT_ONCE);
  let next = WORDS_AT_ONCE;
  return (bound) => {
    // Words beyond the last whole multiple of the bound would make small numbers likelier.
    const limit = WORDS - (WORDS % bound);
    for (;;) {
      if (next === WORDS_AT_ONCE) {
        crypto.getRandomValues(words);
        next = 0;
      }
      const word = words[next++] ?? 0;
      if (word < limit) return word % bound;
    }
  };
}

function shuffle(values: Uint32Array, below: RandomBelow): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = below(i + 1);
    const value = values[i] ?? 0;
    values[i] = values[j] ?? 0;
    values[j] = value;
  }
}

/** The rows of each group that has exactly one row of each party, by party. */
function completeGroups({ group, dataset, record }: RecordGroups, parties: number): Uint32Array[] {
  const complete: Uint32Array[] = [];
  for (let start = 0, end = 0; start < group.length; start = end) {
    while (end < group.length && group[end] === group[start]) end++;
    const held = new Set(dataset.subarray(start, end));
    if (end - start !== parties || held.size !== parties) continue;
    const rows = new Uint32Array(parties);
    for (let i = start; i < end; i++) rows[dataset[i] ?? 0] = record[i] ?? 0;
    complete.push(rows);
  }
  return complete;
}

/**
 * Random new places: the rows of a group with one row of every party get the same place below the smallest size, all other
 * rows what is free, at random and independently for each party. Groups that lack a party, or have two rows of one, are
 * not in the mask; their number is that of the groups less the ones in the mask.
 * @param groups no record is in two of them
 * @param sizes rows of each party, two parties or more
 * @throws RangeError when a group has a row or a party that the sizes do not have
 */
export function placeRows(
  groups: RecordGroups,
  sizes: readonly number[],
  below: RandomBelow = createCryptoRandom(),
): PlacedRows {
  groups.record.forEach((record, i) => {
    const dataset = groups.dataset[i] ?? 0;
    const size = sizes[dataset];
    if (size === undefined) throw new RangeError(`A group has party ${dataset}; there are ${sizes.length} parties.`);
    if (record >= size) throw new RangeError(`A group has row ${record} of party ${dataset}, which has ${size} rows.`);
  });
  const matched = completeGroups(groups, sizes.length);
  const shared = Uint32Array.from({ length: Math.min(...sizes) }, (_, place) => place);
  shuffle(shared, below);
  const mask = new Uint8Array(shared.length);
  for (const place of shared.subarray(0, matched.length)) mask[place] = 1;
  const orders = sizes.map((size, party) => {
    const order = new Uint32Array(size);
    const isMatched = new Uint8Array(size);
    matched.forEach((rows, i) => {
      const row = rows[party] ?? 0;
      order[row] = shared[i] ?? 0;
      isMatched[row] = 1;
    });
    const free = new Uint32Array(size - matched.length);
    free.set(shared.subarray(matched.length));
    for (let place = shared.length; place < size; place++) free[place - matched.length] = place;
    shuffle(free, below);
    let next = 0;
    isMatched.forEach((is, row) => {
      if (is === 0) order[row] = free[next++] ?? 0;
    });
    return order;
  });
  return { orders, mask };
}
