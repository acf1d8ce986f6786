/** Results as files, in the words of the Anonlink entity service. */
import { groupMembers, type RunResult, type ScoredPairs } from './run-result.ts';

/** Texts are joined in parts of so many entries: one text of all would be too long for a string. */
const ENTRIES_A_PART = 50_000;

function* listParts(open: string, entries: Iterable<string>, close: string): Generator<string> {
  yield open;
  let part: string[] = [];
  let any = false;
  const text = () => `${any ? ', ' : ''}${part.join(', ')}`;
  for (const entry of entries) {
    part.push(entry);
    if (part.length < ENTRIES_A_PART) continue;
    yield text();
    any = true;
    part = [];
  }
  if (part.length > 0) yield text();
  yield close;
}

const scoreText = (score: number): string => (Number.isInteger(score) ? score.toFixed(1) : String(score));

function* scoreEntries(parts: Iterable<ScoredPairs>): Generator<string> {
  for (const { firstParty, firstRow, secondParty, secondRow, similarity } of parts) {
    for (const [i, score] of similarity.entries()) {
      yield `[[${firstParty[i]}, ${firstRow[i]}], [${secondParty[i]}, ${secondRow[i]}], ${scoreText(score)}]`;
    }
  }
}

function* olderScoreEntries(parts: Iterable<ScoredPairs>): Generator<string> {
  for (const { firstRow, secondRow, similarity } of parts) {
    for (const [i, score] of similarity.entries()) yield `[${firstRow[i]}, ${secondRow[i]}, ${scoreText(score)}]`;
  }
}

/** The text of similarity scores, in parts, of pairs that come in parts. */
export function scoresText(parts: Iterable<ScoredPairs>): Generator<string> {
  return listParts('{"similarity_scores": [', scoreEntries(parts), ']}');
}

/**
 * The scores of two parties in the form of services before there could be more: `[row, row, score]`, in parts.
 * @param parts the first of each pair a row of party 0, the second of party 1
 */
export function olderScoresText(parts: Iterable<ScoredPairs>): Generator<string> {
  return listParts('{"similarity_scores": [', olderScoreEntries(parts), ']}');
}

function* mappingEntries(result: Extract<RunResult, { type: 'groups' | 'mapping' }>): Generator<string> {
  for (const members of groupMembers(result.groups)) {
    const row = (of: number) => members.find(([party]) => party === of)?.[1];
    const [first, second] = [row(0), row(1)];
    if (first !== undefined && second !== undefined) yield `"${first}": ${second}`;
  }
}

function* groupEntries(result: Extract<RunResult, { type: 'groups' | 'mapping' }>): Generator<string> {
  for (const members of groupMembers(result.groups)) {
    yield `[${members.map(([party, row]) => `[${party}, ${row}]`).join(', ')}]`;
  }
}

function* numbers(values: Uint8Array | Uint32Array): Generator<string> {
  for (const value of values) yield String(value);
}

/** The JSON text of a result, in parts. */
export function resultText(result: RunResult): Generator<string> {
  switch (result.type) {
    case 'similarity scores':
      return scoresText([result.pairs]);
    case 'groups':
      return listParts('{"groups": [', groupEntries(result), ']}');
    case 'mapping':
      return listParts('{"mapping": {', mappingEntries(result), '}}');
    case 'permutation':
      return listParts('{"permutation": [', numbers(result.order), `], "rows": ${result.places}}`);
    case 'mask':
      return listParts('{"mask": [', numbers(result.mask), ']}');
  }
}
