import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { MatchScores } from '../agreement/result.ts';
import type { Message } from '../channel/channel.ts';
import { seededRandom } from '../keys/random.ts';
import { hiddenAlike } from '../testing/made-up-tally.ts';
import { EVENTS, REPEATED } from '../testing/reload-events.ts';
import { expectOneAnswerEach, type Reload, type ReloadRun } from '../testing/reloading-run.ts';
import { madeUpPeople } from '../testing/simulation/people.ts';
import { PlainPool } from '../testing/simulation/plain-pool.ts';
import { PromptClock, playPlain } from '../testing/simulation/plain-run.ts';
import type { OwnerPosition } from './positions.ts';

/** Two of them share a table. */
const BANDS = 24;
const people = madeUpPeople(BANDS, seededRandom([7]).unit);

const play = (reloads: readonly Reload[], more?: Partial<ReloadRun>) => playPlain(people, reloads, more);

async function expectTheTable(reloads: readonly Reload[]): Promise<void> {
  const { ends, answers } = await play(reloads);
  const [result, outcome] = ends;
  if (result.status === 'rejected') throw result.reason;
  if (outcome.status === 'rejected') throw outcome.reason;
  expect(result.value.matches).toBe(people.matches);
  expect(result.value.rows).toEqual(hiddenAlike(people.rows, result.value.rows));
  expectOneAnswerEach(answers);
}

// Dozens of whole runs a test.
vi.setConfig({ testTimeout: 120_000 });

describe('a reload', () => {
  it('all places to reload at are tried: they are what happens in a run', async () => {
    const { events } = await play([]);
    expect(new Set(events)).toEqual(new Set([...EVENTS, 'researcher sends finished']));
  });

  it.each(['researcher', 'owner'] as const)(
    'of the %s’s page at any step gives the same table, no answer twice',
    async (who) => {
      for (const at of EVENTS) {
        await expectTheTable([{ who, at, nth: 1 }]).catch((error: unknown) => {
          throw new Error(`reloaded when the ${at}: ${error}`, { cause: error });
        });
      }
    },
  );

  it('of the owner’s page in the moment in which an answer leaves finds that answer on the disk', async () => {
    for (const kind of ['bundle-answer', 'label-answer', 'tally-gate']) {
      await expectTheTable([{ who: 'owner', at: `owner sends ${kind}`, nth: 1 }]);
    }
  });

  it('of either page between bundles and between sums', async () => {
    for (const who of ['researcher', 'owner'] as const) {
      for (const at of EVENTS.filter((event) => REPEATED.test(event) && !event.startsWith('researcher keeps tally'))) {
        await expectTheTable([{ who, at, nth: 2 }]);
      }
    }
  });

  it('of both pages, again and again', async () => {
    const reload = fc.record({
      who: fc.constantFrom('researcher' as const, 'owner' as const),
      at: fc.constantFrom(...EVENTS),
      nth: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(fc.asyncProperty(fc.array(reload, { minLength: 2, maxLength: 6 }), expectTheTable), {
      numRuns: 25,
    });
  });
});

describe('a researcher who chooses the threshold', () => {
  /** A run in which `choose` is asked; `played` has how it ended. */
  function choosing(
    reloads: readonly Reload[],
    choose: (scores: MatchScores) => Promise<number>,
    signal?: AbortSignal,
  ) {
    const { agreement, listKeys, listValues, listStrata } = people;
    return play(reloads, {
      researcher: {
        agreement,
        keys: listKeys,
        strata: listStrata,
        listValues: async () => listValues,
        clock: new PromptClock(),
        chooseThreshold: choose,
        onProgress: () => {},
        signal: signal ?? new AbortController().signal,
        version: 'test',
      },
    });
  }

  it('gets the table of the matches from there up', async () => {
    const { ends } = await choosing([], async ({ steps }) => (steps.at(-1)?.weight ?? 0) + 1);
    const [result] = ends;
    if (result.status === 'rejected') throw result.reason;
    expect(result.value.matches).toBe(0);
    expect(result.value.rows.every(({ count }) => count === undefined)).toBe(true);
  });

  it('is not asked again once they have chosen, whichever page is reloaded', async () => {
    let asked = 0;
    const { ends } = await choosing(
      [
        { who: 'owner', at: 'owner keeps tally-keys', nth: 1 },
        { who: 'researcher', at: 'researcher keeps scores', nth: 1 },
        { who: 'owner', at: 'researcher keeps bits', nth: 1 },
      ],
      async ({ threshold }) => {
        asked++;
        return threshold;
      },
    );
    const [result] = ends;
    if (result.status === 'rejected') throw result.reason;
    expect(asked).toBe(1);
    expect(result.value.matches).toBe(people.matches);
    expect(result.value.rows).toEqual(hiddenAlike(people.rows, result.value.rows));
  });

  it('may cancel while the run waits for them, which ends both sides', async () => {
    const abort = new AbortController();
    const { ends } = await choosing([], () => new Promise(() => abort.abort()), abort.signal);
    for (const end of ends) expect(String((end as PromiseRejectedResult).reason)).toMatch(/cancelled/);
  });
});

describe('a researcher who uses a reload to ask for more is refused', () => {
  /** From their second page on the researcher takes the owner for one who stands at `position`, and lets what comes again pass. */
  const believing =
    (position: (true_: OwnerPosition) => OwnerPosition) =>
    (role: string, lives: number, message: Message): Message | undefined => {
      if (role !== 'researcher' || lives === 0) return message;
      if (message.kind !== 'position') return undefined;
      const { reached, answered, ...head } = message.body as OwnerPosition;
      return { ...message, body: { ...head, ...position({ reached, answered }) } };
    };

  it.each<[string, Reload, (position: OwnerPosition) => OwnerPosition, RegExp]>([
    [
      'another query for a bundle that has its answer',
      { who: 'researcher', at: 'owner sends bundle-answer', nth: 1 },
      ({ reached }) => ({ reached, answered: [] }),
      /asked twice/,
    ],
    [
      'other labels',
      { who: 'researcher', at: 'owner sends label-answer', nth: 1 },
      (position) => ({ ...position, reached: 'tally-keys' }),
      /"label-query" where tally-bits was due/,
    ],
    [
      'another Enc(b)',
      { who: 'researcher', at: 'owner sends tally-sum', nth: 2 },
      (position) => ({ ...position, reached: 'label-query' }),
      /"tally-bits" where tally-counts was due/,
    ],
    [
      'the gate for other counts',
      { who: 'researcher', at: 'owner sends tally-gate', nth: 1 },
      (position) => ({ ...position, reached: 'tally-bits' }),
      /"tally-counts" where tally-inverses was due/,
    ],
    [
      'a release for other inverses',
      { who: 'researcher', at: 'owner sends tally-release', nth: 1 },
      (position) => ({ ...position, reached: 'tally-counts' }),
      /"tally-inverses" where finished was due/,
    ],
  ])('%s', async (_what, reload, position, reason) => {
    const { ends, answers } = await play([reload], { rewrite: believing(position) });
    const [, owner] = ends;
    expect(String((owner as PromiseRejectedResult).reason)).toMatch(reason);
    expectOneAnswerEach(answers);
  });

  it('a run of another session', async () => {
    const other = { ...people.agreement, list: { ...people.agreement.list, nonce: 'ab'.repeat(16) } };
    let lives = 0;
    const { ends } = await play([{ who: 'researcher', at: 'owner sends bundle-answer', nth: 2 }], {
      newPool: (role) => {
        if (role === 'researcher') lives++;
        return new PlainPool(2, people.agreement, new PromptClock(), seededRandom([1]).unit);
      },
      researcher: {
        keys: people.listKeys,
        strata: people.listStrata,
        listValues: async () => people.listValues,
        clock: new PromptClock(),
        onProgress: () => {},
        signal: new AbortController().signal,
        version: 'test',
        get agreement() {
          return lives > 1 ? other : people.agreement;
        },
      },
    });
    for (const end of ends) expect(String((end as PromiseRejectedResult).reason)).toMatch(/another session/);
  });
});

it.each([
  ['owner', { reached: 'tally-gate', read: [] }],
  ['owner', { reached: 'nothing', read: [0] }],
  ['researcher', { reached: 'tally-bits', answered: [] }],
  ['researcher', { reached: 'linkage-keys', answered: [0, 0] }],
] as const)(
  'a position that cannot be of this run ends it: the %s hears %j',
  { timeout: 20_000 },
  async (who, said) => {
    const { ends } = await play([], {
      rewrite: (role, _lives, message) =>
        role === who && message.kind === 'position'
          ? { ...message, body: { ...(message.body as object), ...said } }
          : message,
    });
    for (const end of ends)
      expect(String((end as PromiseRejectedResult).reason)).toMatch(/do not remember the same run/);
  },
);

it.each([
  ['owner', 0, 1],
  ['researcher', 1, 0],
] as const)(
  'an error of the %s’s own, which may hold what a row says, is not told to the other',
  async (who, there, here) => {
    const { agreement, listKeys, listValues, listStrata, dataKeys, columns } = people;
    const page = { agreement, onProgress: () => {}, signal: new AbortController().signal, version: 'test' };
    const bandKeys = () => Promise.reject(new RangeError('row 17: Smith, 1970'));
    const { ends } = await play([], {
      owner: { ...page, keys: { ...dataKeys, ...(who === 'owner' && { bandKeys }) }, columns, onRelease: () => {} },
      researcher: {
        ...page,
        keys: { ...listKeys, ...(who === 'researcher' && { bandKeys }) },
        strata: listStrata,
        listValues: async () => listValues,
        clock: new PromptClock(),
      },
    });
    expect(String((ends[here] as PromiseRejectedResult).reason)).toMatch(/Smith/);
    expect(String((ends[there] as PromiseRejectedResult).reason)).toMatch(/could not go on/);
    expect(String((ends[there] as PromiseRejectedResult).reason)).not.toMatch(/Smith|17/);
  },
);

it('strata that are not those of the agreement are refused before anything is sent', async () => {
  const { agreement, listKeys, listValues, listStrata } = people;
  const column = listStrata?.columns[0];
  if (!listStrata || !column) throw new Error('these people have strata');
  const common = { agreement, keys: listKeys, listValues: async () => listValues, clock: new PromptClock() };
  const page = { onProgress: () => {}, signal: new AbortController().signal, version: 'test' };
  for (const strata of [
    { ...listStrata, columns: [{ ...column, labels: [...column.labels, 'another'] }, ...listStrata.columns.slice(1)] },
    { ...listStrata, of: listStrata.of.slice(1) },
    { ...listStrata, of: listStrata.of.map(() => 99) },
  ]) {
    const { ends, events } = await play([], { researcher: { ...common, ...page, strata } });
    expect(String((ends[0] as PromiseRejectedResult).reason)).toMatch(/not those that the agreement names/);
    expect(events.filter((event) => event.startsWith('researcher'))).toEqual([]);
  }
});

it('a file with more rows than the agreement says is refused', async () => {
  const { agreement, dataKeys, columns } = people;
  const { ends } = await play([], {
    owner: {
      agreement,
      keys: { ...dataKeys, rows: agreement.terms.dataRows + 1 },
      columns,
      onRelease: () => {},
      onProgress: () => {},
      signal: new AbortController().signal,
      version: 'test',
    },
  });
  expect(String((ends[1] as PromiseRejectedResult).reason)).toMatch(/more rows than the agreement says/);
});
