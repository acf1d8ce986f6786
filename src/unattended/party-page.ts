/** A page of one side, driven by the accessible names that people use. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright';
import type { ColumnSettings } from '../table/column-settings.ts';
import type { CsvOptions } from '../table/table.ts';

const STEPS = ['Data', 'Columns', 'Rules', 'Connect', 'Run and result'] as const;

/** Of an ending that somebody wanted. */
const DECLINED = /declined|limit (?:for this file )?is reached|study holds until/;

/** The run did not come about, or was ended, in the words of the page. `declined`: by a person, a rule or a limit. */
export class RunEnded extends Error {
  override readonly name = 'RunEnded';
  constructor(
    message: string,
    readonly declined: boolean,
  ) {
    super(message);
  }
}

export class PartyPage {
  #step = 0;

  constructor(readonly page: Page) {}

  /** What the page complains of. */
  get alert(): Locator {
    return this.page.getByRole('alert');
  }

  async chooseFile(path: string, options: Partial<CsvOptions> = {}): Promise<void> {
    await this.readFile(path);
    const { encoding, delimiter, header, skip, sheet } = options;
    const select = async (label: string, value: string | undefined) => {
      if (value === undefined) return;
      await this.page.getByLabel(label, { exact: true }).selectOption(value);
      await this.#fileRead();
    };
    await select('Sheet', sheet);
    await select('Encoding', encoding);
    await select('Delimiter', delimiter);
    if (skip !== undefined) await this.fill('Lines above the table', skip);
    await this.#fileRead();
    if (header !== undefined) await this.#decideHeader(header);
    await this.next();
  }

  /** Chooses a file and waits until its rows are there. */
  async readFile(path: string): Promise<void> {
    await this.page.getByLabel('CSV file').setInputFiles(path);
    await this.#fileRead();
  }

  /** Opens a study and the file it is for; the page goes on to the Connect step by itself. */
  async takeUp(study: string, path: string): Promise<void> {
    const choose = async () => {
      await this.page.getByLabel('Open study').setInputFiles(study);
      await this.page.getByLabel('CSV file').setInputFiles(path);
    };
    // Behind a link that does not work there is nothing to choose.
    await Promise.race([choose(), this.failOnAlert()]);
    await this.orEnd(this.page.getByRole('heading', { name: 'Connect', exact: true }));
  }

  /** Rejects with what the page says where the file cannot be read. */
  async #fileRead(): Promise<void> {
    await this.page.getByRole('progressbar', { name: 'Reading the file' }).waitFor({ state: 'hidden' });
    const read = this.page.getByText(/: [\d,]+ rows?, [\d,]+ columns?$/);
    const alert = this.page.getByRole('alert');
    await read.or(alert).first().waitFor();
    if ((await read.count()) === 0) throw await this.#whatItSays();
  }

  /** By the button of the doubt, where there is one: a switch that stands right cannot be switched. */
  async #decideHeader(header: boolean): Promise<void> {
    const answer = header ? 'It has the names of the columns' : 'It is the first person';
    const button = this.page.getByRole('button', { name: answer, exact: true });
    if ((await button.count()) > 0) await button.click();
    else await this.page.getByLabel('First row is a header', { exact: true }).setChecked(header);
    await this.#fileRead();
  }

  /** Sets how columns in use are read. */
  async decide(columns: ReadonlyMap<string, ColumnSettings>): Promise<void> {
    for (const [name, settings] of columns) {
      await this.page.getByText(`How ${name} is read`, { exact: true }).click();
      const control = (label: string) => this.page.getByLabel(`${label} of ${name}`, { exact: true });
      const write = async (label: string, value: string | number | undefined) => {
        if (value === undefined) return;
        await control(label).fill(String(value));
        await control(label).blur();
      };
      const { missing, decimalMark, dateOrder, lastYear, serialDates, codeLength, notNumbers } = settings;
      await write('Missing values', missing?.join(' | '));
      await write('Latest year', lastYear);
      await write('Digits', codeLength);
      if (decimalMark !== undefined) await this.#choose(name, 'Decimal mark', decimalMark);
      if (dateOrder !== undefined) await this.#choose(name, 'Order of dates', dateOrder);
      if (serialDates !== undefined) await this.#choose(name, 'Day numbers', serialDates);
      const notANumber = this.page.getByRole('button', { name: 'They count as missing', exact: true });
      if (notNumbers !== undefined && (await notANumber.count()) > 0) await notANumber.first().click();
    }
    await this.#checked();
  }

  /** Where the value stands already, choosing it says nothing to the page: the button of the doubt does. */
  async #choose(name: string, label: string, value: string): Promise<void> {
    const control = this.page.getByLabel(`${label} of ${name}`, { exact: true });
    // Drawn once its details are open.
    await control.waitFor();
    const others = await control
      .locator('option')
      .evaluateAll((all) => all.map((o) => (o as { value?: string }).value));
    const other = others.find((one) => one !== value);
    if ((await control.inputValue()) === value && other !== undefined) await control.selectOption(other);
    await control.selectOption(value);
  }

  async #checked(): Promise<void> {
    const checks = this.page.getByText(/^(Looking for problems|Counting labels)$/);
    await checks.first().waitFor({ state: 'hidden' });
  }

  /** Sets every column's use, and waits until what follows from them has been checked; columns not named are ignored. */
  async setUses(columns: readonly string[], uses: ReadonlyMap<string, string>): Promise<void> {
    for (const column of columns) {
      await this.page
        .getByLabel(`Use of ${column}`, { exact: true })
        .selectOption({ label: uses.get(column) ?? 'Ignore' });
    }
    await this.#checked();
  }

  /** Goes to the next step. Rejects with what is missing or undecided where the page stays. */
  async next(): Promise<void> {
    await this.page.getByRole('button', { name: 'Next', exact: true }).click();
    this.#step++;
    const heading = this.page.getByRole('heading', { name: STEPS[this.#step] ?? '', exact: true });
    const alert = this.page.getByRole('alert');
    await heading.or(alert).first().waitFor();
    if ((await heading.count()) === 0) throw await this.#whatItSays();
  }

  async fill(label: string, value: string | number): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).fill(String(value));
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Rejects with the text of the first alert on the page; never resolves. For racing against what should happen. */
  async failOnAlert(): Promise<never> {
    await this.alert.first().waitFor({ timeout: 0 });
    throw await this.#whatItSays();
  }

  /** Waits for something, however long, or rejects with what the page complains of instead. */
  async orEnd(wanted: Locator): Promise<void> {
    await wanted.or(this.alert).first().waitFor({ timeout: 0 });
    if ((await this.alert.count()) === 0) return;
    // A connection that does not come back waits for a person to say so.
    const end = this.page.getByRole('button', { name: 'End the run', exact: true });
    if ((await end.count()) > 0) {
      await end.click();
      await this.page.getByRole('button', { name: 'Start again', exact: true }).waitFor();
    }
    throw await this.#whatItSays();
  }

  async #whatItSays(): Promise<RunEnded> {
    const words = (await this.alert.last().innerText()).split(/\s*\n+\s*/);
    return new RunEnded(`The page says: ${words.join('. ').replaceAll('..', '.')}`, DECLINED.test(words.join(' ')));
  }

  /** Presses a download button and gives the file's text. */
  async download(name: string): Promise<string> {
    const [file] = await Promise.all([this.page.waitForEvent('download'), this.press(name)]);
    return readFileSync(await file.path(), 'utf8');
  }
}
