/** What a page says about a file and its columns without waiting for a decision, for those who see no page. */
import { FIELD_TYPES, type FieldType } from '../agreement/match-field.ts';
import type { BoundField } from '../keys/bound-field.ts';
import { matchProblems } from '../keys/match-problems.ts';
import { matchRecords } from '../keys/match-records.ts';
import { usualDigits } from '../table/code-length.ts';
import type { ColumnUse } from '../table/column-use.ts';
import type { Table } from '../table/data-table.ts';
import { garbledTexts, rangesAsDates } from '../table/garbled-text.ts';
import { friendlyRange } from '../table/payload-range.ts';
import { type DeclaredRange, payloadValues } from '../table/payload-values.ts';
import type { ReadTable } from '../table/read-table.ts';
import type { Problem } from '../table/table.ts';

const isFieldType = (use: ColumnUse): use is FieldType => FIELD_TYPES.some((type) => type === use);

/**
 * Sentences about the file, its texts, its numbers and its matching.
 * @param table the file's, with every decision taken
 * @param uses by column's name; others are not looked at
 * @param ranges of columns that are averaged; those of their numbers where none is given
 */
export function saidProblems(
  { problems }: Pick<ReadTable, 'problems'>,
  table: Table,
  uses: ReadonlyMap<string, ColumnUse>,
  ranges: ReadonlyMap<string, DeclaredRange> = new Map(),
): string[] {
  const used = [...uses].flatMap(([name, use]) => {
    const column = table.columns.indexOf(name);
    return column < 0 || use === 'ignore' ? [] : [{ name, use, column, profile: table.profile(column) }];
  });
  const fields = used.flatMap(({ name, use, column, profile }): BoundField[] => {
    if (!isFieldType(use)) return [];
    const digits = use === 'code' ? usualDigits(profile.sample) : 0;
    return [{ name, type: use, column, ...(digits > 0 && { digits }) }];
  });
  const numbers = used.flatMap(({ name, use, column, profile: { extent } }): Problem[] => {
    const range = ranges.get(name) ?? (extent && friendlyRange(extent));
    return use === 'average' && range !== undefined ? payloadValues(table, column, range).problems : [];
  });
  const texts = used.flatMap(({ profile }) => [...garbledTexts(profile), ...rangesAsDates(profile)]);
  const matching = fields.length === 0 ? [] : matchProblems(table, fields, matchRecords(table, fields));
  return [...problems, ...texts, ...numbers, ...matching].map(({ message }) => message);
}
