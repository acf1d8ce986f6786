/** The data owner's side without a person: a room, a run within what the study file allows, and the ledger on disk. */
import type { BrowserContext } from 'playwright';
import { limitWords } from '../app/party/ledger-words.ts';
import type { StudyLimits } from '../app/party/study-limits.ts';
import { type Attendance, agreeAlone, type Stopping } from './attendance.ts';
import type { PartyPage } from './party-page.ts';
import { writePrivately } from './private-file.ts';
import { createRoom, untilDone } from './run-page.ts';
import { beyondStudy, type OwnerStudy } from './within-study.ts';

/** A page shows its ledger at once; one that shows an error has none to show. */
const LEDGER_WITHIN_MS = 10_000;

export interface OwnPlan {
  /** Of the app, `https://blindjoin.example.org/`. */
  readonly address: string;
  /** Paths. */
  readonly data: string;
  readonly study: string;
  readonly read: OwnerStudy;
  /** Where the ledger is written after every run. */
  readonly ledger: string;
  readonly now: () => Date;
}

/**
 * Answers one run.
 * @returns the agreement's hash
 * @throws RunEnded where there was no release
 */
export async function answerRun(
  context: BrowserContext,
  plan: OwnPlan,
  attendance: Attendance & { giveLink(link: string): void },
  stopping: Stopping,
): Promise<string> {
  const { say } = attendance;
  const party = await stopping.open(context, new URL('#/owner', plan.address).href);
  try {
    say('Reading the file');
    await party.takeUp(plan.study, plan.data);
    if (plan.read.limits !== undefined) await setLimit(party, plan.read.limits);
    attendance.giveLink(await createRoom(party));
    say('Waiting for the researcher to open the link');
    const { hash } = await agreeAlone(party, attendance, ({ agreement }) =>
      beyondStudy(agreement, plan.read, plan.now()),
    );
    await untilDone(party, party.page.getByRole('heading', { name: 'Finished', exact: true }), say);
    return hash;
  } finally {
    // A page that is gone has nothing to tell; what it knew is in the browser's own ledger still.
    const ledger = await ledgerOf(party).catch(() => undefined);
    if (ledger !== undefined) {
      writePrivately(plan.ledger, ledger);
      say(`The ledger of all runs is in ${plan.ledger}, which nobody but you can read.`);
    }
    await party.page.close();
  }
}

/** On the Connect step: the ledger's limit becomes that of the study, unless it is that already. */
async function setLimit(party: PartyPage, { runs: { most, days, epsilon } }: StudyLimits): Promise<void> {
  const { page } = party;
  const budget = epsilon === undefined ? {} : { epsilonThousandths: Math.round(epsilon * 1000) };
  // The browser that is driven writes numbers as in English, and so does Node.
  const inForce = page.getByText(`Your limit: ${limitWords({ runs: most, days, ...budget })}.`);
  await party.press('Back');
  await party.orEnd(page.getByRole('button', { name: 'Set limit', exact: true }));
  if ((await inForce.count()) === 0) {
    await party.fill('Runs allowed', most);
    await party.fill('Days', days);
    await party.fill('Total epsilon', epsilon ?? '');
    await party.press('Set limit');
    await party.orEnd(inForce);
  }
  await party.press('Next');
  await party.orEnd(page.getByRole('button', { name: 'Create room', exact: true }));
}

/** The whole ledger as JSON; undefined where it has no run yet. Leaves the page on another step where it must. */
async function ledgerOf(party: PartyPage): Promise<string | undefined> {
  const { page } = party;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  if ((await button('Start again').count()) > 0) await party.press('Start again');
  if ((await button('Download ledger').count()) === 0) {
    // The first step has no way back, and no ledger.
    if (!(await button('Back').isEnabled({ timeout: LEDGER_WITHIN_MS }))) return undefined;
    await party.press('Back');
  }
  const none = page.getByText(/^No run has been made with this file/);
  await button('Download ledger').or(none).first().waitFor({ timeout: LEDGER_WITHIN_MS });
  return (await none.count()) > 0 ? undefined : party.download('Download ledger');
}
