import type { KeyDesign } from '../agreement/agreement.ts';
import { type Candidate, countAgreements, matchOneToOne } from '../keys/agreement-count.ts';
import { createBandKeyer, SALT_BYTES } from '../keys/band-keys.ts';
import { rowsOverLimit } from '../keys/key-table.ts';
import { seededRandom } from '../keys/random.ts';
import type { MatchRecords } from '../keys/records.ts';

/** Rows of one key that the protocol takes in a band. */
const ROWS_A_KEY = 4;

/** A line of the quality report; `threshold` counts agreeing bands. Undefined ratios (no match, no true pair) are 0. */
export interface QualityRow {
  readonly method: string;
  readonly threshold: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** All pairs of rows that agree in some band, with the protocol's own keys and its cap of rows a key, computed in the clear. */
export function linkageCandidates(list: MatchRecords, data: MatchRecords, design: KeyDesign): Candidate[] {
  const salt = new Uint8Array(SALT_BYTES);
  const random = seededRandom([Number.parseInt(design.seed.slice(0, 8), 16)]);
  const listKeyer = createBandKeyer(list, design.seed);
  const dataKeyer = createBandKeyer(data, design.seed);
  const bandAt = (index: number) => {
    const band = design.bands[index];
    if (!band) throw new RangeError(`the design has ${design.bands.length} bands, there is none numbered ${index}`);
    return band;
  };
  let left = new Uint8Array();
  return countAgreements(
    (band) => listKeyer.keys(design, bandAt(band), band, salt),
    (band) => {
      const keys = dataKeyer.keys(design, bandAt(band), band, salt);
      left = rowsOverLimit(keys, ROWS_A_KEY, random.below);
      return keys;
    },
    design.bands.length,
    { excluded: (_band, row) => left[row] === 1 },
  );
}

/**
 * What a linkage with this design would find, with the protocol's one-to-one rule. `listTruth` and `dataTruth` name each
 * row's person; an empty name is nobody. Recall counts the people who are in both.
 */
export function linkageQuality(
  list: MatchRecords,
  data: MatchRecords,
  listTruth: readonly string[],
  dataTruth: readonly string[],
  design: KeyDesign,
  thresholds: readonly number[],
): QualityRow[] {
  const random = seededRandom([Number.parseInt(design.seed.slice(0, 8), 16)]);
  const candidates = linkageCandidates(list, data, design);
  const inData = new Set(dataTruth.filter((person) => person !== ''));
  const inBoth = new Set(listTruth.filter((person) => inData.has(person))).size;
  return thresholds.map((threshold) => {
    const matches = matchOneToOne(candidates, threshold, random.below);
    const right = matches.filter(({ list: l, data: d }) => listTruth[l] !== '' && listTruth[l] === dataTruth[d]).length;
    const precision = ratio(right, matches.length);
    const recall = ratio(right, inBoth);
    return {
      method: design.source,
      threshold,
      precision,
      recall,
      f1: ratio(2 * precision * recall, precision + recall),
    };
  });
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
