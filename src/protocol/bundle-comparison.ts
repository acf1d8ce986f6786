/**
 * The linkage, on the researcher's side: one labelled intersection for each bundle of bands, several under way. What was
 * asked and what was seen is kept before the owner is told.
 */
import type { BundleQuery, BundleSightings } from '../psi/receiver.ts';
import { t } from '../words/translate.ts';
import { bandsDone, keysOfBundle } from './bundles.ts';
import { ProtocolError } from './conversation.ts';
import { type OwnerPosition, ownerHas } from './positions.ts';
import type { ResearcherPage } from './researcher-page.ts';
import { bytesOf, float64s, int32s, uint32s } from './run-store.ts';
import { handOver } from './seal-port.ts';
import { TaskWindow } from './task-window.ts';

type Answers = readonly Uint8Array[];

export class BundleComparison {
  #work = new TaskWindow(1);
  /** Bundles whose answers are expected: what to do with them. */
  readonly #expected = new Map<number, { take(answers: Answers): void; refuse(error: Error): void }>();
  /** Bundles that have been read since the owner was last told. */
  #untold: number[] = [];

  readonly #page: ResearcherPage;

  constructor(page: ResearcherPage) {
    this.#page = page;
  }

  /** Refuses what is still expected, and waits for what is under way: the channel has ended. */
  async settle(): Promise<void> {
    for (const { refuse } of this.#expected.values()) refuse(new Error('the other page was reloaded'));
    this.#expected.clear();
    await this.#work.stop();
  }

  /** Asks what has not been asked, and reads every answer. `theirs`: where the owner stands. */
  async compareBundles(theirs: OwnerPosition): Promise<void> {
    const { pool, keys } = this.#page.input;
    const { memory } = this.#page;
    await this.#page.secretKey('linkage');
    if (!ownerHas(theirs.reached, 'linkage-keys')) {
      const { publicKey } = await pool.first((worker) => worker.createPublicKeys('linkage'));
      await this.#page.talk.send('linkage-keys', {}, [publicKey]);
    }
    await this.#page.once('sightings', async () => {
      await pool.first((worker) => worker.startCollecting(keys.rows));
      for (const bundle of memory.numbers('seen')) {
        const [places, values] = (await memory.get(`seen/${bundle}`)).blobs as [Uint8Array, Uint8Array];
        await this.#collect(bundle, { places: uint32s(places), values: float64s(values) });
      }
    });
    this.#untold = [];
    const all = Array.from({ length: this.#page.bundles }, (_, bundle) => bundle);
    const unread = all.filter((bundle) => !memory.has(`seen/${bundle}`));
    await Promise.all([this.#sendBundles(unread, theirs), this.#receiveAnswers(unread.length)]);
  }

  async #sendBundles(unread: readonly number[], theirs: OwnerPosition): Promise<void> {
    // Beside what the workers of both sides have, some six bands on their way.
    const { bandsInBundle } = this.#page.session.agreement.geometry;
    const work = new TaskWindow(2 * this.#page.input.pool.size + Math.max(2, Math.ceil(6 / bandsInBundle)));
    this.#work = work;
    // Bundles answered before a reload come again by themselves; the others are asked.
    const answered = new Set(theirs.answered);
    const repeated = unread.filter((bundle) => answered.has(bundle));
    const due = unread.filter((bundle) => !answered.has(bundle));
    const arriving = repeated.map((bundle) => ({ bundle, answers: this.#expectAnswer(bundle) }));
    for (const { bundle, answers } of arriving) await work.start(() => this.#readRepeated(bundle, answers));

    let asked = 0;
    let tellAllAsked = () => {};
    const allAsked = new Promise<void>((resolve) => {
      tellAllAsked = resolve;
    });
    const onAsked = () => ++asked === due.length && tellAllAsked();
    for (const bundle of due) await work.start(() => this.#compareBundle(bundle, onAsked));
    // The tally's keys travel while the last bundles are under way, but not before every one has been asked.
    if (due.length > 0) await work.orFailure(allAsked);
    await work.start(() => this.#page.shareTallyKeys(theirs.reached));
    await work.drain();
  }

  async #receiveAnswers(count: number): Promise<void> {
    const { talk } = this.#page;
    for (let received = 0; received < count; received++) {
      const { body, blobs } = await talk.expect(this.#page.steps.bundleAnswer);
      const { bundle } = body;
      const expected = this.#expected.get(bundle);
      if (!expected)
        throw new ProtocolError(`an answer came for bundle ${bundle + 1}, which was not asked or is answered already`);
      this.#expected.delete(bundle);
      expected.take(blobs);
    }
  }

  #expectAnswer(bundle: number): Promise<Answers> {
    const answers = new Promise<Answers>((take, refuse) => this.#expected.set(bundle, { take, refuse }));
    // Whoever waits is told; where nobody waits yet, the run's end says why.
    answers.catch(() => {});
    return answers;
  }

  async #compareBundle(bundle: number, onAsked: () => void): Promise<void> {
    const { query, attempt } = await this.#queryBundle(bundle);
    await this.#page.memory.put(`asked/${bundle}`, { body: {}, blobs: [bytesOf(query.binOf)] });
    const answers = this.#expectAnswer(bundle);
    await this.#page.talk.send('bundle-query', { bundle, attempt, read: this.#untold.splice(0) }, query.queries);
    onAsked();
    await this.#readBundle(bundle, query.binOf, answers);
  }

  async #readRepeated(bundle: number, answers: Promise<Answers>): Promise<void> {
    const name = `asked/${bundle}`;
    if (!this.#page.memory.has(name)) throw new ProtocolError(`bundle ${bundle + 1} is answered, but was not asked`);
    const [binOf] = (await this.#page.memory.get(name)).blobs as [Uint8Array];
    await this.#readBundle(bundle, int32s(binOf), answers);
  }

  async #readBundle(bundle: number, binOf: BundleQuery['binOf'], arriving: Promise<Answers>): Promise<void> {
    const { pool } = this.#page.input;
    const { geometry } = this.#page.session.agreement;
    const answers = await arriving;
    const sightings = await pool.run((worker) => worker.readAnswers(geometry, binOf, handOver(answers)));
    const { places, values } = sightings;
    await this.#page.memory.put(`seen/${bundle}`, { body: {}, blobs: [bytesOf(places), bytesOf(values)] });
    this.#untold.push(bundle);
    await this.#collect(bundle, sightings);
    const read = this.#page.memory.numbers('seen').length;
    this.#page.progress(
      'linkage',
      read / this.#page.bundles,
      t('{{bands}} bands compared', { bands: bandsDone(this.#page.session, read) }),
    );
  }

  #collect(bundle: number, sightings: BundleSightings): Promise<void> {
    const firstBand = bundle * this.#page.session.agreement.geometry.bandsInBundle;
    return this.#page.input.pool.first((worker) => worker.collect(firstBand, sightings));
  }

  #queryBundle(bundle: number): Promise<{ query: BundleQuery; attempt: number }> {
    return this.#page.queryTable(`bundle ${bundle + 1}`, this.#page.session.agreement.geometry, (attempt) =>
      keysOfBundle(this.#page.input.keys, this.#page.session, { bundle, attempt }),
    );
  }
}
