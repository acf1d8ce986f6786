/** The researcher's own groups: from columns of the list to what the agreement names, and to each record's place in them. */
import type { Agreement, GroupColumn } from '../../agreement/agreement.ts';
import type { GroupPlan } from '../../protocol/data-port.ts';
import { groupedColumns } from './group-ranges.ts';
import type { PartyState } from './state.ts';
import { foldLabels } from './terms.ts';

/**
 * Labels that fewer of the researcher's records bear are in `(other)`. It is the minimum of the first terms that came in this room: were
 * it that of the newest, terms that raise and lower it would tell the owner how many records bear each label.
 */
export function strataMinimum({ strataMinimum: first, negotiation, rules }: PartyState): number {
  return first ?? negotiation?.terms?.minimumGroupSize ?? rules.minimumGroupSize;
}

/** The researcher's group columns by their own names, with labels that few of their records bear in `(other)`. */
export function strataPlans(state: PartyState): GroupPlan[] {
  if (state.role !== 'researcher') return [];
  return groupedColumns(state).flatMap(({ name, column, edges }) => {
    const group = state.groups[column];
    if (group?.kind !== 'ready') return [];
    const labels = foldLabels(group.labels, strataMinimum(state)).kept.map(({ label }) => label);
    return [{ column, group: { name, labels, ...(edges && { edges }) } }];
  });
}

/** What the data owner is told of them. */
export function offeredStrata(state: PartyState): GroupColumn[] {
  const columns = strataPlans(state).map(({ group }) => group);
  return state.hideGroups ? columns.map(hidden) : columns;
}

function hidden({ labels }: GroupColumn, column: number): GroupColumn {
  return { name: `group column ${column + 1}`, labels: labels.map((_, i) => `group ${i + 1}`) };
}

/** The researcher's own names of an agreement's strata; none where it has none. */
export function agreedStrata(state: PartyState, { list }: Agreement): GroupPlan[] {
  return list.strata === undefined ? [] : strataPlans(state);
}
