/** Pages in a linkage room: what people press there, and what must come of it. */
import type { Browser, Page } from '@playwright/test';
import { createEncoder } from '../../src/clk/encoder.ts';
import { findCandidates } from '../../src/compare/candidate-search.ts';
import { filtersOf } from '../../src/compare/filters.ts';
import { resultText } from '../../src/linking/result-file.ts';
import type { RunResult } from '../../src/linking/run-result.ts';
import { scoredPairs, solvePairs } from '../../src/linking/run-solver.ts';
import { csvRows } from '../../src/python/csv-rows.ts';
import { peopleCsv, peopleSchema } from '../../src/sample/people-files.ts';
import { openContext, savedFile } from './browsers.ts';
import { expect } from './test.ts';
import { Watch } from './watch.ts';

export const SCHEMA = JSON.stringify(peopleSchema());
export const THRESHOLD = 0.8;

/** The file of one provider; files of different providers have many people in common. */
export function csvOf(provider: number): string {
  const [header = '', ...lines] = [
    ...peopleCsv(provider === 1 ? 'list' : 'data', { seed: 11, listRows: 120, dataRows: 240, overlap: 90 }),
  ]
    .join('')
    .trimEnd()
    .split('\n');
  return `${[header, ...lines.filter((_, row) => provider < 3 || row % provider !== 0)].join('\n')}\n`;
}

/** What comparing and solving give for the files in one go, as the page writes it. */
export function expected(providers: number, secret: string, type: 'groups' | 'similarity scores'): string {
  const encoder = createEncoder(peopleSchema(), secret);
  const sets = Array.from({ length: providers }, (_, i) => {
    const [, ...rows] = csvRows(csvOf(i + 1));
    return { filters: filtersOf(encoder.encodeTable(rows)) };
  });
  const pairs = scoredPairs(findCandidates(sets, { threshold: THRESHOLD }));
  const result: RunResult = type === 'groups' ? { type, groups: solvePairs([pairs]) } : { type, pairs };
  return [...resultText(result)].join('');
}

export interface Participant {
  readonly page: Page;
  readonly watch: Watch;
  close(): Promise<void>;
}

export async function participant(browser: Browser, address: string): Promise<Participant> {
  const context = await openContext(browser, { baseURL: address });
  const page = await context.newPage();
  return { page, watch: await Watch.on(page), close: () => context.close() };
}

export interface ProjectForm {
  readonly providers: number;
  readonly resultType: string;
  readonly role?: string;
  readonly goesTo?: string;
}

/** Fills in the form and creates the project; resolves to the links by whom they are for. */
export async function createProject(
  page: Page,
  { providers, resultType, role, goesTo }: ProjectForm,
): Promise<Map<string, string>> {
  await page.goto('/');
  await page.getByRole('link', { name: 'Link data sets anonymously' }).click();
  await expect(page.getByRole('note').filter({ hasText: 'protects people less' })).toBeVisible();
  await page.getByLabel('Project name').fill('Registers of two counties');
  await page.getByLabel('Notes', { exact: true }).fill('Approved in May.');
  await page.getByLabel('Linkage schema').fill(SCHEMA);
  await page.getByLabel('Data providers').fill(String(providers));
  await page.getByLabel('Result type').selectOption({ label: resultType });
  if (goesTo !== undefined) await page.getByLabel('Results go to').selectOption({ label: goesTo });
  if (role !== undefined) await page.getByLabel('My role').selectOption({ label: role });
  if (role?.includes('and')) await page.getByLabel('I accept this').check();
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('heading', { name: 'Links to send' })).toBeVisible();
  const links = new Map<string, string>();
  for (const group of await page.getByRole('group', { name: /^Link for / }).all()) {
    await expect(group.getByRole('button', { name: 'Copy link' })).toBeVisible();
    const to = (await group.getAttribute('aria-label'))?.replace('Link for ', '') ?? '';
    links.set(to, await group.getByRole('textbox').inputValue());
  }
  return links;
}

export const fragmentOf = (link: string) => new URLSearchParams(new URL(link).hash.split('?')[1]);

export async function uploadFile(page: Page, provider: number): Promise<void> {
  const csv = csvOf(provider);
  await page
    .getByLabel('CSV file')
    .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await expect(page.getByText('The linkage unit has the CLKs of your')).toBeVisible();
}

export async function downloadResult(page: Page, run: number): Promise<string> {
  const card = page.getByRole('region', { name: `Run ${run}`, exact: true });
  const { content } = await savedFile(page, () => card.getByRole('button', { name: 'Download result' }).click());
  return content.toString();
}

export async function startRun(unit: Page, run: number, threshold: number): Promise<void> {
  await unit.getByRole('spinbutton', { name: 'Threshold' }).fill(String(threshold));
  await unit.getByRole('button', { name: 'Start run' }).click();
  await expect(unit.getByRole('region', { name: `Run ${run}`, exact: true })).toBeVisible();
}
