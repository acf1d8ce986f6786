/** What both sides without a person share: whom they tell, how they answer for a person, and how they are stopped. */
import type { BrowserContext } from 'playwright';
import { PartyPage, RunEnded } from './party-page.ts';
import { agree, decline, meet, type Proposed, readProposed, type Say } from './run-page.ts';

export interface Attendance {
  readonly say: Say;
  /** Whether these words are on the other screen too, or need not be compared. */
  sameWords(words: readonly string[]): Promise<boolean>;
  /** Whether to go on where the two pages say that they are different builds. */
  readonly anyBuild: boolean;
}

/** A busy machine reads a million rows for minutes. */
const PATIENCE_MS = 15 * 60_000;

/** Says what a person can do, and not the address, which may hold a room's secret. */
function unreachable(error: unknown): never {
  const reason = /net::(\w+)/.exec(String(error))?.[1];
  throw new Error(
    `The page could not be opened${reason === undefined ? '' : ` (${reason})`}. Check the address, the network, and that the server of the page runs.`,
  );
}

/** The page that is under way, so that it can be told to stop. */
export class Stopping {
  #party: PartyPage | undefined;
  #asked = false;

  /** Whether it was asked to stop. */
  get asked(): boolean {
    return this.#asked;
  }

  /** A page of its own for one run. */
  async open(context: BrowserContext, address: string): Promise<PartyPage> {
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    const party = new PartyPage(page);
    this.#party = party;
    if (this.#asked) throw new Error('Stopped before the page was opened.');
    await page.goto(address).catch(unreachable);
    return party;
  }

  /** Ends what goes on as a person would, so that the other side is told; whatever waits then fails. */
  async stop(): Promise<void> {
    this.#asked = true;
    if (this.#party === undefined) return;
    const { page } = this.#party;
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    if ((await button('Cancel').count()) > 0) await button('Cancel').click();
    else if ((await button('Decline').count()) > 0) await decline(this.#party, 'The program on this side was stopped.');
    else await page.close();
  }
}

/**
 * From the connection to the run: the words, the agreement, and whether it is accepted. Whatever the other side changes meanwhile is
 * looked at anew.
 * @param problemsOf why not to accept an agreement, in sentences for both people
 */
export async function agreeAlone(
  party: PartyPage,
  { say, sameWords, anyBuild }: Attendance,
  problemsOf: (proposed: Proposed) => readonly string[],
): Promise<Proposed> {
  const words = await meet(party);
  say(`Connected. The words on both screens: ${words.join(' ')}`);
  const sameThere = await sameWords(words);
  const { page } = party;
  const button = page.getByRole('button', { name: 'Agree and start', exact: true });
  const running = page.getByRole('heading', { name: 'Run and result', exact: true });
  for (;;) {
    const proposed = await readProposed(party);
    const problems = [
      ...(sameThere ? [] : ['The words on the two screens were not the same.']),
      ...(anyBuild || (await page.getByText('The two pages are not the same').count()) === 0
        ? []
        : ['The two pages are not the same build of the code.']),
      ...problemsOf(proposed),
    ];
    if (problems.length > 0) {
      await decline(party, problems.join(' '));
      throw new RunEnded(`Declined here. ${problems.join(' ')}`, true);
    }
    if (!(await agree(party, proposed.hash))) continue;
    say(`Agreed here to the agreement ${proposed.hash}`);
    await Promise.race([button.waitFor({ state: 'hidden' }), party.alert.first().waitFor({ timeout: 0 })]);
    await party.orEnd(running.or(button));
    if ((await running.count()) > 0) return proposed;
    say('The other side has changed its part of the agreement.');
  }
}
