/** Steps 3 to 6 of the sealed tally: what opens, and what the gate and the release tell of what does not. */
import type { Mutant } from './mutant.ts';

const HIDING = 'src/tally/hiding.browser.test.ts';
const CHEATING = 'src/tally/cheating.browser.test.ts';
const LIES = 'src/tally/lies.browser.test.ts';
const TALLY = 'src/tally/tally.long.browser.test.ts';
const BELOW = 'below the minimum, the release is noise whatever the researcher claims';

const gate = (name: string, file = CHEATING) => ({ file: 'src/tally/gate-sender.ts', test: { file, name } });

export const GATE_MUTANTS: readonly Mutant[] = [
  {
    ...gate('a uniform f in every slot of the gate that is not zero', HIDING),
    name: 'r = 1',
    before: 'Float64Array.from(countPads, () => randomNonzero())',
    after: 'Float64Array.from(countPads, () => 1)',
    gives: 'Every sealed count, as its distance from the numbers below the minimum',
  },
  {
    ...gate('a uniform f in every slot of the gate that is not zero', HIDING),
    name: 'one r for all slots',
    before: 'Float64Array.from(countPads, () => randomNonzero())',
    after: 'new Float64Array(countPads.length).fill(randomNonzero())',
    gives: 'Every sealed count, from the ratios of the slots',
  },
  {
    ...gate('a zero of f in a slot by lot', HIDING),
    name: 'slots of the gate in order',
    before: 'randomPermutation(layout.minimum',
    after: '((count: number) => Uint32Array.from({ length: count }, (_, i) => i))(layout.minimum',
    gives: 'The slot with the zero is the sealed count',
  },
  {
    ...gate('uniform figures where the researcher does not heed the gate, with the inverses that are due', HIDING),
    name: 'R1 = 1',
    before: 'const r1 = randomElements(context.slots);',
    after: 'const r1 = new Float64Array(context.slots).fill(1);',
    gives: 'Every sealed figure: pad and one more',
  },
  {
    ...gate(BELOW),
    name: 'R1 = 0',
    before: 'const r1 = randomElements(context.slots);',
    after: 'const r1 = new Float64Array(context.slots); r1[0] = 1;',
    gives: 'Every sealed figure: the minimum means nothing',
  },
  {
    ...gate(BELOW),
    name: 'one R1 for all slots',
    before: 'const r1 = randomElements(context.slots);',
    after: 'const r1 = new Float64Array(context.slots).fill(randomNonzero());',
    gives: 'Differences of sealed figures; and one known sealed figure opens all others',
  },
  {
    ...gate('uniform shares of every pad', HIDING),
    name: 'shares zero but the last',
    before: 'shares: randomElements(slots),',
    after: 'shares: new Float64Array(slots),',
    gives: 'The last slot alone opens a figure: a count below the minimum opens where its zero is in another slot',
  },
  {
    ...gate('the gate tells nothing of a count that is not the researcher’s'),
    name: 'R2 = 0',
    before: 'const r2 = randomElements(countPads.length);',
    after: 'const r2 = new Float64Array(countPads.length);',
    gives:
      'Whether a count and any number added to it are below the minimum: the count, by trying; and raised counts open',
  },
  {
    ...gate('what the gate adds to a check that is not the researcher’s is not what the release adds', LIES),
    name: "R2 shared by D and D'",
    before: 'const r2 = randomElements(countPads.length);',
    after: 'const r2 = ((this as { r2?: Float64Array }).r2 ??= randomElements(countPads.length));',
    gives: 'Half of the counts of one, at a minimum of two: what the release adds was shown by the gate',
  },
  {
    ...gate('what the gate adds to a check that is not the researcher’s is not what the release adds', LIES),
    name: 'D left out of the release',
    from: 'evaluator.negateInplace(release);',
    before: 'const { onCounts, onChecks, constants } = this.#tampering();',
    after:
      'const { onCounts, onChecks, constants } = ((d) => ({ onCounts: d.onCounts.fill(0), onChecks: d.onChecks.fill(0), constants: d.constants.fill(0) }))(this.#tampering());',
    gives: 'Half of the counts of one, at a minimum of two: a check that is moved opens the slot that should not',
  },
  {
    ...gate('the gate tells nothing of a count that is not the researcher’s'),
    name: 'D left out of the gate, of counts',
    before: 'r.map((factor, i) => add(factor, onCounts[i] as number)),',
    after: 'r.map((factor, i) => add(factor, 0 * (onCounts[i] as number))),',
    gives: 'The gate’s answer is never zero: every count below the minimum opens',
    test: { file: TALLY, name: 'groups one below, at and above the minimum are told apart exactly' },
  },
  {
    ...gate('the gate tells nothing of a count that is not the researcher’s'),
    name: 'D left out of the gate, all of it',
    before: 'const { onCounts, onChecks, constants } = this.#tampering();',
    after:
      'const [onCounts, onChecks, constants] = [1, 2, 3].map(() => new Float64Array(countPads.length)) as [Float64Array, Float64Array, Float64Array];',
    from: '#drawGate(): Ciphertext {',
    gives: 'The gate does not test the count that it compares: whether a count is zero, by moving it',
  },
  {
    ...gate('a count raised after decryption spoils that cell and only that cell'),
    name: 'alpha times the count left out',
    before: 'onCounts: r2.map((r, i) => multiply(r, macKeys[i] as number)),',
    after: 'onCounts: r2.map((r, i) => 0 * multiply(r, macKeys[i] as number)),',
    gives: 'Checks are compared with nothing: honest tables are noise',
    test: { file: TALLY, name: 'no group column, no payload: one count' },
  },
  {
    ...gate('a count raised after decryption spoils that cell and only that cell'),
    name: 'R2 = 0, of a raised count',
    before: 'const r2 = randomElements(countPads.length);',
    after: 'const r2 = new Float64Array(countPads.length);',
    gives: 'Raised counts open',
  },
  {
    ...gate('a check altered without its key spoils the cell'),
    name: 'R2 = 0, of an altered check',
    before: 'const r2 = randomElements(countPads.length);',
    after: 'const r2 = new Float64Array(countPads.length);',
    gives: 'Altered checks open',
  },
  {
    ...gate('wrong inverses spoil every cell'),
    name: 'R1 = 0, under wrong inverses',
    before: 'const r1 = randomElements(context.slots);',
    after: 'const r1 = new Float64Array(context.slots); r1[16_383] = 1;',
    gives: 'Every sealed figure: the minimum means nothing',
  },
  {
    ...gate('a check altered without its key spoils the cell'),
    name: 'checks are not looked at',
    before: 'const checked = side.addProduct(counted, this.#checks, onChecks);',
    after: 'const checked = side.addProduct(counted, this.#checks, onChecks.map((value) => 0 * value));',
    gives: 'Checks are compared with nothing: honest tables are noise',
    test: { file: TALLY, name: 'no group column, no payload: one count' },
  },
  {
    ...gate('wrong inverses spoil every cell'),
    name: 'the release does not multiply by f',
    before: 'const release = side.multiply(masked, this.#gate);',
    after: 'const release = masked.copy();',
    gives: 'With w = 1 every sealed figure opens',
    test: { file: CHEATING, name: BELOW },
  },
  {
    ...gate('open no cell below the minimum at the release', LIES),
    name: 'the researcher’s keys go untested in the release',
    from: 'side.productError(),',
    before: 'randomElements(context.slots),',
    after: 'new Float64Array(context.slots),',
    gives: 'Keys that move what the release multiplies',
  },
];
