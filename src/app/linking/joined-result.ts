/** A run's result beside the rows of this provider's own file, as CSV: each line begins with a row's own columns. Rows count from 1, as on the page. */
import { groupMembers, type RunResult } from '../../linking/run-result.ts';
import { type CsvCell, writeCsv } from '../../table/csv-writer.ts';
import { numberWords, tCounted } from '../../words/format.ts';
import { type CsvTable, rowsAt } from '../ui/csv-table.ts';

/** One line: the own row (from 0) and what the result says of it. */
interface Line {
  readonly row: number;
  readonly cells: readonly CsvCell[];
}

interface Joined {
  readonly heads: readonly string[];
  readonly lines: readonly Line[];
}

const OTHER = ['other_provider', 'other_row'] as const;

function pairLines(result: Extract<RunResult, { type: 'similarity scores' }>, own: number): Joined {
  const { firstParty, firstRow, secondParty, secondRow, similarity } = result.pairs;
  const lines: Line[] = [];
  for (const [i, score] of similarity.entries()) {
    const [first, second] = [
      [firstParty[i] ?? 0, firstRow[i] ?? 0],
      [secondParty[i] ?? 0, secondRow[i] ?? 0],
    ] as const;
    if (first[0] === own) lines.push({ row: first[1], cells: [second[0] + 1, second[1] + 1, score] });
    else if (second[0] === own) lines.push({ row: second[1], cells: [first[0] + 1, first[1] + 1, score] });
  }
  return { heads: [...OTHER, 'similarity'], lines };
}

/** A line for each own row and each row of another provider that is the same person; an own row that has none is not there. */
function groupLines(result: Extract<RunResult, { type: 'groups' | 'mapping' }>, own: number): Joined {
  const lines: Line[] = [];
  let number = 0;
  for (const members of groupMembers(result.groups)) {
    number++;
    const others = members.filter(([party]) => party !== own);
    for (const [party, row] of members) {
      if (party !== own) continue;
      for (const [other, otherRow] of others) lines.push({ row, cells: [number, other + 1, otherRow + 1] });
    }
  }
  return { heads: ['group', ...OTHER], lines };
}

function joined(result: RunResult, own: number): Joined | undefined {
  switch (result.type) {
    case 'similarity scores':
      return pairLines(result, own);
    case 'groups':
    case 'mapping':
      return groupLines(result, own);
    case 'permutation':
      return { heads: ['new_place'], lines: [...result.order].map((to, row) => ({ row, cells: [to + 1] })) };
    case 'mask':
      return undefined;
  }
}

/** A name that no column of the file has. */
function newName(name: string, columns: readonly string[]): string {
  return columns.includes(name) ? newName(`${name}_linked`, columns) : name;
}

/**
 * The CSV; undefined for a result that says nothing of single rows.
 * @param own number of this provider, from 0
 * @param rows that this provider uploaded
 * @throws Error with a message for people where the file is not the one that was uploaded
 */
export async function joinedCsv(
  result: RunResult,
  own: number,
  table: CsvTable,
  rows: number,
): Promise<string | undefined> {
  if (table.rows !== rows) {
    throw new Error(
      tCounted(
        '{{file}} has {{count}} row, and {{uploaded}} were uploaded. Choose the file of the upload.',
        '{{file}} has {{count}} rows, and {{uploaded}} were uploaded. Choose the file of the upload.',
        table.rows,
        { file: table.name, uploaded: numberWords(rows) },
      ),
    );
  }
  const of = joined(result, own);
  if (of === undefined) return undefined;
  const cells = await rowsAt(table, new Set(of.lines.map(({ row }) => row)));
  const columns = table.columns;
  const header = [...columns, ...['row', ...of.heads].map((name) => newName(name, columns))];
  return writeCsv(
    header,
    of.lines.map((line) => {
      const values = cells.get(line.row) ?? [];
      return [...columns.map((_, i) => values[i] ?? ''), line.row + 1, ...line.cells];
    }),
  );
}
