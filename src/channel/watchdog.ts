import type { Clock } from './clock.ts';

/** How often the watchdog looks, and how long a ping may stay unanswered, milliseconds. */
export const LOOK_EVERY_MS = 5_000;
export const STALL_AFTER = 20_000;
const LOOKS_BEFORE_STALL = 2;

/**
 * Finds out that a connection is dead. A look that heard nothing sends a ping, which the other page answers from its
 * message event, and so also in a hidden tab. Judged is by time passed and by at least two looks since the ping: after
 * a sleep of the machine, or where a hidden tab's timers fire once a minute, the answer gets its chance to be read.
 */
export class Watchdog {
  #heard = true;
  #pingedAt: number | undefined;
  #looksSincePing = 0;
  #lastBuffered = 0;
  #cancel: () => void;

  readonly #clock: Clock;
  readonly #link: { readonly bufferedAmount: number; ping(): void; stalled(): void };

  constructor(clock: Clock, link: { readonly bufferedAmount: number; ping(): void; stalled(): void }) {
    this.#clock = clock;
    this.#link = link;
    this.#cancel = clock.after(LOOK_EVERY_MS, () => this.#look());
  }

  /** A frame has come. */
  hear(): void {
    this.#heard = true;
    this.#pingedAt = undefined;
  }

  stop(): void {
    this.#cancel();
  }

  #look(): void {
    this.#cancel = this.#clock.after(LOOK_EVERY_MS, () => this.#look());
    const buffered = this.#link.bufferedAmount;
    // A buffer that empties shows that the other side acknowledges packets, though slowly.
    if (buffered < this.#lastBuffered) this.hear();
    this.#lastBuffered = buffered;
    if (this.#pingedAt !== undefined) {
      this.#looksSincePing++;
      if (this.#looksSincePing >= LOOKS_BEFORE_STALL && this.#clock.now() - this.#pingedAt >= STALL_AFTER) {
        this.stop();
        this.#link.stalled();
      }
    } else if (!this.#heard) {
      this.#pingedAt = this.#clock.now();
      this.#looksSincePing = 0;
      this.#link.ping();
    }
    this.#heard = false;
  }
}
