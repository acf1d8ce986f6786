/** `blindjoin own` and `blindjoin ask`: sides without a person, as processes of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { agreementSchema } from '../src/agreement/agreement.ts';
import { newSecret, roomLink } from '../src/net/link.ts';
import { DATA, LIST } from './support/files.ts';
import { plaintextTable } from './support/oracle.ts';
import { expectPlaintext } from './support/result.ts';
import { ownerStudy, researcherStudy, studyFolder } from './support/studies.ts';
import { expect, test } from './support/test.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Longest that a run of these tests may take, milliseconds. */
const RUN_WITHIN_MS = 180_000;
const LINK = /^http\S+#\/researcher\?\S+$/m;

test.setTimeout(600_000);

/** The command as a process, and what it has written. */
class Command {
  written = '';
  told = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;

  constructor(folder: string, ...words: string[]) {
    const script = join(ROOT, 'src/cli/blindjoin.ts');
    const tsx = fileURLToPath(import.meta.resolve('tsx'));
    this.#child = spawn(process.execPath, ['--import', tsx, script, ...words], { cwd: folder, stdio: 'pipe' });
    this.#child.stdout?.on('data', (text: Buffer) => {
      this.written += text;
    });
    this.#child.stderr?.on('data', (text: Buffer) => {
      this.told += text;
    });
    this.#ended = new Promise((resolve) => this.#child.once('close', resolve));
  }

  /** On its standard input. */
  tell(text: string): this {
    this.#child.stdin?.end(text);
    return this;
  }

  /** The first match in what it has written. */
  async writes(pattern: RegExp): Promise<string> {
    await expect.poll(() => this.written, { timeout: RUN_WITHIN_MS, message: this.told }).toMatch(pattern);
    return pattern.exec(this.written)?.[0] ?? '';
  }

  async tells(pattern: RegExp): Promise<void> {
    await expect.poll(() => this.told, { timeout: RUN_WITHIN_MS }).toMatch(pattern);
  }

  stop(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  code(): Promise<number | null> {
    return this.#ended;
  }

  get commandLine(): string {
    return readFileSync(`/proc/${this.#child.pid}/cmdline`, 'utf8');
  }
}

const owning = (folder: string, address: string | undefined, ...more: string[]) =>
  new Command(
    folder,
    ...['own', '--data', 'data.csv', '--study', 'owner.json', '--state', 'state', '--trust-link'],
    ...(address === undefined ? [] : ['--server', address]),
    ...more,
  );
const asking = (folder: string, ...more: string[]) =>
  new Command(folder, 'ask', '--list', 'list.csv', '--study', 'researcher.json', '--trust-link', ...more);

test('one side without a person and the other without one give the table of the plaintext; the ledger counts the runs', async () => {
  const limits = { runs: { most: 1, days: 30 }, organisations: ['University of Ironburgh'] };
  const folder = studyFolder(ownerStudy({ limits }), researcherStudy({ showMatchesFirst: true }));
  // Served by the command itself, at the same address the second time.
  const own = owning(folder, undefined);
  const link = await own.writes(LINK);
  const ask = asking(folder, '--link-file', '-', '--out', 'result.csv', '--json', 'result.json').tell(link);
  expect(await ask.code(), ask.told).toBe(0);
  expect(await own.code(), own.told).toBe(0);
  expect(ask.written).toBe('');
  expect(ask.told).toContain('Linkage');
  const { agreement: read } = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8'));
  const agreement = agreementSchema.parse(read);
  expect(agreement.terms.minimumGroupSize).toBe(10);
  const csv = readFileSync(join(folder, 'result.csv'), 'utf8');
  expect(expectPlaintext(csv, agreement, await plaintextTable(LIST, DATA, agreement))).toBeGreaterThan(0);
  const ledger = join(folder, 'state', 'ledger.json');
  expect(readFileSync(ledger, 'utf8')).toContain('Falls in the elderly');
  for (const path of [ledger, join(folder, 'result.csv')]) expect(statSync(path).mode & 0o077).toBe(0);
  expect(statSync(join(folder, 'state')).mode & 0o077).toBe(0);

  const again = owning(folder, undefined, '--link-file', 'link');
  await again.tells(/Waiting for the researcher/);
  expect(again.written).toBe('');
  expect(statSync(join(folder, 'link')).mode & 0o077).toBe(0);
  const second = asking(folder, '--link-file', 'link');
  expect(await second.code(), second.told).toBe(3);
  expect(second.told).toContain('The data owner’s limit is reached');
  expect(await again.code(), again.told).toBe(3);
  expect(again.told).toContain('Your limit for this file is reached');
});

test('what is beyond the study is declined, with the reason on both sides, and the next room is opened', async ({
  baseURL,
}) => {
  const limits = { runs: { most: 2, days: 30 }, organisations: ['Ministry of Health'], listRows: { most: 100 } };
  const folder = studyFolder(ownerStudy({ limits }), researcherStudy());
  const own = owning(folder, baseURL, '--serve');
  const link = await own.writes(LINK);
  const ask = asking(folder, '--link', link);
  await ask.tells(/list of processes/);
  expect(ask.commandLine).not.toContain('room=');
  expect(await ask.code()).toBe(3);
  const reason = /The study is open to Ministry of Health, and the researcher does not say to be of these/;
  expect(ask.told).toMatch(reason);
  expect(ask.told).toMatch(/The list has up to 120 rows; the study allows 100 at most/);
  await own.tells(reason);
  await expect.poll(() => own.written.match(new RegExp(LINK, 'gm'))?.length, { timeout: RUN_WITHIN_MS }).toBe(2);
  // Between two runs nothing is interrupted.
  own.stop('SIGTERM');
  expect(await own.code(), own.told).toBe(0);
  expect(own.told + ask.told).not.toContain('room=');
});

test('a signal ends the run, and the person on the other side reads that it was stopped', async ({
  baseURL,
  researcher,
}) => {
  const folder = studyFolder(ownerStudy(), researcherStudy());
  const own = owning(folder, baseURL);
  await researcher.page.goto(await own.writes(LINK));
  await researcher.prepare(LIST, { person_id: 'Ignore' });
  await own.tells(/Agreed here/);
  await expect(researcher.page.getByText('The data owner has agreed.')).toBeVisible();
  own.stop('SIGTERM');
  await expect(researcher.alert).toContainText('The program on this side was stopped');
  expect(await own.code(), own.told).toBe(143);
});

test('a link to a room that is closed, and a study of other columns, end with a sentence and a code', async ({
  baseURL,
}) => {
  const folder = studyFolder(ownerStudy(), researcherStudy());
  writeFileSync(join(folder, 'link'), roomLink(`${baseURL}`, 'researcher', newSecret()));
  const ask = asking(folder, '--link-file', 'link');
  expect(await ask.code()).toBe(1);
  expect(ask.told).toMatch(/The page says: .+/);
  const other = { ...ownerStudy(), columns: [{ name: 'family name', use: 'name' as const }] };
  const strange = studyFolder(other, researcherStudy());
  const own = owning(strange, baseURL);
  expect(await own.code()).toBe(2);
  expect(own.told).toContain('The file has no column “family name”');
});
