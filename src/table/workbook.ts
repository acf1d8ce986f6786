/** Workbooks of Excel: rows of one sheet as text. */
import { TableError } from './table-error.ts';

export interface SheetRows {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
  /** Of all sheets, in the workbook's order. */
  readonly sheets: readonly string[];
}

const MIDNIGHT = 'T00:00:00.000Z';

/** A cell as a CSV file would have it: numbers as the workbook keeps them, dates in ISO's order. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (!(cell instanceof Date)) return String(cell);
  const iso = cell.toISOString();
  return iso.endsWith(MIDNIGHT) ? iso.slice(0, 10) : iso.replace(/\.\d+Z$/, '');
}

/**
 * Reads a sheet, the first where none is named. The library that unpacks it is loaded only now.
 * @throws TableError for what is no workbook, and for a sheet that it does not have
 */
export async function readWorkbook(file: Blob, fileName: string, sheet: string | undefined): Promise<SheetRows> {
  const { default: readSheets } = await import('read-excel-file/universal');
  const { storedWorkbook, ArchiveError } = await import('./unpacked-workbook.ts');
  const read = async () => {
    const stored = storedWorkbook(new Uint8Array(await file.arrayBuffer()));
    return await readSheets<string>(stored.buffer, { trim: false, parseNumber: (text) => text });
  };
  const all = await read().catch((error: unknown) => {
    if (error instanceof ArchiveError) {
      throw new TableError(`${fileName} ${error.message}, more than can be read here. Save the sheet as CSV.`);
    }
    const reason = error instanceof Error ? ` (${error.message})` : '';
    throw new TableError(
      `${fileName} is a zipped file, and no workbook of Excel (.xlsx) that can be read${reason}. Choose a workbook, or save the table as CSV.`,
    );
  });
  const sheets = all.map(({ sheet: name }) => name);
  const chosen = sheet === undefined ? all[0] : all.find(({ sheet: name }) => name === sheet);
  if (chosen === undefined) {
    throw new TableError(
      `${fileName} has no sheet “${sheet ?? ''}”; it has ${sheets.map((name) => `“${name}”`).join(', ')}.`,
    );
  }
  return { name: chosen.sheet, rows: chosen.data.map((row) => row.map(textOf)), sheets };
}
