import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generatePair } from '../../sample/people.ts';
import { folderRow } from './folder-quality.ts';
import { folderSets } from './folder-sets.ts';
import { judgeMatches, peopleFound } from './linkage-quality.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quality-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeSet(name: string, list: string, data: string) {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'list.csv'), list);
  writeFileSync(join(folder, name, 'data.csv'), data);
}

/** The number of a generated person under the name of the truth. */
const withTruth = (csv: string, id: string) => csv.replace(id, 'truth_key').replaceAll(/^[PR]-/gm, '');

describe('a folder of sets', () => {
  it('is read with the guesses of the pages, and measured with several designs', async () => {
    const pair = generatePair({ listRows: 100, dataRows: 150, overlap: 50, seed: 1 });
    writeSet('people', withTruth(pair.listCsv, 'person_id'), withTruth(pair.dataCsv, 'record_id'));
    writeSet('other', 'name,truth_key\nAda,1\n', 'name,truth_key\nAda,1\n');
    const [other, people] = folderSets(folder);
    expect(other?.name).toBe('other');
    const seeds = ['00'.repeat(16), '01'.repeat(16)];
    const row = folderRow('people', (await people?.load(1)) as never, {
      keys: 'minhash',
      seeds,
      bands: 64,
      agree: 2,
      clks: true,
    });
    expect(row.fields).toContain('date_of_birth=date');
    expect(row.fields.join()).not.toContain('truth_key');
    expect(row.runs.map(({ seed }) => seed)).toEqual(seeds);
    expect(row.mean.f1).toBeGreaterThan(0.9);
    expect(row.mean.bestF1).toBeGreaterThanOrEqual(row.mean.f1);
    expect(row.clks?.f1).toBeGreaterThan(0.7);
  });

  it('takes fields and types that are given, and says which column is missing', async () => {
    writeSet('one', 'Name,truth_key\nAda,1\n', 'Name,truth_key\nAda,1\n');
    const pair = await folderSets(folder, [{ name: 'Name', type: 'text' }])[0]?.load(1);
    expect(pair?.data.records.fields).toEqual([{ name: 'Name', type: 'text' }]);
    await expect(folderSets(folder, [{ name: 'dob', type: 'date' }])[0]?.load(1)).rejects.toThrow(/no column "dob"/);
  });

  it('without a set is an error', () => {
    expect(() => folderSets(folder)).toThrow(/no subfolder/);
  });
});

describe('recall', () => {
  it('is never above 1 where both files repeat people', () => {
    const matches = [
      { list: 0, data: 1 },
      { list: 1, data: 0 },
    ];
    expect(judgeMatches(matches, ['a', 'a'], ['a', 'a', 'a'])).toEqual({ precision: 1, recall: 1, f1: 1 });
    expect(judgeMatches(matches.slice(1), ['a', 'a'], ['a', 'a', 'a']).recall).toBe(0.5);
    expect(() => judgeMatches([...matches, { list: 1, data: 2 }], ['a', 'a'], ['a', 'a', 'a'])).toThrow(/twice/);
  });

  it('of candidates counts people, not their pairs', () => {
    const candidates = [
      { list: 0, data: 0 },
      { list: 0, data: 1 },
      { list: 1, data: 1 },
    ];
    expect(peopleFound(candidates, ['a', 'b', 'c', ''], ['a', 'a', 'c', ''])).toBe(0.5);
  });
});
