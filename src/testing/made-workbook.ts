/** Workbooks whose XML is written by hand, for all that programs other than ours put into them. */
import { strToU8, zipSync } from 'fflate';

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

export interface MadeSheet {
  readonly name: string;
  /** `hidden`, `veryHidden`. */
  readonly state?: string;
  /** What stands in the worksheet: rows alone, or everything from `<sheetData>` on; a whole document where it begins with `<?xml`. */
  readonly xml: string;
}

export interface MadeWorkbook {
  readonly sheets: readonly MadeSheet[];
  /** Formats of the styles from number 1 on, by their code or their built-in number. */
  readonly formats?: readonly (string | number)[];
  /** Entries of the table of strings. */
  readonly strings?: string;
  /** What stands before the sheets in the workbook's part. */
  readonly before?: string;
  readonly namespaces?: { readonly main: string; readonly document: string };
  readonly parts?: Readonly<Record<string, string>>;
}

const attribute = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
/** Numbers of formats that a workbook has itself. */
const FIRST_FORMAT = 164;

function styles(formats: readonly (string | number)[]): string {
  const own = formats.flatMap((code, i) =>
    typeof code === 'string' ? [`<numFmt numFmtId="${FIRST_FORMAT + i}" formatCode="${attribute(code)}"/>`] : [],
  );
  const ids = formats.map((code, i) => (typeof code === 'string' ? FIRST_FORMAT + i : code));
  return `<numFmts>${own.join('')}</numFmts><cellXfs><xf numFmtId="0"/>${ids.map((id) => `<xf numFmtId="${id}" applyNumberFormat="1"/>`).join('')}</cellXfs>`;
}

/** The bytes of a workbook. */
export function madeWorkbook(made: MadeWorkbook): Uint8Array<ArrayBuffer> {
  const { main, document } = made.namespaces ?? { main: MAIN, document: DOCUMENT };
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${document}/${type}" Target="${target}"/>`;
  const relations = (list: readonly string[]) =>
    `${XML}<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}</Relationships>`;
  const sheets = made.sheets.map(
    ({ name, state }, i) =>
      `<sheet name="${attribute(name)}" sheetId="${i + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="s${i + 1}"/>`,
  );
  const bodies = made.sheets.map(({ xml }, i) => {
    const body = /<sheetData/.test(xml) ? xml : `<sheetData>${xml}</sheetData>`;
    const part = xml.startsWith('<?xml') ? xml : `${XML}<worksheet xmlns="${main}">${body}</worksheet>`;
    return [`xl/worksheets/sheet${i + 1}.xml`, part] as const;
  });
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"/>`,
    '_rels/.rels': relations([relation('w', 'officeDocument', 'xl/workbook.xml')]),
    'xl/workbook.xml': `${XML}<workbook xmlns="${main}" xmlns:r="${document}">${made.before ?? ''}<sheets>${sheets.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...made.sheets.map((_, i) => relation(`s${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)),
      relation('t', 'sharedStrings', 'sharedStrings.xml'),
      relation('f', 'styles', 'styles.xml'),
    ]),
    'xl/sharedStrings.xml': `${XML}<sst xmlns="${main}">${made.strings ?? ''}</sst>`,
    'xl/styles.xml': `${XML}<styleSheet xmlns="${main}">${styles(made.formats ?? [])}</styleSheet>`,
    ...Object.fromEntries(bodies),
    ...made.parts,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
}

/** What a cell has: attributes, and what stands in it. */
export interface RawCell {
  readonly attributes: string;
  readonly xml: string;
}

export type MadeCell = string | number | null | RawCell;

/** A number in a style of the workbook. */
export const styled = (value: number | string, style: number): RawCell => ({
  attributes: `s="${style}"`,
  xml: `<v>${value}</v>`,
});
export const raw = (attributes: string, xml: string): RawCell => ({ attributes, xml });

function cellXml(cell: MadeCell, address: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${address}"><v>${cell}</v></c>`;
  if (typeof cell === 'string')
    return `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${attribute(cell)}</t></is></c>`;
  return `<c r="${address}" ${cell.attributes}>${cell.xml}</c>`;
}

/** Rows of up to 26 cells; `attributes` of rows by their number, from 1 on. */
export function rowsXml(
  rows: readonly (readonly MadeCell[])[],
  attributes: Readonly<Record<number, string>> = {},
): string {
  return rows
    .map((row, r) => {
      const cells = row.map((cell, c) => cellXml(cell, `${String.fromCharCode(65 + c)}${r + 1}`));
      return `<row r="${r + 1}" ${attributes[r + 1] ?? ''}>${cells.join('')}</row>`;
    })
    .join('');
}
