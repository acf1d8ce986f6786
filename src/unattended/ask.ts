/** The researcher's side without a person: the room of a link, a run, and its table. */
import type { BrowserContext } from 'playwright';
import { type Attendance, agreeAlone, type Stopping } from './attendance.ts';
import { untilDone } from './run-page.ts';

export interface AskPlan {
  /** Of the room: a secret. */
  readonly link: string;
  /** Paths. */
  readonly list: string;
  readonly study: string;
}

/** The result's two files. */
export interface Answer {
  readonly csv: string;
  readonly json: string;
}

/** @throws RunEnded where there was no release */
export async function askRun(
  context: BrowserContext,
  { link, list, study }: AskPlan,
  attendance: Attendance,
  stopping: Stopping,
): Promise<Answer> {
  const { say } = attendance;
  const party = await stopping.open(context, link);
  const { page } = party;
  try {
    say('Reading the list');
    await party.takeUp(study, list);
    say('Waiting for the data owner');
    await agreeAlone(party, attendance, () => []);
    const result = page.getByRole('table', { name: /^Result/ }).first();
    await untilDone(party, result.or(page.getByRole('button', { name: 'Ask for the table', exact: true })), say);
    if ((await result.count()) === 0) {
      say('Asking for the table of the matches that the page proposes.');
      await party.press('Ask for the table');
      await untilDone(party, result, say);
    }
    return { csv: await party.download('Download CSV'), json: await party.download('Download JSON') };
  } finally {
    await page.close();
  }
}
