import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { madeUpAgreement } from '../testing/made-up-tally.ts';
import type { FinishedRun } from './finished-run.ts';
import { deleteFinished, FINISHED_DATABASE, finishedRun, finishedRuns, keepFinished } from './finished-runs.ts';

function outcome(finishedAt: string): FinishedRun {
  const measure = { seconds: 1, bytesSent: 2, bytesReceived: 3 };
  return {
    kind: 'outcome',
    outcome: {
      agreement: madeUpAgreement({ groups: [3], payloads: 1, dataRows: 100, minimum: 10 }),
      agreementHash: 'ab'.repeat(32),
      records: 90,
      leftOut: { capped: 0, overflowed: 1 },
      measures: { linkage: measure, table: measure },
      finishedAt,
      version: '1.2.3',
    },
  };
}

async function change(id: string, make: (entry: object) => object | undefined): Promise<void> {
  const database = await openDB(FINISHED_DATABASE);
  const made = make((await database.get('runs', id)) as object);
  if (made) await database.put('runs', made, id);
  database.close();
}

afterEach(async () => {
  for (const { id } of await finishedRuns()) await deleteFinished(id);
});

describe('runs that are over', () => {
  it('are given back as they were, newest first, until they are deleted', async () => {
    const [older, newer] = [outcome('2026-01-01T10:00:00.000Z'), outcome('2026-02-01T10:00:00.000Z')];
    const ids = [await keepFinished(newer), await keepFinished(older)];
    expect(await finishedRuns()).toEqual([
      { id: ids[0], run: newer },
      { id: ids[1], run: older },
    ]);
    expect(await finishedRun(ids[1] as string)).toEqual(older);
    await deleteFinished(ids[0] as string);
    expect((await finishedRuns()).map(({ id }) => id)).toEqual([ids[1]]);
    expect(await finishedRun(ids[0] as string)).toBeUndefined();
  });

  it('are stored without a word in the clear, under a key that no script can read out', async () => {
    const id = await keepFinished(outcome('2026-01-01T10:00:00.000Z'));
    await change(id, (entry) => {
      const { bytes, half } = entry as { bytes: ArrayBuffer; half: CryptoKey };
      expect(new TextDecoder('latin1').decode(bytes)).not.toMatch(/label|agreement|2026/);
      expect(half.extractable).toBe(false);
      return undefined;
    });
  });

  it('are not opened in the place of another, nor where they were changed, nor without the half in local storage', async () => {
    const [one, two] = [
      await keepFinished(outcome('2026-01-01T10:00:00.000Z')),
      await keepFinished(outcome('2026-01-02T10:00:00.000Z')),
    ];
    let taken: object = {};
    await change(two, (entry) => {
      taken = entry;
      return undefined;
    });
    await change(one, () => taken);
    expect(await finishedRun(one)).toBeUndefined();
    expect(await finishedRun(two)).toBeDefined();
    const secret = localStorage.getItem('blindjoin-finished') ?? '';
    localStorage.setItem('blindjoin-finished', 'A'.repeat(43));
    expect(await finishedRun(two)).toBeUndefined();
    expect((await finishedRuns()).map(({ run }) => run)).toEqual([undefined, undefined]);
    localStorage.setItem('blindjoin-finished', secret);
    expect(await finishedRun(two)).toBeDefined();
  });

  it('of a shape that this version does not know are not shown', async () => {
    const run = outcome('2026-01-01T10:00:00.000Z') as { outcome: object };
    const id = await keepFinished({ ...run, outcome: { ...run.outcome, leftOut: 3 } } as unknown as FinishedRun);
    expect(await finishedRuns()).toEqual([{ id, run: undefined }]);
  });
});
