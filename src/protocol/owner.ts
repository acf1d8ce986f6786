/**
 * The data owner's side of a run, top to bottom as in docs/protocol.md. He computes on ciphertexts only, and every answer
 * leaves sealed; what he learns is that a query of the agreed kind ran.
 */

import type { Agreement } from '../agreement/agreement.ts';
import type { OwnerOutcome } from '../agreement/result.ts';
import { drawLabels, type RowLabels } from '../psi/labels.ts';
import { drawPads } from '../tally/pads.ts';
import type { TallyRows } from '../tally/statistic-vectors.ts';
import type { TallyColumns } from '../workers/data-api.ts';
import type { SealTasks } from '../workers/seal-pool.ts';
import type { Channel } from './channel.ts';
import { Conversation, conduct, ProtocolError, type Received } from './conversation.ts';
import type { BandKeySource, RunProgress } from './run.ts';
import { bandSalt, deriveSession, type Session, StageWatch } from './session.ts';
import { type BandQueryBody, largestMessage, runSteps } from './steps.ts';
import { TaskWindow } from './task-window.ts';

export interface OwnerInput {
  readonly channel: Channel;
  readonly agreement: Agreement;
  readonly keys: BandKeySource;
  readonly columns: TallyColumns;
  readonly pool: SealTasks;
  /** The release leaves now: from here on the researcher may have the table, however the run ends. */
  onRelease(): void;
  onProgress(progress: RunProgress): void;
  readonly signal: AbortSignal;
  readonly version: string;
}

export function runOwner(input: OwnerInput): Promise<OwnerOutcome> {
  return conduct(input.channel, input.signal, () => new OwnerRun(input).run());
}

class OwnerRun {
  private readonly session: Session;
  private readonly talk: Conversation;
  private readonly steps: ReturnType<typeof runSteps>;
  private readonly watch: StageWatch;
  private readonly labels: RowLabels;
  private answered = 0;
  private readonly leftOut = { capped: 0, overflowed: 0 };

  constructor(private readonly input: OwnerInput) {
    this.session = deriveSession(input.agreement);
    if (input.keys.rows > this.session.agreement.terms.dataRows) {
      throw new ProtocolError('the file has more rows than the agreement says');
    }
    this.talk = new Conversation(input.channel, this.session.hash);
    this.steps = runSteps(this.session.agreement, this.session.layout);
    this.watch = new StageWatch(input.channel);
    this.labels = drawLabels(input.keys.rows, this.session.layout.slots);
    input.channel.setReceiveLimit(largestMessage(this.session.agreement, this.session.layout));
  }

  async run(): Promise<OwnerOutcome> {
    const { input, session } = this;
    this.progress('linkage', 0, 'Waiting for the first encrypted keys');
    await this.answerBands();
    this.watch.enter('table');
    await this.tally();
    await this.talk.expect(this.steps.finished);
    this.progress('table', 1, 'Finished');
    return {
      agreement: session.agreement,
      agreementHash: session.hash,
      records: input.keys.rows,
      leftOut: this.leftOut,
      measures: this.watch.finish(),
      finishedAt: new Date().toISOString(),
      version: input.version,
    };
  }

  // ---- Linkage ----

  private async answerBands(): Promise<void> {
    const { pool } = this.input;
    const keys = await this.talk.expect(this.steps.linkageKeys);
    const publicKeys = { publicKey: keys.blobs[0] as Uint8Array<ArrayBuffer>, relinKeys: new Uint8Array(0) };
    await pool.all((worker) => worker.takePublicKeys('linkage', publicKeys));
    await pool.all((worker) => worker.takeLabels(this.labels.labels));

    const asked = new Set<number>();
    // Back-pressure: what is not read here fills the researcher's send window.
    const answering = new TaskWindow(2 * pool.size + 1);
    while (asked.size < this.bandCount) {
      // She may be waiting for the very answer that has failed.
      const query = await answering.orFailure(this.talk.expect(this.steps.bandQuery));
      if (asked.has(query.body.band)) throw new ProtocolError(`band ${query.body.band + 1} was asked twice`);
      asked.add(query.body.band);
      await answering.start(() => this.answerBand(query));
    }
    await answering.drain();
  }

  private async answerBand({ body, blobs }: Received<BandQueryBody>): Promise<void> {
    const { keys, pool } = this.input;
    const { geometry } = this.session.agreement;
    const bandKeys = await keys.bandKeys(body.band, bandSalt(this.session, body.band, body.attempt));
    const { answers, capped, overflowed } = await pool.run((worker) => worker.answerBand(geometry, bandKeys, blobs));
    this.leftOut.capped += capped.length;
    this.leftOut.overflowed += overflowed;
    await this.talk.send('band-answer', { band: body.band }, answers);
    this.progress('linkage', ++this.answered / this.bandCount, `${this.answered} of ${this.bandCount} bands answered`);
  }

  private get bandCount(): number {
    return this.session.agreement.terms.keys.bands.length;
  }

  // ---- The sealed tally ----

  private async tally(): Promise<void> {
    const { pool, columns } = this.input;
    const { agreement, layout } = this.session;
    const keys = await this.talk.expect(this.steps.tallyKeys);
    const [sumsKey, sumsRelin, gateKey, gateRelin] = keys.blobs as Uint8Array<ArrayBuffer>[];
    const pair = (publicKey?: Uint8Array<ArrayBuffer>, relinKeys?: Uint8Array<ArrayBuffer>) => {
      if (!publicKey || !relinKeys) throw new ProtocolError('the keys of the tally are incomplete');
      return { publicKey, relinKeys };
    };
    this.progress('table', 0, 'Preparing sealed sums');
    await pool.all((worker) => worker.takePublicKeys('sums', pair(sumsKey, sumsRelin)));
    await pool.first((worker) => worker.takePublicKeys('gate', pair(gateKey, gateRelin)));

    const rows: TallyRows = { ...columns, slotOf: this.labels.slotOf };
    const pads = drawPads(layout);
    const bits = await this.talk.expect(this.steps.bits);
    await pool.all((worker) => worker.startSums(agreement, rows, pads, bits.blobs));
    let sent = 0;
    await Promise.all(
      Array.from({ length: layout.answers }, async (_, answer) => {
        const sum = await pool.run((worker) => worker.answerSum(answer));
        await this.talk.send('tally-sum', { answer }, [sum]);
        this.progress('table', (0.8 * ++sent) / layout.answers, 'Sending sealed sums');
      }),
    );

    const counts = await this.talk.expect(this.steps.counts);
    this.progress('table', 0.85, 'Checking group sizes under encryption');
    const [x, check] = counts.blobs as [Uint8Array, Uint8Array];
    const gate = await pool.first((worker) => worker.answerCounts(agreement, pads, x, check));
    await this.talk.send('tally-gate', {}, [gate]);

    const inverses = await this.talk.expect(this.steps.inverses);
    const release = await pool.first((worker) => worker.release(inverses.blobs[0] as Uint8Array));
    this.input.onRelease();
    await this.talk.send('tally-release', {}, [release]);
    this.progress('table', 0.98, 'Waiting for the other side to finish');
  }

  private progress(stage: RunProgress['stage'], done: number, note: string): void {
    this.input.onProgress({ stage, done, note });
  }
}
