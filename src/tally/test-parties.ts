/** Both sides of the sealed tally in one thread, for tests: the same functions as in a run, with hooks for a researcher who cheats. */
import type { Agreement } from '../agreement/agreement.ts';
import type { HeContext } from '../seal/context.ts';
import { loadSeal, type Seal, saveBytes } from '../seal/library.ts';
import { GATE, type ParameterSet, SUMS } from '../seal/parameters.ts';
import { PublicSide } from '../seal/public-side.ts';
import { withScope } from '../seal/scope.ts';
import { SecretSide } from '../seal/secret-side.ts';
import { staysReadable } from '../seal/test-noise-room.ts';
import { GateSender } from './gate-sender.ts';
import { blockStart, layTally, type TallyLayout } from './layout.ts';
import { drawPads } from './pads.ts';
import { answerGate, encryptCounts, encryptMatched, readPaddedSums, readReleased } from './receiver.ts';
import { StatisticVectors, type TallyRows } from './statistic-vectors.ts';
import { SumsSender } from './sums-sender.ts';

/** Where a cheating researcher departs from the protocol. */
export interface Cheats {
  /** Changes b, N values a chunk. */
  bits?(layout: TallyLayout, bits: Float64Array[]): void;
  /** Changes the padded counts and checks, one value a statistic. */
  counts?(padded: Float64Array, layout: TallyLayout): void;
  inverses?(f: Float64Array): Float64Array;
  /** Ciphertexts of b in place of those that the bits make, and keys in place of hers. */
  queries?: Uint8Array[];
  sumsKeys?: PublicSide;
  gateKeys?: PublicSide;
}

export class TallyParties {
  readonly sumsSecret: SecretSide;
  readonly gateSecret: SecretSide;
  private readonly sumsOpen: PublicSide;
  private readonly gateOpen: PublicSide;

  static async create(contextOf: (parameters: ParameterSet) => HeContext): Promise<TallyParties> {
    return new TallyParties(await loadSeal(), contextOf(SUMS), contextOf(GATE));
  }

  private constructor(
    private readonly seal: Seal,
    sums: HeContext,
    gate: HeContext,
  ) {
    this.sumsSecret = new SecretSide(sums);
    this.gateSecret = new SecretSide(gate);
    this.sumsOpen = new PublicSide(sums, this.sumsSecret.createPublicKeys());
    this.gateOpen = new PublicSide(gate, this.gateSecret.createPublicKeys());
  }

  /** The whole tally. `unsealed`: what she reads where she does not heed the gate; `budgets`: before sealing, of gate and release. */
  run(agreement: Agreement, rows: TallyRows, matched: readonly number[], cheats: Cheats = {}) {
    const { sumsSecret, gateSecret } = this;
    const layout = layTally(agreement);
    const pads = drawPads(layout);
    const slots = matched.map((row) => rows.slotOf[row] as number);
    return withScope((keep) => {
      const queries = cheats.queries ?? this.encryptBits(layout, slots, cheats);
      const vectors = new StatisticVectors(agreement, layout, rows);
      const workers = [0, 1].map((index) =>
        keep(new SumsSender(cheats.sumsKeys ?? this.sumsOpen, layout, vectors, pads, queries, { index, workers: 2 })),
      );
      for (const worker of workers) worker.join(workers.map(({ part }) => part));
      const answers = Array.from({ length: layout.answers }, (_, i) => (workers[i % 2] as SumsSender).answer(i));
      const padded = readPaddedSums(sumsSecret, layout, answers);
      const claimed = padded.slice();
      cheats.counts?.(claimed, layout);
      const { counts, checks } = encryptCounts(gateSecret, layout, claimed);
      const { minimumGroupSize } = agreement.terms;
      const gate = keep(
        new GateSender(cheats.gateKeys ?? this.gateOpen, layout, pads, minimumGroupSize, counts, checks),
      );
      const gateAnswer = gate.gateAnswer();
      let { inverses, sealed } = answerGate(gateSecret, layout, gateAnswer);
      if (cheats.inverses) inverses = gateSecret.encrypt(cheats.inverses(gateSecret.decrypt(gateAnswer)));
      const release = gate.release(inverses);
      const released = readReleased(gateSecret, layout, claimed, sealed, release);
      const heedless = sealed.map(() => false);
      const unsealed = readReleased(gateSecret, layout, claimed, heedless, release) as number[];
      const budgets = {
        gate: gateSecret.budgetOf(saveBytes(this.seal, gate.gateCipher)),
        release: gateSecret.budgetOf(saveBytes(this.seal, keep(gate.releaseCipher(inverses)))),
      };
      const readable =
        answers.every((answer) => staysReadable(sumsSecret, answer, 1 / 32)) &&
        [gateAnswer, release].every((answer) => staysReadable(gateSecret, answer, 1 / 32));
      return { layout, pads, readable, sealed, released, unsealed, budgets };
    });
  }

  private encryptBits(layout: TallyLayout, slots: readonly number[], { bits }: Cheats): Uint8Array[] {
    if (!bits) return encryptMatched(this.sumsSecret, layout, slots);
    const plain = plainBits(layout, slots);
    bits(layout, plain);
    return plain.map((values) => this.sumsSecret.encrypt(values));
  }
}

/** b as an honest researcher encrypts it. */
export function plainBits(layout: TallyLayout, slots: readonly number[]): Float64Array[] {
  const out = Array.from({ length: layout.chunks }, () => new Float64Array(SUMS.degree));
  for (const slot of slots) {
    for (let block = 0; block < layout.blocks; block++) {
      const at = blockStart(layout, block) + slot;
      (out[Math.floor(at / SUMS.degree)] as Float64Array)[at % SUMS.degree] = 1;
    }
  }
  return out;
}
