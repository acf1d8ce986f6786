/**
 * A WebKit as it is published: WebKitGTK's MiniBrowser, on a screen of its own, by the W3C's WebDriver protocol. Playwright drives no
 * other WebKit than the one that it changes and brings.
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { expect } from '@playwright/test';
import { findWebKitDriver } from '../../src/machine/machine.ts';
import { freePort } from './servers.ts';

/** How an element is named in the protocol: https://www.w3.org/TR/webdriver2/#elements */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
/** Without these WebKitGTK asks for graphics that a screen in memory has not. */
const NO_GRAPHICS = { WEBKIT_DISABLE_COMPOSITING_MODE: '1', WEBKIT_DISABLE_DMABUF_RENDERER: '1', GDK_BACKEND: 'x11' };

/** Of the first of these processes' lines that fit. */
function said(child: ChildProcess, line: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (text: Buffer) => {
      printed += text;
      const found = line.exec(printed);
      if (found) resolve(found[1] ?? '');
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${child.spawnfile} ended with ${code}: ${printed}`)));
  });
}

export class WebKit {
  readonly #processes: readonly ChildProcess[];
  readonly #address: string;
  #session = '';

  private constructor(processes: readonly ChildProcess[], address: string) {
    this.#processes = processes;
    this.#address = address;
  }

  /** Starts one, with an empty profile. */
  static async start(): Promise<WebKit> {
    const driver = findWebKitDriver();
    if (driver === undefined) throw new Error('There is no WebKitWebDriver here.');
    const options: SpawnOptions = { stdio: ['ignore', 'pipe', 'ignore'] };
    const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], options);
    const DISPLAY = `:${await said(screen, /^(\d+)\n/)}`;
    const port = await freePort();
    const env = { ...process.env, ...NO_GRAPHICS, DISPLAY };
    const driving = spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], { ...options, env });
    const webkit = new WebKit([driving, screen], `http://127.0.0.1:${port}`);
    try {
      await expect(async () => webkit.#call('GET', '/status')).toPass({ timeout: 30_000 });
      const capabilities = { alwaysMatch: { timeouts: { pageLoad: 60_000, script: 60_000 } } };
      const { sessionId } = (await webkit.#call('POST', '/session', { capabilities })) as { sessionId: string };
      webkit.#session = `/session/${sessionId}`;
      return webkit;
    } catch (error) {
      await webkit.close();
      throw error;
    }
  }

  async #call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${this.#address}${path}`, { method, ...sent });
    const { value } = (await response.json()) as { value: unknown };
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value).slice(0, 500)}`);
    return value;
  }

  async goto(address: string): Promise<void> {
    await this.#call('POST', `${this.#session}/url`, { url: address });
  }

  /** What the body of a function gives in the page. */
  async run(script: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.#call('POST', `${this.#session}/execute/sync`, { script, args });
  }

  /** All that the page shows. */
  async text(): Promise<string> {
    return String(await this.run('return document.body.innerText'));
  }

  async #element(path: string): Promise<string> {
    let id = '';
    await expect(async () => {
      const found = await this.#call('POST', `${this.#session}/element`, { using: 'xpath', value: path });
      id = (found as Record<string, string>)[ELEMENT] ?? '';
    }).toPass({ timeout: 30_000 });
    return `${this.#session}/element/${id}`;
  }

  /** Presses what the XPath finds, as soon as it can be pressed. */
  async click(path: string): Promise<void> {
    await expect(async () => this.#call('POST', `${await this.#element(path)}/click`, {})).toPass({ timeout: 30_000 });
  }

  /** Types into a field, or chooses a file of that path. */
  async type(path: string, text: string): Promise<void> {
    await this.#call('POST', `${await this.#element(path)}/value`, { text });
  }

  /** A picture of the page, PNG. */
  async screenshot(): Promise<Buffer> {
    return Buffer.from(String(await this.#call('GET', `${this.#session}/screenshot`)), 'base64');
  }

  async close(): Promise<void> {
    if (this.#session) await this.#call('DELETE', this.#session).catch(() => {});
    for (const each of this.#processes) {
      if (each.exitCode !== null || each.signalCode !== null) continue;
      const ended = new Promise((resolve) => each.once('exit', resolve));
      each.kill('SIGTERM');
      await ended;
    }
  }
}
