import type { Page } from '@playwright/test';

/** What Firefox says where the other page goes away, as in a reload, while the two connect. */
const LOST = /^ICE failed, add a STUN server/;

/** Keeps what a page asked for and what it complained about. */
export class Watch {
  /** Addresses of requests and sockets, workers' included. */
  readonly addresses: string[] = [];
  /** Console errors, uncaught errors, breaches of the Content-Security-Policy. */
  readonly complaints: string[] = [];
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Watches from the page's first document on. */
  static async on(page: Page): Promise<Watch> {
    const watch = new Watch(page);
    page.context().on('request', (request) => watch.addresses.push(request.url()));
    page.on('websocket', (socket) => watch.addresses.push(socket.url()));
    page.on('pageerror', ({ message }) => {
      if (!LOST.test(message)) watch.complaints.push(message);
    });
    page.on('console', (message) => {
      if (message.type() === 'error') watch.complaints.push(`${message.text()} (${message.location().url})`);
    });
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) =>
        console.error(`Content-Security-Policy: ${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    return watch;
  }

  /** Addresses at other hosts than that of the page. */
  foreign(): string[] {
    const { host } = new URL(this.#page.url());
    return this.addresses.filter((address) => !/^(data|blob):/.test(address) && new URL(address).host !== host);
  }
}
