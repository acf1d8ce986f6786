/** What the bands that hash a field say of how alike two values of it are. */
import type { KeySource } from '../agreement/match-field.ts';
import type { BandModel, BandRoles, Comparison } from './band-model.ts';
import { LIKENESS_BINS, LIKENESS_OF_BIN } from './likeness.ts';

/** No ratio of chances is beyond, as a logarithm: a double holds it. */
const MAX_LOG = 300;
/** The steps of likeness, and behind them values that are the same. */
const SIMILARITIES: readonly number[] = [...LIKENESS_OF_BIN, 1];
const THE_SAME = LIKENESS_BINS;
/** A field is nearly the same where that makes its bands so much likelier, as a logarithm, than if it were the same. */
const MARGIN = 4;
const SWEEPS = 3;
/** Chances of the other fields of a band are told apart by so many steps of their logarithm, and so many of them. */
const STEPS = 16;
const MAX_STEPS = 63;

/** The chance that a band agrees in values of this similarity, by the number of its picks of the field. */
function pickChance(source: KeySource, similarity: number, picks: number): number {
  // Two half full filters share a position by chance half of the time.
  return (source === 'lambda-fold' ? (1 + similarity) / 2 : similarity) ** picks;
}

/** Bands are many, and of few kinds: they are counted by kind, and weighed once. */
export class LikenessReader {
  readonly #model: BandModel;
  readonly #source: KeySource;
  /** By kind of band: logarithms of what it shows, one a step of likeness. */
  readonly #logs: (Float64Array | undefined)[] = [];
  /** By kind, the bands counted; and the kinds that there are. */
  readonly #counts: Uint16Array;
  #kinds: number[] = [];

  constructor(model: BandModel, source: KeySource) {
    this.#model = model;
    this.#source = source;
    const most = model.picksIn.flat().reduce((a, b) => Math.max(a, b), 0);
    this.#counts = new Uint16Array((most + 1) * model.chances.length * (MAX_STEPS + 1) * 2);
  }

  /**
   * Two fields that are not quite the same would each be blamed for all bands that they fail together. So fields are taken for as alike as
   * makes the bands likeliest, one after the other, and what that explains is no evidence against another. `fields`: those that are the same.
   */
  findNearlySame(comparison: Comparison, fields: readonly number[]): void {
    const { agreeing, blocks, nearlySame } = comparison;
    let failing = 0;
    for (let band = 0; band < blocks.length; band++) if (blocks[band] === 0 && agreeing[band] === 0) failing++;
    // One band that fails is not enough for any field.
    if (failing < 2) return;
    for (let sweep = 0, moved = true; sweep < SWEEPS && moved; sweep++) {
      moved = false;
      for (const field of fields) {
        const logs = this.#shown(comparison, field, false);
        let [best, most] = [THE_SAME, (logs[THE_SAME] as number) + MARGIN];
        for (let bin = 0; bin < LIKENESS_BINS; bin++) {
          if ((logs[bin] as number) > most) [best, most] = [bin, logs[bin] as number];
        }
        moved ||= nearlySame[field] !== best;
        nearlySame[field] = best;
      }
    }
  }

  /** By step of likeness: how much likelier the bands of a field agree and fail as they do than if its values are the same. */
  ratios(comparison: Comparison, field: number, isSimilar: boolean): Float64Array {
    const logs = this.#shown(comparison, field, isSimilar);
    const same = logs[THE_SAME] as number;
    for (let bin = 0; bin < LIKENESS_BINS; bin++) {
      logs[bin] = Math.exp(Math.min(MAX_LOG, (logs[bin] as number) - same));
    }
    return logs.subarray(0, LIKENESS_BINS);
  }

  /** The logarithm of the chance that a field's bands agree and fail as they do, by step of its likeness. */
  #shown({ agreeing, blocks, similarIn, nearlySame }: Comparison, field: number, isSimilar: boolean): Float64Array {
    const { hashedIn, picksIn, chances } = this.#model;
    const [bands, picks] = [hashedIn[field] as readonly number[], picksIn[field] as readonly number[]];
    let someNear = false;
    for (let other = 0; other < nearlySame.length; other++) if (nearlySame[other] !== THE_SAME) someNear = true;
    for (let i = 0; i < bands.length; i++) {
      const band = bands[i] as number;
      if (blocks[band] !== 0) continue;
      const others = (similarIn[band] as number) - (isSimilar ? 1 : 0);
      const near = someNear ? this.#stepsOf(band, field, nearlySame) : 0;
      const pair = ((picks[i] as number) * chances.length + others) * (MAX_STEPS + 1) + near;
      this.#count(2 * pair + (agreeing[band] as number));
    }
    return this.#sum();
  }

  #count(kind: number): void {
    if (this.#counts[kind] === 0) this.#kinds.push(kind);
    this.#counts[kind] = (this.#counts[kind] as number) + 1;
  }

  #sum(): Float64Array {
    const logs = new Float64Array(SIMILARITIES.length);
    for (const kind of this.#kinds) {
      const [bands, ofKind] = [this.#counts[kind] as number, this.#logsOf(kind)];
      for (let bin = 0; bin < logs.length; bin++) logs[bin] = (logs[bin] as number) + bands * (ofKind[bin] as number);
      this.#counts[kind] = 0;
    }
    this.#kinds = [];
    return logs;
  }

  /** How much rarer a band agrees for its other fields that are nearly the same. */
  #stepsOf(band: number, field: number, nearlySame: Uint8Array): number {
    const { hashed, picks } = this.#model.roles[band] as BandRoles;
    let chance = 1;
    for (let i = 0; i < hashed.length; i++) {
      const [other, bin] = [hashed[i] as number, nearlySame[hashed[i] as number] as number];
      if (other === field || bin === THE_SAME) continue;
      chance *= pickChance(this.#source, SIMILARITIES[bin] as number, picks[i] as number);
    }
    return chance === 1 ? 0 : Math.min(MAX_STEPS, Math.round(-STEPS * Math.log(chance)));
  }

  #logsOf(kind: number): Float64Array {
    const known = this.#logs[kind];
    if (known) return known;
    const { chances } = this.#model;
    const pair = kind >> 1;
    const near = Math.exp(-(pair % (MAX_STEPS + 1)) / STEPS);
    const rest = Math.floor(pair / (MAX_STEPS + 1));
    const most = near * (chances[rest % chances.length] as number);
    const picks = Math.floor(rest / chances.length);
    const made = Float64Array.from(SIMILARITIES, (similarity) => {
      const chance = most * pickChance(this.#source, similarity, picks);
      return kind % 2 === 1 ? Math.log(chance) : Math.log(1 - chance);
    });
    this.#logs[kind] = made;
    return made;
  }
}
