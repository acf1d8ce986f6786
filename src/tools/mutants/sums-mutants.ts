/** Steps 1 and 2 of the sealed tally: which rows are summed, and what of the sums can be read. */
import type { Mutant } from './mutant.ts';

const HIDING = 'src/tally/hiding.browser.test.ts';
const CHEATING = 'src/tally/cheating.browser.test.ts';

const sums = (name: string, file = HIDING) => ({ file: 'src/tally/sums-sender.ts', test: { file, name } });
const UNIFORM = 'uniform slots in every answer of step 2, and nothing in the differences of answers';
const RANDOMLY = 'this.#side.addProduct(sum, cipher, randomElements(this.#side.context.slots));';

export const SUMS_MUTANTS: readonly Mutant[] = [
  {
    ...sums(UNIFORM),
    name: "a mask of zeros but for the pad's slot",
    before: 'const mask = randomElements(this.#side.context.slots);',
    after: 'const mask = new Float64Array(this.#side.context.slots);',
    gives: "Every matched row's value, group and place, in the clear",
  },
  {
    ...sums(UNIFORM),
    name: 'one mask for all answers',
    before: 'const mask = randomElements(this.#side.context.slots);',
    after: 'const mask = ((this as { m?: Float64Array }).m ??= randomElements(this.#side.context.slots)).slice();',
    gives: "The difference of two answers shows every matched row's values",
  },
  {
    ...sums(UNIFORM),
    name: 'a mask of few values',
    before: 'const mask = randomElements(this.#side.context.slots);',
    after: 'const mask = randomElements(this.#side.context.slots).map((value) => value % 4096);',
    gives: "Every matched row's value, from its upper bits",
  },
  {
    ...sums(UNIFORM),
    name: 'no mask',
    before: 'sum = side.addValues(sum, this.#mask(index));',
    after: '',
    gives: "Every matched row's values",
  },
  {
    ...sums(
      'what drowns the sums of a researcher who lies differs from block to block and from answer to answer where a weight',
    ),
    name: 'c = 1',
    before: '.fill(randomNonzero())',
    after: '.fill(1)',
    gives: 'Sums that a lie drowned are known up to one number for all of them: their differences are in the clear',
  },
  {
    ...sums(
      'what drowns the sums of a researcher who lies differs from block to block and from answer to answer where a weight',
    ),
    name: 'Z left out',
    before: 'side.addProduct(undefined, this.#nonBits, new Float64Array(slots).fill(randomNonzero()))',
    after: 'side.addProduct(undefined, this.#nonBits, new Float64Array(slots))',
    gives: 'Weights, rows that the researcher has not seen: the table over any rows, or a single one',
  },
  {
    ...sums('weights in two slots of a ciphertext'),
    name: 'tau = 1',
    before: RANDOMLY,
    after: 'this.#side.addProduct(sum, cipher, new Float64Array(this.#side.context.slots).fill(1));',
    gives: 'Two weights that make up for each other pass as bits: one row times fifty',
  },
  {
    ...sums('weights in two slots of a ciphertext'),
    name: 'one tau for all slots',
    before: RANDOMLY,
    after: 'this.#side.addProduct(sum, cipher, new Float64Array(this.#side.context.slots).fill(randomNonzero()));',
    gives: 'Two weights that make up for each other pass as bits',
  },
  {
    ...sums('weights in the same slot of two ciphertexts'),
    name: 'one tau for all ciphertexts',
    before: RANDOMLY,
    after:
      'this.#side.addProduct(sum, cipher, ((globalThis as { t?: Float64Array }).t ??= randomElements(this.#side.context.slots)));',
    gives: 'Weights in two ciphertexts that make up for each other pass as bits',
  },
  {
    ...sums('one slot that is no bit is found in ciphertext 0, whichever worker tests that', CHEATING),
    name: "another worker's ciphertexts go untested",
    before: 'if (this.#nonBits) {',
    after: 'if (part.byteLength === 1) {',
    gives: 'Weights in the other ciphertexts pass as bits',
  },
  {
    ...sums('one slot that is no bit spoils every cell of its block', CHEATING),
    name: 'b is not subtracted from its square',
    before: 'side.evaluator.subInplace(square, bits);',
    after: 'side.evaluator.subInplace(square, square.copy());',
    gives: 'Anything passes as bits',
    test: { file: CHEATING, name: 'one slot that is no bit spoils every cell of its block' },
  },
  {
    ...sums('keys that make a square look like its root let no weight pass for a bit', CHEATING),
    name: 'the researcher’s keys go untested in the sums',
    before: 'let sum = index === 0 ? this.#randomly(undefined, side.productError()) : undefined;',
    after: 'let sum: Ciphertext | undefined;',
    gives: 'Forged keys make the researcher’s square look like its root: one row with the weight of fifty',
  },
  {
    ...sums(
      'about the rows that the researcher has seen: one more row, whose label the researcher has not seen',
      CHEATING,
    ),
    name: 'rows that the researcher has not seen',
    before: 'sum = this.#addTie(sum, side.toNtt(together), shown, this.#vectors.slotLabels(chunk));',
    after: 'side.toNtt(together);',
    gives: 'The table of the whole file, or of all rows but one',
  },
  {
    ...sums('wrong labels in two slots of a ciphertext'),
    name: "tau'' = 1",
    before: 'const tau = randomElements(side.context.slots);',
    after: 'const tau = new Float64Array(side.context.slots).fill(1);',
    gives: 'Labels that are wrong by as much up as down pass: two rows that the researcher has not seen, one guess',
  },
  {
    ...sums('wrong labels in the same slot of two ciphertexts'),
    name: "one tau'' for all ciphertexts",
    before: 'const tau = randomElements(side.context.slots);',
    after: 'const tau = ((globalThis as { u?: Float64Array }).u ??= randomElements(side.context.slots));',
    gives: 'Labels that are wrong by as much up as down pass',
  },
  {
    ...sums('about the rows that the researcher has seen: bits without their labels', CHEATING),
    name: 'lambda = 0',
    before: 'tau.map((factor, i) => multiply(factor, lambda[i] as number)),',
    after: 'tau.map((factor, i) => multiply(factor, 0 * (lambda[i] as number))),',
    gives: 'With y = 0 any row may be chosen',
  },
  {
    ...sums('no group column, no payload: one count', 'src/tally/tally.long.browser.test.ts'),
    name: 'y is not looked at',
    before: 'tau.map((factor) => subtract(0, factor)),',
    after: 'tau.map((factor) => 0 * factor),',
    gives: 'Honest tables are noise',
  },
  {
    file: 'src/psi/labels.ts',
    name: 'lambda 0 where no row is',
    before: 'const bySlot = randomElements(slots);',
    after: 'const bySlot = new Float64Array(slots);',
    gives: 'Slots without a row may be chosen: how many rows the file has',
    test: { file: CHEATING, name: 'about the rows that the researcher has seen: a slot that has no row' },
  },
  {
    file: 'src/tally/pads.ts',
    name: 'pads of zero',
    before: 'pads: randomElements(layout.statistics.length),',
    after: 'pads: new Float64Array(layout.statistics.length),',
    gives: 'Every sealed count, sum and check in the clear',
    test: { file: HIDING, name: 'uniform sums of blocks' },
  },
  {
    file: 'src/tally/pads.ts',
    name: 'one pad for all',
    before: 'pads: randomElements(layout.statistics.length),',
    after: 'pads: new Float64Array(layout.statistics.length).fill(randomNonzero()),',
    gives: 'Differences of sealed counts; and one released figure opens all of them',
    test: { file: HIDING, name: 'uniform sums of blocks' },
  },
  {
    file: 'src/tally/pads.ts',
    name: 'alpha = 1',
    before: 'macKeys: Float64Array.from(layout.cells, () => randomNonzero()),',
    after: 'macKeys: Float64Array.from(layout.cells, () => 1),',
    gives: 'A count and its check moved together: every sealed group opens',
    test: { file: 'src/tally/lies.browser.test.ts', name: 'a count and its check moved together spoil the cell' },
  },
];
