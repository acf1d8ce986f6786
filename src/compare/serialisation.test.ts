import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromBase64 } from '../clk/base64.ts';
import { type CandidateRow, candidatePairs } from '../testing/candidate-pairs.ts';
import { mergeCandidates } from './candidates.ts';
import { dumpCandidates, loadCandidates } from './serialisation.ts';

interface Serialisations {
  readonly serialization: readonly { readonly candidates: readonly CandidateRow[]; readonly bytes_base64: string }[];
  readonly serialization_merge: {
    readonly a: readonly CandidateRow[];
    readonly b: readonly CandidateRow[];
    readonly merged_base64: string;
  };
}

const file = new URL('../../../shared/vectors/anonlink/edge_cases.json', import.meta.url);

describe.skipIf(!existsSync(file))('bytes of anonlink', () => {
  const { serialization, serialization_merge } = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Serialisations)
    : { serialization: [], serialization_merge: { a: [], b: [], merged_base64: '' } };

  it.each(serialization)('$candidates', ({ candidates, bytes_base64 }) => {
    const pairs = candidatePairs(candidates);
    expect(Buffer.from(dumpCandidates(pairs)).toString('base64')).toBe(bytes_base64);
    expect(loadCandidates(fromBase64(bytes_base64))).toEqual(pairs);
  });

  it('merged', () => {
    const { a, b, merged_base64 } = serialization_merge;
    const parts = [a, b].map((rows) => loadCandidates(dumpCandidates(candidatePairs(rows))));
    expect(Buffer.from(dumpCandidates(mergeCandidates(parts))).toString('base64')).toBe(merged_base64);
  });
});

it('what is not candidate pairs is refused', () => {
  const bytes = dumpCandidates(candidatePairs([[0, 1, 2, 3, 0.5]]));
  expect(() => loadCandidates(bytes.subarray(0, 20))).toThrow('ends within candidate pair 1');
  expect(() => loadCandidates(new Uint8Array(4))).toThrow('does not begin as candidate pairs');
  expect(() => loadCandidates(dumpCandidates(candidatePairs([[0, 1, 2, 3, 1.5]])))).toThrow('similarity 1.5');
  const far = bytes.slice();
  far[10] = 1;
  far[14] = 1;
  expect(() => loadCandidates(far)).toThrow('names data set 65536');
});
