import * as Comlink from 'comlink';
import { expect, it } from 'vitest';
import type { DataWorkerApi } from '../protocol/data-port.ts';

const ROWS = 300_000;
const PART = 20_000;
/** Turns that the page must get while the file loads: hundreds when it is free, a handful when the file is read on it. */
const FEWEST_TURNS = 20;

const HEADER = 'rec_id,given_name,surname,street_number,address_1,suburb,postcode,date_of_birth,state,income\n';
const GIVEN = ['michaela', 'courtney', 'zoë', 'emiily', 'jackson', 'mitchell', 'elton', 'bethany'];
const STREETS = ['stanley street', 'pinkerton circuit', 'light setreet, east', 'edkins street'];
const STATES = ['nsw', 'vic', 'qld', 'wa', 'sa', 'tas', 'act', 'nt'];

function pick(from: readonly string[], n: number): string {
  return from[n % from.length] ?? '';
}

/** Digits as letters: names have no digits. */
const inLetters = (n: number) => String(n).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');

function row(n: number): string {
  const day = `${1920 + (n % 80)}${String(1 + (n % 12)).padStart(2, '0')}${String(1 + (n % 28)).padStart(2, '0')}`;
  return (
    `rec-${n}-org,${pick(GIVEN, n)},neumann${inLetters(n % 5000)},${n % 300},"${pick(STREETS, n >> 2)} ${n % 977}",` +
    `winston hills ${n % 411},${2000 + (n % 6000)},${day},${pick(STATES, n >> 1)},${20_000 + (n % 900) * 100}\n`
  );
}

async function largeFile(rows: number): Promise<File> {
  const parts: Blob[] = [new Blob([HEADER])];
  for (let start = 0; start < rows; start += PART) {
    let text = '';
    for (let n = start; n < Math.min(rows, start + PART); n++) text += row(n);
    parts.push(new Blob([text]));
    await new Promise((resolve) => setTimeout(resolve));
  }
  return new File(parts, 'large.csv', { type: 'text/csv' });
}

/** Counts turns of the page's own event loop, and the longest time between two, until `stop` is called. */
function watchTurns(): { stop: () => { turns: number; longest: number } } {
  let last = performance.now();
  let longest = 0;
  let turns = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    turns++;
  }, 10);
  return {
    stop: () => {
      clearInterval(timer);
      return { turns, longest };
    },
  };
}

it('loads a large file in a worker without holding up the page', async () => {
  const file = await largeFile(ROWS);
  const worker = new Worker(new URL('../workers/data.worker.ts', import.meta.url), { type: 'module' });
  const data = Comlink.wrap<DataWorkerApi>(worker);
  try {
    const progress: number[] = [];
    const page = watchTurns();
    const started = performance.now();
    const summary = await data.load(
      file,
      {},
      Comlink.proxy((bytes: number) => {
        progress.push(bytes);
      }),
    );
    const seconds = (performance.now() - started) / 1000;
    const { turns, longest } = page.stop();
    console.info(`${ROWS} rows, ${file.size} bytes: ${seconds.toFixed(1)} s, longest gap ${longest.toFixed(0)} ms`);

    expect(summary.rows).toBe(ROWS);
    expect(summary.problems).toEqual([]);
    expect(summary.columns.map(({ guess }) => guess)).toEqual([
      'ignore',
      'name',
      'name',
      'category',
      'text',
      'text',
      'code',
      'date',
      'group',
      'average',
    ]);
    expect(turns).toBeGreaterThan(FEWEST_TURNS);
    expect(progress.at(-1)).toBe(file.size);
    expect(await data.labels(8)).toHaveLength(8);
  } finally {
    worker.terminate();
  }
});

it('carries an error out of the worker in words for people', async () => {
  const worker = new Worker(new URL('../workers/data.worker.ts', import.meta.url), { type: 'module' });
  const data = Comlink.wrap<DataWorkerApi>(worker);
  try {
    const failure = await data
      .load(
        new File([''], 'none.csv'),
        {},
        Comlink.proxy(() => {}),
      )
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'TableError', message: expect.stringContaining('none.csv is empty') });
  } finally {
    worker.terminate();
  }
});
