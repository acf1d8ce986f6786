/** Ranges of numbers or dates to group by, as a person types their edges. */
import type { GroupColumn } from '../../agreement/agreement.ts';
import { areDates, type RangeEdges, rangeEdgesSchema } from '../../agreement/ranges.ts';
import { checked } from '../../parsing/checked.ts';
import type { GroupPlan } from '../../protocol/data-port.ts';
import { type LabelCount, MISSING_LABEL } from '../../table/group-labels.ts';
import { t } from '../../words/translate.ts';
import { columnsOf } from './bindings.ts';
import type { PartyState } from './state.ts';

/** Parts of equal size that the button makes. */
export const EQUAL_PARTS = 10;

const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Edges such as `0, 18, 65` or `1950-01-01, 1970-01-01`; undefined where nothing is written; else what is wrong, in a sentence. */
export function readEdges(text: string): RangeEdges | undefined | { readonly problem: string } {
  const parts = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) return undefined;
  const odd = parts.find((part) => !NUMBER.test(part) && !DAY.test(part));
  if (odd !== undefined) {
    return {
      problem: t(
        '“{{odd}}” is no edge. Write numbers with a point for decimals, such as 0, 18, 65, or dates such as 1950-01-01, with commas between them.',
        { odd },
      ),
    };
  }
  if (new Set(parts.map((part) => DAY.test(part))).size > 1) return { problem: t('Write numbers or dates, not both.') };
  const read = checked(
    rangeEdgesSchema,
    parts.map((part) => (DAY.test(part) ? part : Number(part))),
  );
  if ('data' in read) return read.data;
  const ordered = parts.toSorted((a, b) => (DAY.test(a) ? (a < b ? -1 : 1) : Number(a) - Number(b)));
  return {
    problem:
      ordered.join() === parts.join()
        ? t('Write different edges, dates that there are, and at most 63 of them.')
        : t('Write the smallest edge first.'),
  };
}

export const edgesText = (edges: RangeEdges): string => edges.join(', ');

/** Of a column, where it is grouped by ranges and their edges are well written. */
export function edgesOf({ ranges }: Pick<PartyState, 'ranges'>, column: number): RangeEdges | undefined {
  const read = readEdges(ranges[column] ?? '');
  return read === undefined || 'problem' in read ? undefined : read;
}

/** What the values of a grouped column are read as: labels, or numbers or dates where they are put into ranges. */
export function readingOfGroups(edges: RangeEdges | undefined): 'group' | 'average' | 'date' {
  if (edges === undefined) return 'group';
  return areDates(edges) ? 'date' : 'average';
}

/**
 * True where rows without a value in the column count in no figure: it is averaged as well, of complete cases. A group of them would
 * always be empty, so always sealed, and another withheld beside it.
 */
export function leavesOutBlanks({ role, uses, rules }: PartyState, column: number): boolean {
  return role === 'owner' && uses[column] === 'average' && rules.missingValues === 'complete-cases';
}

/** The labels that a column can be grouped by, with their rows; undefined until they are counted. */
export function groupLabels(state: PartyState, column: number): readonly LabelCount[] | undefined {
  const group = state.groups[column];
  if (group?.kind !== 'ready') return undefined;
  return leavesOutBlanks(state, column) ? group.labels.filter(({ label }) => label !== MISSING_LABEL) : group.labels;
}

export interface GroupedColumn {
  readonly name: string;
  readonly column: number;
  readonly edges: RangeEdges | undefined;
}

/** The columns that the table is grouped by: those for nothing else, and those of another use that have ranges as well. */
export function groupedColumns(state: PartyState): GroupedColumn[] {
  return columnsOf(state).flatMap(({ name }, column) => {
    return isGrouped(state, column) ? [{ name, column, edges: edgesOf(state, column) }] : [];
  });
}

/** Whether a column is grouped by, by its values or in ranges. */
export function isGrouped(state: PartyState, column: number): boolean {
  const use = state.uses[column] ?? 'ignore';
  return use === 'group' || (use !== 'ignore' && (state.ranges[column] ?? '').trim() !== '');
}

/** What is wrong with the edges of columns in use, in sentences. */
export function rangeProblems(state: PartyState): string[] {
  return groupedColumns(state).flatMap(({ name, column }) => {
    const read = readEdges(state.ranges[column] ?? '');
    return read !== undefined && 'problem' in read
      ? [t('Ranges of “{{name}}”: {{problem}}', { name, problem: read.problem })]
      : [];
  });
}

export function groupPlan(state: PartyState, column: number, group: GroupColumn): GroupPlan {
  return { column, group, ...(leavesOutBlanks(state, column) && { blanks: 'nowhere' }) };
}

/** The agreed group columns with the owner's column indices. Columns are found in the order the terms were built. */
export function groupPlans(state: PartyState, groups: readonly GroupColumn[]): GroupPlan[] {
  const columns = groupedColumns(state);
  return groups.flatMap((group, i) => {
    const column = columns[i]?.column;
    return column === undefined ? [] : [groupPlan(state, column, group)];
  });
}
