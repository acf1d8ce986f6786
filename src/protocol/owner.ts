/**
 * The data owner's side of a run, top to bottom as in docs/protocol.md. They compute on ciphertexts only, and every answer
 * leaves sealed; what they learn is that a query of the agreed kind ran. Every answer is computed once and kept before it is
 * sent: after a reload of either page the same bytes go again, and nothing is answered anew.
 */

import type { Agreement } from '../agreement/agreement.ts';
import type { OwnerOutcome } from '../agreement/result.ts';
import type { Channel } from '../channel/channel.ts';
import { labelKeys } from '../psi/label-check.ts';
import { drawLabels, labelsBySlot, slotOfLabel } from '../psi/labels.ts';
import { drawPads, type TallyPads } from '../tally/pads.ts';
import type { TallyRows } from '../tally/statistic-vectors.ts';
import { bandsDone, bundlesOf, keysOfBundle, labelTableOf } from './bundles.ts';
import { Conversation, conduct, ProtocolError, type Received, type Side, type StepSchema } from './conversation.ts';
import type { TallyColumns } from './data-port.ts';
import { checkPositions, type OwnerStep, ownerHas, type ResearcherStep, researcherHas } from './positions.ts';
import type { BandKeySource, RunProgress } from './run.ts';
import { RunMemory } from './run-memory.ts';
import { bytesOf, float64s, type RunStore } from './run-store.ts';
import { handOver, type SealTasks } from './seal-port.ts';
import { deriveSession, labelSalt, type Session } from './session.ts';
import { type BundleQueryBody, largestMessage, runSteps } from './steps.ts';
import { TaskWindow } from './task-window.ts';

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

export function runOwner(input: OwnerInput): Promise<OwnerOutcome> {
  return conduct(input.channel, input.signal, () => OwnerRun.begin(input));
}

/** What the owner draws for a session, and no reload may draw anew. */
interface Secrets {
  readonly labels: Float64Array;
  /** lambda: the label of each tally slot. */
  readonly slotLabels: Float64Array;
  readonly pads: TallyPads;
}

class OwnerRun implements Side<OwnerOutcome> {
  private readonly steps: ReturnType<typeof runSteps>;
  /** How many bundles there are. */
  private readonly bundles: number;
  private talk!: Conversation;
  private work = new TaskWindow(1);
  /** Messages of the researcher that this page's workers have. */
  private readonly loaded = new Set<OwnerStep>();
  /** Of bundles answered since the page was loaded: to forget an answer, it need not be read again. */
  private readonly leftOutOf = new Map<number, OwnerOutcome['leftOut']>();

  private constructor(
    private readonly input: OwnerInput,
    private readonly session: Session,
    private readonly memory: RunMemory,
    private readonly secrets: Secrets,
  ) {
    this.steps = runSteps(session.agreement, session.layout);
    this.bundles = bundlesOf(session.agreement);
  }

  static async begin(input: OwnerInput): Promise<OwnerRun> {
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
    return new OwnerRun(input, session, memory, { labels, slotLabels, pads: { pads, macKeys, noise } });
  }

  async proceed(channel: Channel): Promise<OwnerOutcome> {
    const { input, session, memory } = this;
    channel.setReceiveLimit(largestMessage(session.agreement, session.layout));
    this.talk = new Conversation(channel, session.hash);
    memory.watch.follow(channel);
    const { ownerPosition } = memory;
    await this.talk.send('position', { ...ownerPosition });
    const { body: theirs } = await this.talk.expect(this.steps.researcherPosition);
    checkPositions(theirs, ownerPosition, this.bundles);
    if (researcherHas(theirs.reached, 'tally-release')) {
      input.onRelease();
    } else {
      this.progress('linkage', ownerPosition.answered.length / this.bundles, 'Waiting for the first encrypted keys');
      await this.answerBundles(new Set(theirs.read));
      memory.watch.enter('table');
      await this.tally(theirs.reached);
    }
    await this.talk.expect(this.steps.finished);
    this.progress('table', 1, 'Finished');
    return {
      agreement: session.agreement,
      agreementHash: session.hash,
      records: input.keys.rows,
      leftOut: await this.leftOut(),
      measures: memory.watch.total(),
      finishedAt: new Date().toISOString(),
      version: input.version,
    };
  }

  settle(): Promise<void> {
    return this.work.stop();
  }

  /**
   * One of the researcher's single messages: received and kept, or, where it had come before a reload, fetched. Loaded into
   * this page's workers once.
   */
  private async take(
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

  // ---- Linkage ----

  /** `read`: bundles whose answers the researcher has; the others are sent, again where they were on their way. */
  private async answerBundles(read: ReadonlySet<number>): Promise<void> {
    const { memory, bundles } = this;
    const { pool } = this.input;
    await this.take('linkage-keys', this.steps.linkageKeys, async ([publicKey]) => {
      if (read.size === bundles && memory.has('label-query')) return;
      const publicKeys = { publicKey: publicKey as Uint8Array<ArrayBuffer>, relinKeys: new Uint8Array(0) };
      await pool.all((worker) => worker.takePublicKeys('linkage', publicKeys));
      await pool.all((worker) => worker.takeLabels(this.secrets.labels));
    });
    // Back-pressure: what is not read here fills the researcher's send window.
    this.work = new TaskWindow(2 * pool.size + 1);
    const asked = new Set(memory.ownerPosition.answered);
    for (const bundle of asked) {
      await this.work.start(() => (read.has(bundle) ? this.forgetAnswer(bundle) : this.repeatAnswer(bundle)));
    }
    while (asked.size < bundles) {
      // The researcher may be waiting for the very answer that has failed.
      const query = await this.work.orFailure(this.talk.expect(this.steps.bundleQuery));
      const { bundle } = query.body;
      if (asked.has(bundle)) throw new ProtocolError(`bundle ${bundle + 1} was asked twice`);
      asked.add(bundle);
      await this.work.start(() => this.answerBundle(query));
    }
    await this.work.drain();
  }

  private async answerBundle({ body, blobs }: Received<BundleQueryBody>): Promise<void> {
    const { memory, bundles, session } = this;
    const { geometry } = session.agreement;
    const bands = await keysOfBundle(this.input.keys, session, body);
    const { answers, capped, overflowed } = await this.input.pool.run((worker) =>
      worker.answerBundle(geometry, handOver(bands), handOver(blobs)),
    );
    const leftOut = { capped: capped.length, overflowed };
    this.leftOutOf.set(body.bundle, leftOut);
    await memory.put(`bundle/${body.bundle}`, { body: leftOut, blobs: answers });
    await this.talk.send('bundle-answer', { bundle: body.bundle }, answers);
    const answered = memory.ownerPosition.answered.length;
    this.progress('linkage', answered / bundles, `${bandsDone(session, answered)} bands answered`);
    for (const bundle of body.read) await this.forgetAnswer(bundle);
  }

  private async repeatAnswer(bundle: number): Promise<void> {
    const { blobs } = await this.memory.get(`bundle/${bundle}`);
    if (blobs.length === 0) throw new ProtocolError(`the answer to bundle ${bundle + 1} was read already`);
    await this.talk.send('bundle-answer', { bundle }, blobs);
  }

  /** The researcher has it: that the bundle was answered stays known. */
  private async forgetAnswer(bundle: number): Promise<void> {
    const name = `bundle/${bundle}`;
    if (!this.memory.has(name)) throw new ProtocolError(`bundle ${bundle + 1} was read before it was answered`);
    const body = this.leftOutOf.get(bundle) ?? (await this.memory.get(name)).body;
    await this.memory.put(name, { body, blobs: [] });
  }

  private async leftOut(): Promise<OwnerOutcome['leftOut']> {
    const kept = await Promise.all(this.memory.numbers('bundle').map((n) => this.memory.get(`bundle/${n}`)));
    const counts = kept.map(({ body }) => body as OwnerOutcome['leftOut']);
    const sum = (of: keyof OwnerOutcome['leftOut']) => counts.reduce((total, count) => total + count[of], 0);
    return { capped: sum('capped'), overflowed: sum('overflowed') };
  }

  // ---- The sealed tally ----

  /** `reached`: what of the tally the researcher has. */
  private async tally(reached: ResearcherStep): Promise<void> {
    const { pool, columns } = this.input;
    const { agreement, layout } = this.session;
    const { labels, slotLabels, pads } = this.secrets;
    await this.take('tally-keys', this.steps.tallyKeys, async (keys) => {
      this.progress('table', 0, 'Preparing sealed sums. The researcher may be looking at the matches first');
      const [publicKey, relinKeys] = keys as [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>];
      await pool.all((worker) => worker.takePublicKeys('tally', { publicKey, relinKeys }));
    });
    const hasSums = researcherHas(reached, 'tally-sum');
    // The researcher is weighing their matches now, and the owner has nothing else to do.
    if (!hasSums) await pool.all((worker) => worker.sealAhead(Math.ceil(layout.answers / pool.size)));
    await this.answerLabels(researcherHas(reached, 'label-answer'));
    await this.take('tally-bits', this.steps.bits, async (bits) => {
      if (hasSums) return;
      // `Uint32Array.from` with a function takes a quarter of a second for a million rows.
      const slotOf = new Uint32Array(labels.map((label) => slotOfLabel(label, layout.slots)));
      const rows: TallyRows = { ...columns, slotOf, slotLabels };
      // A view would take the whole message along.
      for (const chunk of bits) await pool.all((worker) => worker.takeBits(chunk.slice()));
      const parts = await pool.all((worker, index) =>
        worker.startSums(agreement, rows, pads, { index, workers: pool.size }),
      );
      await pool.all((worker) => worker.joinSums(parts));
    });
    if (!hasSums) await this.sendSums();
    await this.answerCounts(researcherHas(reached, 'tally-gate'));
    await this.release();
    this.progress('table', 0.98, 'Waiting for the other side to finish');
  }

  /** Which of the labels that the researcher doubts are some. */
  private async answerLabels(hasAnswer: boolean): Promise<void> {
    const { session, memory } = this;
    const { blobs } = await memory.once('label-query', async () => {
      const { body, blobs: query } = await this.talk.expect(this.steps.labelQuery);
      const keys = labelKeys(this.secrets.labels, labelSalt(session, body.attempt));
      const { answers } = await this.input.pool.run((worker) =>
        worker.answerBundle(labelTableOf(session.agreement), handOver([keys]), handOver(query)),
      );
      return { body: {}, blobs: answers };
    });
    if (!hasAnswer) await this.talk.send('label-answer', {}, blobs);
  }

  /** Step 2. */
  private async sendSums(): Promise<void> {
    const { pool } = this.input;
    const { answers } = this.session.layout;
    this.work = new TaskWindow(2 * pool.size + 1);
    let sent = 0;
    for (let answer = 0; answer < answers; answer++) {
      await this.work.start(async () => {
        const { blobs } = await this.memory.once(`sum/${answer}`, async () => ({
          body: {},
          blobs: [await pool.run((worker) => worker.answerSum(answer))],
        }));
        await this.talk.send('tally-sum', { answer }, blobs);
        this.progress('table', (0.8 * ++sent) / answers, 'Sending sealed sums');
      });
    }
    await this.work.drain();
  }

  /** Steps 3 and 4. */
  private async answerCounts(hasGate: boolean): Promise<void> {
    const { pool } = this.input;
    const { agreement, layout } = this.session;
    const { pads } = this.secrets;
    const had = this.memory.has('tally-counts');
    const { blobs } = await this.memory.once('tally-counts', async () => {
      const { blobs: claims } = await this.talk.expect(this.steps.counts);
      this.progress('table', 0.85, 'Checking group sizes under encryption');
      const { answers, saved } = await pool.first((worker) => worker.answerCounts(agreement, pads, claims));
      return { body: {}, blobs: [...claims, ...saved, ...answers] };
    });
    const { gateChunks } = layout;
    if (had && !this.loaded.has('tally-counts')) {
      const [claims, saved] = [blobs.slice(0, 2 * gateChunks), blobs.slice(2 * gateChunks, 3 * gateChunks)];
      await pool.first((worker) => worker.resumeGate(agreement, pads, claims, saved));
    }
    this.loaded.add('tally-counts');
    if (!hasGate) await this.talk.send('tally-gate', {}, blobs.slice(3 * gateChunks));
  }

  /** Steps 5 and 6. */
  private async release(): Promise<void> {
    const { blobs } = await this.memory.once('tally-inverses', async () => {
      const inverses = await this.talk.expect(this.steps.inverses);
      return {
        body: {},
        blobs: await this.input.pool.first((worker) => worker.release(inverses.blobs)),
      };
    });
    this.input.onRelease();
    await this.talk.send('tally-release', {}, blobs);
  }

  private progress(stage: RunProgress['stage'], done: number, note: string): void {
    this.input.onProgress({ stage, done, note });
  }
}
