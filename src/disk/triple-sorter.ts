/** Sorts more triples of numbers than memory should hold: what is too much lies in files until it is merged. */
import type { TemporaryFiles } from './temporary-files.ts';
import { compareTriples, mergeTriples, type Run, readRun, TRIPLE, TRIPLES_A_PART, writeRun } from './triple-runs.ts';

/** Triples in order, each once, that can be gone through again and again. */
export interface SortedTriples {
  readonly count: number;
  /** Each part may be overwritten by the next. */
  parts(): Iterable<Float64Array>;
}

export interface SorterOptions {
  /** Where what is too much for memory lies. */
  readonly files: TemporaryFiles;
  /** Triples in memory, of 24 bytes each and as much again while they are sorted; a million unless given. */
  readonly held?: number;
}

/** Triples in memory, unless told otherwise. */
export const HELD = 1 << 20;
/** Runs that are merged at once: files that are open, and parts of them that are in memory. */
const MAX_RUNS = 128;

function* cut(triples: Float64Array): Generator<Float64Array> {
  const step = TRIPLE * TRIPLES_A_PART;
  for (let at = 0; at < triples.length; at += step) yield triples.subarray(at, at + step);
}

/** Whole numbers up to it are exact. */
const EXACT = 2 ** 53;

/**
 * The places of triples in their order. They are sorted by how their first numbers lie between the lowest and the highest of them,
 * as exactly as fits into one number beside the place, since numbers alone are sorted many times faster than by a comparison; then
 * by comparison where that leaves several alike.
 */
function orderOf(triples: Float64Array): Uint32Array {
  const count = triples.length / TRIPLE;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < triples.length; at += TRIPLE) {
    const first = triples[at] ?? 0;
    if (first < low) low = first;
    if (first > high) high = first;
  }
  const room = 2 ** Math.ceil(Math.log2(count));
  const scale = high > low ? (EXACT / room - 1) / (high - low) : 0;
  const near = new Float64Array(count);
  for (let i = 0; i < count; i++) near[i] = Math.floor(((triples[TRIPLE * i] ?? 0) - low) * scale) * room + i;
  near.sort();
  const order = new Uint32Array(count);
  let start = 0;
  let alike = Number.NaN;
  const close = (end: number): void => {
    if (end - start > 1) order.subarray(start, end).sort((i, j) => compareTriples(triples, i, triples, j));
  };
  for (let i = 0; i < count; i++) {
    const value = near[i] ?? 0;
    const key = Math.floor(value / room);
    order[i] = TRIPLE * (value - key * room);
    if (key === alike) continue;
    close(i);
    [start, alike] = [i, key];
  }
  close(count);
  return order;
}

function sortedCopy(triples: Float64Array): Float64Array {
  const sorted = new Float64Array(triples.length);
  let to = 0;
  for (const from of orderOf(triples)) for (let i = 0; i < TRIPLE; i++) sorted[to++] = triples[from + i] ?? 0;
  return sorted;
}

/** Takes triples in any order. */
export class TripleSorter {
  readonly #files: TemporaryFiles;
  readonly #held: number;
  #loose = new Float64Array(TRIPLE * 1024);
  #looseLength = 0;
  /** In order, in memory. */
  #sorted: Float64Array[] = [];
  #sortedLength = 0;
  #runs: Run[] = [];

  constructor({ files, held = HELD }: SorterOptions) {
    this.#files = files;
    this.#held = held;
  }

  add(a: number, b: number, c: number): void {
    if (this.#looseLength === this.#loose.length) {
      if (this.#loose.length >= TRIPLE * this.#held) this.#sortLoose();
      else {
        const grown = new Float64Array(2 * this.#loose.length);
        grown.set(this.#loose);
        this.#loose = grown;
      }
    }
    this.#loose[this.#looseLength++] = a;
    this.#loose[this.#looseLength++] = b;
    this.#loose[this.#looseLength++] = c;
  }

  /** Takes triples that are in order already, and keeps the list. */
  addSorted(triples: Float64Array): void {
    if (triples.length === 0) return;
    this.#sorted.push(triples);
    this.#sortedLength += triples.length;
    if (this.#sortedLength >= TRIPLE * this.#held) this.#writeSorted();
  }

  /** All that was taken; takes no more. */
  finish(): SortedTriples {
    this.#sortLoose();
    if (this.#runs.length === 0) {
      const triples = this.#gathered();
      return { count: triples.length / TRIPLE, parts: () => cut(triples) };
    }
    if (this.#sortedLength > 0) this.#writeSorted();
    this.#mergeRuns();
    const [run] = this.#runs;
    if (!run) throw new RangeError('a merge leaves a run');
    return { count: run.triples, parts: () => readRun(run) };
  }

  /** What is in memory, in one list. */
  #gathered(): Float64Array {
    const room = new Float64Array(this.#sortedLength);
    let length = 0;
    for (const part of mergeTriples(this.#sorted.map(cut))) {
      room.set(part, length);
      length += part.length;
    }
    this.#sorted = [];
    this.#sortedLength = 0;
    return room.subarray(0, length);
  }

  #sortLoose(): void {
    const triples = sortedCopy(this.#loose.subarray(0, this.#looseLength));
    this.#looseLength = 0;
    this.addSorted(triples);
  }

  #writeSorted(): void {
    this.#runs.push(writeRun(this.#files.open(), mergeTriples(this.#sorted.map(cut))));
    this.#sorted = [];
    this.#sortedLength = 0;
    if (this.#runs.length === MAX_RUNS) this.#mergeRuns();
  }

  #mergeRuns(): void {
    const runs = this.#runs;
    const merged = writeRun(this.#files.open(), mergeTriples(runs.map((run) => readRun(run))));
    for (const { file } of runs) file.close();
    this.#runs = [merged];
  }
}
