/** What needs no other browser, in a WebKitGTK as it is published. It is built without WebRTC, so no run can be tested there. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findWebKitDriver, NO_WEBKIT } from '../src/machine/machine.ts';
import { DATA } from './support/files.ts';
import { test as base, expect } from './support/test.ts';
import { WebKit } from './support/webkit.ts';

const test = base.extend<{ webkit: WebKit }>({
  // biome-ignore lint/correctness/noEmptyPattern: the form in which Playwright wants it
  webkit: async ({}, use) => {
    const webkit = await WebKit.start();
    await use(webkit);
    await webkit.close();
  },
});

test.skip(findWebKitDriver() === undefined, NO_WEBKIT);

/** https://www.w3.org/TR/webdriver2/#keyboard-actions */
const ENTER = '\uE007';
const labelled = (label: string) => `//*[@id=//label[normalize-space()='${label}']/@for]`;
const button = (name: string) => `//button[not(@role='tab')][normalize-space()='${name}']`;
const tab = (name: string) => `//*[@role='tab'][normalize-space()='${name}']`;

/** From then on the page keeps what goes wrong in it. */
async function watch(webkit: WebKit): Promise<() => Promise<unknown>> {
  await webkit.run(`
    window.complaints = [];
    const keep = (text) => window.complaints.push(String(text));
    // Said where a chart follows its own new size in the next frame: no fault.
    addEventListener('error', ({ message }) => message.startsWith('ResizeObserver loop') || keep(message));
    addEventListener('unhandledrejection', (event) => keep(event.reason));
    document.addEventListener('securitypolicyviolation', (event) => keep(event.violatedDirective + ' ' + event.blockedURI));
    const said = console.error;
    console.error = (...words) => { keep(words.join(' ')); said.apply(console, words); };
  `);
  return () => webkit.run('return window.complaints');
}

test('says on arrival what the browser lacks, in one sentence, wherever it is needed', async ({ webkit, address }) => {
  for (const fragment of ['', '#/researcher', '#/owner', '#/sample', '#/linking']) {
    await webkit.goto(`${address}${fragment}`);
    await expect.poll(() => webkit.text()).toContain('It cannot connect to another browser (WebRTC is missing');
    expect(await webkit.text()).not.toMatch(/WebAssembly|secure connection|too old/);
  }
  await webkit.goto(`${address}#/workbench`);
  await expect.poll(() => webkit.text()).toContain('Default schema for generated people');
  expect(await webkit.text()).not.toContain('WebRTC');
});

test('reads a file, on to its columns; the help and its glossary open', async ({ webkit, address }) => {
  const file = join(mkdtempSync(join(tmpdir(), 'blindjoin-webkit-')), 'people.csv');
  writeFileSync(file, DATA);
  await webkit.goto(`${address}#/owner`);
  const complaints = await watch(webkit);
  await webkit.type(labelled('CSV file'), file);
  await expect.poll(() => webkit.text()).toMatch(/people\.csv: 300 rows, 12 columns/);
  // By the keyboard: what the page finds out meanwhile moves the button from under a pointer.
  await webkit.type(button('Next'), ENTER);
  await expect
    .poll(() => webkit.text())
    .toMatch(/Say which columns describe who a person is.*given_name.*things? to know/s);
  await webkit.goto(`${address}#/help?doc=glossary`);
  await expect.poll(() => webkit.text()).toContain('Cryptographic long-term key');
  expect(await complaints()).toEqual([]);
});

test('encodes made-up people as CLKs, that are healthy', async ({ webkit, address }) => {
  await webkit.goto(`${address}#/workbench`);
  const complaints = await watch(webkit);
  await webkit.click(tab('Generate'));
  await webkit.click(button('Generate people'));
  await webkit.click(button('Use them in the workbench'));
  await webkit.click(tab('Encode'));
  await webkit.type(labelled('Secret'), 'between us');
  await webkit.click(button('Encode'));
  await expect.poll(() => webkit.text(), { timeout: 60_000 }).toMatch(/1,?000 CLKs of 1024 bits/);
  await expect.poll(() => webkit.text()).toContain('of the bits are set: healthy');
  expect(await complaints()).toEqual([]);
});
