import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addRanges, addStudy, addTable, parseBands, parseMatch } from './link.ts';

it('takes a study file for the side that it is of, and one of each', () => {
  const folder = mkdtempSync(join(tmpdir(), 'study-'));
  const save = (name: string, file: unknown) => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(file));
    return path;
  };
  const study = (role: string) => ({ file: 'blindjoin-study', version: 1, role, study: {}, columns: [] });
  const [owner, researcher] = [save('owner.json', study('owner')), save('list.json', study('researcher'))];
  expect(addStudy(researcher, addStudy(owner, {}))).toEqual({ owner, researcher });
  expect(() => addStudy(owner, { owner })).toThrow('both of one side');
  expect(() => addStudy(save('other.json', {}), {})).toThrow('no study file');
});

it('reads tables, one at a time', () => {
  const tables = addTable('all:income', addTable('sex+region: age, income', addTable('sex', [])));
  expect(tables).toEqual([
    { groups: ['sex'], averages: [] },
    { groups: ['sex', 'region'], averages: ['age', 'income'] },
    { groups: [], averages: ['income'] },
  ]);
  for (const wrong of ['', 'a+b+c', 'a+']) expect(() => addTable(wrong, [])).toThrow('column+column');
});

it('reads ranges, one column at a time', () => {
  const both = addRanges('born=1950-01-01', addRanges('age=0,18,65', new Map()));
  expect([...both]).toEqual([
    ['age', '0,18,65'],
    ['born', '1950-01-01'],
  ]);
  expect(() => addRanges('age', new Map())).toThrow('column=edge');
  expect(() => addRanges('age=65,0', new Map())).toThrow('smallest edge first');
});

it('reads fields and bands, and says what is wrong with them', () => {
  expect(parseMatch('given_name=name, postcode=code')).toEqual(
    new Map([
      ['given_name', 'name'],
      ['postcode', 'code'],
    ]),
  );
  expect(() => parseMatch('given_name')).toThrow('column=type');
  expect(parseBands('enough')).toBe('enough');
  expect(() => parseBands('many')).toThrow('a number or "enough"');
});
