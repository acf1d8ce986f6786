/** The test function of these tests: a page in one browser process, and the two sides of a run in one process each. */
import { type Browser, test as base, type LaunchOptions, type Page } from '@playwright/test';
import { type Engine, openContext, prepareContext } from './browsers.ts';
import { makeHoldable } from './hold.ts';
import { Side } from './side.ts';
import { Watch } from './watch.ts';

export { expect } from '@playwright/test';

interface TestFixtures {
  /** What the page of `page` asks for and complains about. */
  watch: Watch;
  researcher: Side;
  owner: Side;
}

interface WorkerFixtures {
  address: string;
  /** A second browser process. */
  otherBrowser: Browser;
}

/** The data owner's browser, where it is not as the researcher's. */
export interface OtherSide {
  otherSide: { readonly browserName: Engine; readonly launchOptions: LaunchOptions } | undefined;
}

export const test = base.extend<TestFixtures, WorkerFixtures & OtherSide>({
  otherSide: [undefined, { option: true, scope: 'worker' }],
  // biome-ignore lint/correctness/noEmptyPattern: the form in which Playwright wants it
  address: [async ({}, use) => use(serverAddress()), { scope: 'worker' }],
  otherBrowser: [
    async ({ playwright, browserName, launchOptions, otherSide }, use) => {
      const browser = await playwright[otherSide?.browserName ?? browserName].launch(
        otherSide?.launchOptions ?? launchOptions,
      );
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ address }, use) => use(address),
  context: async ({ context }, use) => {
    await prepareContext(context);
    await use(context);
  },
  watch: async ({ page }, use) => use(await Watch.on(page)),
  researcher: async ({ browser, baseURL, locale }, use) => withSide(browser, { baseURL, locale }, 'researcher', use),
  owner: async ({ otherBrowser, baseURL, locale }, use) => withSide(otherBrowser, { baseURL, locale }, 'owner', use),
});

async function withSide(
  browser: Browser,
  { baseURL, locale }: { readonly baseURL: string | undefined; readonly locale: string | undefined },
  role: 'researcher' | 'owner',
  use: (side: Side) => Promise<void>,
): Promise<void> {
  const context = await openContext(browser, { ...(baseURL && { baseURL }), ...(locale && { locale }) });
  const page: Page = await context.newPage();
  await makeHoldable(page);
  await use(new Side(role, page, await Watch.on(page)));
  await context.close();
}

function serverAddress(): string {
  const address = process.env.BLINDJOIN_URL;
  if (address === undefined) throw new Error('The server has not said its address.');
  return address;
}
