/** Result files of two parties, as linkage units write them. */

import { z } from 'zod';
import { checked } from '../parsing/checked.ts';
import { readJson } from '../parsing/json.ts';
import { t } from '../words/translate.ts';

/** A result file cannot be read; the message is for people. */
export class ResultFileError extends Error {
  override readonly name = 'ResultFileError';
}

/** Which rows belong together, by row number from 0. */
export interface ResultFile {
  readonly type: 'similarity scores' | 'groups' | 'mapping';
  readonly pairs: readonly ResultPair[];
}

export interface ResultPair {
  readonly first: number;
  readonly second: number;
  /** Only similarity scores tell it. */
  readonly similarity?: number;
}

const row = z.int().min(0);
const member = z.tuple([z.int().min(0), row]);
const scored = z.tuple([member, member, z.number()]);
const olderScored = z.tuple([row, row, z.number()]);
const scoreList = z.union([z.array(scored), z.array(olderScored)]);

const groups = z.object({ groups: z.array(z.array(member)) });
const mapping = z.object({ mapping: z.record(z.string().regex(/^\d+$/), z.union([row, z.string().regex(/^\d+$/)])) });
const scores = z.union([
  scoreList,
  z.object({ similarity_scores: scoreList }).transform((file) => file.similarity_scores),
]);

type Member = z.infer<typeof member>;

function crossPair(a: Member, b: Member): ResultPair[] {
  const [first, second] = a[0] <= b[0] ? [a, b] : [b, a];
  if (first[0] !== 0 || second[0] !== 1) {
    if (first[0] === second[0]) return [];
    throw new ResultFileError(
      t('The result has rows of party {{party}}. Only results of two parties can be held to two files.', {
        party: second[0] + 1,
      }),
    );
  }
  return [{ first: first[1], second: second[1] }];
}

function groupPairs(members: readonly Member[]): ResultPair[] {
  return members.flatMap((a, i) => members.slice(i + 1).flatMap((b) => crossPair(a, b)));
}

/**
 * Reads a result of two parties: similarity scores (either form), groups, or a mapping.
 * @throws ResultFileError
 */
export function readResultFile(text: string): ResultFile {
  const json = readJson(text);
  if ('problem' in json)
    throw new ResultFileError(t('The result file is not JSON: {{problem}}.', { problem: json.problem }));
  const asGroups = checked(groups, json.data);
  if ('data' in asGroups) return { type: 'groups', pairs: asGroups.data.groups.flatMap(groupPairs) };
  const asMapping = checked(mapping, json.data);
  if ('data' in asMapping) {
    const pairs = Object.entries(asMapping.data.mapping).map(([first, second]) => ({
      first: Number(first),
      second: Number(second),
    }));
    return { type: 'mapping', pairs };
  }
  const asScores = checked(scores, json.data);
  if ('data' in asScores) {
    const pairs = asScores.data.flatMap(([a, b, similarity]): ResultPair[] => {
      if (typeof a === 'number' || typeof b === 'number') return [{ first: Number(a), second: Number(b), similarity }];
      return crossPair(a, b).map((pair) => ({ ...pair, similarity }));
    });
    return { type: 'similarity scores', pairs };
  }
  throw new ResultFileError(
    t(
      'The file holds neither similarity scores nor {"groups": [...]} nor {"mapping": {...}}. Permutations cannot be held to the truth: they hide which rows belong together.',
    ),
  );
}

/** `{"groups": [...]}` of links between two parties. */
export function writeGroups(pairs: readonly ResultPair[]): string {
  const list = pairs.map(({ first, second }) => [
    [0, first],
    [1, second],
  ]);
  return `${JSON.stringify({ groups: list })}\n`;
}

/** `{"mapping": {...}}` of links between two parties. */
export function writeMapping(pairs: readonly ResultPair[]): string {
  return `${JSON.stringify({ mapping: Object.fromEntries(pairs.map(({ first, second }) => [String(first), second])) })}\n`;
}
