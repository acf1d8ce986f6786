/**
 * A stand-in for the SEAL workers, which need a browser: the same calls, the same messages of the same sizes, the same
 * results, but in the clear: a condition of the gate is one number here, the product of its slots.
 */
import type { Agreement } from '../../agreement/agreement.ts';
import type { MatchScores, ResultRow } from '../../agreement/result.ts';
import { hasKey, keyTable } from '../../keys/key-table.ts';
import type { OpenedTally, SealCalls, SetName } from '../../protocol/seal-port.ts';
import type { TableShape } from '../../psi/geometry.ts';
import { joinKeys } from '../../psi/key-points.ts';
import { type MatchedLabels, matchedLabels } from '../../psi/label-check.ts';
import { type MatchedRows, matchedSlots } from '../../psi/labels.ts';
import { SightingCollector } from '../../psi/matches.ts';
import type { BundleQuery, BundleSightings } from '../../psi/receiver.ts';
import type { BundleAnswer } from '../../psi/sender.ts';
import type { ListValues } from '../../scores/list-values.ts';
import { matchScores, scoreCandidates } from '../../scores/match-scores.ts';
import { matchByWeight } from '../../scores/one-to-one.ts';
import type { Scored } from '../../scores/scored.ts';
import { add, invertAll, multiply, subtract } from '../../seal/plain-field.ts';
import { randomBelow, randomElement, randomNonzero } from '../../seal/random.ts';
import type { PublicKeys } from '../../seal/secret-side.ts';
import { resultRows } from '../../tally/figures.ts';
import {
  cellValues,
  gateConditions,
  layTally,
  statisticSlots,
  stratumOfAnswer,
  type TallyLayout,
} from '../../tally/layout.ts';
import { releasedPad, type TallyPads } from '../../tally/pads.ts';
import type { MatchedSlot } from '../../tally/receiver.ts';
import { StatisticVectors, type TallyRows } from '../../tally/statistic-vectors.ts';
import { secretLot } from '../../tally/suppression.ts';

import { blob, blobs, joined, joinedNumbers, nothing, numbers, ofTable, sizesOf } from './plain-blobs.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export class PlainWorker implements SealCalls {
  readonly #sizes: ReturnType<typeof sizesOf>;
  readonly #layout: TallyLayout;
  #collector = new SightingCollector(0);
  #candidates: Scored = { candidates: [], records: 0 };
  #labels = new Float64Array();
  #prepared: Parameters<PlainWorker['prepareBundle']> | undefined;
  readonly #bits: Uint8Array[] = [];
  #sums: { vectors: StatisticVectors; pads: TallyPads; slots: readonly MatchedSlot[]; tied: boolean } | undefined;
  #gate: { pads: TallyPads; tampering: Float64Array; f: Float64Array } | undefined;

  readonly #fails: () => boolean;

  /** `fails()`: true where cuckoo hashing is to fail. */
  constructor(agreement: Agreement, fails: () => boolean) {
    this.#fails = fails;
    this.#sizes = sizesOf(agreement);
    this.#layout = layTally(agreement);
  }

  async prepare(): Promise<void> {}
  async makeKeysAhead(): Promise<void> {}

  async createSecretKey(): Promise<Bytes> {
    return new Uint8Array(1);
  }

  async createPublicKeys(set: SetName): Promise<PublicKeys> {
    const [publicKey = 0, relinKeys = 0] = this.#sizes.keys[set];
    return {
      publicKey: blob(nothing, publicKey),
      relinKeys: relinKeys === 0 ? new Uint8Array() : blob(nothing, relinKeys),
    };
  }

  async takeSecretKey(): Promise<void> {}
  async takePublicKeys(): Promise<void> {}

  async queryBundle(table: TableShape, bands: readonly Uint32Array[]): Promise<BundleQuery | undefined> {
    if (this.#fails()) return undefined;
    const keys = joinKeys(bands);
    const binOf = Int32Array.from({ length: keys.length / 4 }, (_, place) => (hasKey(keys, 4 * place) ? place : -1));
    return { queries: blobs(keys, ofTable(table, table.degree, this.#sizes.query)), binOf };
  }

  async answerBundle(
    geometry: TableShape,
    bands: readonly Uint32Array[],
    queries: readonly Uint8Array[],
  ): Promise<BundleAnswer> {
    const asked = new Uint32Array(joined(queries));
    const rows = keyTable(joinKeys(bands));
    const values = new Float64Array((asked.length / 4) * geometry.segments).map(() => randomElement());
    for (let place = 0; place < asked.length / 4; place++) {
      let at = place * geometry.segments;
      for (let row = rows.find(asked, 4 * place); row >= 0; row = rows.next[row] as number) {
        values[at++] = this.#labels[row % this.#labels.length] as number;
      }
    }
    return {
      answers: blobs(values, ofTable(geometry, geometry.segments, this.#sizes.answer)),
      capped: [],
      overflowed: 0,
    };
  }

  async prepareBundle(geometry: TableShape, bands: readonly Uint32Array[]): Promise<void> {
    this.#prepared = [geometry, bands];
  }

  async answerPrepared(queries: readonly Uint8Array[]): Promise<BundleAnswer> {
    if (!this.#prepared) throw new Error('nothing is prepared');
    const [geometry, bands] = this.#prepared;
    this.#prepared = undefined;
    return this.answerBundle(geometry, bands, queries);
  }

  async readAnswers(geometry: TableShape, binOf: Int32Array, answers: readonly Uint8Array[]): Promise<BundleSightings> {
    const all = joinedNumbers(answers);
    const places = Uint32Array.from(binOf.keys()).filter((place) => binOf[place] !== -1);
    const values = new Float64Array(places.length * geometry.segments);
    for (const [i, place] of places.entries()) {
      const start = place * geometry.segments;
      values.set(all.subarray(start, start + geometry.segments), i * geometry.segments);
    }
    return { places, values };
  }

  async startCollecting(records: number): Promise<void> {
    this.#collector = new SightingCollector(records);
  }

  async collect(firstBand: number, sightings: BundleSightings): Promise<void> {
    this.#collector.add(firstBand, sightings);
  }

  async scoreMatches({ terms }: Agreement, values: ListValues): Promise<MatchScores> {
    const candidates = this.#collector.candidates(terms.agreeingBands);
    this.#candidates = scoreCandidates(candidates, { design: terms.keys, values, dataRows: terms.dataRows });
    return matchScores(this.#candidates, randomBelow);
  }

  async matchedLabels(threshold: number): Promise<MatchedLabels> {
    return matchedLabels(matchByWeight(this.#candidates.candidates, threshold, randomBelow));
  }

  async encryptMatched(_agreement: Agreement, { labels, strata }: MatchedRows): Promise<Bytes[]> {
    return blobs(Float64Array.of(...labels, ...strata), this.#sizes.bits);
  }

  async takeLabels(labels: Float64Array): Promise<void> {
    this.#labels = Float64Array.from(labels);
  }

  async sealAhead(): Promise<void> {}

  async takeBits(bits: Uint8Array): Promise<void> {
    this.#bits.push(bits);
  }

  async startSums(agreement: Agreement, rows: TallyRows, pads: TallyPads): Promise<Bytes> {
    const both = joinedNumbers(this.#bits.splice(0));
    const [labels, strata] = [both.slice(0, both.length / 2), both.slice(both.length / 2)];
    const slots = matchedSlots({ labels, strata: Uint32Array.from(strata) }, this.#layout.slots);
    const tied = slots.every(({ slot, label }) => label === rows.slotLabels[slot]);
    this.#sums = { vectors: new StatisticVectors(agreement, this.#layout, rows), pads, slots, tied };
    return new Uint8Array(0);
  }

  async joinSums(_parts: readonly Uint8Array[]): Promise<void> {}

  async answerSum(index: number): Promise<Bytes> {
    const { vectors, pads, slots, tied } = this.#need(this.#sums);
    const [vector] = vectors.answerVectors(index, pads) as [Float64Array];
    const sums: number[] = [];
    for (const [i, statistic] of this.#layout.statistics.entries()) {
      if (statistic.answer !== index) continue;
      const [start, end] = statisticSlots(this.#layout, statistic);
      let sum = pads.pads[i] as number;
      for (const { slot, stratum } of slots) {
        if (stratum !== stratumOfAnswer(this.#layout, index)) continue;
        for (let at = start + slot; at < end; at += this.#layout.slots) sum = add(sum, vector[at] as number);
      }
      sums.push(tied ? sum : randomElement());
    }
    return blob(Float64Array.from(sums), this.#sizes.sum);
  }

  async encryptCounts(
    _agreement: Agreement,
    answers: readonly Uint8Array[],
  ): Promise<{ counts: Bytes[]; checks: Bytes[]; padded: Float64Array<ArrayBuffer> }> {
    const opened = answers.map((answer) => [...numbers(answer)]);
    const padded = Float64Array.from(this.#layout.statistics, ({ answer }) => opened[answer]?.shift() as number);
    return {
      counts: blobs(this.#ofConditions('count', padded), this.#sizes.inverses),
      checks: blobs(this.#ofConditions('check', padded), this.#sizes.inverses),
      padded,
    };
  }

  async answerCounts(
    { terms }: Agreement,
    pads: TallyPads,
    claims: readonly Uint8Array[],
  ): Promise<{ answers: Bytes[]; saved: Bytes[] }> {
    const { gateChunks } = this.#layout;
    const [x, check] = [joinedNumbers(claims.slice(0, gateChunks)), joinedNumbers(claims.slice(gateChunks))];
    const countPads = this.#ofConditions('count', pads.pads);
    const checkPads = this.#ofConditions('check', pads.pads);
    const conditions = gateConditions(this.#layout);
    const tampering = Float64Array.from(conditions, ({ cell }, i) => {
      const mac = multiply(pads.macKeys[cell] as number, subtract(x[i] as number, countPads[i] as number));
      return subtract(mac, subtract(check[i] as number, checkPads[i] as number));
    });
    const f = Float64Array.from(conditions, ({ from }, i) => {
      const y = subtract(x[i] as number, countPads[i] as number);
      let product = randomNonzero();
      for (let smaller: number = from; smaller < terms.minimumGroupSize; smaller++) {
        product = multiply(product, subtract(y, smaller));
      }
      return add(product, multiply(randomElement(), tampering[i] as number));
    });
    this.#gate = { pads, tampering, f };
    const saved = blobs(Float64Array.from([...tampering, ...f]), this.#sizes.gate);
    return { answers: blobs(f, this.#sizes.gate), saved };
  }

  async resumeGate(
    _agreement: Agreement,
    pads: TallyPads,
    _claims: readonly Uint8Array[],
    saved: readonly Uint8Array[],
  ): Promise<void> {
    const both = joinedNumbers(saved);
    this.#gate = { pads, tampering: both.slice(0, both.length / 2), f: both.slice(both.length / 2) };
  }

  async answerGate(
    _agreement: Agreement,
    gate: readonly Uint8Array[],
  ): Promise<{ inverses: Bytes[]; sealed: boolean[] }> {
    const f = joinedNumbers(gate);
    const sealed = this.#layout.released.map(() => false);
    for (const [i, { released }] of gateConditions(this.#layout).entries()) if (f[i] === 0) sealed[released] = true;
    invertAll(f);
    return { inverses: blobs(f, this.#sizes.inverses), sealed };
  }

  async release(inverses: readonly Uint8Array[]): Promise<Bytes[]> {
    const { pads, tampering, f } = this.#need(this.#gate);
    const w = joinedNumbers(inverses);
    const released = Float64Array.from(this.#layout.released, (index) => releasedPad(pads, index));
    for (const [i, { released: place }] of gateConditions(this.#layout).entries()) {
      const failing = subtract(1, multiply(f[i] as number, w[i] as number));
      const noise = multiply(randomElement(), tampering[i] as number);
      released[place] = add(released[place] as number, add(noise, multiply(randomElement(), failing)));
    }
    return blobs(released, this.#sizes.gate);
  }

  async readResult(
    agreement: Agreement,
    { matches, padded, sealed }: OpenedTally,
    release: readonly Uint8Array[],
  ): Promise<ResultRow[]> {
    const pads = joinedNumbers(release);
    const released = this.#layout.released.map((index, slot) =>
      sealed[slot] ? undefined : subtract(padded[index] as number, pads[slot] as number),
    );
    return resultRows(agreement, this.#layout, released, matches, secretLot(padded));
  }

  /** For each condition of the gate, the value of its cell's count or check. */
  #ofConditions(kind: 'count' | 'check', values: Float64Array): Float64Array {
    const ofCells = cellValues(this.#layout, values, kind);
    return Float64Array.from(gateConditions(this.#layout), ({ cell }) => ofCells[cell] as number);
  }

  #need<T>(value: T | undefined): T {
    if (value === undefined) throw new Error('a worker was asked for a step before the one it needs');
    return value;
  }
}
