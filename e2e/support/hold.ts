/**
 * Holds a run at a named step of the protocol: from there on a page sends nothing, until it is let go or loaded anew. So a test
 * that breaks a run breaks it where it says, however quick the run is.
 */
import { expect, type Page } from '@playwright/test';

/** A step as `Conversation` marks it: `send tally-bits` is just before the message is handed to the connection. */
export type Step = `${'send' | 'receive'} ${string}`;

interface Hold {
  readonly step: Step;
  /** How many more of these steps are due, the one to hold at included. */
  left: number;
}

declare global {
  interface Window {
    /** Undefined but in a page that holds: lets it go. */
    letGo: (() => void) | undefined;
  }
}

/** Makes a page one that can hold. Before it is opened. */
export async function makeHoldable(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const queue: (() => void)[] = [];
    const { send } = RTCDataChannel.prototype as { send(this: RTCDataChannel, data: string): void };
    RTCDataChannel.prototype.send = function (this: RTCDataChannel, data: unknown) {
      if (window.letGo) queue.push(() => this.readyState === 'open' && send.call(this, data as string));
      else send.call(this, data as string);
    };
    performance.mark = new Proxy(performance.mark, {
      apply(target, self, args) {
        // The window's name outlives a reload.
        const hold = window.name === '' ? undefined : (JSON.parse(window.name) as Hold);
        if (hold && args[0] === `blindjoin ${hold.step}`) {
          hold.left--;
          window.name = hold.left > 0 ? JSON.stringify(hold) : '';
          if (hold.left === 0) {
            window.letGo = () => {
              window.letGo = undefined;
              for (const each of queue.splice(0)) each();
            };
          }
        }
        return Reflect.apply(target, self, args);
      },
    });
  });
}

/** Has the page that is open, or what is loaded there later, hold at the nth of these steps from now. */
export async function holdAt(page: Page, step: Step, nth = 1): Promise<void> {
  await page.evaluate(
    (hold) => {
      window.name = JSON.stringify(hold);
    },
    { step, left: nth } satisfies Hold,
  );
}

/** Waits until the page holds. */
export async function untilHeld(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => window.letGo !== undefined), { timeout: 120_000 }).toBe(true);
}

export async function letGo(page: Page): Promise<void> {
  await page.evaluate(() => window.letGo?.());
}
