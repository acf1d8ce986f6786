import type { Mutant } from './mutant.ts';

/** A line: what it is called, its text, what stands there instead, what that would give away, the test that notices, and from where the line is looked for. */
export type Row = readonly [name: string, before: string, after: string, gives: string, test: string, from?: string];

/** Lines of one file that one test file is to notice. */
export const mutantsOf = (file: string, test: string, rows: readonly Row[]): Mutant[] =>
  rows.map(([name, before, after, gives, testName, from]) => ({
    name,
    file,
    before,
    after,
    gives,
    test: { file: test, name: testName },
    ...(from === undefined ? {} : { from }),
  }));

/** The same, whose tests hang until their time is up. */
export const slow = (mutants: readonly Mutant[]): Mutant[] => mutants.map((mutant) => ({ ...mutant, slow: true }));
