/** What `npm run bench` asks: which made-up people, and what of them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateCsv, SAMPLE_FIELDS, type SampleKind, type SampleOptions } from '../sample/people.ts';
import { FEBRL, FEBRL_FIELDS } from './quality/febrl.ts';
import type { RunPlan } from './scripted-run.ts';

const RULES = { average: ['age', 'income'], minimum: 10, bands: 64, agree: 2, statistics: ['count', 'mean'] } as const;

/** So many groups of the researcher's, one-way tables, and groups in each of them; the mean of one column in all. */
export interface Ask {
  readonly arms: number;
  readonly tables: number;
  readonly groups: number;
}

/** Reads `2x12x4`. */
export function parseAsk(text: string): Ask {
  const [arms, tables, groups] = /^(\d+)x(\d+)x(\d+)$/.exec(text)?.slice(1).map(Number) ?? [];
  if (!arms || !tables || !groups) throw new Error(`--ask: "${text}" is not of the form 2x12x4`);
  return { arms, tables, groups };
}

export function febrlPlan(): RunPlan {
  return { ...RULES, ...FEBRL, match: new Map(Object.entries(FEBRL_FIELDS)), group: ['state'] };
}

const columnsOf = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}_${i + 1}`);

/**
 * Writes a generated pair, half of the smaller side in both, into `folder`. Without `ask`, the mean income of one table by
 * `ethnicity`.
 */
export function generatedPlan(shape: string, folder: string, ask?: Ask): RunPlan {
  const [listRows, dataRows] = shape.split('x').map(Number);
  if (!listRows || !dataRows) throw new Error(`--shape: "${shape}" is not of the form 5000x100000`);
  const options: SampleOptions = { listRows, dataRows, overlap: Math.floor(Math.min(listRows, dataRows) / 2), seed: 1 };
  const name = (kind: SampleKind) => join(folder, ask ? `${kind}-${Object.values(ask).join('x')}.csv` : `${kind}.csv`);
  const paths = { list: name('list'), data: name('data') };
  const added: Readonly<Record<SampleKind, readonly string[]>> = {
    list: ask && ask.arms > 1 ? ['arm'] : [],
    data: columnsOf('group', ask?.tables ?? 0),
  };
  for (const kind of ['list', 'data'] as const) {
    const labels = kind === 'list' ? (ask?.arms ?? 1) : (ask?.groups ?? 1);
    writeFileSync(paths[kind], '');
    let row = 0;
    for (const chunk of generateCsv(kind, options)) {
      const lines = chunk.trimEnd().split('\n');
      const longer = lines.map((line) => [line, ...cellsOf(added[kind], labels, row++)].join(','));
      writeFileSync(paths[kind], `${longer.join('\n')}\n`, { flag: 'a' });
    }
  }
  const match = new Map(Object.entries(SAMPLE_FIELDS));
  const plan = { ...RULES, ...paths, match, average: ['income'] };
  if (ask === undefined) return { ...plan, group: ['ethnicity'] };
  const tables = added.data.map((column) => ({ groups: [column], averages: ['income'] }));
  return { ...plan, group: added.data, by: added.list, ...(ask.tables > 1 && { tables }) };
}

/** A row's labels, in turns that differ from column to column; of row 0 the columns' names. */
function cellsOf(columns: readonly string[], labels: number, row: number): readonly string[] {
  if (row === 0) return columns;
  return columns.map((_, column) => `label ${1 + (Math.floor(row / (column + 1)) % labels)}`);
}
