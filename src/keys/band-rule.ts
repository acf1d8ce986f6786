/** How many bands a run takes: enough for people with many mistakes too, as far as the rows leave time for it. */
import type { KeyDesign } from '../agreement/agreement.ts';
import type { KeySource } from '../agreement/match-field.ts';
import { designKeys, emptyShares } from './design.ts';
import { ERROR_MODEL, type Expectation, expectationOf, expectedRecall, HARD_MODEL } from './expectation.ts';
import type { MatchRecords } from './records.ts';

/**
 * Share of the people in both files who should be found: with usual mistakes, and with mistakes in most fields; rows of other people that a
 * row may meet, on average. With MinHash values of a single field they may be more, since the number of agreeing bands tells them from
 * the person.
 */
export const BAND_GOAL = { recall: 0.99, hardRecall: 0.95, lookAlikes: 2, lookAlikesOfSingleField: 5 } as const;
/** Where the goal is out of reach, more bands are not worth while for less than this share of people. */
const WORTH_WHILE = 0.005;

/** Bands that have to agree at least; more of them, for the sake of look-alikes, may cost at most this share of people with many mistakes. */
const LEAST_AGREEING = 2;
const MAX_LOST = 0.02;

/** Numbers of bands to choose from, where rows leave a choice. Expectations rest on assumed mistakes, so none of them asks for fewer than the first. */
const MOST = 192;
/** Bands of parts and of filters err together: more of them find few people besides. */
const MAX_BANDS_OF: Readonly<Record<KeySource, number>> = { minhash: MOST, 'p-sig': 128, 'lambda-fold': 128 };
const SIZES = [64, 96, 128, MOST] as const;
/** Most bands by the rows of either file: so many take minutes, not hours. Of small files many cost little, and a person in them has few others to be told by. */
const MAX_BANDS = [
  { dataRows: 10_000, listRows: 5_000, bands: 192 },
  { dataRows: 100_000, listRows: 50_000, bands: 128 },
  { dataRows: 300_000, listRows: 100_000, bands: 96 },
  { dataRows: 1_000_000, listRows: 200_000, bands: 64 },
  { dataRows: 2_000_000, listRows: 500_000, bands: 48 },
] as const;
const FEWEST = 24;
/** Rows that a design is measured on here: it is made while a person looks on. */
const MEASURED_ROWS = 15_000;

/** `goal`: enough by the goal; `best`: more find hardly anybody else; `rows`: more would take too long. */
export type BandReason = 'goal' | 'best' | 'rows';

/** How many bands, what is expected of them, and why so many. */
export interface BandSuggestion extends Expectation {
  readonly reason: BandReason;
}

/** What is known of the list; where nothing is, it is taken to be like the data, and no longer than a quick run allows. */
export interface ListFigures {
  /** Each field's share of rows without a value. */
  readonly empty?: readonly number[] | undefined;
  readonly rows?: number | undefined;
}

/** What a measurement of the list says of it, as a researcher's page says it. */
export function listFiguresOf(list: MatchRecords): Required<ListFigures> & { readonly empty: readonly number[] } {
  return { empty: emptyShares(list), rows: list.rows };
}

/** A list with values in so few rows of a field does not have it. */
const LACKED = 0.95;

/** Whether a field is as good as lacking in the list: then keys are worth designing for that. `empty`: its shares of rows without a value. */
export function lacksField(empty: readonly number[]): boolean {
  return empty.some((share) => share >= LACKED);
}

/** True where enough people should be found; that a row meets few others is what the agreeing bands are chosen for. */
export function reachesGoal({ recall }: Pick<Expectation, 'recall'>): boolean {
  return recall >= BAND_GOAL.recall;
}

/**
 * The number of bands for this file, between 24 and 192, in as few agreeing bands as keep look-alikes within the goal.
 * `seed`: of the design, 16 bytes in hex.
 * @throws RangeError where the list tells of other fields
 */
export function suggestBands(
  records: MatchRecords,
  source: KeySource,
  seed: string,
  list: ListFigures = {},
): BandSuggestion {
  if (list.empty && list.empty.length !== records.fields.length)
    throw new RangeError(`the list tells of ${list.empty.length} fields, not of ${records.fields.length}`);
  const { bands, reason } = chooseSize(records, source, seed, list);
  const design = designOf(records, source, seed, bands, list);
  const alone = source === 'minhash' && design.bands.some(({ fields }) => fields.length === 1);
  const mostLookAlikes = alone ? BAND_GOAL.lookAlikesOfSingleField : BAND_GOAL.lookAlikes;
  const expect = (agreeing: number) => expectationOf(design, records.fields, agreeing, list.empty) as Expectation;
  let agreeing = fewestAgreeing(design, mostLookAlikes);
  const least = expect(LEAST_AGREEING).hardRecall - MAX_LOST;
  while (agreeing > LEAST_AGREEING && expect(agreeing).hardRecall < least) agreeing--;
  return { ...expect(agreeing), reason };
}

function designOf(records: MatchRecords, source: KeySource, seed: string, bands: number, { empty }: ListFigures) {
  return designKeys(records, source, seed, bands, {
    measuredRows: MEASURED_ROWS,
    ...(empty && { listEmpty: empty }),
  });
}

/** The first bands of a design for the most are nearly the design for fewer, so one is enough to try all numbers. */
function chooseSize(
  records: MatchRecords,
  source: KeySource,
  seed: string,
  list: ListFigures,
): { readonly bands: number; readonly reason: BandReason } {
  const most = Math.min(mostBands(records.rows, list.rows ?? 0), MAX_BANDS_OF[source]);
  if (most <= SIZES[0]) return { bands: most, reason: 'rows' };
  const { bands, joined, fieldFigures = [] } = designOf(records, source, seed, most, list);
  const fields = {
    fields: records.fields,
    figures: fieldFigures,
    listEmpty: list.empty ?? fieldFigures.map((f) => f.empty),
  };
  const tried = SIZES.filter((size) => size <= most).map((size) => {
    const first = { source, joined, bands: bands.slice(0, size) };
    const [recall = 0, hardRecall = 0] = [ERROR_MODEL, HARD_MODEL].map(
      (model) => expectedRecall(first, fields, model)[2] ?? 0,
    );
    return { size, recall, hardRecall };
  });
  const enough = tried.find((one) => reachesGoal(one) && one.hardRecall >= BAND_GOAL.hardRecall);
  if (enough) return { bands: enough.size, reason: 'goal' };
  const bestOf = (of: (one: (typeof tried)[number]) => number) => Math.max(...tried.map(of)) - WORTH_WHILE;
  const [recall, hardRecall] = [bestOf((one) => one.recall), bestOf((one) => one.hardRecall)];
  const nearly = tried.find((one) => one.recall >= recall && one.hardRecall >= hardRecall);
  return {
    bands: nearly?.size ?? most,
    reason: most < MAX_BANDS_OF[source] && nearly?.size === most ? 'rows' : 'best',
  };
}

function mostBands(dataRows: number, listRows: number): number {
  return MAX_BANDS.find((most) => dataRows <= most.dataRows && listRows <= most.listRows)?.bands ?? FEWEST;
}

/** The fewest bands, two or more, in which a row meets at most so many rows of others. */
function fewestAgreeing({ bands, lookAlikes = [] }: KeyDesign, mostLookAlikes: number): number {
  const few = lookAlikes.findIndex((met) => met <= mostLookAlikes);
  return Math.min(bands.length, 2 + (few === -1 ? lookAlikes.length : few));
}
