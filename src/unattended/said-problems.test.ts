import { expect, it } from 'vitest';
import { readTable } from '../table/read-table.ts';
import { addDecision, decidedTable } from './decisions.ts';
import { saidProblems } from './said-problems.ts';

const GIVEN = 'Aino Bruno Chiara Dmitri Elif Fatou Goran Hilde Imre Joana Kaan Lova'.split(' ');

it('says what a page says about a file and the columns that are used', async () => {
  const rows = GIVEN.map((name, i) => `${name};19${50 + i}-02-03;${100 + i} EUR;J\u00c3\u00b6rg ${i}`);
  rows[3] = 'Dmitri;2053-02-03;103 USD;Ann 3';
  const text = `name;born;income;contact\n${rows.join('\n')}\n;;;\nTotal;;1266 EUR;\n`;
  const { data } = addDecision('data:extra-rows=skip');
  const file = await readTable(new Blob([text]), 'people.csv', data.options);
  const uses = new Map([
    ['name', 'name'],
    ['born', 'date'],
    ['income', 'average'],
  ] as const);
  const said = saidProblems(file, decidedTable(file, 'data', data, uses), uses);
  expect(said).toEqual([
    expect.stringContaining('1 blank row'),
    expect.stringContaining('1 row left out, as sums'),
    expect.stringContaining('1 value in “income” that cannot be read as a number'),
    expect.stringContaining('1 value in “born” lies in the future'),
  ]);
  const contact = saidProblems(file, file.table, new Map([['contact', 'name']] as const));
  expect(contact.join(' ')).toContain('wrong encoding');
});

it('says nothing of a clean file', async () => {
  const file = await readTable(
    new Blob([`name,born,income\n${GIVEN.map((name, i) => `${name},19${50 + i}-02-03,${100 + i}\n`).join('')}`]),
    'people.csv',
  );
  const uses = new Map([
    ['name', 'name'],
    ['born', 'date'],
    ['income', 'average'],
  ] as const);
  expect(saidProblems(file, file.table, uses)).toEqual([]);
});
