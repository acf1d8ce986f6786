import { yieldToPage } from '../../channel/yield-to-page.ts';
import type { PackedClks } from '../../clk/clk-file.ts';
import { ClkPool } from '../../clk/clk-pool.ts';
import { csvRows } from '../../python/csv-rows.ts';
import { peopleCsv, peopleSchema } from '../../sample/people-files.ts';
import { tCounted } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import type { JobControl } from '../ui/use-job.ts';
import { withQualityWorker } from '../ui/with-worker.ts';
import type { Speeds } from './speed-words.ts';

/** People who are encoded. */
const PEOPLE = 50_000;

/** Rows of the two parts that are compared. */
const COMPARED = { first: 2000, second: 10_000 } as const;
const THRESHOLD = 0.8;

interface Encoding {
  readonly clks: PackedClks;
  /** CLKs a second. */
  readonly speed: number;
}

async function people({ signal, report }: JobControl): Promise<string[][]> {
  const rows: string[][] = [];
  for (const part of peopleCsv('list', { listRows: PEOPLE, dataRows: 0, overlap: 0, seed: 1 })) {
    for (const row of csvRows(part)) rows.push(row);
    report(t('Making people'), rows.length / PEOPLE);
    signal.throwIfAborted();
    await yieldToPage();
  }
  return rows.slice(1);
}

async function encodingSpeed(rows: string[][], threads: number, { signal, report }: JobControl): Promise<Encoding> {
  const label = tCounted('Encoding on {{count}} thread', 'Encoding on {{count}} threads', threads);
  report(label);
  const pool = await ClkPool.open(peopleSchema(), 'benchmark', threads);
  try {
    const start = performance.now();
    const clks = await pool.encode(rows, { signal, onProgress: (done) => report(label, done / rows.length) });
    return { clks, speed: (1000 * rows.length) / (performance.now() - start) };
  } finally {
    pool.close();
  }
}

function part({ bits, bytesPerClk }: PackedClks, start: number, rows: number): PackedClks {
  return { rows, bytesPerClk, bits: bits.slice(start * bytesPerClk, (start + rows) * bytesPerClk) };
}

/** Each thread compares as much as the one of the other measurement does. */
async function comparingSpeed(clks: PackedClks, threads: number, { signal, report }: JobControl): Promise<number> {
  report(tCounted('Comparing on {{count}} thread', 'Comparing on {{count}} threads', threads));
  const first = part(clks, 0, COMPARED.first);
  const second = part(clks, COMPARED.first, COMPARED.second);
  const times = await Promise.all(
    Array.from({ length: threads }, () =>
      withQualityWorker((worker) => worker.compareAll(first, second, THRESHOLD), signal),
    ),
  );
  return (1000 * threads * first.rows * second.rows) / Math.max(...times);
}

/** CLKs and comparisons a second, on one thread and on all. */
export async function measureSpeeds(control: JobControl): Promise<Speeds> {
  const threads = navigator.hardwareConcurrency;
  const rows = await people(control);
  const { clks, speed: encodeOne } = await encodingSpeed(rows, 1, control);
  const { speed: encodeAll } = await encodingSpeed(rows, threads, control);
  const compareOne = await comparingSpeed(clks, 1, control);
  const compareAll = await comparingSpeed(clks, threads, control);
  return { encodeOne, encodeAll, compareOne, compareAll, threads };
}
