import { type KeyDesign, roundUpRows } from '../../agreement/agreement.ts';
import { type Candidate, countAgreements } from '../../keys/agreement-count.ts';
import { createBandKeyer, SALT_BYTES } from '../../keys/band-keys.ts';
import { findEqualRows, withoutRepeats } from '../../keys/equal-rows.ts';
import { hasKey, rowsOverLimit } from '../../keys/key-table.ts';
import { type SeededRandom, seededRandom } from '../../keys/random.ts';
import type { MatchRecords } from '../../keys/records.ts';
import { bandsOfBundle, chooseGeometry, mostRowsOfKey, type TableShape } from '../../psi/geometry.ts';
import { CANDIDATE_BINS, distinctBins, type Keys } from '../../psi/key-points.ts';
import { linkablePairs } from '../../quality/linkage-quality.ts';
import { sharedPeople } from '../../quality/truth.ts';
import { listValues } from '../../scores/list-values.ts';
import { matchCandidates } from '../../scores/match-scores.ts';
import { matchByWeight } from '../../scores/one-to-one.ts';

/** A line of the quality report. Undefined ratios (no match, no true pair) are 0. */
export interface QualityRow {
  readonly method: string;
  /** Of weights in bits, of the counting rule in bands, of CLKs in Dice similarity. */
  readonly threshold: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** What a run finds from some weight up. */
export interface WeighedMatches {
  readonly threshold: number;
  /** What the run would say of itself, without the truth. */
  readonly estimated: { readonly precision: number; readonly recall: number };
  /** True for the threshold that a run takes by itself. */
  readonly ofRun: boolean;
  readonly matches: readonly Pick<Candidate, 'list' | 'data'>[];
}

/** All pairs of rows that agree in some band, with the protocol's own keys and what its hash table leaves out, computed in the clear. */
export function linkageCandidates(list: MatchRecords, data: MatchRecords, design: KeyDesign): Candidate[] {
  const salt = new Uint8Array(SALT_BYTES);
  const random = seededRandom([Number.parseInt(design.seed.slice(0, 8), 16)]);
  const bands = design.bands.length;
  const geometry = chooseGeometry(list.rows, data.rows, bands);
  const listPeople = findEqualRows(list);
  const dataPeople = findEqualRows(data);
  const listKeyer = createBandKeyer(list, design.seed);
  const dataKeyer = createBandKeyer(data, design.seed);
  const bandAt = (index: number) => {
    const band = design.bands[index];
    if (!band) throw new RangeError(`the design has ${bands} bands, there is none numbered ${index}`);
    return band;
  };
  /** Of the bundle under way: each band's keys, and the rows that are left out of it. */
  let bundle: BandTable[] = [];
  const tableOf = (band: number) => bundle[band % geometry.bandsInBundle] as BandTable;
  return countAgreements(
    (band) => withoutRepeats(listKeyer.keys(design, bandAt(band), band, salt), listPeople),
    (band) => {
      if (band % geometry.bandsInBundle === 0) {
        bundle = bandsOfBundle(geometry, band / geometry.bandsInBundle, bands).map((index) => {
          const keys = withoutRepeats(dataKeyer.keys(design, bandAt(index), index, salt), dataPeople);
          return { keys, left: rowsOverLimit(keys, mostRowsOfKey(geometry), random.below) };
        });
        leaveOutOfFullBins(bundle, geometry, random);
      }
      return tableOf(band).keys;
    },
    bands,
    { excluded: (band, row) => tableOf(band).left[row] === 1 },
  );
}

interface BandTable {
  readonly keys: Keys;
  /** 1 for a row that is left out. */
  readonly left: Uint8Array;
}

/** Marks, at random, rows that have no place in the one of their bins in which a record of the same key would look. */
function leaveOutOfFullBins(
  bundle: readonly BandTable[],
  { bins, degree, segments }: TableShape,
  random: SeededRandom,
): void {
  const capacity = degree * segments;
  const loads = new Uint32Array(bins);
  const mine = new Int32Array(CANDIDATE_BINS);
  const placed = bundle.map(({ keys, left }) => {
    const rows = [...left.keys()].filter((row) => left[row] === 0 && hasKey(keys, 4 * row));
    return { keys, left, rows };
  });
  for (const { keys, rows } of placed) {
    for (const row of rows) {
      for (const bin of mine.subarray(0, distinctBins(keys, row, bins, mine))) loads[bin] = (loads[bin] as number) + 1;
    }
  }
  for (const { keys, left, rows } of placed) {
    for (const row of rows) {
      const load = loads[mine[random.below(distinctBins(keys, row, bins, mine))] as number] as number;
      if (load > capacity && random.below(load) >= capacity) left[row] = 1;
    }
  }
}

/**
 * What a run finds of these candidates from every weight up, lightest first, by the researcher's weights and one-to-one rule.
 * `dataRows`: of the data. Where nothing agrees in enough bands there are no rows.
 */
export function weighedMatches(
  candidates: readonly Candidate[],
  list: MatchRecords,
  dataRows: number,
  design: KeyDesign,
  agreeingBands: number,
): WeighedMatches[] {
  const { below } = seededRandom([Number.parseInt(design.seed.slice(0, 8), 16)]);
  const agreeing = candidates.filter(({ bands }) => bands >= agreeingBands);
  const rules = { design, values: listValues(list, design), dataRows: roundUpRows(dataRows) };
  const { scored, scores, matches } = matchCandidates(agreeing, rules, below);
  return scores.steps.map(({ weight, precision, recall }) => ({
    threshold: weight,
    estimated: { precision, recall },
    ofRun: weight === scores.threshold,
    matches: weight === scores.threshold ? matches : matchByWeight(scored.candidates, weight, below),
  }));
}

/**
 * `listTruth` and `dataTruth` name each row's person; an empty name is nobody. Recall is of the most right pairs that
 * there can be with nobody matched twice, so it is never above 1. `matches`: no row twice.
 * @throws RangeError where one is
 */
export function judgeMatches(
  matches: readonly Pick<Candidate, 'list' | 'data'>[],
  listTruth: readonly string[],
  dataTruth: readonly string[],
): Pick<QualityRow, 'precision' | 'recall' | 'f1'> {
  for (const side of ['list', 'data'] as const) {
    if (new Set(matches.map((match) => match[side])).size < matches.length) {
      throw new RangeError(`a row of the ${side} is matched twice`);
    }
  }
  const linkable = linkablePairs({ first: listTruth, second: dataTruth });
  const right = matches.filter(({ list: l, data: d }) => listTruth[l] !== '' && listTruth[l] === dataTruth[d]).length;
  const precision = ratio(right, matches.length);
  const recall = ratio(right, linkable);
  return { precision, recall, f1: ratio(2 * precision * recall, precision + recall) };
}

/** Of the people in both files, the share of whom some records are among the candidates. Names as above. */
export function peopleFound(
  candidates: readonly Pick<Candidate, 'list' | 'data'>[],
  listTruth: readonly string[],
  dataTruth: readonly string[],
): number {
  const right = candidates.filter(({ list: l, data: d }) => listTruth[l] === dataTruth[d]);
  const found = new Set(right.map(({ list: l }) => listTruth[l]).filter((person) => person !== ''));
  return ratio(found.size, sharedPeople(listTruth, dataTruth));
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
