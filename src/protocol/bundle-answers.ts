/** The linkage, on the data owner's side: each bundle of bands is answered once, and the answer kept until it was read. */
import type { OwnerOutcome } from '../agreement/result.ts';
import { t } from '../words/translate.ts';
import { bandsDone, keysOfBundle } from './bundles.ts';
import { ProtocolError, type Received } from './conversation.ts';
import type { OwnerPage } from './owner-page.ts';
import { handOver } from './seal-port.ts';
import type { BundleQueryBody } from './steps.ts';
import { TaskWindow } from './task-window.ts';

export class BundleAnswers {
  #work = new TaskWindow(1);
  /** Of bundles answered since the page was loaded: to forget an answer, it need not be read again. */
  readonly #leftOutOf = new Map<number, OwnerOutcome['leftOut']>();

  readonly #page: OwnerPage;

  constructor(page: OwnerPage) {
    this.#page = page;
  }

  /** Waits for what is under way: the channel has ended. */
  settle(): Promise<void> {
    return this.#work.stop();
  }

  /** `read`: bundles whose answers the researcher has; the others are sent, again where they were on their way. */
  async answerBundles(read: ReadonlySet<number>): Promise<void> {
    const { memory, bundles } = this.#page;
    const { pool } = this.#page.input;
    await this.#page.take('linkage-keys', this.#page.steps.linkageKeys, async ([publicKey]) => {
      if (read.size === bundles && memory.has('label-query')) return;
      const publicKeys = { publicKey: publicKey as Uint8Array<ArrayBuffer>, relinKeys: new Uint8Array(0) };
      await pool.all((worker) => worker.takePublicKeys('linkage', publicKeys));
      await pool.all((worker) => worker.takeLabels(this.#page.secrets.labels));
    });
    // Back-pressure: what is not read here fills the researcher's send window.
    this.#work = new TaskWindow(2 * pool.size + 1);
    const asked = new Set(memory.ownerPosition.answered);
    for (const bundle of asked) {
      await this.#work.start(() => (read.has(bundle) ? this.#forgetAnswer(bundle) : this.#repeatAnswer(bundle)));
    }
    while (asked.size < bundles) {
      // The researcher may be waiting for the very answer that has failed.
      const query = await this.#work.orFailure(this.#page.talk.expect(this.#page.steps.bundleQuery));
      const { bundle } = query.body;
      if (asked.has(bundle)) throw new ProtocolError(`bundle ${bundle + 1} was asked twice`);
      asked.add(bundle);
      await this.#work.start(() => this.#answerBundle(query));
    }
    await this.#work.drain();
  }

  async #answerBundle({ body, blobs }: Received<BundleQueryBody>): Promise<void> {
    const { memory, bundles, session } = this.#page;
    const { geometry } = session.agreement;
    const bands = await keysOfBundle(this.#page.input.keys, session, body);
    const { answers, capped, overflowed } = await this.#page.input.pool.run((worker) =>
      worker.answerBundle(geometry, handOver(bands), handOver(blobs)),
    );
    const leftOut = { capped: capped.length, overflowed };
    this.#leftOutOf.set(body.bundle, leftOut);
    await memory.put(`bundle/${body.bundle}`, { body: leftOut, blobs: answers });
    await this.#page.talk.send('bundle-answer', { bundle: body.bundle }, answers);
    const answered = memory.ownerPosition.answered.length;
    this.#page.progress(
      'linkage',
      answered / bundles,
      t('{{bands}} bands answered', { bands: bandsDone(session, answered) }),
    );
    for (const bundle of body.read) await this.#forgetAnswer(bundle);
  }

  async #repeatAnswer(bundle: number): Promise<void> {
    const { blobs } = await this.#page.memory.get(`bundle/${bundle}`);
    if (blobs.length === 0) throw new ProtocolError(`the answer to bundle ${bundle + 1} was read already`);
    await this.#page.talk.send('bundle-answer', { bundle }, blobs);
  }

  /** The researcher has it: that the bundle was answered stays known. */
  async #forgetAnswer(bundle: number): Promise<void> {
    const name = `bundle/${bundle}`;
    if (!this.#page.memory.has(name)) throw new ProtocolError(`bundle ${bundle + 1} was read before it was answered`);
    const body = this.#leftOutOf.get(bundle) ?? (await this.#page.memory.get(name)).body;
    await this.#page.memory.put(name, { body, blobs: [] });
  }

  /** Keys and rows that found no place in all bundles, of the owner's. */
  async leftOut(): Promise<OwnerOutcome['leftOut']> {
    const kept = await Promise.all(
      this.#page.memory.numbers('bundle').map((n) => this.#page.memory.get(`bundle/${n}`)),
    );
    const counts = kept.map(({ body }) => body as OwnerOutcome['leftOut']);
    const sum = (of: keyof OwnerOutcome['leftOut']) => counts.reduce((total, count) => total + count[of], 0);
    return { capped: sum('capped'), overflowed: sum('overflowed') };
  }
}
