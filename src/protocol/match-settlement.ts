/** Who matches whom, by what the bands have shown, and which of the labels are rows of the owner's. */
import type { MatchScores } from '../agreement/result.ts';
import { confirmed, labelKeys } from '../psi/label-check.ts';
import type { MatchedRows } from '../psi/labels.ts';
import { labelTableOf } from './bundles.ts';
import { type OwnerStep, ownerHas } from './positions.ts';
import type { ResearcherPage } from './researcher-page.ts';
import { bytesOf, float64s, int32s, type Kept, uint32s } from './run-store.ts';
import { labelSalt, weighingPeriod } from './session.ts';

/** Matches as they were settled, by match: the label that was seen, the record, and whether the label is to be asked for. */
interface SettledMatches {
  readonly labels: Float64Array;
  readonly records: Uint32Array;
  readonly doubtful: Uint8Array;
}

export class MatchSettlement {
  #scoring: Promise<MatchScores> | undefined;

  readonly #page: ResearcherPage;

  constructor(page: ResearcherPage) {
    this.#page = page;
  }

  /** The labels of the matches, those that were seen in two bands only once the owner's rows have shown them again. */
  async matchedRows(reached: OwnerStep): Promise<MatchedRows> {
    const begun = this.#page.clock.now();
    const matches = await this.#settle();
    const asks = matches.labels.filter((_, i) => matches.doubtful[i] === 1);
    const binOf = await this.#ask(asks, begun, ownerHas(reached, 'label-query'));
    const known = await this.#page.memory.once('label-answer', async () => this.#confirm(matches, asks, binOf));
    const [labels, strata] = known.blobs as [Uint8Array, Uint8Array];
    return { labels: float64s(labels), strata: uint32s(strata) };
  }

  async #settle(): Promise<SettledMatches> {
    const { input, memory, talk } = this.#page;
    const { blobs } = await memory.once('matched', async () => {
      this.#scoring ??= this.#scoreMatches();
      const scores = await talk.meanwhile(this.#scoring);
      const matches = await input.pool.first((worker) => worker.matchedLabels(scores.threshold));
      return { body: { scores }, blobs: [matches.labels, matches.records, matches.doubtful].map(bytesOf) };
    });
    const [labels, records, doubtful] = blobs as [Uint8Array, Uint8Array, Uint8Array];
    return { labels: float64s(labels), records: uint32s(records), doubtful };
  }

  /** Asks which of these are labels, unless the owner has the query. Gives the bins of its keys. */
  async #ask(asks: Float64Array, begun: number, asked: boolean): Promise<Int32Array> {
    const { session, memory, talk } = this.#page;
    await this.#page.secretKey('linkage');
    const query = await memory.once('label-asked', async () => {
      const made = await this.#page.queryTable('labels', labelTableOf(session.agreement), async (attempt) => [
        labelKeys(asks, labelSalt(session, attempt)),
      ]);
      return { body: { attempt: made.attempt }, blobs: [bytesOf(made.query.binOf), ...made.query.queries] };
    });
    const [binOf, ...queries] = query.blobs as [Uint8Array, ...Uint8Array[]];
    if (!asked) {
      await talk.meanwhile(this.#untilNextPeriod(begun));
      await talk.send('label-query', { ...(query.body as object) }, queries);
    }
    return int32s(binOf);
  }

  /** Reads which of the labels that were asked for are some, and leaves the matches of others out. */
  async #confirm(matches: SettledMatches, asks: Float64Array, binOf: Int32Array): Promise<Kept> {
    const { input, session, talk, steps } = this.#page;
    const { labels, records, doubtful } = matches;
    const { blobs } = await talk.expect(steps.labelAnswer);
    const shown = await input.pool.first((worker) => worker.readAnswers(labelTableOf(session.agreement), binOf, blobs));
    const isLabel = confirmed(asks, shown);
    const sure = new Set(asks.filter((_, i) => isLabel[i]));
    const certain = [...labels.keys()].filter((i) => doubtful[i] !== 1 || sure.has(labels[i] as number));
    return this.#knownMatches(
      Float64Array.from(certain, (i) => labels[i] as number),
      Uint32Array.from(certain, (i) => records[i] as number),
    );
  }

  /** The matches as they are kept: how many in each stratum, labels, strata. */
  #knownMatches(labels: Float64Array, records: Uint32Array): Kept {
    const strata = records.map((record) => this.#page.input.strata?.of[record] ?? 0);
    const matches = new Array<number>(this.#page.session.layout.strata).fill(0);
    for (const stratum of strata) matches[stratum] = (matches[stratum] as number) + 1;
    return { body: { matches }, blobs: [labels, strata].map(bytesOf) };
  }

  /** How long weighing took must not show in when the researcher goes on. */
  #untilNextPeriod(begun: number): Promise<void> {
    const period = weighingPeriod(this.#page.session.agreement);
    return this.#page.clock.sleep(period - ((this.#page.clock.now() - begun) % period));
  }

  /** Weighs the researcher's candidates, once a page; which weight is enough is settled once a run. */
  async #scoreMatches(): Promise<MatchScores> {
    const { pool, listValues, chooseThreshold } = this.#page.input;
    const values = await listValues();
    const found = await pool.first((worker) => worker.scoreMatches(this.#page.session.agreement, values));
    const chosen = await this.#page.memory.once('scores', async () => {
      const threshold = chooseThreshold ? await chooseThreshold(found) : found.threshold;
      return { body: { ...found, threshold }, blobs: [] };
    });
    return chosen.body as MatchScores;
  }
}
