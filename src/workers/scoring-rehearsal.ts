/** A made-up run's sightings, weighed before the run, so that the browser has compiled by then what weighing needs. */
import type { KeyDesign } from '../agreement/agreement.ts';
import { SightingCollector } from '../psi/matches.ts';
import { listFields } from '../scores/list-values.ts';
import { matchScores, scoreCandidates } from '../scores/match-scores.ts';
import { randomElements } from '../seal/random.ts';

/** As in the smallest run of a few thousand people. */
const RECORDS = 1000;
const FIELDS = 6;
const BANDS = 64;
const SEGMENTS = 3;
/** As often as it takes until what runs often has been compiled for speed. */
const TIMES = 2;

/** Weighs matches of made-up people. */
export function rehearseScoring(): void {
  const bands = Array.from({ length: BANDS }, (_, band) => {
    const [first, second, asked] = [band % FIELDS, (band + 1) % FIELDS, (band + 2) % FIELDS];
    const hashed = [first, second].map((field) => ({ field, picks: [band, band + BANDS] }));
    return { fields: band % 2 === 0 ? hashed : [...hashed, { field: asked, picks: [] }] };
  });
  const design: KeyDesign = { source: 'minhash', seed: '00'.repeat(16), bands };
  const codes = Uint32Array.from({ length: RECORDS }, (_, record) => 1 + record);
  const spellings = Array.from({ length: RECORDS + 1 }, (_, code) => (code === 0 ? '' : `value ${code}`));
  const each = <T>(one: T) => Array.from({ length: FIELDS }, () => one);
  const fields = listFields(
    {
      rows: RECORDS,
      fields: each({ name: 'made up', type: 'category' }),
      values: each(spellings),
      codes: each(codes),
    },
    design,
  );
  const values = { fields, people: RECORDS, within: { records: 0, pairs: [] }, equalRows: 0 };
  for (let time = 0; time < TIMES; time++) {
    const candidates = sightings().candidates(2);
    const scored = scoreCandidates(candidates, { design, values, dataRows: RECORDS });
    matchScores(scored, (bound) => bound - 1);
  }
}

/** Every record sees its own row in all bands but some, and the row of the next record in a few. */
function sightings(): SightingCollector {
  const collector = new SightingCollector(RECORDS);
  const records = Uint32Array.from({ length: RECORDS }, (_, record) => record);
  const labels = randomElements(RECORDS);
  for (let band = 0; band < BANDS; band++) {
    const values = randomElements(RECORDS * SEGMENTS);
    for (let record = 0; record < RECORDS; record++) {
      if ((band + record) % 7 > 0) values[record * SEGMENTS] = labels[record] as number;
      if ((band + record) % 16 === 0) values[record * SEGMENTS + 1] = labels[(record + 1) % RECORDS] as number;
    }
    collector.add(band, { places: records, values });
  }
  return collector;
}
