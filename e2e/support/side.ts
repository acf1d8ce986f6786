/** One person at one wizard, who finds everything by the names that people read and hear. */
import { expect, type Locator, type Page } from '@playwright/test';
import { savedFile } from './browsers.ts';
import type { Watch } from './watch.ts';

export interface Rules {
  readonly minimum?: number;
  readonly bands?: number;
  readonly agreeing?: number;
  readonly statistics?: readonly string[];
  /** Noise, with this epsilon. */
  readonly epsilon?: number;
  /** Set in the owner's ledger. */
  readonly limit?: { readonly runs: number; readonly days: number };
}

const STATISTICS = ['Count', 'Mean', 'Sum', 'Standard deviation'];
/** Longest that a run of these tests may take, milliseconds. */
const RUN_WITHIN_MS = 120_000;

export class Side {
  constructor(
    readonly role: 'researcher' | 'owner',
    readonly page: Page,
    readonly watch: Watch,
  ) {}

  /** From the home page into the wizard. */
  async enter(): Promise<void> {
    await this.page.goto('/');
    await this.page.getByRole('link', { name: this.role === 'owner' ? 'I hold the data' : 'I have a list' }).click();
  }

  async chooseFile(content: string | Buffer, name = 'people.csv'): Promise<void> {
    const buffer = typeof content === 'string' ? Buffer.from(content) : content;
    await this.page.getByLabel('CSV file').setInputFiles({ name, mimeType: 'text/csv', buffer });
  }

  /** Chooses a file and waits until it is read. */
  async loadFile(csv: string): Promise<void> {
    await this.chooseFile(csv);
    await expect(this.page.getByText(/: [\d,]+ rows?, [\d,]+ columns?$/)).toBeVisible();
  }

  async next(heading: string): Promise<void> {
    // By the keyboard: what the page finds out meanwhile stands above, and moves the button from under a pointer.
    await this.page.getByRole('button', { name: 'Next' }).press('Enter');
    await expect(this.page.getByRole('heading', { name: heading, exact: true })).toBeVisible();
  }

  /** On the Columns step: sets the uses given and waits until what follows from them has been checked. */
  async setUses(uses: Readonly<Record<string, string>>): Promise<void> {
    for (const [column, use] of Object.entries(uses)) {
      await this.page.getByRole('combobox', { name: `Use of ${column}`, exact: true }).selectOption(use);
    }
    await this.checked();
  }

  async checked(): Promise<void> {
    await expect(this.page.getByText(/^(Looking for problems|Counting labels)$/)).toHaveCount(0);
  }

  async setRules({ minimum, bands, agreeing, statistics, epsilon, limit }: Rules): Promise<void> {
    const number = (name: string) => this.page.getByRole('spinbutton', { name, exact: true });
    if (minimum !== undefined) await number('Minimum group size').fill(String(minimum));
    if (bands !== undefined) await number('Bands').fill(String(bands));
    if (agreeing !== undefined) await number('Agreeing bands').fill(String(agreeing));
    if (epsilon !== undefined) {
      await this.page.getByRole('combobox', { name: 'Released figures' }).selectOption('With noise');
      await number('Epsilon').fill(String(epsilon));
    }
    if (limit !== undefined) {
      await number('Runs allowed').fill(String(limit.runs));
      await number('Days').fill(String(limit.days));
      await this.button('Set limit').click();
      await expect(this.page.getByText(/Your limit: /)).toBeVisible();
    }
    for (const name of statistics === undefined ? [] : STATISTICS) {
      await this.page.getByRole('checkbox', { name, exact: true }).setChecked(statistics?.includes(name) ?? false);
    }
  }

  /** Through Data, Columns and Rules to Connect. */
  async prepare(csv: string, uses: Readonly<Record<string, string>> = {}, rules: Rules = {}): Promise<void> {
    await this.loadFile(csv);
    await this.next('Columns');
    await this.setUses(uses);
    await this.next('Rules');
    if (this.role === 'owner') await this.setRules(rules);
    await this.next('Connect');
  }

  async createRoom(): Promise<string> {
    await this.page.getByRole('button', { name: 'Create room' }).click();
    return this.page.getByRole('textbox', { name: 'Room link' }).inputValue();
  }

  async codeWords(): Promise<string[]> {
    await expect(this.page.getByText('Connected', { exact: true })).toBeVisible();
    const words = this.page.locator('.code-words span');
    await expect(words.first()).toBeVisible();
    return words.allTextContents();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async agree(): Promise<void> {
    await this.button('Agree and start').click();
  }

  get alert(): Locator {
    return this.page.getByRole('alert');
  }

  /** Where the run waits for the researcher: looks at the matches, moves the threshold to its end and back, and goes on. */
  async chooseMatches(): Promise<void> {
    const slider = this.page.getByRole('slider', { name: 'Threshold' });
    await expect(slider).toBeVisible({ timeout: RUN_WITHIN_MS });
    const sentence = this.page.getByText(/^From a weight of /);
    const [from, to] = await Promise.all(['aria-valuenow', 'aria-valuemax'].map((name) => slider.getAttribute(name)));
    await expect(sentence).toContainText(`From a weight of ${from} up`);
    const proposed = await sentence.textContent();
    await slider.press('End');
    await expect(sentence).toContainText(`From a weight of ${to} up`);
    for (let weight = Number(to); weight > Number(from); weight--) await slider.press('ArrowLeft');
    await expect(sentence).toHaveText(proposed ?? '');
    await expect(this.page.getByRole('table', { name: 'Weights' })).toBeVisible();
    await this.button('Ask for the table').click();
  }

  /** Lines of the table `Result`, cell by cell, header first. */
  async result(): Promise<string[][]> {
    const table = this.page.getByRole('table', { name: 'Result' });
    await expect(table).toBeVisible({ timeout: RUN_WITHIN_MS });
    const lines = await table.getByRole('row').all();
    return Promise.all(lines.map((line) => line.locator('th, td').allTextContents()));
  }

  async finished(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'Finished' })).toBeVisible({ timeout: RUN_WITHIN_MS });
  }

  async download(button: string): Promise<string> {
    const { content } = await savedFile(this.page, () => this.button(button).click());
    return content.toString();
  }
}

/** Both prepared, in one room, the agreement on both screens. */
export async function meet(
  owner: Side,
  researcher: Side,
  { data, list, uses, rules, again = false }: MeetOptions,
): Promise<{ link: string; words: string[] }> {
  await owner.enter();
  await owner.prepare(data, uses, rules);
  const link = await owner.createRoom();
  await researcher.page.goto(link);
  if (!again) await researcher.prepare(list, { person_id: 'Ignore' });
  const words = await owner.codeWords();
  expect(await researcher.codeWords()).toEqual(words);
  await expect(researcher.button('Agree and start')).toBeVisible();
  await expect(owner.button('Agree and start')).toBeVisible();
  return { link, words };
}

export interface MeetOptions {
  readonly data: string;
  readonly list: string;
  readonly uses: Readonly<Record<string, string>>;
  readonly rules: Rules;
  /** The researcher opens a second link: their page has file and choices still. */
  readonly again?: boolean;
}

/** Both agree; resolves when the run goes on on both sides. */
export async function agreeBoth(owner: Side, researcher: Side): Promise<void> {
  await owner.agree();
  await researcher.agree();
  for (const side of [owner, researcher]) {
    // At 0 % it has no width, and so is not visible.
    await expect(side.page.getByRole('progressbar', { name: 'Linkage' })).toBeAttached();
  }
}
