/** Study files of both sides for the files of these tests, and those files on disk. */

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askedFor } from '../../src/agreement/statistics.ts';
import type { StudyFile } from '../../src/app/party/study-file.ts';
import { DATA, LIST } from './files.ts';

const MATCHED = {
  given_name: 'name',
  surname: 'name',
  date_of_birth: 'date',
  suburb: 'name',
  postcode: 'code',
} as const;

/** Columns that are not named are ignored. */
const columnsOf = (csv: string, uses: Readonly<Record<string, StudyFile['columns'][number]>>): StudyFile['columns'] =>
  (csv.split('\n')[0] ?? '').split(',').map((name) => uses[name] ?? { name, use: 'ignore' });

const matched = Object.fromEntries(Object.entries(MATCHED).map(([name, use]) => [name, { name, use }]));

export function ownerStudy(change: Partial<StudyFile> = {}): StudyFile {
  return {
    file: 'blindjoin-study',
    version: 1,
    role: 'owner',
    study: { title: 'Falls in the elderly', organisation: 'Regional register', until: '2099-12-31' },
    columns: columnsOf(DATA, {
      ...matched,
      ethnicity: { name: 'ethnicity', use: 'group' },
      age: { name: 'age', use: 'average', range: { minimum: 0, maximum: 120, decimals: 0 } },
    }),
    rules: {
      minimumGroupSize: 10,
      keys: 'minhash',
      bands: 16,
      agreeingBands: 2,
      bandsByPage: false,
      statistics: askedFor('count', 'mean'),
      missingValues: 'complete-cases',
      protection: 'exact',
      epsilon: 1,
      roundingBase: 5,
    },
    ...change,
  };
}

export function researcherStudy(change: Partial<StudyFile> = {}): StudyFile {
  const places = Object.fromEntries(Object.keys(MATCHED).map((name) => [name, name]));
  return {
    file: 'blindjoin-study',
    version: 1,
    role: 'researcher',
    study: { organisation: 'University of Ironburgh' },
    columns: columnsOf(LIST, matched),
    places,
    ...change,
  };
}

/** A folder with both people's files, `data.csv`, `list.csv`, `owner.json` and `researcher.json`. */
export function studyFolder(owner: StudyFile, researcher: StudyFile): string {
  const folder = mkdtempSync(join(tmpdir(), 'blindjoin-unattended-'));
  const files = {
    'data.csv': DATA,
    'list.csv': LIST,
    'owner.json': JSON.stringify(owner),
    'researcher.json': JSON.stringify(researcher),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
