/** Which groups the table withholds beside the sealed ones, so that no sealed count follows from what is published. */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';

/** A number from 0 to 1 for each group, which no reader of the table knows. */
export type Lot = (group: number) => number;

/**
 * Lots from numbers that only the researcher's page has, such as the padded sums of a run: the same after a reload, so that no two
 * versions of one table are published.
 */
export function secretLot(secret: Float64Array): Lot {
  const bytes = new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength);
  return (group) => {
    const digest = sha256(concatBytes(Uint8Array.of(group), bytes));
    return (new DataView(digest.buffer).getUint32(0) + 0.5) / 2 ** 32;
  };
}

/**
 * Groups to withhold although they reached the minimum (secondary suppression), by index. Readers know the rule, the open counts, and
 * the total of all groups, which is the number of matches; there are no other margins. They do not know which hidden groups are
 * sealed and which withheld. So where anything is sealed, at least one open group is withheld, by lot, the likelier the
 * smaller it is; every one may be it. Another follows while the hidden ones together are no more than the minimum: then one would have the
 * minimum and all others nobody. That may be until none is left.
 *
 * For every hidden group two counts below the minimum are possible then: nobody or one, with the rest in another hidden group, which
 * reached the minimum. Tables within a stratum whose number of matches is known are withheld by themselves.
 * @param counts exact counts; undefined where sealed
 * @param total of all groups, the sealed ones included
 */
export function withheldGroups(
  counts: readonly (number | undefined)[],
  minimum: number,
  total: number,
  lot: Lot,
): Set<number> {
  const withheld = new Set<number>();
  if (!counts.includes(undefined)) return withheld;
  const open = counts.flatMap((count, group) => (count === undefined ? [] : [{ group, count }]));
  let hidden = total - open.reduce((sum, { count }) => sum + count, 0);
  // The smallest of exponential variables with rates 1 / count is each group's in proportion to its rate.
  const drawn = open.map((each) => ({ ...each, at: -Math.log(lot(each.group)) * each.count }));
  for (const { group, count } of drawn.sort((a, b) => a.at - b.at)) {
    if (withheld.size > 0 && hidden > minimum) break;
    withheld.add(group);
    hidden += count;
  }
  return withheld;
}
