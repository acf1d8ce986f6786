import { z } from 'zod';
import type { ScoredPairs } from '../linking/run-result.ts';
import { checked } from '../parsing/checked.ts';
import { openBytes, startsAsObject } from './byte-source.ts';
import { piecesOf, smallJson } from './clk-source.ts';
import { CommandError } from './command-error.ts';
import type { Terminal } from './terminal.ts';

const whole = z.number().int().nonnegative().max(0xffff_ffff);
const party = whole.max(255);
const record = z.tuple([party, whole]);
const score = z.number().min(0).max(1);
const pair = z.union([z.tuple([record, record, score]), z.tuple([whole, whole, score])]);
const noPairs = z.union([z.object({ similarity_scores: z.array(z.never()) }), z.array(z.never())]);

type Entry = readonly [firstParty: number, firstRow: number, secondParty: number, secondRow: number, score: number];

/** Pairs in a few large lists, as many as come. */
class PairList {
  private room = 1024;
  private count = 0;
  private firstParty = new Uint8Array(this.room);
  private firstRow = new Uint32Array(this.room);
  private secondParty = new Uint8Array(this.room);
  private secondRow = new Uint32Array(this.room);
  private similarity = new Float64Array(this.room);

  add([firstParty, firstRow, secondParty, secondRow, similarity]: Entry): void {
    if (this.count === this.room) this.grow();
    const at = this.count++;
    this.firstParty[at] = firstParty;
    this.firstRow[at] = firstRow;
    this.secondParty[at] = secondParty;
    this.secondRow[at] = secondRow;
    this.similarity[at] = similarity;
  }

  /** Sorted as anonlink does: similarity falling, then the parties, then the rows. */
  sorted(): ScoredPairs {
    const { firstParty, firstRow, secondParty, secondRow, similarity } = this;
    const of = (list: Uint8Array | Uint32Array | Float64Array, i: number): number => list[i] ?? 0;
    const compare = (x: number, y: number): number =>
      of(similarity, y) - of(similarity, x) ||
      of(firstParty, x) - of(firstParty, y) ||
      of(secondParty, x) - of(secondParty, y) ||
      of(firstRow, x) - of(firstRow, y) ||
      of(secondRow, x) - of(secondRow, y);
    const order = Uint32Array.from({ length: this.count }, (_, i) => i);
    if (order.some((place) => place > 0 && compare(place - 1, place) > 0)) order.sort(compare);
    return {
      firstParty: Uint8Array.from(order, (i) => of(firstParty, i)),
      firstRow: Uint32Array.from(order, (i) => of(firstRow, i)),
      secondParty: Uint8Array.from(order, (i) => of(secondParty, i)),
      secondRow: Uint32Array.from(order, (i) => of(secondRow, i)),
      similarity: Float64Array.from(order, (i) => of(similarity, i)),
    };
  }

  private grow(): void {
    this.room *= 2;
    const grown = <T extends Uint8Array | Uint32Array | Float64Array>(list: T, larger: T): T => {
      larger.set(list);
      return larger;
    };
    this.firstParty = grown(this.firstParty, new Uint8Array(this.room));
    this.firstRow = grown(this.firstRow, new Uint32Array(this.room));
    this.secondParty = grown(this.secondParty, new Uint8Array(this.room));
    this.secondRow = grown(this.secondRow, new Uint32Array(this.room));
    this.similarity = grown(this.similarity, new Float64Array(this.room));
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
 * Reads similarity scores of an entity service, of today (`[[party, row], [party, row], score]`) or older (`[row, row,
 * score]`), and sorts them as anonlink does.
 * @param argument the argument's name in the usage
 * @throws CommandError when it is no such file
 */
export async function readScoreFile(terminal: Terminal, file: string, argument: string): Promise<ScoredPairs> {
  const source = await openBytes(terminal, file, argument);
  const { name } = source;
  const pairs = new PairList();
  let count = 0;
  const paths = startsAsObject(source) ? '$.similarity_scores.*' : '$.*';
  for (const { path, value } of piecesOf(source, [paths])) {
    if (path.at(-1) !== count) throw foreign(name);
    pairs.add(entryOf(value, ++count, name));
  }
  if (count === 0 && 'problem' in checked(noPairs, smallJson(source))) {
    throw foreign(name);
  }
  return pairs.sorted();
}

const foreign = (name: string): CommandError =>
  new CommandError(
    `${name} holds no similarity scores: {"similarity_scores": [[[party, row], [party, row], score], ...]} is expected. Choose a file that link --type similarity_scores has written.`,
  );

/** The pairs at or above a threshold, of pairs with falling similarity. */
export function atLeast(pairs: ScoredPairs, threshold: number): ScoredPairs {
  const below = pairs.similarity.findIndex((similarity) => similarity < threshold);
  if (below < 0) return pairs;
  return {
    firstParty: pairs.firstParty.subarray(0, below),
    firstRow: pairs.firstRow.subarray(0, below),
    secondParty: pairs.secondParty.subarray(0, below),
    secondRow: pairs.secondRow.subarray(0, below),
    similarity: pairs.similarity.subarray(0, below),
  };
}
