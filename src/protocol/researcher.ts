/**
 * The researcher's side of a run, top to bottom as in docs/protocol.md. She holds the secret keys; every message of hers is a
 * ciphertext or a fixed word, and none depends on what a ciphertext held until the run has ended.
 */

import type { Agreement } from '../agreement/agreement.ts';
import type { ResearcherResult } from '../agreement/result.ts';
import type { BandQuery } from '../psi/receiver.ts';
import type { SealTasks } from '../workers/seal-pool.ts';
import type { Channel } from './channel.ts';
import { Conversation, conduct, ProtocolError } from './conversation.ts';
import type { BandKeySource, RunProgress } from './run.ts';
import { bandSalt, deriveSession, type Session, StageWatch } from './session.ts';
import { largestMessage, MAX_ATTEMPTS, runSteps } from './steps.ts';
import { TaskWindow } from './task-window.ts';

export interface ResearcherInput {
  readonly channel: Channel;
  readonly agreement: Agreement;
  readonly keys: BandKeySource;
  readonly pool: SealTasks;
  onProgress(progress: RunProgress): void;
  readonly signal: AbortSignal;
  readonly version: string;
}

export async function runResearcher(input: ResearcherInput): Promise<ResearcherResult> {
  const readResult = await conduct(input.channel, input.signal, () => new ResearcherRun(input).run());
  // The conversation is over: whether the figures are possible depends on what she decrypts, and the owner must not be told.
  return readResult();
}

class ResearcherRun {
  private readonly session: Session;
  private readonly talk: Conversation;
  private readonly steps: ReturnType<typeof runSteps>;
  private readonly watch: StageWatch;

  constructor(private readonly input: ResearcherInput) {
    this.session = deriveSession(input.agreement);
    this.talk = new Conversation(input.channel, this.session.hash);
    this.steps = runSteps(this.session.agreement, this.session.layout);
    this.watch = new StageWatch(input.channel);
    input.channel.setReceiveLimit(largestMessage(this.session.agreement, this.session.layout));
  }

  /** Gives what reads the result: for her alone. */
  async run(): Promise<() => Promise<ResearcherResult>> {
    const { input } = this;
    this.progress('linkage', 0, 'Making keys');
    await this.shareLinkageKey();
    await input.pool.first((worker) => worker.startCollecting(input.keys.rows));
    await Promise.all([this.sendBands(), this.receiveAnswers()]);

    this.watch.enter('table');
    const matches = await this.sendBits();
    const release = await this.tally();
    await this.talk.send('finished', {});
    return () => this.readResult(matches, release);
  }

  private async readResult(matches: number, release: Uint8Array): Promise<ResearcherResult> {
    const { input, session } = this;
    const rows = await input.pool.first((worker) => worker.readResult(session.agreement, release));
    this.progress('table', 1, 'Finished');
    return {
      agreement: session.agreement,
      agreementHash: session.hash,
      rows,
      records: input.keys.rows,
      recordsWithKey: input.keys.rowsWithKey,
      matches,
      measures: this.watch.finish(),
      finishedAt: new Date().toISOString(),
      version: input.version,
    };
  }

  // ---- Linkage: one labelled intersection per band ----

  private async shareLinkageKey(): Promise<void> {
    const { pool } = this.input;
    const { secretKey, publicKeys } = await pool.first((worker) => worker.createKeys('linkage'));
    await pool.all((worker, index) => (index === 0 ? Promise.resolve() : worker.takeSecretKey('linkage', secretKey)));
    await this.talk.send('linkage-keys', {}, [publicKeys.publicKey]);
  }

  /** Bands asked and not yet answered: what to do with the answer. */
  private readonly asked = new Map<number, (answers: readonly Uint8Array[]) => void>();
  private sent = 0;
  private read = 0;
  private tellAllAsked!: () => void;
  private readonly allAsked = new Promise<void>((resolve) => {
    this.tellAllAsked = resolve;
  });

  private async sendBands(): Promise<void> {
    const bands = new TaskWindow(2 * this.input.pool.size + 2);
    for (let band = 0; band < this.bandCount; band++) await bands.start(() => this.compareBand(band));
    // The tally's keys travel while the last bands are under way, but not before every band has been asked.
    await bands.orFailure(this.allAsked);
    await this.shareTallyKeys();
    await bands.drain();
  }

  private async receiveAnswers(): Promise<void> {
    for (let received = 0; received < this.bandCount; received++) {
      const { body, blobs } = await this.talk.expect(this.steps.bandAnswer);
      const take = this.asked.get(body.band);
      if (!take)
        throw new ProtocolError(`an answer came for band ${body.band + 1}, which was not asked or is answered already`);
      this.asked.delete(body.band);
      take(blobs);
    }
  }

  private async compareBand(band: number): Promise<void> {
    const { pool } = this.input;
    const { geometry } = this.session.agreement;
    const { query, attempt } = await this.queryBand(band);
    const answered = new Promise<readonly Uint8Array[]>((resolve) => this.asked.set(band, resolve));
    await this.talk.send('band-query', { band, attempt }, query.queries);
    if (++this.sent === this.bandCount) this.tellAllAsked();
    const answers = await answered;
    const sightings = await pool.run((worker) => worker.readAnswers(geometry, query.binOf, answers));
    await pool.first((worker) => worker.collect(sightings));
    this.progress('linkage', ++this.read / this.bandCount, `${this.read} of ${this.bandCount} bands compared`);
  }

  private async queryBand(band: number): Promise<{ query: BandQuery; attempt: number }> {
    const { pool, keys } = this.input;
    const { geometry } = this.session.agreement;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const bandKeys = await keys.bandKeys(band, bandSalt(this.session, band, attempt));
      const query = await pool.run((worker) => worker.queryBand(geometry, bandKeys));
      if (query) return { query, attempt };
    }
    throw new ProtocolError(`the keys of band ${band + 1} found no place in the table; start again`);
  }

  private get bandCount(): number {
    return this.session.agreement.terms.keys.bands.length;
  }

  // ---- The sealed tally ----

  private async shareTallyKeys(): Promise<void> {
    const { pool } = this.input;
    const sums = await pool.first((worker) => worker.createKeys('sums'));
    const gate = await pool.first((worker) => worker.createKeys('gate'));
    await this.talk.send('tally-keys', {}, [
      sums.publicKeys.publicKey,
      sums.publicKeys.relinKeys,
      gate.publicKeys.publicKey,
      gate.publicKeys.relinKeys,
    ]);
  }

  /** Step 1. */
  private async sendBits(): Promise<number> {
    this.progress('table', 0, 'Encrypting who matched');
    const { bits, matches } = await this.input.pool.first((worker) => worker.encryptMatched(this.session.agreement));
    await this.talk.send('tally-bits', {}, bits);
    return matches;
  }

  /** Steps 2 to 6. */
  private async tally(): Promise<Uint8Array> {
    const { pool } = this.input;
    const { agreement, layout } = this.session;
    const answers = new Array<Uint8Array | undefined>(layout.answers);
    for (let received = 0; received < layout.answers; received++) {
      const { body, blobs } = await this.talk.expect(this.steps.sum);
      if (answers[body.answer]) throw new ProtocolError(`answer ${body.answer + 1} of the tally came twice`);
      answers[body.answer] = blobs[0];
      this.progress('table', (0.8 * (received + 1)) / layout.answers, 'Receiving sealed sums');
    }
    const complete = answers.filter((answer) => answer !== undefined);
    const { counts, checks } = await pool.first((worker) => worker.encryptCounts(agreement, complete));
    await this.talk.send('tally-counts', {}, [counts, checks]);
    this.progress('table', 0.85, 'Checking group sizes under encryption');

    const gate = await this.talk.expect(this.steps.gate);
    const inverses = await pool.first((worker) => worker.answerGate(agreement, gate.blobs[0] as Uint8Array));
    await this.talk.send('tally-inverses', {}, [inverses]);
    this.progress('table', 0.95, 'Opening the groups that are large enough');

    const release = await this.talk.expect(this.steps.release);
    return release.blobs[0] as Uint8Array;
  }

  private progress(stage: RunProgress['stage'], done: number, note: string): void {
    this.input.onProgress({ stage, done, note });
  }
}
