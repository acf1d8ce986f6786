/**
 * How likely each candidate is a match where files have long texts alone. Shops word one thing differently, and their own things alike: what the
 * words of a list have in common says little of how often strangers agree with it, so nothing is taken from there. In how many bands two
 * rows agree is the evidence. How often matches, and others, agree in so many is learned from who competes with whom: everybody is matched
 * once at most.
 *
 * Some texts resemble many others. So how many others a record, and a row, meets has a gamma distribution (their number is negative
 * binomial), and is judged by the other candidates that it has. Without that, crowds of look-alikes would speak against all matches.
 */
import { type CrowdedSide, crowding } from './crowding.ts';
import { Marginals } from './marginals.ts';
import type { MatchModel } from './match-evidence.ts';
import { risingRatios } from './rising-ratios.ts';
import { sums } from './sums.ts';

const ROUNDS = 200;
/** Rounds end when no probability moves by more. */
const STILL = 1e-4;
/** What is believed at first of a candidate that agrees in most bands for its record and its row, and of others. */
const FIRST_BEST = 0.8;
const FIRST_OTHER = 0.02;
/**
 * A record in a crowd is likelier to have its match in one: how crowded both are is the product of the two, to this power. With 1 they would stand anywhere,
 * with 0.5 always in the same crowd.
 */
const CROWDED_APART = 0.75;
/** Imagined matches, and others, of each level. */
const IMAGINED = 0.2;

/** Candidates, one number each: the record and the row, from 0, and the level of agreement. `records` and `rows`: how many there are. */
export interface TextEvidence {
  readonly recordOf: Uint32Array;
  readonly rowOf: Uint32Array;
  readonly levelOf: Uint32Array;
  readonly records: number;
  readonly rows: number;
}

export function fitTextModel(evidence: TextEvidence): MatchModel {
  const fit = new TextFit(evidence);
  for (let round = 0; round < ROUNDS; round++) if (fit.round() <= STILL) break;
  return fit.model();
}

class TextFit {
  readonly #evidence: TextEvidence;
  readonly #sides: readonly [CrowdedSide, CrowdedSide];
  readonly #levels: number;
  readonly #marginals: Marginals;
  /** By candidate: how much likelier its level is of a match than of another, how crowded it is, and what follows. */
  readonly #ratios: Float64Array;
  readonly #crowded: Float64Array;
  readonly #odds: Float64Array;
  readonly #probabilities: Float64Array;

  constructor(evidence: TextEvidence) {
    const { recordOf, rowOf, levelOf, records, rows } = evidence;
    this.#evidence = evidence;
    this.#sides = [
      { of: recordOf, count: records },
      { of: rowOf, count: rows },
    ];
    this.#levels = levelOf.reduce((most, level) => Math.max(most, level + 1), 0);
    this.#marginals = new Marginals(...this.#sides);
    this.#ratios = new Float64Array(levelOf.length);
    this.#crowded = new Float64Array(levelOf.length);
    this.#odds = new Float64Array(levelOf.length);
    const [ofRecord, ofRow] = this.#sides.map((side) => mostOf(levelOf, side)) as [Uint32Array, Uint32Array];
    this.#probabilities = Float64Array.from(levelOf, (level, i) => {
      const best = level === ofRecord[recordOf[i] as number] && level === ofRow[rowOf[i] as number];
      return best ? FIRST_BEST : FIRST_OTHER;
    });
  }

  /** One round of EM. Returns by how much the probability that moved most has moved. */
  round(): number {
    const { levelOf, records, rows } = this.#evidence;
    const others = this.#probabilities.map((p) => 1 - p);
    const ofLevel = (values: Float64Array) => sums(values, levelOf, this.#levels).map((count) => count + IMAGINED);
    const ratios = risingRatios(ofLevel(this.#probabilities), ofLevel(others));
    const [ofRecord, ofRow] = this.#sides.map((side) => crowding(side, others)) as [Float64Array, Float64Array];
    const all = this.#probabilities.reduce((sum, p) => sum + p, 0);
    const found = Math.min(all, records - 1, rows - 1);
    const free = ((records - found) / records) * ((rows - found) / rows);
    for (const [i, level] of levelOf.entries()) {
      this.#ratios[i] = ((ratios[level] as number) * records) / Math.max(1, all);
      this.#crowded[i] = ((ofRecord[i] as number) * (ofRow[i] as number)) ** CROWDED_APART;
      this.#odds[i] = ((found / records / free) * (this.#ratios[i] as number)) / (this.#crowded[i] as number);
    }
    return this.#marginals.update(this.#odds, this.#probabilities);
  }

  model(): MatchModel {
    const { rows } = this.#evidence;
    return {
      weights: this.#ratios.map((ratio) => Math.log2(ratio * rows)),
      probabilities: this.#probabilities,
      samePerson: this.#probabilities,
      decoys: undefined,
    };
  }
}

function mostOf(levelOf: Uint32Array, { of, count }: CrowdedSide): Uint32Array {
  const most = new Uint32Array(count);
  for (const [i, level] of levelOf.entries()) most[of[i] as number] = Math.max(most[of[i] as number] as number, level);
  return most;
}
