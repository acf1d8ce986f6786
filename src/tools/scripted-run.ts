/** Both sides of one run through the wizard, in two Chromium processes, on the built app. */
import { closeSync, openAsBlob, openSync, readSync } from 'node:fs';
import type { Agreement } from '../agreement/agreement.ts';
import { FIELD_TYPES } from '../agreement/match-field.ts';
import type { Measures } from '../agreement/result.ts';
import { STATISTIC_NAMES, STATISTICS, type Statistic } from '../agreement/statistics.ts';
import { USE_LABELS } from '../app/party/uses.ts';
import { readTable } from '../table/read-table.ts';
import type { CsvOptions } from '../table/table.ts';
import { agreeAlone } from '../unattended/attendance.ts';
import { type Decisions, UNDECIDED } from '../unattended/decisions.ts';
import { createRoom, meet } from '../unattended/run-page.ts';
import { BrowserParty, type PageMeasures } from './browser-party.ts';

/** More than any header. */
const HEAD_BYTES = 1 << 18;

/** Paths of study files. A side with one takes all its choices from it. */
export interface StudyFiles {
  readonly owner?: string | undefined;
  readonly researcher?: string | undefined;
}

/** A table of several, by names of columns. */
export interface NamedTable {
  readonly groups: readonly string[];
  readonly averages: readonly string[];
}

export interface RunPlan {
  readonly list: string;
  readonly data: string;
  readonly studies?: StudyFiles | undefined;
  /** Field name (a column of both files) to field type. */
  readonly match: ReadonlyMap<string, string>;
  readonly group: readonly string[];
  /** Columns of the list. */
  readonly by?: readonly string[];
  readonly average: readonly string[];
  /** Several tables over one linkage, each by its columns to group by and to average; left out: one of all. */
  readonly tables?: readonly NamedTable[];
  /** Edges of ranges of columns in `group` or `by`, as the page takes them. Such a column may be matched or averaged as well. */
  readonly ranges?: ReadonlyMap<string, string>;
  readonly minimum: number;
  /** `enough`: as many bands, and as many agreeing, as the page of the owner says are enough. */
  readonly bands: number | 'enough';
  readonly agree: number;
  readonly statistics: readonly Statistic[];
  /** How the files are read, where they leave it open. */
  readonly decisions?: Decisions;
}

export interface RunRecord {
  readonly csv: string;
  /** The downloaded result: rows, agreement, hash, counts, measures of the researcher's stages, version. */
  readonly result: {
    readonly agreement: Agreement;
    readonly records: number;
    readonly matches: number;
    readonly version: string;
    readonly measures: Measures;
  };
  /** The owner's downloaded record of the run. */
  readonly outcome: { readonly records: number; readonly measures: Measures };
  /** From the second `Agree and start` to the table. */
  readonly seconds: number;
  readonly researcher: PageMeasures;
  readonly owner: PageMeasures;
}

/** @throws with what the page says when either side ends in an alert */
export async function runInBrowsers(address: string, plan: RunPlan): Promise<RunRecord> {
  const owner = await BrowserParty.open({ name: 'owner', address });
  try {
    const link = await prepareOwner(owner, plan);
    const researcher = await BrowserParty.open({ name: 'researcher', address: link });
    try {
      await prepareResearcher(researcher, plan);
      return await agreeAndRun(owner, researcher);
    } finally {
      await researcher.close();
    }
  } finally {
    await owner.close();
  }
}

async function prepareOwner(owner: BrowserParty, plan: RunPlan): Promise<string> {
  await owner.page.getByRole('link', { name: 'I hold the data' }).click();
  if (plan.studies?.owner === undefined) await chooseAsOwner(owner, plan);
  else await owner.takeUp(plan.studies.owner, plan.data);
  const link = await createRoom(owner);
  // As with people, who take longer to meet: what can be made ahead is made before the run.
  await owner.timed('preparing', () => owner.page.getByText('Your rows are ready for the run.').waitFor());
  return link;
}

async function chooseAsOwner(owner: BrowserParty, plan: RunPlan): Promise<void> {
  const { options, columns } = (plan.decisions ?? UNDECIDED).data;
  await owner.chooseFile(plan.data, options);
  const uses = matchUses(plan);
  for (const column of plan.average) uses.set(column, 'Average');
  groupUses(uses, plan.group, plan);
  await owner.setUses(await columnNames(plan.data, options), uses);
  await fillRanges(owner, plan.group, plan);
  await makeTables(owner, plan);
  await owner.decide(columns);
  await owner.next();
  await owner.fill('Minimum group size', plan.minimum);
  await owner.fill('Agreeing bands', plan.agree);
  if (plan.bands === 'enough') await takeBandAdvice(owner);
  else {
    // The number that stands there already is no change, and the page would go on to decide by itself.
    await owner.fill('Bands', plan.bands === 2 ? 3 : plan.bands - 1);
    await owner.fill('Bands', plan.bands);
  }
  for (const name of STATISTIC_NAMES) {
    await owner.page.getByLabel(STATISTICS[name].label, { exact: true }).setChecked(plan.statistics.includes(name));
  }
  await owner.next();
}

async function makeTables({ page }: BrowserParty, { tables = [], average }: RunPlan): Promise<void> {
  if (tables.length === 0) return;
  await page.getByRole('button', { name: 'Make several tables', exact: true }).click();
  const remove = page.getByRole('button', { name: /^Remove table / });
  const add = page.getByRole('button', { name: 'Add a table', exact: true });
  while ((await remove.count()) > tables.length) await remove.last().click();
  for (let made = await remove.count(); made < tables.length; made++) await add.click();
  for (const [i, { groups, averages }] of tables.entries()) {
    const labels = [`Groups of table ${i + 1}`, `By, in table ${i + 1}`];
    await page.getByLabel(labels[0] as string, { exact: true }).selectOption({ label: 'Everybody together' });
    for (const [place, name] of groups.entries())
      await page.getByLabel(labels[place] as string, { exact: true }).selectOption({ label: name });
    const boxes = page.getByRole('group', { name: `Averages of table ${i + 1}`, exact: true });
    for (const name of average)
      await boxes.getByRole('checkbox', { name, exact: true }).setChecked(averages.includes(name));
  }
}

/** There is nothing to press where the numbers are those advised already. */
async function takeBandAdvice({ page }: BrowserParty): Promise<void> {
  await page.getByText(/^With \d+ bands, /).waitFor();
  const take = page.getByRole('button', { name: /^Use \d+ bands$/ });
  if ((await take.count()) > 0) await take.click();
}

async function prepareResearcher(researcher: BrowserParty, plan: RunPlan): Promise<void> {
  if (plan.studies?.researcher !== undefined) {
    await researcher.takeUp(plan.studies.researcher, plan.list);
    return;
  }
  const { options, columns } = (plan.decisions ?? UNDECIDED).list;
  await researcher.chooseFile(plan.list, options);
  // Without words about fields the page's guesses hold: the owner's study names fields, not the list's columns.
  if (plan.match.size === 0) {
    await researcher.next();
    await researcher.next();
    return;
  }
  const uses = matchUses(plan);
  groupUses(uses, plan.by ?? [], plan);
  await researcher.setUses(await columnNames(plan.list, options), uses);
  await researcher.timed('agreement', async () => {
    for (const field of plan.match.keys()) {
      await researcher.page.getByLabel(`Column for ${field}`, { exact: true }).selectOption({ label: field });
    }
  });
  await fillRanges(researcher, plan.by ?? [], plan);
  await researcher.decide(columns);
  await researcher.next();
  await researcher.next();
}

async function agreeAndRun(owner: BrowserParty, researcher: BrowserParty): Promise<RunRecord> {
  const [words, wordsThere] = await Promise.all([meet(owner), meet(researcher)]);
  let start = 0;
  const attendance = {
    say: (line: string) => {
      if (line.startsWith('Agreed here')) start = performance.now();
    },
    sameWords: async () => words.join() === wordsThere.join(),
    // Both pages are of this build.
    anyBuild: true,
  };
  // Whatever the pages show: both files are one person's.
  const ownerRuns = agreeAlone(owner, attendance, () => []);
  ownerRuns.catch(() => {});
  // People read the agreement for longer than this takes.
  await Promise.all([owner, researcher].map(({ page }) => page.getByText('The encryption is ready.').waitFor()));
  await Promise.all([owner.startClock(), researcher.startClock()]);
  await Promise.all([ownerRuns, agreeAlone(researcher, attendance, () => [])]);
  await Promise.race([
    researcher.orEnd(researcher.page.getByRole('table', { name: /^Result/ }).first()),
    owner.failOnAlert(),
  ]);
  const seconds = (performance.now() - start) / 1000;
  await owner.page.getByText('Finished', { exact: true }).waitFor();
  const csv = await researcher.download('Download CSV');
  const result = JSON.parse(await researcher.download('Download JSON'));
  const outcome = JSON.parse(await owner.download('Download agreement'));
  return {
    csv,
    result,
    outcome,
    seconds,
    researcher: await researcher.measures(result.measures),
    owner: await owner.measures(outcome.measures),
  };
}

function matchUses(plan: RunPlan): Map<string, string> {
  return new Map(
    [...plan.match].map(([field, type]) => {
      const known = FIELD_TYPES.find((each) => each === type);
      if (!known) throw new Error(`--match ${field}=${type}: the type is one of ${FIELD_TYPES.join(', ')}`);
      return [field, USE_LABELS[known]];
    }),
  );
}

/** A column that has ranges keeps the use that it has. */
function groupUses(uses: Map<string, string>, columns: readonly string[], { ranges }: RunPlan): void {
  for (const column of columns) if (!(uses.has(column) && ranges?.has(column))) uses.set(column, 'Group by');
}

async function fillRanges(party: BrowserParty, columns: readonly string[], { ranges }: RunPlan): Promise<void> {
  for (const column of columns) {
    const edges = ranges?.get(column);
    if (edges !== undefined) await party.fill(`Ranges of ${column}`, edges);
  }
}

/** Read from the beginning of the file: it may hold a million rows. */
async function columnNames(path: string, options: Partial<CsvOptions>): Promise<readonly string[]> {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const read = readSync(file, head, 0, HEAD_BYTES, 0);
    const isPacked = (head[0] === 0x50 && head[1] === 0x4b) || (head[0] === 0x1f && head[1] === 0x8b);
    if (isPacked) return (await readTable(await openAsBlob(path), path, options)).table.columns;
    const end = read < HEAD_BYTES ? read : head.lastIndexOf('\n') + 1;
    return (await readTable(new Blob([head.subarray(0, end)]), path, options)).table.columns;
  } finally {
    closeSync(file);
  }
}
