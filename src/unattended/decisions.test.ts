import { describe, expect, it } from 'vitest';
import { readTable } from '../table/read-table.ts';
import { addDecision, decidedTable, UNDECIDED } from './decisions.ts';

describe('addDecision', () => {
  it('takes what is said of either side and of columns, one after the other', () => {
    const said = [
      'list:encoding=cp850',
      'data:header=no',
      'data:a:b:decimal=,',
      'data:a:b:missing=-9|99',
      'list:born:order=mdy',
    ];
    const { list, data } = said.reduce((before, text) => addDecision(text, before), UNDECIDED);
    expect(list.options).toEqual({ encoding: 'cp850' });
    expect(list.columns.get('born')).toEqual({ dateOrder: 'mdy' });
    expect(data.options).toEqual({ header: false });
    expect(data.columns.get('a:b')).toEqual({ decimalMark: ',', missing: ['-9', '99'] });
  });

  it.each([
    'born:order=mdy',
    'list:order',
    'list:born:colour=red',
    'list:encoding=utf-9',
    'list:born:order=dym',
    'data:skip=x',
  ])('refuses %j', (text) => expect(() => addDecision(text)).toThrow(/--decide/));
});

describe('decidedTable', () => {
  const read = (text: string) => readTable(new Blob([text]), 'people.csv', { header: true });

  it('refuses what is open with the options that decide it, and takes them', async () => {
    const file = await read('name;income\nann;45.000\nbob;38.500\n');
    const uses = new Map([['income', 'average' as const]]);
    expect(() => decidedTable(file, 'data', UNDECIDED.data, uses)).toThrow(
      /--decide 'data:income:decimal=,' {2}45\.000 is 45,000/,
    );
    const { data } = addDecision('data:income:decimal=,');
    expect(decidedTable(file, 'data', data, uses).reading(1).decimalMark).toBe(',');
  });

  it('asks nothing about columns that are not used so', async () => {
    const file = await read('name;income\nann;45.000\nbob;38.500\n');
    expect(decidedTable(file, 'data', UNDECIDED.data, new Map([['income', 'group' as const]])).rowCount).toBe(2);
  });

  it('refuses a header in doubt, and columns that are not there', async () => {
    const file = await readTable(new Blob(['Ada,Moor\nBo,Kell\n']), 'people.csv');
    expect(() => decidedTable(file, 'list', UNDECIDED.list, new Map())).toThrow(/list:header=yes/);
    const { list } = addDecision('list:nobody:order=mdy');
    expect(() => decidedTable(file, 'list', list, new Map())).toThrow(/no column "nobody"/);
  });

  it('refuses rows that are nobody, and leaves them out where that is said', async () => {
    const text = 'name,born,income\nann,1950-01-02,1\nbob,1951-02-03,2\ncy,1952-03-04,3\ndi,1953-04-05,4\nTotal,,10\n';
    const found = (options = {}) => readTable(new Blob([text]), 'people.csv', options);
    const file = await found();
    expect(() => decidedTable(file, 'data', UNDECIDED.data, new Map())).toThrow(/--decide 'data:extra-rows=skip'/);
    const { data } = addDecision('data:extra-rows=skip');
    expect(decidedTable(await found(data.options), 'data', data, new Map()).rowCount).toBe(4);
  });
});
