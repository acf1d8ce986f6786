import { z } from 'zod';
import type { ScoredPairs } from '../linking/run-result.ts';
import { checked } from '../parsing/checked.ts';
import { readJson } from '../parsing/json.ts';
import { CommandError } from './command-error.ts';

const whole = z.number().int().nonnegative();
const party = whole.max(255);
const record = z.tuple([party, whole]);
const score = z.number().min(0).max(1);
const pairs = z.union([z.array(z.tuple([record, record, score])), z.array(z.tuple([whole, whole, score]))]);
const scoreFile = z.union([z.object({ similarity_scores: pairs }).transform((file) => file.similarity_scores), pairs]);

type Entry = readonly [number, number, number, number, number];

/**
 * Reads similarity scores of an entity service, of today (`[[party, row], [party, row], score]`) or older (`[row, row,
 * score]`), and sorts them as anonlink does: similarity falling, then the parties, then the rows.
 * @throws CommandError when it is no such file
 */
export function readScoreFile(text: string, name: string): ScoredPairs {
  const json = readJson(text);
  if ('problem' in json) throw new CommandError(`${name} is not JSON: ${json.problem}.`);
  const parsed = checked(scoreFile, json.data);
  if ('problem' in parsed) {
    throw new CommandError(
      `${name} holds no similarity scores: {"similarity_scores": [[[party, row], [party, row], score], ...]} is expected.`,
    );
  }
  const entries = parsed.data.map(([first, second, similarity]): Entry => {
    const [a, i] = typeof first === 'number' ? [0, first] : first;
    const [b, j] = typeof second === 'number' ? [1, second] : second;
    if (a === b)
      throw new CommandError(`${name} has a pair of two rows of party ${a}. Pairs are of different parties.`);
    return a < b ? [a, i, b, j, similarity] : [b, j, a, i, similarity];
  });
  entries.sort((x, y) => y[4] - x[4] || x[0] - y[0] || x[2] - y[2] || x[1] - y[1] || x[3] - y[3]);
  return {
    firstParty: Uint8Array.from(entries, (entry) => entry[0]),
    firstRow: Uint32Array.from(entries, (entry) => entry[1]),
    secondParty: Uint8Array.from(entries, (entry) => entry[2]),
    secondRow: Uint32Array.from(entries, (entry) => entry[3]),
    similarity: Float64Array.from(entries, (entry) => entry[4]),
  };
}

/** The pairs at or above a threshold, of pairs with falling similarity. */
export function atLeast(pairs: ScoredPairs, threshold: number): ScoredPairs {
  const below = pairs.similarity.findIndex((similarity) => similarity < threshold);
  if (below < 0) return pairs;
  return {
    firstParty: pairs.firstParty.slice(0, below),
    firstRow: pairs.firstRow.slice(0, below),
    secondParty: pairs.secondParty.slice(0, below),
    secondRow: pairs.secondRow.slice(0, below),
    similarity: pairs.similarity.slice(0, below),
  };
}
