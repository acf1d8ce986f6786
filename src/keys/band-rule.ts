/** How many bands are enough: a rule with a goal for the people that are found and a bound for those that are confused. */
import type { KeyDesign } from '../agreement/agreement.ts';
import type { KeySource } from '../agreement/match-field.ts';
import { designKeys } from './design.ts';
import { type Expectation, expectationOf } from './expectation.ts';
import type { MatchRecords } from './records.ts';

/**
 * Share of the people in both files who should be found; rows of other people that a row may meet, on average. With MinHash values
 * of a single field they may be more, since the number of agreeing bands tells them from the person.
 */
export const BAND_GOAL = { recall: 0.99, lookAlikes: 0.5, lookAlikesOfSingleField: 5 } as const;
/** Where the goal is out of reach, more bands are not worth while for less than this share of people. */
const WORTH_WHILE = 0.005;

/** Numbers of bands to choose from. */
const SIZES = [8, 12, 16, 24, 32, 48, 64, 96, 128] as const;
/** Rows that a design is measured on here: four of them are made while a person looks on. */
const MEASURED_ROWS = 15_000;

/** True where enough people should be found; that a row meets few others is what the agreeing bands are chosen for. */
export function reachesGoal({ recall }: Expectation): boolean {
  return recall >= BAND_GOAL.recall;
}

/**
 * The fewest bands that reach the goal with this file, in as few agreeing bands as keep look-alikes within it; where none of the numbers
 * tried does, the fewest that find nearly as many as the best of them. `seed`: of the design, 16 bytes in hex. `listEmpty`: of the
 * list, each field's share of rows without a value; left out, as in the data.
 */
export function suggestBands(
  records: MatchRecords,
  source: KeySource,
  seed: string,
  listEmpty?: readonly number[],
): Expectation {
  const singleField = source === 'minhash' && records.fields.length === 1;
  const mostLookAlikes = singleField ? BAND_GOAL.lookAlikesOfSingleField : BAND_GOAL.lookAlikes;
  const tried: Expectation[] = [];
  let from = 0;
  let to: number = SIZES.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const design = designKeys(records, source, seed, SIZES[middle] as number, {
      measuredRows: MEASURED_ROWS,
      ...(listEmpty && { listEmpty }),
    });
    const expected = expectationOf(design, records.fields, fewestAgreeing(design, mostLookAlikes), listEmpty);
    if (expected === undefined)
      throw new RangeError(`the list tells of ${listEmpty?.length} fields, not of ${records.fields.length}`);
    tried.push(expected);
    if (reachesGoal(expected)) to = middle;
    else from = middle + 1;
  }
  const most = Math.max(...tried.map(({ recall }) => recall));
  const good = tried.filter(reachesGoal);
  const enough = good.length > 0 ? good : tried.filter(({ recall }) => recall >= most - WORTH_WHILE);
  return enough.reduce((best, next) => (next.bands < best.bands ? next : best));
}

/** The fewest bands, two or more, in which a row meets at most so many rows of others. */
function fewestAgreeing({ bands, lookAlikes = [] }: KeyDesign, mostLookAlikes: number): number {
  const few = lookAlikes.findIndex((met) => met <= mostLookAlikes);
  return Math.min(bands.length, 2 + (few === -1 ? lookAlikes.length : few));
}
