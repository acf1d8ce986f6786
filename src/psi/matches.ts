/**
 * From sightings to matches: a value that a record shows in enough bands is the label of a row of the owner.
 * Uniform noise repeats with probability 2^-33, which is why at least two bands are asked for.
 */
import { type Candidate, forEachSeen, withBand } from '../keys/agreement-count.ts';
import { PLAIN_MODULUS } from '../seal/parameters.ts';
import type { BundleSightings } from './receiver.ts';

/** Most false candidates a record. */
export const MAX_FALSE = 1e-3;

/** How many values a record is expected to show in `agreeing` bands by chance alone, of `segments` that each of `bands` shows. */
export function falseCandidates(segments: number, bands: number, agreeing: number): number {
  let expected = 1;
  for (let i = 0; i < agreeing; i++) {
    expected *= (segments * bands - i) / (i + 1) / (i === 0 ? 1 : PLAIN_MODULUS);
  }
  return expected;
}

export class SightingCollector {
  readonly #bundles: (BundleSightings & { readonly firstBand: number })[] = [];

  readonly #records: number;

  constructor(records: number) {
    this.#records = records;
  }

  /** `firstBand`: the number of the bundle's first band. */
  add(firstBand: number, sightings: BundleSightings): void {
    this.#bundles.push({ firstBand, ...sightings });
  }

  /** All pairs of a record (`list`) and a label (`data`) seen in at least `agreeingBands` bands. */
  candidates(agreeingBands: number): Candidate[] {
    const { starts, seen } = this.#byRecord();
    const found: Candidate[] = [];
    for (let record = 0; record < this.#records; record++) {
      const own = seen.subarray(starts[record] as number, starts[record + 1] as number).sort();
      forEachSeen(own, agreeingBands, (label, inBands) => {
        found.push({ list: record, data: label, bands: inBands.length, inBands });
      });
    }
    return found;
  }

  /** What each record saw, with the band: `withBand`. */
  #byRecord(): { starts: Uint32Array; seen: Float64Array } {
    const starts = new Uint32Array(this.#records + 1);
    for (const { places, values } of this.#bundles) {
      const each = values.length / Math.max(1, places.length);
      for (const place of places) {
        const record = place % this.#records;
        starts[record + 1] = (starts[record + 1] as number) + each;
      }
    }
    for (let record = 0; record < this.#records; record++) {
      starts[record + 1] = (starts[record + 1] as number) + (starts[record] as number);
    }
    const next = starts.slice();
    const all = new Float64Array(starts[this.#records] as number);
    for (const { firstBand, places, values } of this.#bundles) {
      const each = values.length / Math.max(1, places.length);
      for (let i = 0; i < places.length; i++) {
        const place = places[i] as number;
        const record = place % this.#records;
        const band = firstBand + Math.floor(place / this.#records);
        let at = next[record] as number;
        for (let j = i * each; j < (i + 1) * each; j++) all[at++] = withBand(values[j] as number, band);
        next[record] = at;
      }
    }
    return { starts, seen: all };
  }
}
