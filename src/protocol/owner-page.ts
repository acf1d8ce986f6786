/** What one page of the data owner holds of a run: what was agreed, drawn and kept, and the conversation under way. */
import type { Agreement } from '../agreement/agreement.ts';
import type { Channel } from '../channel/channel.ts';
import { drawLabels, labelsBySlot } from '../psi/labels.ts';
import { drawPads, type TallyPads } from '../tally/pads.ts';
import { bundlesOf } from './bundles.ts';
import { type Conversation, ProtocolError, type StepSchema } from './conversation.ts';
import type { TallyColumns } from './data-port.ts';
import { type OwnerStep, ownerHas } from './positions.ts';
import type { BandKeySource, RunProgress } from './run.ts';
import { RunMemory } from './run-memory.ts';
import { bytesOf, float64s, type RunStore } from './run-store.ts';
import type { SealTasks } from './seal-port.ts';
import { deriveSession, type Session } from './session.ts';
import { runSteps } from './steps.ts';

export interface OwnerInput {
  readonly channel: Channel;
  readonly agreement: Agreement;
  readonly keys: BandKeySource;
  readonly columns: TallyColumns;
  readonly pool: SealTasks;
  /** The release leaves now: from here on the researcher may have the table, however the run ends. */
  onRelease(): void;
  /** What is kept there goes on where it stood before a reload of this page. */
  readonly store: RunStore;
  onProgress(progress: RunProgress): void;
  readonly signal: AbortSignal;
  readonly version: string;
}

/** What the owner draws for a session, and no reload may draw anew. */
interface Secrets {
  readonly labels: Float64Array;
  /** lambda: the label of each tally slot. */
  readonly slotLabels: Float64Array;
  readonly pads: TallyPads;
}

export class OwnerPage {
  readonly steps: ReturnType<typeof runSteps>;
  /** How many bundles there are. */
  readonly bundles: number;
  talk!: Conversation;
  /** Messages of the researcher that this page's workers have. */
  readonly loaded = new Set<OwnerStep>();

  private constructor(
    readonly input: OwnerInput,
    readonly session: Session,
    readonly memory: RunMemory,
    readonly secrets: Secrets,
  ) {
    this.steps = runSteps(session.agreement, session.layout);
    this.bundles = bundlesOf(session.agreement);
  }

  /** Opens what was kept, or draws what a run needs and keeps it. */
  static async open(input: OwnerInput): Promise<OwnerPage> {
    const session = deriveSession(input.agreement);
    if (input.keys.rows > session.agreement.terms.dataRows) {
      throw new ProtocolError('the file has more rows than the agreement says');
    }
    const memory = await RunMemory.open(input.store);
    const { blobs } = await memory.once('secrets', async () => {
      const { labels } = drawLabels(input.keys.rows, session.layout.slots);
      const slotLabels = labelsBySlot(labels, session.layout.slots);
      const { pads, macKeys, noise } = drawPads(session.layout);
      return { body: {}, blobs: [labels, slotLabels, pads, macKeys, noise].map(bytesOf) };
    });
    type Numbers = ReturnType<typeof float64s>;
    const [labels, slotLabels, pads, macKeys, noise] = blobs.map(float64s) as [
      Numbers,
      Numbers,
      Numbers,
      Numbers,
      Numbers,
    ];
    return new OwnerPage(input, session, memory, { labels, slotLabels, pads: { pads, macKeys, noise } });
  }

  /**
   * One of the researcher's single messages: received and kept, or, where it had come before a reload, fetched. Loaded into
   * this page's workers once.
   */
  async take(
    step: OwnerStep,
    schema: StepSchema<Record<string, never>>,
    load: (blobs: readonly Uint8Array[]) => Promise<unknown>,
  ): Promise<void> {
    const { memory } = this;
    if (!ownerHas(memory.ownerPosition.reached, step)) {
      const { blobs } = await this.talk.expect(schema);
      await load(blobs);
      await memory.put(step, { body: {}, blobs });
    } else if (!this.loaded.has(step)) {
      await load((await memory.get(step)).blobs);
    }
    this.loaded.add(step);
  }

  progress(stage: RunProgress['stage'], done: number, note: string): void {
    this.input.onProgress({ stage, done, note });
  }

  /** The researcher has to do something before the run goes on. */
  waiting(stage: RunProgress['stage'], done: number, note: string): void {
    this.input.onProgress({ stage, done, note, waiting: true });
  }
}
