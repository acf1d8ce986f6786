import { z } from 'zod';
import { candidateTriple } from '../compare/candidate-triples.ts';
import type { TemporaryFiles } from '../disk/temporary-files.ts';
import { TripleSorter } from '../disk/triple-sorter.ts';
import type { ScoredPairs } from '../linking/run-result.ts';
import { checked } from '../parsing/checked.ts';
import { openBytes, startsAsObject } from './byte-source.ts';
import { piecesOf, smallJson } from './clk-source.ts';
import { CommandError } from './command-error.ts';
import { type FoundPairs, pairsOfTriples } from './found-pairs.ts';
import type { Terminal } from './terminal.ts';

const whole = z.int().nonnegative().max(0xffff_ffff);
const PARTIES = 256;
const party = whole.max(PARTIES - 1);
/** Rows of all parties that a solver has memory for, some 16 bytes each. */
const MAX_RECORDS = 2 ** 29;
const record = z.tuple([party, whole]);
const score = z.number().min(0).max(1);
const pair = z.union([z.tuple([record, record, score]), z.tuple([whole, whole, score])]);
const noPairs = z.union([z.object({ similarity_scores: z.array(z.never()) }), z.array(z.never())]);

type Entry = readonly [firstParty: number, firstRow: number, secondParty: number, secondRow: number, score: number];

/** Pairs in a few large lists, as many as come. */
class PairList {
  #room = 1024;
  #count = 0;
  #firstParty = new Uint8Array(this.#room);
  #firstRow = new Uint32Array(this.#room);
  #secondParty = new Uint8Array(this.#room);
  #secondRow = new Uint32Array(this.#room);
  #similarity = new Float64Array(this.#room);

  add([firstParty, firstRow, secondParty, secondRow, similarity]: Entry): void {
    if (this.#count === this.#room) this.#grow();
    const at = this.#count++;
    this.#firstParty[at] = firstParty;
    this.#firstRow[at] = firstRow;
    this.#secondParty[at] = secondParty;
    this.#secondRow[at] = secondRow;
    this.#similarity[at] = similarity;
  }

  /** Sorted as anonlink does: similarity falling, then the parties, then the rows. */
  sorted(): ScoredPairs {
    const firstParty = this.#firstParty;
    const firstRow = this.#firstRow;
    const secondParty = this.#secondParty;
    const secondRow = this.#secondRow;
    const similarity = this.#similarity;
    const of = (list: Uint8Array | Uint32Array | Float64Array, i: number): number => list[i] ?? 0;
    const compare = (x: number, y: number): number =>
      of(similarity, y) - of(similarity, x) ||
      of(firstParty, x) - of(firstParty, y) ||
      of(secondParty, x) - of(secondParty, y) ||
      of(firstRow, x) - of(firstRow, y) ||
      of(secondRow, x) - of(secondRow, y);
    const order = Uint32Array.from({ length: this.#count }, (_, i) => i);
    if (order.some((place) => place > 0 && compare(place - 1, place) > 0)) order.sort(compare);
    return {
      firstParty: Uint8Array.from(order, (i) => of(firstParty, i)),
      firstRow: Uint32Array.from(order, (i) => of(firstRow, i)),
      secondParty: Uint8Array.from(order, (i) => of(secondParty, i)),
      secondRow: Uint32Array.from(order, (i) => of(secondRow, i)),
      similarity: Float64Array.from(order, (i) => of(similarity, i)),
    };
  }

  #grow(): void {
    this.#room *= 2;
    const grown = <T extends Uint8Array | Uint32Array | Float64Array>(list: T, larger: T): T => {
      larger.set(list);
      return larger;
    };
    this.#firstParty = grown(this.#firstParty, new Uint8Array(this.#room));
    this.#firstRow = grown(this.#firstRow, new Uint32Array(this.#room));
    this.#secondParty = grown(this.#secondParty, new Uint8Array(this.#room));
    this.#secondRow = grown(this.#secondRow, new Uint32Array(this.#room));
    this.#similarity = grown(this.#similarity, new Float64Array(this.#room));
  }
}

function entryOf(value: unknown, number: number, name: string): Entry {
  const parsed = checked(pair, value);
  if ('problem' in parsed) {
    throw new CommandError(
      `${name}: pair ${number} is not [[party, row], [party, row], score] with a score from 0 to 1. Choose a file of similarity scores.`,
    );
  }
  const [first, second, similarity] = parsed.data;
  const [a, i] = typeof first === 'number' ? [0, first] : first;
  const [b, j] = typeof second === 'number' ? [1, second] : second;
  if (a === b) {
    throw new CommandError(
      `${name}: pair ${number} is of two rows of party ${a}. Pairs are of different parties; take it out.`,
    );
  }
  return a < b ? [a, i, b, j, similarity] : [b, j, a, i, similarity];
}

/**
 * Goes through the similarity scores of an entity service, of today (`[[party, row], [party, row], score]`) or older
 * (`[row, row, score]`).
 * @throws CommandError when it is no such file
 */
async function eachScore(
  terminal: Terminal,
  file: string,
  argument: string,
  take: (entry: Entry) => void,
): Promise<void> {
  const source = await openBytes(terminal, file, argument);
  const { name } = source;
  let count = 0;
  const paths = startsAsObject(source) ? '$.similarity_scores.*' : '$.*';
  for (const { path, value } of piecesOf(source, [paths])) {
    if (path.at(-1) !== count) throw foreign(name);
    take(entryOf(value, ++count, name));
  }
  if (count === 0 && 'problem' in checked(noPairs, smallJson(source))) {
    throw foreign(name);
  }
}

/**
 * Reads similarity scores, and sorts them as anonlink does.
 * @param argument the argument's name in the usage
 * @throws CommandError when it is no such file
 */
export async function readScoreFile(terminal: Terminal, file: string, argument: string): Promise<ScoredPairs> {
  const pairs = new PairList();
  await eachScore(terminal, file, argument, (entry) => pairs.add(entry));
  return pairs.sorted();
}

export interface SpooledScores {
  readonly pairs: FoundPairs;
  /** Of each party one more than its highest row in a pair. */
  readonly sizes: readonly number[];
  /** Pairs that stood there before, with the same score. */
  readonly repeated: number;
}

/**
 * Reads similarity scores at or above a threshold, and sorts them as anonlink does: in memory what fits, the rest in files.
 * @param argument the argument's name in the usage
 * @throws CommandError when it is no such file, or has several scores of a pair
 */
export async function spoolScores(
  terminal: Terminal,
  file: string,
  argument: string,
  threshold: number,
  files: TemporaryFiles,
): Promise<SpooledScores> {
  const sorter = new TripleSorter({ files });
  const places = new TripleSorter({ files });
  const sizes: number[] = [];
  let count = 0;
  const include = (party: number, row: number): void => {
    while (sizes.length <= party) sizes.push(0);
    sizes[party] = Math.max(sizes[party] ?? 0, row + 1);
  };
  await eachScore(terminal, file, argument, ([firstParty, firstRow, secondParty, secondRow, similarity]) => {
    if (similarity < threshold) return;
    include(firstParty, firstRow);
    include(secondParty, secondRow);
    sorter.add(...candidateTriple(similarity, firstParty, secondParty, firstRow, secondRow));
    places.add(firstParty * PARTIES + secondParty, firstRow, secondRow);
    count++;
  });
  const records = sizes.reduce((sum, size) => sum + size, 0);
  if (records > MAX_RECORDS) {
    throw new CommandError(
      `The rows in ${file} go up to ${Math.max(...sizes) - 1}: with all parties more than the ${MAX_RECORDS} that memory is for. Row numbers count from 0.`,
    );
  }
  const sorted = sorter.finish();
  const several = sorted.count - places.finish().count;
  if (several > 0) {
    throw new CommandError(
      `${file} has ${several} ${several === 1 ? 'pair' : 'pairs'} of rows that stood there before with another score. Leave one score of each.`,
    );
  }
  return { pairs: pairsOfTriples(sorted), sizes, repeated: count - sorted.count };
}

const foreign = (name: string): CommandError =>
  new CommandError(
    `${name} holds no similarity scores: {"similarity_scores": [[[party, row], [party, row], score], ...]} is expected. Choose a file that link --type similarity_scores has written.`,
  );
