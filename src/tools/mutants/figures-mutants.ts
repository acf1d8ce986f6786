/** Noise, and what the researcher's page refuses to believe. */
import type { Mutant } from './mutant.ts';
import { mutantsOf } from './mutants-of.ts';

const LAPLACE = 'src/tally/discrete-laplace.test.ts';
const CELLS = 'src/tally/cells.test.ts';
const PLAN = 'src/tally/noise-plan.test.ts';
const PAPER = 'is drawn word by word as the paper says';

const INVERTED = 'each hidden one keeps two values below the minimum';
const suppression = {
  file: 'src/tally/suppression.ts',
  test: { file: 'src/tally/suppression.test.ts', name: INVERTED },
};

export const FIGURES_MUTANTS: readonly Mutant[] = [
  {
    ...suppression,
    name: 'nothing is withheld',
    before: 'if (!counts.includes(undefined)) return withheld;',
    after: 'return withheld;',
    gives: 'The count of a group that alone is sealed, to whoever reads the table and knows the number of matches',
  },
  {
    ...suppression,
    name: 'withheld only where one group alone is sealed',
    before: 'if (!counts.includes(undefined)) return withheld;',
    after: 'if (counts.filter((count) => count === undefined).length !== 1) return withheld;',
    gives: 'That all sealed groups are empty, or all one below the minimum',
  },
  {
    ...suppression,
    name: 'the smallest is withheld',
    before: 'at: -Math.log(lot(each.group)) * each.count',
    after: 'at: each.count',
    gives: 'What is withheld is no larger than any open group, so what is sealed is no smaller than the rest',
  },
  {
    ...suppression,
    name: 'one withheld group is always enough',
    before: 'if (withheld.size > 0 && hidden > minimum) break;',
    after: 'if (withheld.size > 0) break;',
    gives: 'That a sealed group has nobody, where the withheld one has the minimum',
  },
  {
    ...suppression,
    name: 'lots that a reader can draw too',
    before: 'sha256(concatBytes(Uint8Array.of(group), bytes))',
    after: 'sha256(Uint8Array.of(group))',
    gives: 'A reader draws the lots again: only counts with which they fall so remain',
    test: {
      file: 'src/tally/suppression.test.ts',
      name: 'lots are the same again for the same secret, and others for others',
    },
  },
  {
    file: 'src/tally/figures.ts',
    name: 'withheld groups are told from sealed ones',
    before: 'return { labels, count: undefined, payloads };',
    after: 'return { labels, count: undefined, withheld: true, payloads };',
    gives: 'Which hidden groups reached the minimum, and with it the counts of the others',
    test: { file: 'src/tally/figures.test.ts', name: 'and does not tell the two apart' },
  },
  {
    file: 'src/tally/pads.ts',
    name: 'figures without their noise',
    before: 'return subtract(pads[statistic] as number, noise[statistic] as number);',
    after: 'return subtract(pads[statistic] as number, 0 * (noise[statistic] as number));',
    gives: 'Exact figures where noise was agreed',
    test: { file: PLAN, name: 'the pad that is released leaves the noise that was drawn, and nothing on a check' },
  },
  {
    file: 'src/tally/discrete-laplace.ts',
    name: 'minus zero counts as zero',
    before: 'if (negative && magnitude === 0n) continue;',
    after: '',
    gives: 'Zero is too likely: a smaller epsilon than agreed',
    test: { file: LAPLACE, name: PAPER },
  },
  {
    file: 'src/tally/discrete-laplace.ts',
    name: 'numbers that favour the small',
    before: 'if (value < limit) return value % bound;',
    after: 'return value % bound;',
    gives: 'Noise is not distributed as epsilon asks',
    test: { file: LAPLACE, name: 'a uniform number draws anew what would favour small numbers' },
  },
  {
    file: 'src/tally/noise-plan.ts',
    name: 'noise for fewer figures than a row touches',
    before: 'const squares = addsSquares(statistics) ? payloads.length : 0;',
    after: 'const squares = 0;',
    gives: 'A row costs more than the epsilon that was agreed',
    test: { file: PLAN, name: 'no matched row costs more than epsilon' },
  },
  {
    file: 'src/tally/noise-plan.ts',
    name: 'noise for half of what a row adds',
    before: 'scale: { numerator: units * perUnit.numerator, denominator: perUnit.denominator },',
    after: 'scale: { numerator: units * perUnit.numerator, denominator: 2n * perUnit.denominator },',
    gives: 'A row costs twice the epsilon that was agreed',
    test: { file: PLAN, name: 'no matched row costs more than epsilon' },
  },
  {
    file: 'src/tally/layout.ts',
    name: "a group's cells in different blocks",
    before: 'placed.push(...statistics.map((statistic, i) => ({ ...statistic, block, answer: first + i })));',
    after:
      'placed.push(...statistics.map((statistic, i) => ({ ...statistic, block: (block + i) % blocks, answer: first + i })));',
    gives: 'Copies of b that differ count one set of rows and sum another',
    test: { file: 'src/tally/layout.test.ts', name: 'a group lives in one block with all its cells' },
  },
  {
    file: 'src/tally/figures.ts',
    name: 'impossible counts are shown',
    before: 'if (!(count <= matches + tail && (isNobody || count >= minimum - tail))) {',
    after: 'if (Number.isNaN(count)) {',
    gives: 'A table of noise is taken for one',
    test: { file: PLAN, name: 'beyond what noise explains, a figure is refused' },
  },
  ...mutantsOf('src/tally/cells.ts', CELLS, [
    [
      'sums where only counts were asked for',
      'if (!addsValues(statistics)) return [];',
      '',
      'Sums and means of columns of which the owner agreed to counts',
      'nothing is added up beyond what is asked for',
    ],
    [
      'squares where no deviation was asked for',
      "...(addsSquares(statistics) ? limbs('square', plan?.squareLimbs ?? 1) : []),",
      "...limbs('square', plan?.squareLimbs ?? 1),",
      'Standard deviations, and so both values of a group of two, that the owner did not agree to',
      'nothing is added up beyond what is asked for',
    ],
    [
      'so many columns counted by themselves as there are',
      'if (incomplete.length > MAX_INCOMPLETE) {',
      'if (incomplete.length > 1e9) {',
      'A table that no page can lay out, though both people agreed to it',
      'columns with missing values are counted by themselves up to three',
    ],
  ]),
  ...mutantsOf('src/tally/figures.ts', 'src/tally/figures.test.ts', [
    [
      'a deviation of one',
      'square !== undefined && count > 1',
      'square !== undefined',
      'A figure that is none stands in the table',
      'says no mean of nobody and no deviation of one, where noise leaves so few',
    ],
    [
      'a mean of nobody',
      'mean: count > 0 ?',
      'mean: count >= 0 ?',
      'A figure that is none stands in the table',
      'says no mean of nobody and no deviation of one, where noise leaves so few',
    ],
    [
      'all tables’ rows under the names of one',
      'const own = rows.filter((row) => row.table === table);',
      'const own = rows;',
      'Figures of one group of the researcher’s stand under the name of another',
      'rows bear the names of the researcher’s groups table by table',
    ],
    [
      'what was not asked for is shown',
      'askedNames(statistics).flatMap((name) =>',
      "(['count', 'mean', 'sum', 'sd'] as const).flatMap((name) =>",
      'The table has figures that people did not agree to',
      'says of a column what is asked for, and nothing else of it',
    ],
  ]),
];
