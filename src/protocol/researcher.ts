/**
 * The researcher's side of a run, top to bottom as in docs/protocol.md. They hold the secret keys; every message of theirs is a
 * ciphertext or a fixed word, and none depends on what a ciphertext held until the run has ended. What they need after a
 * reload of their page is kept before the message that makes it needed is sent.
 */

import type { Agreement, GroupColumn } from '../agreement/agreement.ts';
import type { MatchScores, ResearcherResult } from '../agreement/result.ts';
import type { Channel } from '../channel/channel.ts';
import type { TableShape } from '../psi/geometry.ts';
import { confirmed, labelKeys } from '../psi/label-check.ts';
import type { MatchedRows } from '../psi/labels.ts';
import type { BundleQuery, BundleSightings } from '../psi/receiver.ts';
import type { ListValues } from '../scores/list-values.ts';
import { namedStrata } from '../tally/figures.ts';
import { bandsDone, bundlesOf, keysOfBundle, labelTableOf } from './bundles.ts';
import { Conversation, conduct, ProtocolError, type Side } from './conversation.ts';
import type { BandKeys } from './data-port.ts';
import { checkPositions, type OwnerPosition, type OwnerStep, ownerHas } from './positions.ts';
import { type BandKeySource, type ListStrata, pageClock, type RunClock, type RunProgress } from './run.ts';
import { RunMemory } from './run-memory.ts';
import { bytesOf, float64s, int32s, type Kept, type RunStore, uint32s } from './run-store.ts';
import type { SetName } from './seal-port.ts';
import { handOver, type SealTasks } from './seal-port.ts';
import { deriveSession, labelSalt, type Session, weighingPeriod } from './session.ts';
import { largestMessage, MAX_ATTEMPTS, runSteps } from './steps.ts';
import { TaskWindow } from './task-window.ts';

export interface ResearcherInput {
  readonly channel: Channel;
  readonly agreement: Agreement;
  readonly keys: BandKeySource;
  /** How common the values of the list are, to weigh matches by. */
  listValues(): Promise<ListValues>;
  readonly pool: SealTasks;
  /** What is kept there goes on where it stood before a reload of this page. */
  readonly store: RunStore;
  onProgress(progress: RunProgress): void;
  /** The researcher's own groups, where the agreement has some. */
  readonly strata?: ListStrata;
  /** The page's own where left out. */
  readonly clock?: RunClock;
  /** Lets the researcher choose the weight from which candidates are matches; left out, the run takes what is best by its estimates. */
  chooseThreshold?(scores: MatchScores): Promise<number>;
  readonly signal: AbortSignal;
  readonly version: string;
}

export async function runResearcher(input: ResearcherInput): Promise<ResearcherResult> {
  const readResult = await conduct(input.channel, input.signal, () => ResearcherRun.begin(input));
  // The conversation is over: whether the figures are possible depends on what the researcher decrypts, and the owner must not be told.
  return readResult();
}

/** Throws where the researcher's own groups are not those of the agreement. */
function checkStrata({ strata, keys }: ResearcherInput, { agreement, layout }: Session): void {
  const sizes = (columns: readonly GroupColumn[]) => columns.map(({ labels }) => labels.length).join();
  const fits =
    sizes(strata?.columns ?? []) === sizes(agreement.list.strata ?? []) &&
    (strata === undefined || (strata.of.length === keys.rows && strata.of.every((stratum) => stratum < layout.strata)));
  if (!fits)
    throw new ProtocolError('the groups of the list are not those that the agreement names; choose them again');
}

type Answers = readonly Uint8Array[];
/** Reads the result: for the researcher alone. */
type ReadResult = () => Promise<ResearcherResult>;

class ResearcherRun implements Side<ReadResult> {
  private readonly steps: ReturnType<typeof runSteps>;
  /** How many bundles there are. */
  private readonly bundles: number;
  private readonly clock: RunClock;
  private talk!: Conversation;
  private work = new TaskWindow(1);
  /** What this page's workers were given or have made; once a page. */
  private readonly loaded = new Map<string, Promise<void>>();

  private constructor(
    private readonly input: ResearcherInput,
    private readonly session: Session,
    private readonly memory: RunMemory,
  ) {
    this.steps = runSteps(session.agreement, session.layout);
    this.bundles = bundlesOf(session.agreement);
    this.clock = input.clock ?? pageClock;
  }

  static async begin(input: ResearcherInput): Promise<ResearcherRun> {
    const session = deriveSession(input.agreement);
    checkStrata(input, session);
    return new ResearcherRun(input, session, await RunMemory.open(input.store));
  }

  async proceed(channel: Channel): Promise<ReadResult> {
    const { session, memory } = this;
    channel.setReceiveLimit(largestMessage(session.agreement, session.layout));
    this.talk = new Conversation(channel, session.hash);
    memory.watch.follow(channel);
    const { researcherPosition } = memory;
    await this.talk.send('position', { ...researcherPosition });
    if (!memory.has('tally-release')) {
      const { body: theirs } = await this.talk.expect(this.steps.ownerPosition);
      checkPositions(researcherPosition, theirs, this.bundles);
      this.progress('linkage', researcherPosition.read.length / this.bundles, 'Making keys');
      if (memory.has('matched')) await this.shareTallyKeys(theirs.reached);
      else await this.compareBundles(theirs);
      memory.watch.enter('table');
      await this.tally(theirs.reached);
    }
    await this.talk.send('finished', {});
    return () => this.readResult();
  }

  private async readResult(): Promise<ResearcherResult> {
    const { input, session, memory } = this;
    const { scores } = (await memory.get('matched')).body as { scores: MatchScores };
    const { matches } = (await memory.get('label-answer')).body as { matches: number[] };
    const padded = float64s((await memory.get('tally-sum')).blobs[0] as Uint8Array);
    const { sealed } = (await memory.get('tally-gate')).body as { sealed: boolean[] };
    const release = (await memory.get('tally-release')).blobs;
    await this.secretKey('tally');
    const opened = { matches, padded, sealed };
    const rows = await input.pool.first((worker) => worker.readResult(session.agreement, opened, release));
    this.progress('table', 1, 'Finished');
    return {
      agreement: session.agreement,
      agreementHash: session.hash,
      rows: input.strata ? namedStrata(rows, input.strata.columns) : rows,
      ...(input.strata && { strata: input.strata.columns, strataMatches: matches }),
      records: input.keys.rows,
      recordsWithKey: input.keys.rowsWithKey,
      matches: matches.reduce((sum, count) => sum + count, 0),
      scores,
      measures: memory.watch.total(),
      finishedAt: new Date().toISOString(),
      version: input.version,
    };
  }

  async settle(): Promise<void> {
    for (const { refuse } of this.expected.values()) refuse(new Error('the other page was reloaded'));
    this.expected.clear();
    await this.work.stop();
  }

  private once(what: string, load: () => Promise<void>): Promise<void> {
    const loading = this.loaded.get(what) ?? load();
    this.loaded.set(what, loading);
    return loading;
  }

  /** Secret keys in the workers: made and kept, or as they were kept. */
  private secretKey(set: SetName): Promise<void> {
    const { pool } = this.input;
    return this.once(`${set}-secret`, async () => {
      const had = this.memory.has(`${set}-secret`);
      const { blobs } = await this.memory.once(`${set}-secret`, async () => ({
        body: {},
        blobs: [await pool.first((worker) => worker.createSecretKey(set))],
      }));
      const [secretKey] = blobs as [Uint8Array];
      if (had) await pool.first((worker) => worker.takeSecretKey(set, secretKey));
      // Only bundles are worked on by all; the tally is the first worker's.
      if (set !== 'linkage') return;
      await pool.all((worker, index) => (index === 0 ? Promise.resolve() : worker.takeSecretKey(set, secretKey)));
    });
  }

  // ---- Linkage: one labelled intersection per bundle of bands ----

  /** Bundles whose answers are expected: what to do with them. */
  private readonly expected = new Map<number, { take(answers: Answers): void; refuse(error: Error): void }>();
  /** Bundles that have been read since the owner was last told. */
  private untold: number[] = [];

  private async compareBundles(theirs: OwnerPosition): Promise<void> {
    const { pool, keys } = this.input;
    const { memory } = this;
    await this.secretKey('linkage');
    if (!ownerHas(theirs.reached, 'linkage-keys')) {
      const { publicKey } = await pool.first((worker) => worker.createPublicKeys('linkage'));
      await this.talk.send('linkage-keys', {}, [publicKey]);
    }
    await this.once('sightings', async () => {
      await pool.first((worker) => worker.startCollecting(keys.rows));
      for (const bundle of memory.numbers('seen')) {
        const [places, values] = (await memory.get(`seen/${bundle}`)).blobs as [Uint8Array, Uint8Array];
        await this.collect(bundle, { places: uint32s(places), values: float64s(values) });
      }
    });
    this.untold = [];
    const all = Array.from({ length: this.bundles }, (_, bundle) => bundle);
    const unread = all.filter((bundle) => !memory.has(`seen/${bundle}`));
    await Promise.all([this.sendBundles(unread, theirs), this.receiveAnswers(unread.length)]);
  }

  private async sendBundles(unread: readonly number[], theirs: OwnerPosition): Promise<void> {
    // Beside what the workers of both sides have, some six bands on their way.
    const { bandsInBundle } = this.session.agreement.geometry;
    const work = new TaskWindow(2 * this.input.pool.size + Math.max(2, Math.ceil(6 / bandsInBundle)));
    this.work = work;
    // Bundles answered before a reload come again by themselves; the others are asked.
    const answered = new Set(theirs.answered);
    const repeated = unread.filter((bundle) => answered.has(bundle));
    const due = unread.filter((bundle) => !answered.has(bundle));
    const arriving = repeated.map((bundle) => ({ bundle, answers: this.expectAnswer(bundle) }));
    for (const { bundle, answers } of arriving) await work.start(() => this.readRepeated(bundle, answers));

    let asked = 0;
    let tellAllAsked = () => {};
    const allAsked = new Promise<void>((resolve) => {
      tellAllAsked = resolve;
    });
    const onAsked = () => ++asked === due.length && tellAllAsked();
    for (const bundle of due) await work.start(() => this.compareBundle(bundle, onAsked));
    // The tally's keys travel while the last bundles are under way, but not before every one has been asked.
    if (due.length > 0) await work.orFailure(allAsked);
    await work.start(() => this.shareTallyKeys(theirs.reached));
    await work.drain();
  }

  private async receiveAnswers(count: number): Promise<void> {
    const { talk } = this;
    for (let received = 0; received < count; received++) {
      const { body, blobs } = await talk.expect(this.steps.bundleAnswer);
      const { bundle } = body;
      const expected = this.expected.get(bundle);
      if (!expected)
        throw new ProtocolError(`an answer came for bundle ${bundle + 1}, which was not asked or is answered already`);
      this.expected.delete(bundle);
      expected.take(blobs);
    }
  }

  private expectAnswer(bundle: number): Promise<Answers> {
    const answers = new Promise<Answers>((take, refuse) => this.expected.set(bundle, { take, refuse }));
    // Whoever waits is told; where nobody waits yet, the run's end says why.
    answers.catch(() => {});
    return answers;
  }

  private async compareBundle(bundle: number, onAsked: () => void): Promise<void> {
    const { query, attempt } = await this.queryBundle(bundle);
    await this.memory.put(`asked/${bundle}`, { body: {}, blobs: [bytesOf(query.binOf)] });
    const answers = this.expectAnswer(bundle);
    await this.talk.send('bundle-query', { bundle, attempt, read: this.untold.splice(0) }, query.queries);
    onAsked();
    await this.readBundle(bundle, query.binOf, answers);
  }

  private async readRepeated(bundle: number, answers: Promise<Answers>): Promise<void> {
    const name = `asked/${bundle}`;
    if (!this.memory.has(name)) throw new ProtocolError(`bundle ${bundle + 1} is answered, but was not asked`);
    const [binOf] = (await this.memory.get(name)).blobs as [Uint8Array];
    await this.readBundle(bundle, int32s(binOf), answers);
  }

  private async readBundle(bundle: number, binOf: BundleQuery['binOf'], arriving: Promise<Answers>): Promise<void> {
    const { pool } = this.input;
    const { geometry } = this.session.agreement;
    const answers = await arriving;
    const sightings = await pool.run((worker) => worker.readAnswers(geometry, binOf, handOver(answers)));
    const { places, values } = sightings;
    await this.memory.put(`seen/${bundle}`, { body: {}, blobs: [bytesOf(places), bytesOf(values)] });
    this.untold.push(bundle);
    await this.collect(bundle, sightings);
    const read = this.memory.numbers('seen').length;
    this.progress('linkage', read / this.bundles, `${bandsDone(this.session, read)} bands compared`);
  }

  private collect(bundle: number, sightings: BundleSightings): Promise<void> {
    const firstBand = bundle * this.session.agreement.geometry.bandsInBundle;
    return this.input.pool.first((worker) => worker.collect(firstBand, sightings));
  }

  private queryBundle(bundle: number): Promise<{ query: BundleQuery; attempt: number }> {
    return this.queryTable(`bundle ${bundle + 1}`, this.session.agreement.geometry, (attempt) =>
      keysOfBundle(this.input.keys, this.session, { bundle, attempt }),
    );
  }

  /** Asks for keys, with other salts where they find no place. `of`: whose keys, for people. */
  private async queryTable(
    of: string,
    table: TableShape,
    keysOf: (attempt: number) => Promise<readonly BandKeys[]>,
  ): Promise<{ query: BundleQuery; attempt: number }> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const bands = await keysOf(attempt);
      const query = await this.input.pool.run((worker) => worker.queryBundle(table, handOver(bands)));
      if (query) return { query, attempt };
    }
    throw new ProtocolError(`the keys of ${of} found no place in the table; start again`);
  }

  // ---- The sealed tally ----

  private scoring: Promise<MatchScores> | undefined;

  private async shareTallyKeys(reached: OwnerStep): Promise<void> {
    await this.secretKey('tally');
    if (ownerHas(reached, 'tally-keys')) return;
    const { publicKey, relinKeys } = await this.input.pool.first((worker) => worker.createPublicKeys('tally'));
    await this.talk.send('tally-keys', {}, [publicKey, relinKeys]);
  }

  /** Steps 1 to 6. `reached`: what of it the owner has already. */
  private async tally(reached: OwnerStep): Promise<void> {
    const { pool } = this.input;
    const { memory, talk, steps } = this;
    const { agreement } = this.session;
    this.progress('table', 0, 'Weighing who matches whom');
    const matched = await this.checkLabels(reached);
    const bits = await memory.once('bits', async () => ({
      body: {},
      blobs: await pool.first((worker) => worker.encryptMatched(agreement, matched)),
    }));
    if (!ownerHas(reached, 'tally-bits')) await talk.send('tally-bits', {}, bits.blobs);

    const sums = await memory.once('tally-sum', async () => {
      const answers = await this.receiveSums();
      const { padded, counts, checks } = await pool.first((worker) => worker.encryptCounts(agreement, answers));
      return { body: {}, blobs: [bytesOf(padded), ...counts, ...checks] };
    });
    if (!ownerHas(reached, 'tally-counts')) await talk.send('tally-counts', {}, sums.blobs.slice(1));
    this.progress('table', 0.85, 'Checking group sizes under encryption');

    const gate = await memory.once('tally-gate', async () => {
      const { blobs } = await talk.expect(steps.gate);
      const { inverses, sealed } = await pool.first((worker) => worker.answerGate(agreement, blobs));
      return { body: { sealed }, blobs: inverses };
    });
    if (!ownerHas(reached, 'tally-inverses')) await talk.send('tally-inverses', {}, gate.blobs);
    this.progress('table', 0.95, 'Opening the groups that are large enough');

    const { blobs } = await talk.expect(steps.release);
    await memory.put('tally-release', { body: {}, blobs });
  }

  /** The labels of the researcher's matches, those that were seen in two bands only once the owner's rows have shown them again. */
  private async checkLabels(reached: OwnerStep): Promise<MatchedRows> {
    const { pool } = this.input;
    const { memory, talk, steps } = this;
    const labelTable = labelTableOf(this.session.agreement);
    const begun = this.clock.now();
    const found = await memory.once('matched', async () => {
      this.scoring ??= this.scoreMatches();
      const scores = await talk.meanwhile(this.scoring);
      const matches = await pool.first((worker) => worker.matchedLabels(scores.threshold));
      return { body: { scores }, blobs: [matches.labels, matches.records, matches.doubtful].map(bytesOf) };
    });
    const [labels, records, doubtful] = [
      float64s(found.blobs[0] as Uint8Array),
      uint32s(found.blobs[1] as Uint8Array),
      found.blobs[2] as Uint8Array,
    ];
    const asks = labels.filter((_, i) => doubtful[i] === 1);
    await this.secretKey('linkage');
    const asked = await memory.once('label-asked', async () => {
      const { query, attempt } = await this.queryTable('labels', labelTable, async (attempt) => [
        labelKeys(asks, labelSalt(this.session, attempt)),
      ]);
      return { body: { attempt }, blobs: [bytesOf(query.binOf), ...query.queries] };
    });
    const [binOf, ...queries] = asked.blobs as [Uint8Array, ...Uint8Array[]];
    if (!ownerHas(reached, 'label-query')) {
      await talk.meanwhile(this.untilNextPeriod(begun));
      await talk.send('label-query', { ...(asked.body as object) }, queries);
    }
    const known = await memory.once('label-answer', async () => {
      const { blobs } = await talk.expect(steps.labelAnswer);
      const shown = await pool.first((worker) => worker.readAnswers(labelTable, int32s(binOf), blobs));
      const isLabel = confirmed(asks, shown);
      const sure = new Set(asks.filter((_, i) => isLabel[i]));
      const certain = [...labels.keys()].filter((i) => doubtful[i] !== 1 || sure.has(labels[i] as number));
      return this.knownMatches(
        Float64Array.from(certain, (i) => labels[i] as number),
        Uint32Array.from(certain, (i) => records[i] as number),
      );
    });
    const [own, strata] = known.blobs as [Uint8Array, Uint8Array];
    return { labels: float64s(own), strata: uint32s(strata) };
  }

  /** The matches as they are kept: how many in each stratum, labels, strata. */
  private knownMatches(labels: Float64Array, records: Uint32Array): Kept {
    const strata = records.map((record) => this.input.strata?.of[record] ?? 0);
    const matches = new Array<number>(this.session.layout.strata).fill(0);
    for (const stratum of strata) matches[stratum] = (matches[stratum] as number) + 1;
    return { body: { matches }, blobs: [labels, strata].map(bytesOf) };
  }

  /** How long weighing took must not show in when the researcher goes on. */
  private untilNextPeriod(begun: number): Promise<void> {
    const period = weighingPeriod(this.session.agreement);
    return this.clock.sleep(period - ((this.clock.now() - begun) % period));
  }

  /** Weighs the researcher's candidates, once a page; which weight is enough is settled once a run. */
  private async scoreMatches(): Promise<MatchScores> {
    const { pool, listValues, chooseThreshold } = this.input;
    const values = await listValues();
    const found = await pool.first((worker) => worker.scoreMatches(this.session.agreement, values));
    const chosen = await this.memory.once('scores', async () => {
      const threshold = chooseThreshold ? await chooseThreshold(found) : found.threshold;
      return { body: { ...found, threshold }, blobs: [] };
    });
    return chosen.body as MatchScores;
  }

  private async receiveSums(): Promise<Uint8Array[]> {
    const { layout } = this.session;
    const answers = new Array<Uint8Array | undefined>(layout.answers);
    for (let received = 0; received < layout.answers; received++) {
      const { body, blobs } = await this.talk.expect(this.steps.sum);
      if (answers[body.answer]) throw new ProtocolError(`answer ${body.answer + 1} of the tally came twice`);
      answers[body.answer] = blobs[0];
      this.progress('table', (0.8 * (received + 1)) / layout.answers, 'Receiving sealed sums');
    }
    return answers.filter((answer) => answer !== undefined);
  }

  private progress(stage: RunProgress['stage'], done: number, note: string): void {
    this.input.onProgress({ stage, done, note });
  }
}
