/** Workbooks of Excel: rows of one sheet as text, and what the sheet shows otherwise than it keeps. */
import type { Sheet } from 'hucre/xlsx';
import { counted, inQuotes, tCounted } from '../words/format.ts';
import { t } from '../words/translate.ts';
import type { CellCount, DateSystem, SheetText } from './sheet-rows.ts';
import type { CsvOptions, FileDoubt, Problem } from './table.ts';
import { TableError } from './table-error.ts';

export type SheetOptions = Pick<CsvOptions, 'sheet' | 'hiddenRows' | 'lostValues'>;

export interface SheetRows {
  readonly name: string;
  /** Undefined: a row that is hidden and left out. */
  readonly rows: readonly (readonly string[] | undefined)[];
  /** Of all sheets, in the workbook's order. */
  readonly sheets: readonly string[];
  readonly problems: readonly Problem[];
  readonly doubts: readonly FileDoubt[];
  readonly dateSystem: DateSystem;
}

interface FoundSheet {
  readonly name: string;
  readonly index: number;
  readonly isHidden: boolean;
}

const NOTHING: Sheet = { name: '', rows: [] };

/** A table has two columns and two rows at least. */
const FEWEST = 2;

const listed = ({ cells, count }: CellCount) => `${cells.join(', ')}${count > cells.length ? ', …' : ''}`;
const quoted = (sheets: readonly FoundSheet[]) => sheets.map(({ name }) => inQuotes(name)).join(', ');

/**
 * Reads a sheet: the one that is named, else the first that is shown and holds a table. The library is loaded only now.
 * @throws TableError for what is no workbook, and for a sheet that it does not have
 */
export async function readWorkbook(file: Blob, fileName: string, options: Partial<CsvOptions>): Promise<SheetRows> {
  const [{ readXlsx }, { boundedWorkbook, ArchiveError }, { sheetText }] = await Promise.all([
    import('hucre/xlsx'),
    import('./unpacked-workbook.ts'),
    import('./sheet-rows.ts'),
  ]);
  try {
    const { bytes, hasTellingFormats } = boundedWorkbook(new Uint8Array(await file.arrayBuffer()));
    const sheets: FoundSheet[] = [];
    const { dateSystem = '1900' } = await readXlsx(bytes, {
      sheets: ({ name, index, hidden, veryHidden }) => {
        sheets.push({ name, index, isHidden: hidden === true || veryHidden === true });
        return false;
      },
    });
    const read = async ({ index }: FoundSheet) => {
      const found = await readXlsx(bytes, { sheets: [index], readStyles: hasTellingFormats });
      return sheetText(found.sheets[0] ?? NOTHING, dateSystem);
    };
    const { name, text } = await chosenSheet(sheets, options.sheet, fileName, read);
    return {
      name,
      rows: options.hiddenRows === 'skip' ? withoutRows(text.rows, text.hiddenRows) : text.rows,
      sheets: sheets.map((sheet) => sheet.name),
      problems: problemsOf(text, name, sheets, options.sheet),
      doubts: doubtsOf(text, options),
      dateSystem,
    };
  } catch (error) {
    if (error instanceof TableError) throw error;
    if (error instanceof ArchiveError) throw new TableError(`${fileName} ${error.message}`);
    const reason = error instanceof Error ? ` (${error.message})` : '';
    throw new TableError(
      t(
        '{{file}} begins like a workbook (.xlsx), and cannot be read as one{{reason}}. It may be cut off or damaged: copy it again, or open it, save it anew and choose that file.',
        { file: fileName, reason },
      ),
    );
  }
}

/** The sheet that is named, else the first that is shown and holds a table, else the first that holds anything. */
async function chosenSheet(
  sheets: readonly FoundSheet[],
  wanted: string | undefined,
  fileName: string,
  read: (sheet: FoundSheet) => Promise<SheetText>,
): Promise<{ readonly name: string; readonly text: SheetText }> {
  if (wanted !== undefined) {
    const named = sheets.find(({ name }) => name === wanted);
    if (named !== undefined) return { name: wanted, text: await read(named) };
    throw new TableError(
      t('{{file}} has no sheet “{{sheet}}”; it has {{sheets}}.', {
        file: fileName,
        sheet: wanted,
        sheets: quoted(sheets),
      }),
    );
  }
  let something: { readonly name: string; readonly text: SheetText } | undefined;
  for (const sheet of [...sheets.filter(({ isHidden }) => !isHidden), ...sheets.filter(({ isHidden }) => isHidden)]) {
    const found = { name: sheet.name, text: await read(sheet) };
    const filled = found.text.rows.filter((row) => row.some((field) => field.trim() !== ''));
    const width = filled.reduce(
      (widest, row) => Math.max(widest, row.filter((field) => field.trim() !== '').length),
      0,
    );
    if (filled.length >= FEWEST && width >= FEWEST) return found;
    if (filled.length > 0) something ??= found;
  }
  if (something !== undefined) return something;
  throw new TableError(t('{{file}} has no sheet that holds anything. Choose another file.', { file: fileName }));
}

/** Rows keep their numbers: one that is left out is undefined. */
function withoutRows(rows: SheetText['rows'], hidden: readonly number[]): SheetRows['rows'] {
  const left = new Set(hidden);
  return rows.map((row, number) => (left.has(number) ? undefined : row));
}

const notice = (kind: Problem['kind'], count: number, said: string): Problem => ({
  kind,
  count,
  rows: [],
  message: said,
});

function problemsOf(
  { merged, joinedHeader, hiddenColumns }: SheetText,
  name: string,
  sheets: readonly FoundSheet[],
  wanted: string | undefined,
): Problem[] {
  const others = sheets.filter((sheet) => sheet.name !== name);
  const shown = `${quoted(others.slice(0, 5))}${others.length > 5 ? ', …' : ''}`;
  return [
    ...(others.length > 0 && wanted === undefined
      ? [
          notice(
            'other-sheets',
            others.length,
            t(
              'The sheet “{{sheet}}” is read. The workbook also has {{others}}: choose under Sheet which one holds the people.',
              { sheet: name, others: shown },
            ),
          ),
        ]
      : []),
    ...(joinedHeader ? [notice('merged-cells', 1, t('The header has two rows: they are joined into one.'))] : []),
    ...(merged > 0
      ? [
          notice(
            'merged-cells',
            merged,
            t('{{cells}} over several rows: each of these rows has the value.', {
              cells: counted(merged, 'merged cell'),
            }),
          ),
        ]
      : []),
    ...(hiddenColumns > 0
      ? [
          notice(
            'hidden-columns',
            hiddenColumns,
            t('{{columns}} hidden in the sheet, read like the others.', { columns: counted(hiddenColumns, 'column') }),
          ),
        ]
      : []),
  ];
}

function doubtsOf({ uncomputed, long, hiddenRows }: SheetText, options: SheetOptions): FileDoubt[] {
  const doubts: FileDoubt[] = [];
  if (hiddenRows.length > 0 && options.hiddenRows === undefined) {
    doubts.push({
      kind: 'hidden-rows',
      message: tCounted(
        '{{count}} row of the sheet is hidden, by a filter or by hand.',
        '{{count}} rows of the sheet are hidden, by a filter or by hand.',
        hiddenRows.length,
      ),
      choices: [
        { label: t('Read hidden rows as well'), settings: { hiddenRows: 'read' } },
        { label: t('Leave hidden rows out'), settings: { hiddenRows: 'skip' } },
      ],
    });
  }
  if (options.lostValues === undefined && uncomputed.count + long.count > 0) {
    const messages = [
      ...(uncomputed.count > 0
        ? [
            t(
              '{{formulas}} whose value is not in the file ({{cells}}). Open it in Excel or LibreOffice, save it and choose it again.',
              { formulas: counted(uncomputed.count, 'formula'), cells: listed(uncomputed) },
            ),
          ]
        : []),
      ...(long.count > 0
        ? [
            t(
              '{{numbers}} with more digits than a spreadsheet keeps ({{cells}}): the last digits are lost. Numbers such as these have to be texts.',
              { numbers: counted(long.count, 'number'), cells: listed(long) },
            ),
          ]
        : []),
    ];
    const label = uncomputed.count > 0 ? t('Read these cells as empty') : t('Read the numbers as they stand');
    doubts.push({
      kind: 'lost-values',
      message: messages.join(' '),
      choices: [{ label, settings: { lostValues: 'read' } }],
    });
  }
  return doubts;
}
