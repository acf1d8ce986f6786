import { openAsBlob } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FieldType, KeySource } from '../agreement/match-field.ts';
import { concatenateFields } from '../keys/concatenate.ts';
import { designKeys } from '../keys/design.ts';
import { matchRecords } from '../keys/match-records.ts';
import { seededRandom } from '../keys/random.ts';
import { generateCsv, SAMPLE_FIELDS } from '../sample/people.ts';
import { readTable } from '../table/read-table.ts';
import { FEBRL, FEBRL_FIELDS, hasFebrl } from '../tools/febrl.ts';
import { linkageQuality } from './linkage-quality.ts';

const hexSeed = (number: number) => {
  const random = seededRandom([number]);
  return Array.from({ length: 4 }, () => random.word().toString(16).padStart(8, '0')).join('');
};

async function side(blob: Blob, fields: Readonly<Record<string, FieldType>>, truth: string) {
  const { table } = await readTable(blob, 'a.csv');
  const bindings = Object.entries(fields).map(([name, type]) => ({ name, type, column: table.columns.indexOf(name) }));
  const people = Array.from(table.values(table.columns.indexOf(truth)), (id) => /-(\d+)/.exec(id)?.[1] ?? '');
  return { records: matchRecords(table, bindings), people };
}

describe.skipIf(!hasFebrl)('FEBRL dataset 4', () => {
  const load = async (path: string) => side(await openAsBlob(path), FEBRL_FIELDS, 'rec_id');
  let list: Awaited<ReturnType<typeof side>>;
  let data: Awaited<ReturnType<typeof side>>;
  // Not in the block itself: that runs where the data is absent too.
  beforeAll(async () => {
    list = await load(FEBRL.list);
    data = await load(FEBRL.data);
  });

  test.each([
    ['minhash', 1, 0.995],
    ['minhash', 2, 0.995],
    ['p-sig', 1, 0.99],
    ['lambda-fold', 1, 0.99],
  ] as [KeySource, number, number][])(
    '%s, seed %i: recall at least %f',
    { timeout: 30_000 },
    (source, seed, recall) => {
      const design = designKeys(data.records, source, hexSeed(seed), 64);
      const [row] = linkageQuality(list.records, data.records, list.people, data.people, design, [2]);
      expect(row?.precision).toBeGreaterThanOrEqual(0.999);
      expect(row?.recall).toBeGreaterThanOrEqual(recall);
    },
  );

  test('one string of all fields: recall at least 0.98', { timeout: 30_000 }, () => {
    const field = { name: 'all', type: 'name' } as const;
    const listRecords = concatenateFields(list.records, field);
    const dataRecords = concatenateFields(data.records, field);
    const design = designKeys(dataRecords, 'minhash', hexSeed(3), 64);
    const [row] = linkageQuality(listRecords, dataRecords, list.people, data.people, design, [2]);
    expect(row?.precision).toBeGreaterThanOrEqual(0.999);
    expect(row?.recall).toBeGreaterThanOrEqual(0.98);
  });
});

test('sample people, half of them in one file only, households included', { timeout: 30_000 }, async () => {
  const options = { listRows: 1500, dataRows: 3000, overlap: 750, seed: 5 };
  const list = await side(new Blob([...generateCsv('list', options)]), SAMPLE_FIELDS, 'person_id');
  const data = await side(new Blob([...generateCsv('data', options)]), SAMPLE_FIELDS, 'record_id');
  const design = designKeys(data.records, 'minhash', hexSeed(1), 64);
  const [row] = linkageQuality(list.records, data.records, list.people, data.people, design, [2]);
  expect(row?.precision).toBeGreaterThan(0.95);
  expect(row?.recall).toBeGreaterThan(0.85);
});
