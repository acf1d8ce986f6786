/**
 * Candidate pairs as the bytes anonlink's `dump_candidate_pairs` writes: version 1, the sizes in bytes of a similarity (8), a
 * data set number (4) and a record number (4), then for each pair five little-endian numbers: similarity, first data set,
 * second data set, first record, second record.
 */
import { allocateCandidates, type CandidatePairs } from './candidates.ts';
import { CompareError } from './filters.ts';

const HEADER = [1, 8, 4, 4] as const;
const PAIR_BYTES = 24;

/** The pairs as bytes. */
export function dumpCandidates(pairs: CandidatePairs): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER.length + PAIR_BYTES * pairs.similarities.length);
  bytes.set(HEADER);
  const view = new DataView(bytes.buffer);
  pairs.similarities.forEach((similarity, i) => {
    const at = HEADER.length + PAIR_BYTES * i;
    view.setFloat64(at, similarity, true);
    view.setUint32(at + 8, pairs.firstDataset[i] ?? 0, true);
    view.setUint32(at + 12, pairs.secondDataset[i] ?? 0, true);
    view.setUint32(at + 16, pairs.firstRecord[i] ?? 0, true);
    view.setUint32(at + 20, pairs.secondRecord[i] ?? 0, true);
  });
  return bytes;
}

/**
 * Reads what {@link dumpCandidates} or anonlink wrote.
 * @throws CompareError for another version, other number sizes, a cut file, a similarity outside 0 to 1 or a data set above 65535
 */
export function loadCandidates(bytes: Uint8Array): CandidatePairs {
  if (HEADER.some((value, i) => bytes[i] !== value)) {
    throw new CompareError('The file does not begin as candidate pairs of anonlink do. Choose another file.');
  }
  const count = (bytes.length - HEADER.length) / PAIR_BYTES;
  if (!Number.isInteger(count)) {
    throw new CompareError(`The file ends within candidate pair ${Math.floor(count) + 1}. Write or fetch it again.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pairs = allocateCandidates(count);
  for (let i = 0; i < count; i++) {
    const at = HEADER.length + PAIR_BYTES * i;
    const similarity = view.getFloat64(at, true);
    if (!(similarity >= 0 && similarity <= 1)) {
      throw new CompareError(`Candidate pair ${i + 1} has similarity ${similarity}; only 0 to 1 have a meaning.`);
    }
    pairs.similarities[i] = similarity;
    for (const [column, offset] of [
      [pairs.firstDataset, 8],
      [pairs.secondDataset, 12],
    ] as const) {
      const dataset = view.getUint32(at + offset, true);
      if (dataset > 0xffff)
        throw new CompareError(`Candidate pair ${i + 1} names data set ${dataset}; 65535 is the last.`);
      column[i] = dataset;
    }
    pairs.firstRecord[i] = view.getUint32(at + 16, true);
    pairs.secondRecord[i] = view.getUint32(at + 20, true);
  }
  return pairs;
}
