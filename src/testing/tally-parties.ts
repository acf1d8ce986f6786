/** Both sides of the sealed tally in one thread, for tests: the same functions as in a run, with hooks for a researcher who cheats. */
import type { Agreement } from '../agreement/agreement.ts';
import { type MatchedRows, matchedSlots } from '../psi/labels.ts';
import type { HeContext } from '../seal/context.ts';
import { loadSeal, type Seal, saveBytes } from '../seal/library.ts';
import { type ParameterSet, TALLY } from '../seal/parameters.ts';
import { PublicSide } from '../seal/public-side.ts';
import { withScope } from '../seal/scope.ts';
import { SecretSide } from '../seal/secret-side.ts';
import { GateSender } from '../tally/gate-sender.ts';
import { layTally, type TallyLayout } from '../tally/layout.ts';
import { drawPads } from '../tally/pads.ts';
import {
  answerGate,
  cellSlots,
  decryptSlots,
  encryptCounts,
  encryptSelection,
  encryptSlots,
  readPaddedSums,
  readReleased,
  selectMatched,
} from '../tally/receiver.ts';
import { StatisticVectors, type TallyRows } from '../tally/statistic-vectors.ts';
import { SumsSender } from '../tally/sums-sender.ts';

/** Where a cheating researcher departs from the protocol. */
export interface Cheats {
  /** The stratum of each matched row; left out, all are in the first. */
  strata?: readonly number[];
  /** Changes b (of the first stratum, and of all), N values a chunk, and what the researcher says of the labels of their slots. */
  bits?(layout: TallyLayout, bits: Float64Array[], labels: Float64Array[], strata: Float64Array[][]): void;
  /** Changes the padded counts and checks, one value a statistic. */
  counts?(padded: Float64Array, layout: TallyLayout): void;
  /** Changes the padded counts, or their checks, slot by slot of the gate. */
  countSlots?(slots: Float64Array): void;
  checkSlots?(slots: Float64Array): void;
  inverses?(f: Float64Array): Float64Array;
  /** Ciphertexts of b and of labels in place of those that the bits make, and keys in place of the researcher's. */
  queries?: Uint8Array[];
  sumsKeys?: PublicSide;
  gateKeys?: PublicSide;
}

export class TallyParties {
  readonly secret: SecretSide;
  readonly #open: PublicSide;

  static async create(contextOf: (parameters: ParameterSet) => HeContext): Promise<TallyParties> {
    return new TallyParties(await loadSeal(), contextOf(TALLY));
  }

  readonly #seal: Seal;

  private constructor(seal: Seal, context: HeContext) {
    this.#seal = seal;
    this.secret = new SecretSide(context);
    this.#open = new PublicSide(context, this.secret.createPublicKeys());
  }

  /**
   * The whole tally. `padded`: sum + pad of each statistic; `gateSeen`: f, slot by slot; `unsealed`: what the researcher reads where they do not
   * heed the gate; `answers`, `release`: step 2 and step 6 as sent; `budgets`: before sealing, of the first ciphertext of gate and
   * release.
   */
  run(agreement: Agreement, rows: TallyRows, matched: readonly number[], cheats: Cheats = {}) {
    const { secret } = this;
    const layout = layTally(agreement);
    const pads = drawPads(layout);
    const labels = Float64Array.from(matched, (row) => rows.slotLabels[rows.slotOf[row] as number] as number);
    const strata = Uint32Array.from(matched, (_, i) => cheats.strata?.[i] ?? 0);
    return withScope((keep) => {
      const queries = cheats.queries ?? this.#encryptSelection(layout, { labels, strata }, cheats);
      const vectors = new StatisticVectors(agreement, layout, rows);
      const workers = [0, 1].map((index) =>
        keep(new SumsSender(cheats.sumsKeys ?? this.#open, layout, vectors, pads, queries, { index, workers: 2 })),
      );
      for (const worker of workers) worker.join(workers.map(({ part }) => part));
      const answers = Array.from({ length: layout.answers }, (_, i) => (workers[i % 2] as SumsSender).answer(i));
      const padded = readPaddedSums(secret, layout, answers);
      const claimed = padded.slice();
      cheats.counts?.(claimed, layout);
      const { counts, checks } = this.#encryptClaims(layout, claimed, cheats);
      const gate = keep(new GateSender(cheats.gateKeys ?? this.#open, layout, pads, counts, checks));
      const gateAnswers = gate.gateAnswers();
      let { inverses, sealed } = answerGate(secret, layout, gateAnswers);
      const gateSeen = decryptSlots(secret, layout, gateAnswers);
      if (cheats.inverses) inverses = encryptSlots(secret, layout, cheats.inverses(gateSeen));
      const release = gate.release(inverses);
      const released = readReleased(secret, layout, claimed, sealed, release);
      const heedless = sealed.map(() => false);
      const unsealed = readReleased(secret, layout, claimed, heedless, release) as number[];
      const budgets = {
        gate: secret.budgetOf(gate.saveGate()[0] as Uint8Array),
        release: secret.budgetOf(saveBytes(this.#seal, keep(gate.releaseCipher(inverses[0] as Uint8Array)))),
      };
      return { layout, pads, padded, answers, release, sealed, released, gateSeen, unsealed, budgets };
    });
  }

  #encryptClaims(layout: TallyLayout, claimed: Float64Array, { countSlots, checkSlots }: Cheats) {
    const honest = encryptCounts(this.secret, layout, claimed);
    const changed = (kind: 'count' | 'check', change: (slots: Float64Array) => void) => {
      const slots = cellSlots(layout, claimed, kind);
      change(slots);
      return encryptSlots(this.secret, layout, slots);
    };
    return {
      counts: countSlots ? changed('count', countSlots) : honest.counts,
      checks: checkSlots ? changed('check', checkSlots) : honest.checks,
    };
  }

  #encryptSelection(layout: TallyLayout, matched: MatchedRows, { bits }: Cheats): Uint8Array[] {
    const selection = selectMatched(layout, matchedSlots(matched, layout.slots));
    bits?.(layout, selection.bits[0] as Float64Array[], selection.labels, selection.bits);
    return encryptSelection(this.secret, selection);
  }
}
