/** Which rows a figure is over: the researcher's own groups and complete cases; and the time that weighing takes. */
import type { Mutant } from './mutant.ts';
import { mutantsOf } from './mutants-of.ts';

const STRATA = 'src/tally/strata.browser.test.ts';
const GAPS = 'src/tally/missing-values.test.ts';

const sums = { file: 'src/tally/sums-sender.ts' };
const cells = { file: 'src/tally/cells.ts' };

const OF_DOUBTED = 'of labels that are doubted those are left out that the owner does not show again';

export const SELECTION_MUTANTS: readonly Mutant[] = [
  {
    ...sums,
    name: 'strata that may share people',
    before: 'if (strata > 1) sum = this.#addNonBits(sum, together);',
    after: '',
    gives: 'The values of one person, from two strata that differ by that person',
    test: { file: STRATA, name: 'one person twice, with the label twice over' },
  },
  {
    ...sums,
    name: 'weights for bits in every stratum but the first',
    before: 'sum = this.#addNonBits(sum, bits[stratum]?.[chunk] as Ciphertext);',
    after: 'sum = this.#addNonBits(sum, bits[0]?.[chunk] as Ciphertext);',
    gives: 'One person’s values, weighed so that they stand out of a sum',
    test: { file: STRATA, name: 'weights in one stratum that cancel in another' },
  },
  {
    ...cells,
    name: 'columns that open whatever is missing',
    before: 'return [own, ...gaps];',
    after: 'return [own];',
    gives: 'The value of one person who lacks another column, by subtraction',
    test: { file: GAPS, name: 'a column and a copy of it with 1 % missing' },
  },
  {
    ...cells,
    name: 'gaps of another stratum',
    before: 'other.stratum === stratum && other.group === group && other.gap',
    after: 'other.stratum !== stratum && other.group === group && other.gap',
    gives: 'The value of one person who lacks another column, by subtraction',
    test: { file: GAPS, name: 'a gap of nobody and one of the minimum let a column open' },
  },
  {
    ...cells,
    name: 'columns by themselves at a minimum of two',
    before: 'if (terms.minimumGroupSize < 3) {',
    after: 'if (terms.minimumGroupSize < 2) {',
    gives: 'That exactly one person has a gap',
    test: { file: GAPS, name: 'what cannot be counted column by column is refused' },
  },
  {
    file: 'src/protocol/match-settlement.ts',
    name: 'going on as soon as matches are weighed',
    before: 'await talk.meanwhile(this.#untilNextPeriod(begun));',
    after: '',
    gives: 'How many of the list found somebody, to the data owner’s clock',
    test: { file: 'src/protocol/weighing-time.test.ts', name: 'however long weighing takes' },
  },
  ...mutantsOf('src/protocol/match-settlement.ts', 'src/protocol/match-settlement.test.ts', [
    [
      'labels that the owner does not show again are taken',
      'doubtful[i] !== 1 || sure.has(labels[i] as number)',
      'doubtful[i] !== 1 || sure.size >= 0',
      'One value that only looked like a label makes the whole table noise',
      OF_DOUBTED,
    ],
    [
      'none of the labels that are doubted is taken',
      'doubtful[i] !== 1 || sure.has(labels[i] as number)',
      'doubtful[i] !== 1',
      'Whoever was seen in two bands only is left out of every figure',
      OF_DOUBTED,
    ],
    [
      'all matches in the stratum of the list’s first records',
      'this.#page.input.strata?.of[record] ?? 0',
      'this.#page.input.strata?.of[0] ?? 0',
      'Figures of one group of the researcher’s stand under the name of another',
      'a label that is not doubted is taken as it is, and each in the stratum of its record',
    ],
  ]),
];
