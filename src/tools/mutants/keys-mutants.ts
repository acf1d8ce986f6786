/** What the intersection takes from the room of keys. */
import type { Mutant } from './mutant.ts';

const leftOut = {
  file: 'src/keys/key-table.ts',
  test: { file: 'src/psi/uniformity.test.ts', name: 'of those that share a key is drawn by lot, row by row' },
};

export const KEYS_MUTANTS: readonly Mutant[] = [
  {
    ...leftOut,
    name: 'the first rows of a key stay',
    before: 'if (below(left) < room) room--;',
    after: 'if (room > 0) room--;',
    gives: 'Which of the rows that share a key show tells their order in the file',
  },
  {
    ...leftOut,
    name: 'later rows of a key are left out more often',
    before: '      left--;',
    after: '',
    gives: 'Which of the rows that share a key show tells their order in the file',
  },
];
