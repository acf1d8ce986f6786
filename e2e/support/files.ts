/**
 * The files of these tests: few enough people for a quick run, and none whose match hangs on chance. The protocol leaves rows out of bands
 * by chance, and the bands are others in every run; so nobody here is all mistakes, and nobody has a twin.
 */
import type { ErrorRates } from '../../src/sample/damage.ts';
import { generatePair } from '../../src/sample/people.ts';
import type { Rules } from './side.ts';

const FEW: ErrorRates = { typo: 0.03, misspelling: 0.01, missing: 0.015, swappedNames: 0, date: 0.01, moved: 0 };

const pair = generatePair({
  listRows: 120,
  dataRows: 300,
  overlap: 80,
  seed: 20,
  errors: { list: FEW, data: FEW },
  households: { alone: 0, twins: 0, namesakes: 0 },
});

export const LIST = pair.listCsv;
export const DATA = pair.dataCsv;

/** The owner's uses where one column groups; columns not named keep the guess. */
export const USES: Readonly<Record<string, string>> = {
  record_id: 'Ignore',
  ethnicity: 'Group by',
  region: 'Ignore',
  age: 'Average',
  income: 'Average',
};

/** Fewer bands than usual, for a quick run. */
export const RULES: Rules = { minimum: 10, bands: 16, agreeing: 2 };

/** Long enough to be interrupted: as many bands as there may be without any that share a table. */
export const LONGER_RULES: Rules = { ...RULES, bands: 23 };
