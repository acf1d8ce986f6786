/** What it costs to show a file on the first two steps: wide ones, long ones. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { BrowserParty } from './browser-party.ts';

export interface FileFigures {
  readonly columns: number;
  readonly rows: number;
  /** From the choice of the file to its rows and problems. */
  readonly readSeconds: number;
  /** From `Next` to the table of columns. */
  readonly columnsSeconds: number;
  /** Longest task of the page's own thread meanwhile. */
  readonly longestTaskMs: number;
  readonly peakMemoryBytes: number | undefined;
  /** Processor time of the whole browser from the choice of the file on: on a busy machine steadier than time on the wall. */
  readonly cpuSeconds: number;
}

const GIVEN = 'anna bert carla dora emil frida gustav hanna ivo jana'.split(' ');
const LINES_A_WRITE = 5000;

/** Columns in turn: names, dates, labels, numbers, codes. */
const VALUES: readonly ((row: number, column: number) => string)[] = [
  (row, column) => `${GIVEN[(row + column) % 10]}${'klmnprst'[row % 8]}${'aeiou'[(row >> 3) % 5]}`,
  (row) => `19${50 + (row % 50)}-0${1 + (row % 9)}-${10 + (row % 18)}`,
  (row, column) => `ward ${(row + column) % 7}`,
  (row, column) => String((row * 7919 + column) % 90_000),
  (row) => String(10_000 + ((row * 37) % 89_999)),
];

/** Writes a file of so many columns and rows into `folder`. */
function writeTable(columns: number, rows: number, folder: string): string {
  const path = join(folder, `${columns}x${rows}.csv`);
  const file = openSync(path, 'w');
  const names = ['name', 'dob', 'ward', 'score', 'postcode'];
  writeSync(file, `${Array.from({ length: columns }, (_, c) => `${names[c % 5]}_${c}`).join(',')}\n`);
  for (let row = 0; row < rows; row += LINES_A_WRITE) {
    const lines = Array.from({ length: Math.min(LINES_A_WRITE, rows - row) }, (_, n) =>
      Array.from({ length: columns }, (_, c) => VALUES[c % VALUES.length]?.(row + n, c)).join(','),
    );
    writeSync(file, `${lines.join('\n')}\n`);
  }
  closeSync(file);
  return path;
}

/**
 * `300x200`: columns and rows.
 * @throws for anything else
 */
export function parseFileShape(text: string): { readonly columns: number; readonly rows: number } {
  const [columns, rows] = text.split('x').map(Number);
  if (!columns || !rows) throw new Error(`--file: "${text}" is not columns x rows, such as 300x200`);
  return { columns, rows };
}

/** Opens a page of the data owner, chooses the file and goes to the Columns step. */
export async function benchFile(
  address: string,
  { columns, rows }: ReturnType<typeof parseFileShape>,
  folder: string,
): Promise<FileFigures> {
  const path = writeTable(columns, rows, folder);
  const party = await BrowserParty.open({ name: 'owner', address });
  try {
    await party.page.getByRole('link', { name: 'I hold the data' }).click();
    await party.startClock();
    const start = performance.now();
    await party.readFile(path);
    const read = performance.now();
    await party.next();
    await party.page.getByRole('table', { name: 'Columns of the file' }).waitFor();
    const shown = performance.now();
    return {
      columns,
      rows,
      readSeconds: (read - start) / 1000,
      columnsSeconds: (shown - read) / 1000,
      ...(await party.soFar()),
    };
  } finally {
    await party.close();
  }
}

/** Opens pages in turn, as often as told, and prints the medians of each shape. */
export async function benchFiles(
  address: string,
  shapes: readonly ReturnType<typeof parseFileShape>[],
  runs: number,
  folder: string,
): Promise<void> {
  console.log(
    '| columns x rows | read, s | columns shown, s | processor s | longest task, ms | peak MB |\n|---|---|---|---|---|---|',
  );
  for (const shape of shapes) {
    const all: FileFigures[] = [];
    for (let run = 0; run < runs; run++) all.push(await benchFile(address, shape, folder));
    const of = (figure: (figures: FileFigures) => number | undefined) => {
      const sorted = all.map((figures) => figure(figures) ?? Number.NaN).sort((a, b) => a - b);
      return sorted[sorted.length >> 1] ?? Number.NaN;
    };
    const cells = [
      `${shape.columns} x ${shape.rows}`,
      of(({ readSeconds }) => readSeconds).toFixed(2),
      of(({ columnsSeconds }) => columnsSeconds).toFixed(2),
      of(({ cpuSeconds }) => cpuSeconds).toFixed(2),
      Math.round(of(({ longestTaskMs }) => longestTaskMs)),
      Math.round(of(({ peakMemoryBytes }) => peakMemoryBytes) / 1e6),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}
