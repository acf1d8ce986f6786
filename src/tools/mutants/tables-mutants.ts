/** Several tables over one linkage: what would tell of a sealed one by another. */
import type { Mutant } from './mutant.ts';

const TABLES = 'src/tally/tables.test.ts';
const WHOLE = 'a table opens whole within a stratum or not at all';

const ENCRYPTED = 'src/tally/tables.long.browser.test.ts';

export const TABLES_MUTANTS: readonly Mutant[] = [
  {
    file: 'src/tally/cells.ts',
    test: { file: ENCRYPTED, name: 'a sealed table gives noise to whoever does not heed the gate' },
    name: 'cells of several tables open one by one, under encryption',
    before: 'return whole ? wholeTables(cells) : ownConditions(cells);',
    after: 'return ownConditions(cells);',
    gives: 'The count and the sums of a sealed group, from the totals of another table',
  },
  {
    file: 'src/tally/gate-sender.ts',
    test: { file: ENCRYPTED, name: 'the count of one group moved' },
    name: 'R2 = 0, of a group of a table',
    before: 'const r2 = randomElements(countPads.length);',
    after: 'const r2 = new Float64Array(countPads.length);',
    gives: 'A table with a small group, its count moved',
  },
  {
    file: 'src/tally/cells.ts',
    test: { file: 'src/protocol/tables.test.ts', name: 'two strata, three tables, complete-cases' },
    name: 'cells of several tables open one by one, in a whole run',
    before: 'return whole ? wholeTables(cells) : ownConditions(cells);',
    after: 'return ownConditions(cells);',
    gives: 'The count and the sums of a sealed group, from the totals of another table',
  },
  {
    file: 'src/tally/cells.ts',
    test: { file: TABLES, name: WHOLE },
    name: 'cells of several tables open one by one',
    before: 'return whole ? wholeTables(cells) : ownConditions(cells);',
    after: 'return ownConditions(cells);',
    gives: 'The count and the sums of a sealed group, from the totals of another table',
  },
  {
    file: 'src/tally/cells.ts',
    test: { file: TABLES, name: WHOLE },
    name: 'only the first cell of a table is looked at',
    before: 'tables.set(placeOf(of), [...(tables.get(placeOf(of)) ?? []), { cell, from: 1 }]);',
    after: 'if (!tables.has(placeOf(of))) tables.set(placeOf(of), [{ cell, from: 1 }]);',
    gives: 'Groups of any size but the first',
  },
  {
    file: 'src/tally/cells.ts',
    test: { file: TABLES, name: WHOLE },
    name: 'tables are one in all strata',
    before: 'const placeOf = ({ stratum, table }: Cell) => stratum * MAX_TABLES + table;',
    after: 'const placeOf = ({ table }: Cell) => table;',
    gives: 'Whether a table has a small group in the others’ strata',
  },
  {
    file: 'src/tally/cells.ts',
    test: { file: TABLES, name: WHOLE },
    name: 'one person passes for nobody',
    before: 'tables.set(placeOf(of), [...(tables.get(placeOf(of)) ?? []), { cell, from: 1 }]);',
    after: 'tables.set(placeOf(of), [...(tables.get(placeOf(of)) ?? []), { cell, from: 2 as 1 }]);',
    gives: 'Groups of one',
  },
  {
    file: 'src/tally/layout.ts',
    test: { file: TABLES, name: 'there is one copy of b' },
    name: 'copies of b for several tables',
    before: 'const blocks = several ? 1 : Math.max(1, fitting);',
    after: 'const blocks = Math.max(1, fitting);',
    gives: 'Two tables over people that differ by one: b is not the same in all blocks',
  },
  {
    file: 'src/tally/statistic-vectors.ts',
    test: { file: TABLES, name: 'a row without one of the agreement’s columns counts in no table' },
    name: 'complete cases by the table’s own columns',
    before: 'return (row) => payloads.every((values) => !Number.isNaN(values[row]));',
    after: 'return () => true;',
    gives: 'Who lacks a value, from the difference of two tables',
  },
  {
    file: 'src/tally/noise-plan.ts',
    test: { file: TABLES, name: 'epsilon is split over the figures of all tables' },
    name: 'epsilon for each table',
    before: 'return total + 1 + byThemselves + sums + squares;',
    after: 'return 1 + byThemselves + sums + squares;',
    gives: 'So many times the agreed epsilon as there are tables',
  },
];
