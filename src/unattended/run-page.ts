/** The Connect step and the run on a page that no person looks at. */
import type { Locator } from 'playwright';
import { z } from 'zod';
import { type Agreement, agreementHash, agreementSchema } from '../agreement/agreement.ts';
import { checked } from '../parsing/checked.ts';
import { readJson } from '../parsing/json.ts';
import type { PartyPage } from './party-page.ts';

/** Told to whoever watches: a line for people. */
export type Say = (line: string) => void;

/** How often it is looked how far the run is. */
const LOOK_MS = 1000;
/** Progress is told in steps of so many per cent. */
const STEP_PERCENT = 10;

const proposedSchema = z.object({ agreementHash: z.string(), agreement: agreementSchema });

export interface Proposed {
  readonly agreement: Agreement;
  readonly hash: string;
}

/** Makes a room, and gives its link. */
export async function createRoom(party: PartyPage): Promise<string> {
  await party.press('Create room');
  return party.page.getByLabel('Room link').inputValue();
}

/** Waits for the other side, however long that takes. Gives the words that both screens show. */
export async function meet(party: PartyPage): Promise<readonly string[]> {
  await party.orEnd(party.page.getByText('Connected', { exact: true }));
  return party.page.locator('.code-words span').allTextContents();
}

/** Waits until the two sides' choices make an agreement, and reads it. */
export async function readProposed(party: PartyPage): Promise<Proposed> {
  const { page } = party;
  const unplaced = page.getByRole('combobox', { name: /^Column for / });
  await party.orEnd(page.getByRole('button', { name: 'Agree and start', exact: true }).or(unplaced));
  if ((await unplaced.count()) > 0) {
    const names = await unplaced.evaluateAll((all) =>
      (all as unknown as { value: string; labels: { textContent: string }[] }[])
        .filter(({ value }) => value === '')
        .map(({ labels }) => labels[0]?.textContent ?? ''),
    );
    throw new Error(
      `The study file does not say where the data owner’s fields are in the list: ${names.join(', ')}. Open a link on the page, say it there, and save the study.`,
    );
  }
  // The other side may end it at any moment, and what is waited for is gone then.
  const json = readJson(await Promise.race([party.download('Download agreement'), party.failOnAlert()]));
  const read = 'problem' in json ? json : checked(proposedSchema, json.data);
  if ('problem' in read) throw new Error(`The page’s agreement cannot be read: ${read.problem}`);
  const { agreement, agreementHash: hash } = read.data;
  if (agreementHash(agreement) !== hash) throw new Error('The page says another hash of the agreement than it has.');
  return { agreement, hash };
}

/** Agrees to the agreement of this hash. False where the page shows another one by now, or none. */
export async function agree(party: PartyPage, hash: string): Promise<boolean> {
  const button = party.page.getByRole('button', { name: 'Agree and start', exact: true });
  if ((await button.count()) === 0) return false;
  // In one turn of the page: between a look and a press the other side may change what it proposes.
  const pressed = button.evaluate((element, shown) => {
    const { body } = (element as unknown as { ownerDocument: { body: { textContent: string } } }).ownerDocument;
    if (!body.textContent.includes(shown)) return false;
    (element as unknown as { click(): void }).click();
    return true;
  }, hash);
  return Promise.race([pressed, party.failOnAlert()]);
}

/** Declines, and says why; nothing where the other side has ended it by then. */
export async function decline(party: PartyPage, reason: string): Promise<void> {
  const say = async () => {
    await party.fill('If you decline: why', reason.slice(0, 300));
    await party.press('Decline');
  };
  await Promise.race([say(), party.alert.first().waitFor({ timeout: 0 })]);
}

/** Waits for what the run is to end with, and tells how far it is. */
export async function untilDone(party: PartyPage, done: Locator, say: Say): Promise<void> {
  let told = '';
  for (;;) {
    if (await isThere(done.or(party.alert).first(), LOOK_MS)) {
      await party.orEnd(done);
      return;
    }
    const words = await progressWords(party);
    if (words !== '' && words !== told) say(words);
    told = words;
  }
}

/** Whether it is there within the time. */
async function isThere(what: Locator, timeout: number): Promise<boolean> {
  try {
    await what.waitFor({ timeout });
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return false;
    throw error;
  }
}

async function progressWords({ page }: PartyPage): Promise<string> {
  for (const name of ['Table', 'Linkage']) {
    const bar = page.getByRole('progressbar', { name, exact: true });
    if ((await bar.count()) === 0) continue;
    const percent = Number(await bar.getAttribute('aria-valuenow'));
    if (percent > 0 || name === 'Linkage') return `${name} ${Math.floor(percent / STEP_PERCENT) * STEP_PERCENT} %`;
  }
  return '';
}
