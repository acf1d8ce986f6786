/** The tables that one agreement asks for: over the same matches, each with group columns and payloads of its own. */
import { z } from 'zod';

export const MAX_TABLES = 16;

/** Group columns of one table. */
export const MAX_GROUP_COLUMNS = 2;

const columns = (most: number) =>
  z
    .array(
      z
        .int()
        .min(0)
        .max(MAX_TABLES * MAX_GROUP_COLUMNS),
    )
    .max(most)
    .refine((numbers) => numbers.every((n, i) => i === 0 || n > (numbers[i - 1] as number)), {
      message: 'columns of a table must ascend',
    });

/** Which of the agreement's group columns and payloads a table has, by their places there. */
export const tableSchema = z.strictObject({ groups: columns(MAX_GROUP_COLUMNS), payloads: columns(16) });
export type TablePlan = Readonly<z.infer<typeof tableSchema>>;

/** Terms as far as tables go. */
interface Asked<Group extends { readonly name: string }, Payload> {
  readonly groups: readonly Group[];
  readonly payloads: readonly Payload[];
  readonly tables?: readonly TablePlan[] | undefined;
}
type AnyTerms = Asked<{ readonly name: string }, unknown>;

/** What is wrong with the tables of some terms; undefined where nothing is. */
export function tablesProblem({ groups, payloads, tables }: AnyTerms): string | undefined {
  if (tables === undefined)
    return groups.length > MAX_GROUP_COLUMNS ? 'one table has at most two group columns' : undefined;
  const named = (count: number, of: 'groups' | 'payloads') => {
    const numbers = new Set(tables.flatMap((table) => table[of]));
    return numbers.size === count && [...numbers].every((n) => n < count);
  };
  if (named(groups.length, 'groups') && named(payloads.length, 'payloads')) return undefined;
  return 'the tables do not name each column that there is';
}

/** The tables in their order: one of all columns where nothing else is said. */
export function tablesOf({ groups, payloads, tables }: AnyTerms): readonly TablePlan[] {
  return tables ?? [{ groups: [...groups.keys()], payloads: [...payloads.keys()] }];
}

export function groupsOf<Group extends { readonly name: string }>(
  { groups }: Asked<Group, unknown>,
  table: TablePlan,
): Group[] {
  return table.groups.map((column) => groups[column] as Group);
}

export function payloadsOf<Payload>(
  { payloads }: Asked<{ readonly name: string }, Payload>,
  table: TablePlan,
): Payload[] {
  return table.payloads.map((payload) => payloads[payload] as Payload);
}

/**
 * Of an agreement on several tables: as if it asked for this one only. Its terms have one table, which says that it is one of several.
 * What depends on all of them, such as noise, does not follow from it.
 */
export function agreementOfTable<Whole extends { readonly terms: AnyTerms }>(
  agreement: Whole,
  table: TablePlan,
): Whole {
  const { terms } = agreement;
  if (terms.tables === undefined) return agreement;
  const [groups, payloads] = [groupsOf(terms, table), payloadsOf(terms, table)];
  return {
    ...agreement,
    terms: { ...terms, groups, payloads, tables: [{ groups: [...groups.keys()], payloads: [...payloads.keys()] }] },
  };
}

/** A table of several, which opens whole within a stratum or not at all. */
export const isOneOfSeveral = ({ tables }: AnyTerms): boolean => tables !== undefined;

/** `sex by region`, `everybody`. */
export function tableName(terms: AnyTerms, table: TablePlan): string {
  const names = groupsOf(terms, table).map(({ name }) => name);
  return names.length === 0 ? 'everybody' : names.join(' by ');
}
