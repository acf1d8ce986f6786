/** Several tables over one linkage: what would tell of a sealed one by another. */
import type { Mutant } from './mutant.ts';

const TABLES = 'src/tally/tables.test.ts';
const WHOLE = 'a table opens whole within a stratum or not at all';

const ENCRYPTED = 'src/tally/tables.long.browser.test.ts';

const COPIES = 'copies of b, where the rows fit several times that are equal add nothing';
const COPIES_LIE = 'in one of the copies of b spoils all tables of that stratum';
const ONE_APART = 'Two tables over people that differ by one, by copies of b that differ';

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
    test: {
      file: 'src/tally/tables-differencing.test.ts',
      name: 'tables of which each has the columns of the one before',
    },
    name: 'cells of several tables open one by one, by differences',
    before: 'return whole ? wholeTables(cells) : ownConditions(cells);',
    after: 'return ownConditions(cells);',
    gives: 'The count and the sums of a sealed group, from the totals of another table',
  },
  {
    file: 'src/tally/cells.ts',
    test: {
      file: 'src/tally/tables-differencing.test.ts',
      name: 'tables of which each has the columns of the one before',
    },
    name: 'combinations of missing values of several tables are not looked at',
    before: 'tables.set(placeOf(of), [...(tables.get(placeOf(of)) ?? []), { cell, from: 1 }]);',
    after: 'if (!of.gap) tables.set(placeOf(of), [...(tables.get(placeOf(of)) ?? []), { cell, from: 1 }]);',
    gives: 'Who lacks a value, from the difference of two columns',
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
    test: { file: TABLES, name: COPIES },
    name: 'no equality of the copies of b',
    before: 'if (several && blocks > 1) first.push(',
    after: 'if (several && blocks < 1) first.push(',
    gives: ONE_APART,
  },
  {
    file: 'src/tally/layout.ts',
    test: { file: ENCRYPTED, name: COPIES_LIE },
    name: 'no equality of the copies of b, under encryption',
    before: 'if (several && blocks > 1) first.push(',
    after: 'if (several && blocks < 1) first.push(',
    gives: ONE_APART,
  },
  {
    file: 'src/tally/layout.ts',
    test: { file: TABLES, name: 'that of a stratum goes with the check of each of its cells' },
    name: 'the equality goes with no check',
    before: "if (kind === 'count') return own;",
    after: 'if (kind) return own;',
    gives: ONE_APART,
  },
  {
    file: 'src/tally/layout.ts',
    test: { file: ENCRYPTED, name: COPIES_LIE },
    name: 'the equality goes with no check, under encryption',
    before: "if (kind === 'count') return own;",
    after: 'if (kind) return own;',
    gives: ONE_APART,
  },
  {
    file: 'src/tally/layout.ts',
    test: { file: TABLES, name: 'that of a stratum goes with the check of each of its cells' },
    name: 'the first stratum’s equality for all',
    before: 'add(check, equality[(cells[cell] as Cell).stratum] as number)',
    after: 'add(check, equality[0] as number)',
    gives: 'Two tables over people that differ by one, in all strata but the first',
  },
  {
    file: 'src/tally/statistic-vectors.ts',
    test: { file: TABLES, name: COPIES },
    name: 'an equality of zeros',
    before: 'chunk.set(randomElements(last));',
    after: 'chunk.set(new Float64Array(last));',
    gives: ONE_APART,
  },
  {
    file: 'src/tally/statistic-vectors.ts',
    test: { file: TABLES, name: COPIES },
    name: 'one number for all slots of an equality',
    before: 'chunk.set(randomElements(last));',
    after: 'chunk.fill(randomElements(1)[0] as number, 0, last);',
    gives: 'Two tables over people of whom one is another',
  },
  {
    file: 'src/tally/statistic-vectors.ts',
    test: { file: TABLES, name: COPIES },
    name: 'the last copy’s numbers do not make up for the others’',
    before: 'chunk[last + slot] = subtract(0, others);',
    after: 'chunk[last + slot] = others;',
    gives: 'Honest tables are noise',
  },
  {
    file: 'src/tally/statistic-vectors.ts',
    test: { file: TABLES, name: COPIES },
    name: 'the same numbers in every run',
    before: 'chunk.set(randomElements(last));',
    after: 'chunk.set(((globalThis as { e?: Float64Array }).e ??= randomElements(last)));',
    gives: 'Who knows the difference from an earlier run takes it off the check',
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
