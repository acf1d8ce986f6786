import { FIELD_TYPES } from '../agreement/match-field.ts';

/** Everything a column can be used for. The researcher's side has no `group` and no `average`. */
export const COLUMN_USES = ['ignore', ...FIELD_TYPES, 'group', 'average'] as const;
export type ColumnUse = (typeof COLUMN_USES)[number];
