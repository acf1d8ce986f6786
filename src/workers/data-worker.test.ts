import { describe, expect, it } from 'vitest';
import type { BoundField } from '../keys/bound-field.ts';
import { DataWorker } from './data-worker.ts';

const TEXT = `name,dob,postcode,ward,sex,cost
ann,1980-01-01,1000,north,f,1.005
bob,1981-02-02,2000, north ,m,12
cid,1982-03-03,3000,south,m,
dee,1983-04-04,4000,,f,n/a
eve,1984-05-05,5000,west,f,99
`;

const FIELDS: readonly BoundField[] = [
  { name: 'name', type: 'name', column: 0 },
  { name: 'dob', type: 'date', column: 1 },
  { name: 'postcode', type: 'code', column: 2 },
];

async function loaded(text = TEXT): Promise<DataWorker> {
  const worker = new DataWorker();
  await worker.load(new File([text], 'people.csv'), { header: true }, () => {});
  return worker;
}

const ward = (labels: string[]) => ({ column: 3, group: { name: 'ward', labels } });
const sex = { column: 4, group: { name: 'sex', labels: ['f', 'm'] } };
const cost = (maximum: number) => ({
  column: 5,
  payload: { name: 'cost', minimum: 0, maximum, decimals: 2, complete: false },
});

describe('DataWorker', () => {
  it('gives the SHA-256 of the file as it lies on disk', async () => {
    const worker = await loaded();
    await expect(worker.digest()).resolves.toEqual(
      new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(TEXT))),
    );
    await expect(new DataWorker().digest()).rejects.toThrow('Choose a CSV file first');
  });

  it('counts labels, most rows first', async () => {
    const worker = await loaded();
    expect(await worker.labels(3)).toEqual([
      { label: 'north', rows: 2 },
      { label: '(missing)', rows: 1 },
      { label: 'south', rows: 1 },
      { label: 'west', rows: 1 },
    ]);
  });

  it('refuses to count labels without end', async () => {
    const worker = await loaded(`id,x\n${Array.from({ length: 10_001 }, (_, i) => `a${i},1`).join('\n')}`);
    await expect(worker.labels(0)).rejects.toMatchObject({
      name: 'TableError',
      message: expect.stringContaining('“id”'),
    });
  });

  it('gives each record its place among the combinations of two columns', async () => {
    const worker = await loaded('arm,sex\na,f\nb,f\na,m\nc,\n');
    const group = (name: string, labels: string[]) => ({ name, labels });
    const arms = { column: 0, group: group('arm', ['a', 'b', '(other)']) };
    const sexes = { column: 1, group: group('sex', ['f', 'm', '(missing)']) };
    await expect(worker.listStrata([arms])).resolves.toEqual(Uint32Array.of(0, 1, 0, 2));
    await expect(worker.listStrata([arms, sexes])).resolves.toEqual(Uint32Array.of(0, 3, 1, 8));
  });

  it('turns agreed labels into indices: blank into (missing), unknown into (other)', async () => {
    const worker = await loaded();
    const both = await worker.tallyColumns([ward(['north', '(missing)', '(other)'])], []);
    expect([...(both.groups[0] ?? [])]).toEqual([0, 0, 2, 1, 2]);
    const otherOnly = await worker.tallyColumns([ward(['north', '(other)'])], []);
    expect([...(otherOnly.groups[0] ?? [])]).toEqual([0, 0, 1, 1, 1]);
    await expect(worker.tallyColumns([ward(['north', 'south'])], [])).rejects.toThrow(/Row 4 has “\(missing\)”/);
  });

  it('puts a column that is averaged as well into ranges, its blank rows into none of them', async () => {
    const worker = await loaded('age,ward\n20,a\n,a\n70,a\nunknown,b\n');
    const age = { name: 'age', minimum: 0, maximum: 100, decimals: 0, complete: false };
    const ranges = { column: 0, group: { name: 'age', labels: ['0 to under 65', '(other)'], edges: [0, 65] } };
    const nowhere = { ...ranges, blanks: 'nowhere' as const };
    const { groups, payloads } = await worker.tallyColumns([nowhere], [{ column: 0, payload: age }]);
    expect([...(groups[0] ?? [])]).toEqual([0, 0, 1, 0]);
    expect([...(payloads[0] ?? [])]).toEqual([20, Number.NaN, 70, Number.NaN]);
    const wards = { column: 1, group: { name: 'ward', labels: ['a', 'b'] } };
    expect([...(await worker.combinationCounts([nowhere, wards]))]).toEqual([1, 0, 1, 0]);
    await expect(worker.tallyColumns([nowhere], [])).rejects.toThrow('row 2 is in no group, but counts');
  });

  it('counts combinations of two columns', async () => {
    const worker = await loaded();
    expect([...(await worker.combinationCounts([ward(['north', '(other)']), sex]))]).toEqual([1, 1, 2, 1]);
  });

  it('scales payloads exactly, clamps them, and leaves NaN where there is none', async () => {
    const worker = await loaded();
    const { payloads } = await worker.tallyColumns([], [cost(50)]);
    expect([...(payloads[0] ?? [])]).toEqual([101, 1200, Number.NaN, Number.NaN, 5000]);
    const { problems, missing } = await worker.checkPayload(5, 0, 50, 2);
    expect(missing).toBe(2);
    expect(problems.map(({ kind, rows }) => [kind, rows])).toEqual([['clamped-value', [5]]]);
    await expect(worker.checkPayload(5, 50, 50, 2)).rejects.toMatchObject({ name: 'TableError' });
  });

  it('makes keys: others for other people and under another salt, and one row’s for whoever stands there twice', async () => {
    const seed = '00112233445566778899aabbccddeeff';
    const worker = await loaded(`${TEXT}Ann,01/01/1980,1000,south,f,3\n`);
    await worker.bindFields(FIELDS);
    const design = await worker.designKeys('minhash', seed, 4, undefined);
    expect(await worker.keyedRows(design)).toEqual({ rows: 6, rowsWithKey: 5 });
    expect(design.bands).toHaveLength(4);
    const [band] = design.bands;
    if (band === undefined) throw new Error('no band');
    const keys = await worker.bandKeys(design, band, 0, new Uint8Array(16));
    const again = await worker.bandKeys(design, band, 0, new Uint8Array(16).fill(1));
    expect(keys).toHaveLength(24);
    expect([...keys.subarray(20)]).toEqual([0, 0, 0, 0]);
    expect([...keys.subarray(0, 4)]).not.toEqual([0, 0, 0, 0]);
    expect([...keys.subarray(4, 8)]).not.toEqual([...keys.subarray(0, 4)]);
    expect([...again.subarray(0, 4)]).not.toEqual([...keys.subarray(0, 4)]);
  });

  it('prepares keys ahead, with the same outcome, and keeps them while the fields stay', async () => {
    const worker = await loaded();
    await worker.bindFields(FIELDS);
    const design = await worker.designKeys('minhash', '00112233445566778899aabbccddeeff', 4, undefined);
    const [band] = design.bands;
    if (band === undefined) throw new Error('no band');
    const keys = await worker.bandKeys(design, band, 0, new Uint8Array(16));
    const done: number[] = [];
    await worker.prepareBandKeys(design, (bands) => done.push(bands));
    expect(done.at(-1)).toBe(4);
    await worker.bindFields(FIELDS);
    expect(await worker.keyedRows(design)).toEqual({ rows: 5, rowsWithKey: 5 });
    expect(await worker.bandKeys(design, band, 0, new Uint8Array(16))).toEqual(keys);
    await worker.bindFields(FIELDS.slice(0, 1));
    await expect(worker.bandKeys(design, band, 0, new Uint8Array(16))).rejects.toThrow(/names field/);
  });

  it('cleans what it has read, and goes back to that', async () => {
    const worker = await loaded();
    await worker.bindFields(FIELDS);
    const rows = { kind: 'rows', column: 'sex', comparison: 'is', values: ['f'] } as const;
    const { summary, effects } = await worker.clean([rows, { kind: 'range', column: 'cost', maximum: 98 }]);
    expect(effects).toEqual([{ changed: 2 }, { changed: 1 }]);
    expect([summary.rows, summary.columns[5]?.empty]).toEqual([3, 2]);
    await worker.bindFields(FIELDS);
    const design = await worker.designKeys('minhash', '00112233445566778899aabbccddeeff', 4, undefined);
    expect(await worker.keyedRows(design)).toEqual({ rows: 3, rowsWithKey: 3 });
    await expect(worker.clean([{ kind: 'blanks', column: 'wards' }])).rejects.toThrow('no column “wards”');
    expect((await worker.labels(4)).map(({ rows: count }) => count)).toEqual([3]);
    expect((await worker.clean([])).summary.rows).toBe(5);
  });

  it('keeps one row of each person', async () => {
    const worker = await loaded(`${TEXT}Ann,01/01/1980,1000,south,f,3\n`);
    const fields = FIELDS.map(({ name, type }) => ({ column: name, type }));
    const { summary, effects } = await worker.clean([{ kind: 'repeats', fields, alike: false }]);
    expect([summary.rows, effects]).toEqual([5, [{ changed: 1 }]]);
  });

  it('says what is missing when asked too early', async () => {
    await expect(new DataWorker().labels(0)).rejects.toThrow(/No file is loaded/);
    await expect((await loaded()).designKeys('minhash', '00', 1, undefined)).rejects.toThrow(/No columns are chosen/);
  });

  it('forgets the file that another one replaces', async () => {
    const worker = new DataWorker();
    const first = worker.load(new File([TEXT], 'first.csv'), {}, () => {});
    const second = worker.load(new File(['name,x\nann,1\n'], 'second.csv'), { header: true }, () => {});
    await expect(first).rejects.toThrow(/first\.csv was put aside/);
    expect((await second).rows).toBe(1);
    expect(await worker.labels(0)).toEqual([{ label: 'ann', rows: 1 }]);
  });
});
