/** Where one column to group by nearly follows from another: their tables can differ by a few people. */
import type { DataWorkerApi, GroupPlan } from '../../protocol/data-port.ts';
import { groupedColumns, groupLabels, groupPlan } from './group-ranges.ts';
import type { PartyState } from './state.ts';
import { chosenTables } from './tables.ts';
import { foldLabels } from './terms.ts';

export interface JointGroups {
  readonly names: readonly [string, string];
  /** Combinations of their labels that somebody in the file has, but fewer rows than the minimum. */
  readonly small: number;
}

type Counts = Pick<DataWorkerApi, 'combinationCounts'>;

/** Pairs of columns of different tables with small combinations. */
export async function smallJointGroups(state: PartyState, api: Counts): Promise<JointGroups[]> {
  const minimum = state.rules.minimumGroupSize;
  const tables = chosenTables(state);
  const plans = groupedColumns(state).flatMap(({ name, column, edges }): GroupPlan[] => {
    const counts = groupLabels(state, column);
    if (counts === undefined) return [];
    const labels = foldLabels(counts, minimum).kept.map(({ label }) => label);
    return [groupPlan(state, column, { name, labels, ...(edges && { edges }) })];
  });
  const apart = (a: GroupPlan, b: GroupPlan) =>
    !tables.some(({ groups }) => groups.includes(a.column) && groups.includes(b.column));
  const found: JointGroups[] = [];
  for (const [i, first] of plans.entries()) {
    for (const second of plans.slice(i + 1).filter((other) => apart(first, other))) {
      const counts = await api.combinationCounts([first, second]);
      const small = counts.reduce((sum, rows) => sum + (rows > 0 && rows < minimum ? 1 : 0), 0);
      if (small > 0) found.push({ names: [first.group.name, second.group.name], small });
    }
  }
  return found;
}
