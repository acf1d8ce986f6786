/** Everything a column can be used for. The researcher's side has no `group` and no `average`. */
export const COLUMN_USES = ['ignore', 'name', 'text', 'code', 'date', 'category', 'group', 'average'] as const;
export type ColumnUse = (typeof COLUMN_USES)[number];
