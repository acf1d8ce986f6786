import type { Page } from '@playwright/test';
import { findTurnServer, NO_TURN_SERVER } from '../src/machine/machine.ts';
import { breakConnection, connectionsMade, keepAll, killWorker, pathKinds, sleep } from './support/connections.ts';
import { DATA, LIST, LONGER_RULES, USES } from './support/files.ts';
import { holdAt, letGo, type Step, untilHeld } from './support/hold.ts';
import { plaintextTable } from './support/oracle.ts';
import { expectPlaintext, finish } from './support/result.ts';
import { type OwnServer, startApp, startTurnServer } from './support/servers.ts';
import { agreeBoth, meet, type Side } from './support/side.ts';
import { expect, test } from './support/test.ts';

const OPTIONS = { data: DATA, list: LIST, uses: { ...USES, income: 'Ignore' }, rules: LONGER_RULES };
/** Long enough for the other side to take the connection for dead, milliseconds. */
const ASLEEP_MS = 40_000;
const OTHER = { owner: 'researcher', researcher: 'data owner' } as const;

interface Break {
  readonly by: Side['role'];
  readonly step: Step;
  readonly nth?: number;
}

/** Both agree, and the run goes on until this side is about to send its third message of the linkage. */
async function holdInLinkage({ owner, researcher }: { owner: Side; researcher: Side }, held: Side): Promise<void> {
  await holdAt(held.page, held.role === 'owner' ? 'send bundle-answer' : 'send bundle-query', 3);
  await agreeBoth(owner, researcher);
  await untilHeld(held.page);
}

async function expectRightTable(owner: Side, researcher: Side): Promise<void> {
  const { csv, agreement } = await finish(owner, researcher);
  expectPlaintext(csv, agreement, await plaintextTable(LIST, DATA, agreement));
}

/** Has pages read another `config.json`. */
async function configure(pages: readonly Page[], config: object): Promise<void> {
  for (const page of pages) await page.route('**/config.json', (route) => route.fulfill({ json: config }));
}

const IN_LINKAGE: Break = { by: 'researcher', step: 'send bundle-query', nth: 3 };

for (const [where, breaks] of [
  [
    'the researcher loses at Linkage and the owner loses at Table',
    [IN_LINKAGE, { by: 'owner', step: 'send tally-sum' }],
  ],
  ['the researcher loses at Table', [{ by: 'researcher', step: 'send tally-counts' }]],
  ['the owner loses just before the release', [{ by: 'owner', step: 'send tally-release' }]],
] satisfies [string, Break[]][]) {
  test(`a connection that ${where} is mended, and the table is the same`, async ({ owner, researcher }) => {
    const sides = { owner, researcher };
    for (const { page } of [owner, researcher]) await keepAll(page);
    await meet(owner, researcher, OPTIONS);
    const before = await Promise.all(breaks.map(({ by }) => connectionsMade(sides[by].page)));
    for (const { by, step, nth } of breaks) await holdAt(sides[by].page, step, nth);
    await agreeBoth(owner, researcher);
    for (const { by } of breaks) {
      await untilHeld(sides[by].page);
      await breakConnection(sides[by].page);
      await letGo(sides[by].page);
    }
    await expectRightTable(owner, researcher);
    for (const [i, { by }] of breaks.entries()) {
      expect(await connectionsMade(sides[by].page)).toBeGreaterThanOrEqual((before[i] ?? 0) + breaks.length);
    }
  });
}

for (const [by, worker] of [
  ['researcher', 'seal'],
  ['owner', 'seal'],
  ['owner', 'data'],
] as const) {
  test(`a ${worker} worker of the ${by} that dies ends the run, and both are told why`, async ({
    owner,
    researcher,
  }) => {
    const [side, other] = by === 'owner' ? [owner, researcher] : [researcher, owner];
    await keepAll(side.page);
    await meet(owner, researcher, OPTIONS);
    await holdInLinkage({ owner, researcher }, side);
    await killWorker(side.page, worker);
    await letGo(side.page);
    await expect(side.alert).toContainText('a worker stopped: the browser ended it');
    await expect(side.alert).toContainText('Nothing was released');
    await expect(other.alert).toContainText(`The ${OTHER[other.role]}’s browser ended the run`);
    await expect(other.alert).toContainText('a worker stopped');
  });
}

test('a run outlives the sleep of the owner’s computer', async ({ owner, researcher, otherBrowser }) => {
  await keepAll(researcher.page);
  await meet(owner, researcher, OPTIONS);
  const before = await connectionsMade(researcher.page);
  await holdInLinkage({ owner, researcher }, researcher);
  await letGo(researcher.page);
  await sleep(otherBrowser, ASLEEP_MS);
  await expectRightTable(owner, researcher);
  expect(await connectionsMade(researcher.page)).toBeGreaterThan(before);
});

/** With a server of the test's own, which it may stop. */
const appTest = test.extend<{ app: Awaited<ReturnType<typeof startApp>> }>({
  // biome-ignore lint/correctness/noEmptyPattern: the form in which Playwright wants it
  app: async ({}, use) => {
    const app = await startApp();
    await use(app);
    await app.stop();
  },
  baseURL: async ({ app }, use) => use(app.address),
});

/** In the middle of the linkage, with no server to find each other by. */
async function loseBoth({ app, owner, researcher }: { app: OwnServer; owner: Side; researcher: Side }): Promise<void> {
  await keepAll(researcher.page);
  await meet(owner, researcher, OPTIONS);
  await holdInLinkage({ owner, researcher }, researcher);
  await app.stop();
  await breakConnection(researcher.page);
  await letGo(researcher.page);
}

appTest('a run outlives a restart of the signalling server', async ({ app, owner, researcher }) => {
  await loseBoth({ app, owner, researcher });
  for (const { page } of [owner, researcher]) await expect(page.getByText(/Reconnecting/)).toBeVisible();
  await app.start();
  await expectRightTable(owner, researcher);
});

appTest(
  'both are asked when the connection stays away; who keeps trying gets the table',
  async ({ app, owner, researcher }) => {
    await configure([owner.page, researcher.page], { reconnectSeconds: 5 });
    await loseBoth({ app, owner, researcher });
    for (const side of [owner, researcher]) {
      await expect(side.alert).toContainText('The connection has not come back');
      await side.button('Keep trying').click();
      await expect(side.alert).toHaveCount(0);
    }
    await app.start();
    await expectRightTable(owner, researcher);
  },
);

appTest(
  'who ends the run is told so, and so is the other once there is a connection',
  async ({ app, owner, researcher }) => {
    await configure([owner.page, researcher.page], { reconnectSeconds: 5 });
    await loseBoth({ app, owner, researcher });
    await researcher.button('End the run').click();
    await expect(researcher.alert).toContainText('The connection failed');
    await expect(owner.button('Keep trying')).toBeVisible();
    await app.start();
    await expect(owner.alert).toContainText('The researcher did not wait for the connection');
    await expect(owner.alert).toContainText('Nothing was released');
  },
);

test('a run goes through a TURN server alone, and outlives its restart', async ({ owner, researcher }) => {
  const program = findTurnServer();
  test.skip(program === undefined, NO_TURN_SERVER);
  // The browser takes half a minute to find that a relay has forgotten it.
  test.slow();
  const turn = await startTurnServer(program ?? '', test.info().outputPath('turn'));
  try {
    await configure([owner.page, researcher.page], turn.config);
    for (const { page } of [owner, researcher]) await keepAll(page);
    await meet(owner, researcher, OPTIONS);
    for (const { page } of [owner, researcher]) expect(await pathKinds(page)).toEqual(['relay', 'relay']);
    const before = await connectionsMade(researcher.page);
    await holdInLinkage({ owner, researcher }, researcher);
    await turn.stop();
    await turn.start();
    await letGo(researcher.page);
    await expectRightTable(owner, researcher);
    expect(await connectionsMade(researcher.page)).toBeGreaterThan(before);
    expect(await pathKinds(researcher.page)).toEqual(['relay', 'relay']);
  } finally {
    await turn.stop();
  }
});
