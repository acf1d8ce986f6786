/**
 * From sightings to matches: a value that a record shows in enough bands is the label of a row of the owner.
 * Uniform noise repeats with probability 2^-33, which is why at least two bands are asked for.
 */
import type { Candidate } from '../keys/agreement-count.ts';
import type { BandSightings } from './receiver.ts';

export class SightingCollector {
  private readonly bands: BandSightings[] = [];

  constructor(private readonly records: number) {}

  add(sightings: BandSightings): void {
    this.bands.push(sightings);
  }

  /** All pairs of a record (`list`) and a label (`data`) seen in at least `agreeingBands` bands. */
  candidates(agreeingBands: number): Candidate[] {
    const { starts, values } = this.byRecord();
    const found: Candidate[] = [];
    for (let record = 0; record < this.records; record++) {
      const seen = values.subarray(starts[record] as number, starts[record + 1] as number).sort();
      let run = 0;
      for (let i = 0; i < seen.length; i++) {
        run++;
        if (seen[i] === seen[i + 1]) continue;
        if (run >= agreeingBands) found.push({ list: record, data: seen[i] as number, bands: run });
        run = 0;
      }
    }
    return found;
  }

  private byRecord(): { starts: Uint32Array; values: Float64Array } {
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
    for (const { records, values } of this.bands) {
      const each = values.length / Math.max(1, records.length);
      for (let i = 0; i < records.length; i++) {
        const record = records[i] as number;
        all.set(values.subarray(i * each, (i + 1) * each), next[record] as number);
        next[record] = (next[record] as number) + each;
      }
    }
    return { starts, values: all };
  }
}
