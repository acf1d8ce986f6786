/**
 * From sightings to matches: a value that a record shows in enough bands is the label of a row of the owner.
 * Uniform noise repeats with probability 2^-33, which is why at least two bands are asked for.
 */
import { type Candidate, forEachSeen, withBand } from '../keys/agreement-count.ts';
import type { BandSightings } from './receiver.ts';

export class SightingCollector {
  private readonly bands: (BandSightings & { readonly band: number })[] = [];

  constructor(private readonly records: number) {}

  add(band: number, sightings: BandSightings): void {
    this.bands.push({ band, ...sightings });
  }

  /** All pairs of a record (`list`) and a label (`data`) seen in at least `agreeingBands` bands. */
  candidates(agreeingBands: number): Candidate[] {
    const { starts, seen } = this.byRecord();
    const found: Candidate[] = [];
    for (let record = 0; record < this.records; record++) {
      const own = seen.subarray(starts[record] as number, starts[record + 1] as number).sort();
      forEachSeen(own, agreeingBands, (label, inBands) => {
        found.push({ list: record, data: label, bands: inBands.length, inBands });
      });
    }
    return found;
  }

  /** What each record saw, with the band: `withBand`. */
  private byRecord(): { starts: Uint32Array; seen: Float64Array } {
    const starts = new Uint32Array(this.records + 1);
    for (const { records, values } of this.bands) {
      const each = values.length / Math.max(1, records.length);
      for (const record of records) starts[record + 1] = (starts[record + 1] as number) + each;
    }
    for (let record = 0; record < this.records; record++) {
      starts[record + 1] = (starts[record + 1] as number) + (starts[record] as number);
    }
    const next = starts.slice();
    const all = new Float64Array(starts[this.records] as number);
    for (const { band, records, values } of this.bands) {
      const each = values.length / Math.max(1, records.length);
      for (let i = 0; i < records.length; i++) {
        const record = records[i] as number;
        let at = next[record] as number;
        for (let j = i * each; j < (i + 1) * each; j++) all[at++] = withBand(values[j] as number, band);
        next[record] = at;
      }
    }
    return { starts, seen: all };
  }
}
