import { expect, it } from 'vitest';
import type { RunResult } from '../../linking/run-result.ts';
import { readCsvTable } from '../ui/csv-table.ts';
import { joinedCsv } from './joined-result.ts';

const table = () => readCsvTable('own.csv', 'id,row,name\nA1,x,Ann\nB2,y,"Lee, Bob"\nC3,z,=1+1\n', { hasHeader: true });

const scores: RunResult = {
  type: 'similarity scores',
  pairs: {
    firstParty: Uint8Array.of(0, 0, 1),
    firstRow: Uint32Array.of(4, 1, 2),
    secondParty: Uint8Array.of(1, 2, 2),
    secondRow: Uint32Array.of(1, 0, 7),
    similarity: Float64Array.of(0.95, 0.9, 0.85),
  },
};
const groups: RunResult = {
  type: 'groups',
  groups: {
    group: Uint32Array.of(0, 0, 0, 1, 1),
    party: Uint8Array.of(0, 1, 2, 0, 2),
    row: Uint32Array.of(4, 0, 6, 1, 3),
  },
};

it('pairs stand beside the own rows, whichever side of the pair they are on; others are left out', async () => {
  expect(await joinedCsv(scores, 1, await table(), 3)).toBe(
    'id,row,name,row_linked,other_provider,other_row,similarity\r\n' +
      'B2,y,"Lee, Bob",2,1,5,0.95\r\n' +
      'C3,z,"\'=1+1",3,3,8,0.85\r\n',
  );
});

it('a person of a group stands beside each of the others', async () => {
  expect(await joinedCsv(groups, 1, await table(), 3)).toBe(
    'id,row,name,row_linked,group,other_provider,other_row\r\nA1,x,Ann,1,1,1,5\r\nA1,x,Ann,1,1,3,7\r\n',
  );
});

it('a new order stands beside every row, and a mask beside none', async () => {
  const order: RunResult = { type: 'permutation', order: Uint32Array.of(2, 0, 1), places: 2 };
  expect((await joinedCsv(order, 0, await table(), 3))?.split('\r\n')[1]).toBe('A1,x,Ann,1,3');
  expect(await joinedCsv({ type: 'mask', mask: Uint8Array.of(1) }, 0, await table(), 3)).toBeUndefined();
});

it('another file than the one uploaded is refused', async () => {
  await expect(joinedCsv(scores, 1, await table(), 4)).rejects.toThrow('own.csv has 3 rows, and 4 were uploaded');
});
