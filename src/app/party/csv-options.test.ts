import { expect, it } from 'vitest';
import type { CsvOptions } from '../../table/table.ts';
import { changedOptions } from './csv-options.ts';

const DECIDED: Partial<CsvOptions> = {
  encoding: 'windows-1252',
  delimiter: ';',
  header: true,
  skip: 2,
  rowNames: true,
  sheet: 'A',
  hiddenRows: 'skip',
  lostValues: 'read',
  extraRows: 'skip',
};

it.each<[string, Partial<CsvOptions>, (keyof CsvOptions)[]]>([
  ['another sheet', { sheet: 'B' }, ['header', 'skip', 'rowNames', 'hiddenRows', 'lostValues', 'extraRows']],
  ['another delimiter', { delimiter: ',' }, ['rowNames', 'extraRows']],
  ['another encoding', { encoding: 'utf-8' }, ['extraRows']],
  ['a header', { header: false }, ['extraRows']],
  ['other lines above', { skip: 3 }, ['extraRows']],
  ['hidden rows', { hiddenRows: 'read' }, ['extraRows']],
  ['rows that are nobody', { extraRows: 'read' }, []],
])('%s: what was decided about rows that are read otherwise now is forgotten', (_, change, forgotten) => {
  const kept = Object.entries(DECIDED).filter(([name]) => !forgotten.some((one) => one === name));
  expect(changedOptions(DECIDED, change)).toEqual({ ...Object.fromEntries(kept), ...change });
});
