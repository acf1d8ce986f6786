import { DATA, LIST, LONGER_RULES, RULES, USES } from './support/files.ts';
import { holdAt, untilHeld } from './support/hold.ts';
import { agreeBoth, meet, type Side } from './support/side.ts';
import { expect, test } from './support/test.ts';

const OPTIONS = {
  data: DATA,
  list: LIST,
  uses: { ...USES, income: 'Ignore' },
  rules: LONGER_RULES,
};

function sides(first: 'owner' | 'researcher', both: { owner: Side; researcher: Side }): [Side, Side] {
  return first === 'owner' ? [both.owner, both.researcher] : [both.researcher, both.owner];
}

const NAMES = { owner: 'data owner', researcher: 'researcher' } as const;

for (const role of ['owner', 'researcher'] as const) {
  test(`the ${NAMES[role]} declines the agreement, and the other is told`, async ({ owner, researcher }) => {
    const [first, second] = sides(role, { owner, researcher });
    await meet(owner, researcher, OPTIONS);
    // Some press everything twice: that is no word against it.
    await second.button('Agree and start').dblclick();
    await expect(first.page.getByText(`The ${NAMES[second.role]} has agreed.`)).toBeVisible();
    await first.page.getByLabel('If you decline: why').fill('The purpose is another one');
    await first.button('Decline').click();
    await expect(first.alert).toContainText('You declined');
    await expect(second.alert).toContainText(`The ${NAMES[role]} declined`);
    await expect(second.alert).toContainText('Nothing was sent but the agreement');
    await expect(second.alert).toContainText('“The purpose is another one”');
    await second.button('Start again').click();
    await expect(second.button('Create room')).toBeVisible();
  });

  test(`the ${NAMES[role]} cancels the run, and the other is told`, async ({ owner, researcher }) => {
    const [first, second] = sides(role, { owner, researcher });
    await meet(owner, researcher, OPTIONS);
    await holdAt(second.page, second.role === 'owner' ? 'send bundle-answer' : 'send bundle-query', 3);
    await agreeBoth(owner, researcher);
    await untilHeld(second.page);
    await first.button('Cancel').click();
    await expect(first.alert).toContainText('You cancelled the run');
    await expect(second.alert).toContainText(`The ${NAMES[role]} cancelled the run`);
    await expect(second.alert).toContainText('Nothing was released');
    await expect(researcher.page.getByRole('table', { name: 'Result' })).toHaveCount(0);
  });
}

test('two pages meet although one of them notices the connection late', async ({ owner, researcher }) => {
  // A busy page may be handed the first frame before the event that says its channel is open.
  await owner.page.addInitScript(() => {
    const { set } = Object.getOwnPropertyDescriptor(RTCDataChannel.prototype, 'onopen') ?? {};
    Object.defineProperty(RTCDataChannel.prototype, 'onopen', {
      set(this: RTCDataChannel, handler: ((event: Event) => void) | null) {
        set?.call(this, handler && ((event: Event) => setTimeout(() => handler(event), 500)));
      },
    });
  });
  await meet(owner, researcher, OPTIONS);
});

test('a link that was used already lets nobody else in', async ({ owner, researcher, browser, address }) => {
  const { link } = await meet(owner, researcher, OPTIONS);
  const context = await browser.newContext({ baseURL: address });
  const third = await context.newPage();
  await third.goto(link);
  await expect(third.getByRole('alert')).toContainText('This link was already used');
  await context.close();
  await expect(owner.button('Agree and start')).toBeVisible();
  await expect(researcher.button('Agree and start')).toBeVisible();
});

test('a page that is closed is missed at once', async ({ owner, researcher }) => {
  await meet(owner, researcher, OPTIONS);
  await researcher.page.close();
  // A connection that is merely silent is given up after more than 20 s.
  await expect(owner.page.getByText('Reconnecting…')).toBeVisible({ timeout: 12_000 });
});

test('a link with another secret finds no room', async ({ owner, researcher }) => {
  await owner.enter();
  await owner.prepare(DATA, OPTIONS.uses, RULES);
  const link = await owner.createRoom();
  const changed = link.replace(/room=(.)/, (_, first) => `room=${first === 'A' ? 'B' : 'A'}`);
  await researcher.page.goto(changed);
  await expect(researcher.alert).toContainText('The connection failed', { timeout: 30_000 });
  await expect(owner.page.getByText('Waiting for the researcher to open the link')).toBeVisible();
});

test('a link that lost its end says what to do', async ({ owner, researcher }) => {
  await owner.enter();
  await owner.prepare(DATA, OPTIONS.uses, RULES);
  const link = await owner.createRoom();
  await researcher.page.goto(link.slice(0, -3));
  await expect(researcher.alert).toContainText('not a whole room link');
  await researcher.button('Start again').click();
  await researcher.prepare(LIST);
  await expect(researcher.button('Create room')).toBeVisible();
});
