import type { ColumnSummary } from '../../table/table.ts';

/** A name for a column that a step adds: as wished, with a number where the file has it already. */
export function newColumnName(wished: string, columns: readonly Pick<ColumnSummary, 'name'>[]): string {
  const taken = new Set(columns.map(({ name }) => name));
  let name = wished;
  for (let n = 2; taken.has(name); n++) name = `${wished} (${n})`;
  return name;
}
