/** Which groups the table withholds beside the sealed ones, so that no sealed count follows by subtraction. */

/**
 * Groups to withhold although they reached the minimum (secondary suppression), by index, smallest first. The total of all groups is
 * taken as known: it is the researcher's number of matches, and there are no other margins. So the sealed counts are known
 * together; one of them follows when only one value of it fits to that, below the minimum, with withheld groups at or above
 * the minimum. Groups are withheld until none follows, or none is left to withhold.
 * @param counts exact counts; undefined where sealed
 * @param total of all groups, the sealed ones included
 */
export function withheldGroups(counts: readonly (number | undefined)[], minimum: number, total: number): Set<number> {
  const withheld = new Set<number>();
  const sealed = counts.filter((count) => count === undefined).length;
  const open = [...counts.entries()]
    .flatMap(([index, count]) => (count === undefined ? [] : [{ index, count }]))
    .sort((a, b) => a.count - b.count || a.index - b.index);
  let hidden = total - open.reduce((sum, { count }) => sum + count, 0);
  for (const { index, count } of open) {
    const atLeast = withheld.size > 0 ? 0 : Math.max(0, hidden - (sealed - 1) * (minimum - 1));
    const atMost = Math.min(minimum - 1, hidden - withheld.size * minimum);
    if (sealed === 0 || atLeast < atMost) break;
    withheld.add(index);
    hidden += count;
  }
  return withheld;
}
