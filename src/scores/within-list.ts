/** Records of the list that agree with each other, by the keys of the run: what somebody who is not the match looks like. */
import type { KeyDesign } from '../agreement/agreement.ts';
import { type Candidate, countAgreements } from '../keys/agreement-count.ts';
import { createBandKeyer, SALT_BYTES } from '../keys/band-keys.ts';
import { sampleRows, takeRows } from '../keys/key-sharing.ts';
import { ROWS_PER_KEY, rowsOverLimit } from '../keys/key-table.ts';
import { seededRandom } from '../keys/random.ts';
import type { MatchRecords } from '../keys/records.ts';

/** Records that are compared with each other: more would tell no more. */
const COMPARED = 5000;

export interface WithinList {
  /** How many records were compared. */
  readonly records: number;
  /** Pairs that agree in two bands or more, both ways round, as candidates: the other record's number stands for the row's. */
  readonly pairs: readonly Candidate[];
}

/** `people`: the records that are compared, one of each person. What rows of one key are left out, is drawn from the design's seed. */
export function withinList(records: MatchRecords, design: KeyDesign, people: Uint32Array): WithinList {
  const random = seededRandom([Number.parseInt(design.seed.slice(0, 8), 16)]);
  const rows = sampleRows(people.length, COMPARED, random).map((one) => people[one] as number);
  const keyer = createBandKeyer(takeRows(records, rows), design.seed);
  const salt = new Uint8Array(SALT_BYTES);
  let last: { readonly band: number; readonly keys: Uint32Array; readonly left: Uint8Array } | undefined;
  const tableOf = (band: number) => {
    if (last?.band !== band) {
      const keys = keyer.keys(design, design.bands[band] as KeyDesign['bands'][number], band, salt);
      last = { band, keys, left: rowsOverLimit(keys, ROWS_PER_KEY, random.below) };
    }
    return last;
  };
  const keysOf = (band: number) => tableOf(band).keys;
  const pairs = countAgreements(keysOf, keysOf, design.bands.length, {
    excluded: (band, row) => tableOf(band).left[row] === 1,
  });
  return {
    records: rows.length,
    pairs: pairs
      .filter(({ list, data, bands }) => list !== data && bands >= 2)
      .map((pair) => ({ ...pair, list: rows[pair.list] as number, data: rows[pair.data] as number })),
  };
}
