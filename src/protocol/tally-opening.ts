/** The sealed tally, on the researcher's side: steps 1 to 6, and the table that they open. */
import type { MatchScores, ResearcherResult } from '../agreement/result.ts';
import { namedStrata } from '../tally/figures.ts';
import { t } from '../words/translate.ts';
import { ProtocolError } from './conversation.ts';
import type { MatchSettlement } from './match-settlement.ts';
import { type OwnerStep, ownerHas } from './positions.ts';
import type { ResearcherPage } from './researcher-page.ts';
import type { ListStrata } from './run.ts';
import { bytesOf, float64s } from './run-store.ts';

export class TallyOpening {
  readonly #page: ResearcherPage;
  readonly #matches: MatchSettlement;

  constructor(page: ResearcherPage, matches: MatchSettlement) {
    this.#page = page;
    this.#matches = matches;
  }

  /** Steps 1 to 6, until everything of the table is kept. `reached`: what of it the owner has already. */
  async proceed(reached: OwnerStep): Promise<void> {
    const { pool } = this.#page.input;
    const { memory, talk, steps } = this.#page;
    const { agreement } = this.#page.session;
    this.#page.progress('table', 0, t('Weighing who matches whom'));
    const matched = await this.#matches.matchedRows(reached);
    const bits = await memory.once('bits', async () => ({
      body: {},
      blobs: await pool.first((worker) => worker.encryptMatched(agreement, matched)),
    }));
    if (!ownerHas(reached, 'tally-bits')) await talk.send('tally-bits', {}, bits.blobs);

    const sums = await memory.once('tally-sum', async () => {
      const answers = await this.#receiveSums();
      const { padded, counts, checks } = await pool.first((worker) => worker.encryptCounts(agreement, answers));
      return { body: {}, blobs: [bytesOf(padded), ...counts, ...checks] };
    });
    if (!ownerHas(reached, 'tally-counts')) await talk.send('tally-counts', {}, sums.blobs.slice(1));
    this.#page.progress('table', 0.85, t('Checking group sizes under encryption'));

    const gate = await memory.once('tally-gate', async () => {
      const { blobs } = await talk.expect(steps.gate);
      const { inverses, sealed } = await pool.first((worker) => worker.answerGate(agreement, blobs));
      return { body: { sealed }, blobs: inverses };
    });
    if (!ownerHas(reached, 'tally-inverses')) await talk.send('tally-inverses', {}, gate.blobs);
    this.#page.progress('table', 0.95, t('Opening the groups that are large enough'));

    const { blobs } = await talk.expect(steps.release);
    await memory.put('tally-release', { body: {}, blobs });
  }

  async #receiveSums(): Promise<Uint8Array[]> {
    const { layout } = this.#page.session;
    const answers = new Array<Uint8Array | undefined>(layout.answers);
    for (let received = 0; received < layout.answers; received++) {
      const { body, blobs } = await this.#page.talk.expect(this.#page.steps.sum);
      if (answers[body.answer]) throw new ProtocolError(`answer ${body.answer + 1} of the tally came twice`);
      answers[body.answer] = blobs[0];
      this.#page.progress('table', (0.8 * (received + 1)) / layout.answers, t('Receiving sealed sums'));
    }
    return answers.filter((answer) => answer !== undefined);
  }

  /** The table, of what is kept: for the researcher alone. */
  async readResult(): Promise<ResearcherResult> {
    const { input, session, memory } = this.#page;
    const { scores } = (await memory.get('matched')).body as { scores: MatchScores };
    const { matches } = (await memory.get('label-answer')).body as { matches: number[] };
    const padded = float64s((await memory.get('tally-sum')).blobs[0] as Uint8Array);
    const { sealed } = (await memory.get('tally-gate')).body as { sealed: boolean[] };
    const release = (await memory.get('tally-release')).blobs;
    await this.#page.secretKey('tally');
    const opened = { matches, padded, sealed };
    const rows = await input.pool.first((worker) => worker.readResult(session.agreement, opened, release));
    this.#page.progress('table', 1, 'Finished');
    return {
      agreement: session.agreement,
      agreementHash: session.hash,
      rows: input.strata ? namedStrata(rows, input.strata.columns) : rows,
      ...(input.strata && {
        strata: input.strata.columns,
        strataMatches: matches,
        strataRecords: recordsOf(input.strata, matches.length),
      }),
      records: input.keys.rows,
      recordsWithKey: input.keys.rowsWithKey,
      matches: matches.reduce((sum, count) => sum + count, 0),
      scores,
      measures: memory.watch.total(),
      finishedAt: new Date().toISOString(),
      version: input.version,
    };
  }
}

/** Records of the list in each stratum. */
function recordsOf({ of }: ListStrata, strata: number): number[] {
  const records = new Array<number>(strata).fill(0);
  for (const stratum of of) records[stratum] = (records[stratum] as number) + 1;
  return records;
}
