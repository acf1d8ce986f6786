/** How far a sheet of a workbook reaches, by the addresses of its cells, before a matrix of them is made. */
import { numberWords } from '../words/format.ts';
import { t } from '../words/translate.ts';

/** The last row and column that Excel has. */
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;
/** Cells of the matrix, gaps included. */
const MAX_CELLS = 20_000_000;

/** A row or a cell, with whatever stands in its quotation marks. */
const TAG = /<(?:[\w.-]+:)?(?:row|c)(?=[\s/>])((?:[^>"']|"[^"]*"|'[^']*')*)>/g;
const ADDRESS = /(?:^|\s)r\s*=\s*(?:"([^"]*)"|'([^']*)')/;
const PLAIN_ADDRESS = /^([A-Z]{0,3})(\d{1,7})$/;

function columnNumber(letters: string): number {
  let column = 0;
  for (const letter of letters) column = 26 * column + letter.charCodeAt(0) - 64;
  return column;
}

/** Why the matrix of a sheet's cells would be too large, or undefined where it is not. `xml`: the sheet's part. */
export function oversized(xml: string): string | undefined {
  let rows = 0;
  let columns = 0;
  let tags = 0;
  for (const [, attributes = ''] of xml.matchAll(TAG)) {
    tags++;
    const found = ADDRESS.exec(attributes);
    if (found === null) continue;
    const written = found[1] ?? found[2] ?? '';
    const [, letters = '', digits = ''] = PLAIN_ADDRESS.exec(written) ?? [];
    const column = columnNumber(letters);
    if (digits === '' || Number(digits) > LAST_ROW || column > LAST_COLUMN) {
      return t('has a cell at {{cell}}, where no sheet has one', { cell: written.slice(0, 20) });
    }
    rows = Math.max(rows, Number(digits));
    // Cells that are formatted and hold nothing do not widen the matrix.
    if (!attributes.endsWith('/')) columns = Math.max(columns, column);
  }
  const cells = Math.max(rows, 1) * Math.max(columns, 1);
  return cells > MAX_CELLS && cells > 20 * tags
    ? t('reaches over {{rows}} rows and {{columns}} columns, nearly all of them empty', {
        rows: numberWords(rows),
        columns: numberWords(columns),
      })
    : undefined;
}
