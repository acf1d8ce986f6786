/** What a column can be used for on each side, in the words the person reads. */
import type { FieldType } from '../../agreement/match-field.ts';
import { MAX_GROUP_COLUMNS } from '../../agreement/tables.ts';
import { FIELD_TYPE_RULES } from '../../keys/field-types.ts';
import type { Role } from '../../net/room-api.ts';
import { COLUMN_USES, type ColumnSummary, type ColumnUse } from '../../table/table.ts';
import { message } from '../../words/translate.ts';

const matching = Object.entries(FIELD_TYPE_RULES).map(([type, { use }]) => [type, use]);

export const USE_LABELS: Readonly<Record<ColumnUse, string>> = {
  ...(Object.fromEntries(matching) as Record<FieldType, string>),
  ignore: message('Ignore'),
  group: message('Group by'),
  average: message('Average'),
};

/** The uses a role may choose from: only the owner averages. */
export function usesFor(role: Role): ColumnUse[] {
  return COLUMN_USES.filter((use) => role === 'owner' || use !== 'average');
}

/** The field type of a matching use; undefined for the uses that do not match. */
export function fieldTypeOf(use: ColumnUse): FieldType | undefined {
  return use === 'ignore' || use === 'group' || use === 'average' ? undefined : use;
}

/** The guesses of the table room, cut down to what the role may do: at most two group columns for the owner, none for the researcher, who chooses them. */
export function initialUses(role: Role, columns: readonly ColumnSummary[]): ColumnUse[] {
  const allowed = usesFor(role);
  let groups = role === 'owner' ? 0 : MAX_GROUP_COLUMNS;
  return columns.map(({ guess }) => {
    if (!allowed.includes(guess)) return 'ignore';
    if (guess !== 'group') return guess;
    groups += 1;
    return groups <= MAX_GROUP_COLUMNS ? 'group' : 'ignore';
  });
}
