/** Files that are packed: workbooks of Excel, and CSV by gzip. */

import fc from 'fast-check';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { readTable } from '../../table/read-table.ts';
import { TableError } from '../../table/table-error.ts';
import type { Target } from './fuzzer.ts';
import { hostileBytes } from './inputs.ts';

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DOC = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** As little as a workbook has. */
const PARTS = {
  '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
  '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}"><Relationship Id="r1" Type="${DOC}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${DOC}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}"><Relationship Id="r1" Type="${DOC}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${DOC}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  'xl/sharedStrings.xml': `${XML}<sst xmlns="${MAIN}"><si><t>name</t></si><si><t>Zoë</t></si></sst>`,
  'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns="${MAIN}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>age</t></is></c></row><row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>5</v></c></row></sheetData></worksheet>`,
} as const;

const archive = (parts: Readonly<Record<string, Uint8Array>>) => zipSync({ ...parts }, { level: 0 });
const WHOLE = Object.fromEntries(Object.entries(PARTS).map(([name, text]) => [name, strToU8(text)]));

/** Archives with bytes changed, and whole archives with one changed part. */
const workbooks = fc.oneof(
  hostileBytes([archive(WHOLE), zipSync(WHOLE)]),
  ...Object.entries(WHOLE).map(([name, part]) =>
    hostileBytes([part]).map((changed) => archive({ ...WHOLE, [name]: changed })),
  ),
);

async function read(input: Uint8Array): Promise<void> {
  await readTable(new Blob([new Uint8Array(input)]), 'people');
}

export const packedTargets: readonly Target[] = [
  { name: 'workbooks', inputs: workbooks, errors: [TableError], read },
  {
    name: 'packed CSV files',
    inputs: hostileBytes(['name,age\nZoë,5\n', 'a\n'.repeat(2000)].map((text) => gzipSync(strToU8(text)))),
    errors: [TableError],
    read,
  },
];
