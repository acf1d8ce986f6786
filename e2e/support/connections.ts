/** Breaks what a page has open, from inside of it and in the middle of a run. */
import type { Browser, Page } from '@playwright/test';

interface Kept {
  readonly connections: RTCPeerConnection[];
  readonly workers: { readonly name: string; readonly worker: Worker }[];
}

declare global {
  interface Window {
    kept: Kept;
  }
}

/** Has the page keep its connections and workers, so that a test can break them. Before the page is opened. */
export async function keepAll(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept: Kept = { connections: [], workers: [] };
    window.kept = kept;
    window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
      construct(target, args) {
        const connection: RTCPeerConnection = Reflect.construct(target, args);
        kept.connections.push(connection);
        return connection;
      },
    });
    window.Worker = new Proxy(window.Worker, {
      construct(target, args) {
        const worker: Worker = Reflect.construct(target, args);
        kept.workers.push({ name: args[1]?.name ?? '', worker });
        return worker;
      },
    });
  });
}

export async function breakConnection(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const connection of window.kept.connections) connection.close();
  });
}

/** Connections that the page has made so far. */
export function connectionsMade(page: Page): Promise<number> {
  return page.evaluate(() => window.kept.connections.length);
}

/** Ends the page's first worker of that name, as a browser short of memory may. Nothing tells the page. */
export async function killWorker(page: Page, name: string): Promise<void> {
  await page.evaluate((wanted) => {
    const found = window.kept.workers.find((kept) => kept.name === wanted);
    if (found === undefined) throw new Error(`no worker ${wanted}`);
    found.worker.terminate();
  }, name);
}

/** The kinds of address, such as `host` or `relay`, at both ends of the path that the page's last connection uses. */
export function pathKinds(page: Page): Promise<(string | undefined)[]> {
  return page.evaluate(async () => {
    const stats = await window.kept.connections.at(-1)?.getStats();
    const reports = new Map<string, { type: string } & Record<string, string | undefined>>();
    stats?.forEach((report) => {
      reports.set(report.id, report);
    });
    const transport = [...reports.values()].find(({ type }) => type === 'transport');
    const pair = reports.get(transport?.selectedCandidatePairId ?? '');
    return [pair?.localCandidateId, pair?.remoteCandidateId].map((id) => reports.get(id ?? '')?.candidateType);
  });
}

/** Stops every process of a browser, as a laptop does that falls asleep, and has them go on after so many milliseconds. */
export async function sleep(browser: Browser, milliseconds: number): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  for (const { id } of processInfo) process.kill(id, 'SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  for (const { id } of processInfo) process.kill(id, 'SIGCONT');
}
