/** Sorted runs of triples in files, and their merge. A triple is three doubles, and triples are ordered one number after another. */
import TinyQueue from 'tinyqueue';
import type { TemporaryFile } from './temporary-files.ts';

/** Numbers of a triple. */
export const TRIPLE = 3;
/** Triples that are given at a time. */
export const TRIPLES_A_PART = 1 << 14;

/** Negative where triple `i` of `a` stands before triple `j` of `b`, 0 for equals. Places count numbers, not triples. */
export function compareTriples(a: Float64Array, i: number, b: Float64Array, j: number): number {
  return (a[i] ?? 0) - (b[j] ?? 0) || (a[i + 1] ?? 0) - (b[j + 1] ?? 0) || (a[i + 2] ?? 0) - (b[j + 2] ?? 0);
}

/** Triples in order, in a file. */
export interface Run {
  readonly file: TemporaryFile;
  readonly triples: number;
}

/** Writes parts of triples, which are in order already, as a run. */
export function writeRun(file: TemporaryFile, parts: Iterable<Float64Array>): Run {
  let triples = 0;
  for (const part of parts) {
    file.append(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    triples += part.length / TRIPLE;
  }
  return { file, triples };
}

/**
 * A run's triples, in parts; each may be overwritten by the next.
 * @param held triples that are read at a time
 */
export function* readRun({ file, triples }: Run, held = TRIPLES_A_PART): Generator<Float64Array> {
  const room = new Float64Array(TRIPLE * Math.min(held, triples));
  const bytes = new Uint8Array(room.buffer);
  const size = triples * TRIPLE * room.BYTES_PER_ELEMENT;
  for (let at = 0; at < size; ) {
    const wanted = Math.min(bytes.length, size - at);
    file.read(bytes.subarray(0, wanted), at);
    at += wanted;
    yield room.subarray(0, wanted / room.BYTES_PER_ELEMENT);
  }
}

interface Source {
  readonly parts: Iterator<Float64Array>;
  part: Float64Array;
  at: number;
}

/** Goes on to a source's next triple; false at its end. */
function advance(source: Source): boolean {
  source.at += TRIPLE;
  while (source.at >= source.part.length) {
    const next = source.parts.next();
    if (next.done) return false;
    source.part = next.value;
    source.at = 0;
  }
  return true;
}

/** Merges sorted triples into one sequence without repetitions, in parts; each may be overwritten by the next. */
export function* mergeTriples(sorted: readonly Iterable<Float64Array>[]): Generator<Float64Array> {
  const queue = new TinyQueue<Source>([], (a, b) => compareTriples(a.part, a.at, b.part, b.at));
  for (const parts of sorted) {
    const source = { parts: parts[Symbol.iterator](), part: new Float64Array(), at: 0 };
    if (advance(source)) queue.push(source);
  }
  const merged = new Float64Array(TRIPLE * TRIPLES_A_PART);
  const last = new Float64Array(TRIPLE).fill(Number.NaN);
  let length = 0;
  for (let source = queue.pop(); source !== undefined; source = queue.pop()) {
    const { part, at } = source;
    if (compareTriples(part, at, last, 0) !== 0) {
      if (length === merged.length) {
        yield merged;
        length = 0;
      }
      for (let i = 0; i < TRIPLE; i++) {
        last[i] = part[at + i] ?? 0;
        merged[length++] = part[at + i] ?? 0;
      }
    }
    if (advance(source)) queue.push(source);
  }
  if (length > 0) yield merged.subarray(0, length);
}
