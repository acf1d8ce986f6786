import type { MatchField } from '../agreement/match-field.ts';
import type { Table } from '../table/data-table.ts';

/** A matching field and the column (by index) that holds it; -1 where none does, and every value is empty. */
export interface BoundField extends MatchField {
  readonly column: number;
}

/** How many digits the codes of a field get; 0: they stay as written. */
export function codeDigits(
  table: Table,
  { type, column, digits }: Pick<BoundField, 'type' | 'column' | 'digits'>,
): number {
  return type === 'code' ? (table.settings(column).codeLength ?? digits ?? 0) : 0;
}
