/** The sealed tally, on the data owner's side: every answer is computed once, and kept before it is sent. */
import { labelKeys } from '../psi/label-check.ts';
import { slotOfLabel } from '../psi/labels.ts';
import { type BundleAnswer, planeCount } from '../psi/sender.ts';
import type { TallyRows } from '../tally/statistic-vectors.ts';
import { t } from '../words/translate.ts';
import { labelTableOf } from './bundles.ts';
import type { OwnerPage } from './owner-page.ts';
import { type ResearcherStep, researcherHas } from './positions.ts';
import { handOver } from './seal-port.ts';
import { labelSalt } from './session.ts';
import { TaskWindow } from './task-window.ts';

/** Cuckoo hashing fails next to never, so that the researcher asks with the keys of another attempt. */
const FIRST_ATTEMPT = 0;
/** A larger table of labels is made when it is asked for: this many planes take 19 MB. */
const MAX_PREPARED_PLANES = 96;

export class TallyAnswers {
  #work = new TaskWindow(1);
  /** Whether the first worker has the table of labels, for one query. */
  #prepared = false;

  readonly #page: OwnerPage;

  constructor(page: OwnerPage) {
    this.#page = page;
  }

  /** Waits for what is under way: the channel has ended. */
  settle(): Promise<void> {
    return this.#work.stop();
  }

  /** `reached`: what of the tally the researcher has. */
  async proceed(reached: ResearcherStep): Promise<void> {
    const { pool, columns } = this.#page.input;
    const { agreement, layout } = this.#page.session;
    const { labels, slotLabels, pads } = this.#page.secrets;
    await this.#page.take('tally-keys', this.#page.steps.tallyKeys, async (keys) => {
      this.#page.progress('table', 0, t('Preparing sealed sums'));
      const [publicKey, relinKeys] = keys as [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>];
      await pool.all((worker) => worker.takePublicKeys('tally', { publicKey, relinKeys }));
    });
    await this.#prepareLabels();
    const hasSums = researcherHas(reached, 'tally-sum');
    // The researcher is weighing their matches now, and the owner has nothing else to do.
    if (!hasSums) await pool.all((worker) => worker.sealAhead(Math.ceil(layout.answers / pool.size)));
    if (!hasSums)
      this.#page.waiting('table', 0, t('Waiting for the researcher, who may be looking at the matches first'));
    await this.#answerLabels(researcherHas(reached, 'label-answer'));
    await this.#page.take('tally-bits', this.#page.steps.bits, async (bits) => {
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
    if (!hasSums) await this.#sendSums();
    await this.#answerCounts(researcherHas(reached, 'tally-gate'));
    await this.#release();
    this.#page.waiting('table', 0.98, t('Waiting for the researcher’s page to finish'));
  }

  /** Makes the table of labels while the researcher weighs their matches: who asks for it then waits for it. */
  async #prepareLabels(): Promise<void> {
    const { session, memory, secrets } = this.#page;
    const table = labelTableOf(session.agreement);
    if (this.#prepared || memory.has('label-query') || planeCount(table) > MAX_PREPARED_PLANES) return;
    const keys = labelKeys(secrets.labels, labelSalt(session, FIRST_ATTEMPT));
    await this.#page.input.pool.first((worker) => worker.prepareBundle(table, handOver([keys])));
    this.#prepared = true;
  }

  /** Which of the labels that the researcher doubts are some. */
  async #answerLabels(hasAnswer: boolean): Promise<void> {
    const { memory } = this.#page;
    const { blobs } = await memory.once('label-query', async () => {
      const { body, blobs: query } = await this.#page.talk.expect(this.#page.steps.labelQuery);
      const { answers } = await this.#labelAnswer(body.attempt, query);
      return { body: {}, blobs: answers };
    });
    if (!hasAnswer) await this.#page.talk.send('label-answer', {}, blobs);
  }

  #labelAnswer(attempt: number, query: readonly Uint8Array[]): Promise<BundleAnswer> {
    const { session, secrets, input } = this.#page;
    if (this.#prepared && attempt === FIRST_ATTEMPT) {
      this.#prepared = false;
      return input.pool.first((worker) => worker.answerPrepared(handOver(query)));
    }
    const keys = labelKeys(secrets.labels, labelSalt(session, attempt));
    return input.pool.run((worker) =>
      worker.answerBundle(labelTableOf(session.agreement), handOver([keys]), handOver(query)),
    );
  }

  /** Step 2. */
  async #sendSums(): Promise<void> {
    const { pool } = this.#page.input;
    const { answers } = this.#page.session.layout;
    this.#work = new TaskWindow(2 * pool.size + 1);
    let sent = 0;
    for (let answer = 0; answer < answers; answer++) {
      await this.#work.start(async () => {
        const { blobs } = await this.#page.memory.once(`sum/${answer}`, async () => ({
          body: {},
          blobs: [await pool.run((worker) => worker.answerSum(answer))],
        }));
        await this.#page.talk.send('tally-sum', { answer }, blobs);
        this.#page.progress('table', (0.8 * ++sent) / answers, t('Sending sealed sums'));
      });
    }
    await this.#work.drain();
  }

  /** Steps 3 and 4. */
  async #answerCounts(hasGate: boolean): Promise<void> {
    const { pool } = this.#page.input;
    const { agreement, layout } = this.#page.session;
    const { pads } = this.#page.secrets;
    const had = this.#page.memory.has('tally-counts');
    const { blobs } = await this.#page.memory.once('tally-counts', async () => {
      const { blobs: claims } = await this.#page.talk.expect(this.#page.steps.counts);
      this.#page.progress('table', 0.85, t('Checking group sizes under encryption'));
      const { answers, saved } = await pool.first((worker) => worker.answerCounts(agreement, pads, claims));
      return { body: {}, blobs: [...claims, ...saved, ...answers] };
    });
    const { gateChunks } = layout;
    if (had && !this.#page.loaded.has('tally-counts')) {
      const [claims, saved] = [blobs.slice(0, 2 * gateChunks), blobs.slice(2 * gateChunks, 3 * gateChunks)];
      await pool.first((worker) => worker.resumeGate(agreement, pads, claims, saved));
    }
    this.#page.loaded.add('tally-counts');
    if (!hasGate) await this.#page.talk.send('tally-gate', {}, blobs.slice(3 * gateChunks));
  }

  /** Steps 5 and 6. */
  async #release(): Promise<void> {
    const { blobs } = await this.#page.memory.once('tally-inverses', async () => {
      const inverses = await this.#page.talk.expect(this.#page.steps.inverses);
      return {
        body: {},
        blobs: await this.#page.input.pool.first((worker) => worker.release(inverses.blobs)),
      };
    });
    this.#page.input.onRelease();
    await this.#page.talk.send('tally-release', {}, blobs);
  }
}
