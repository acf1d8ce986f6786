/** How a stream of messages ends, and when nothing is left to be said on it. */

import { message } from '../words/translate.ts';
import { type Channel, ChannelClosed, ChannelRestarted, type CloseReason } from './channel.ts';
import type { Clock } from './clock.ts';

/**
 * How long a farewell is kept for a connection that is away, or dead without our knowing: long enough for a
 * laptop to sleep a while. The person is not kept waiting for it.
 */
export const FAREWELL_WITHIN_MS = 600_000;
/** How long whoever was told of the end waits for the connection to be closed. */
export const LINGER_MS = 2_000;
/** Told where a frame is no frame of the other page's. */
export const FORGED = message(
  'Something was changed on its way between the two pages, so the run was stopped. ' +
    'Somebody may be sitting in between: make a new room and send its link over a channel you trust.',
);
/** Told where the connection did not come back. It is sent, so it is English until somebody is shown it. */
export const LOST = message(
  'The connection to the other page was lost and did not come back. ' +
    'Check that both computers are online and both pages open, then start again with a new link.',
);

/** Told where a person left. */
export const ROOM_CLOSED = message('The room was closed.');

export interface Ended {
  readonly reason: CloseReason;
  readonly byPeer: boolean;
  /** Where the other page was reloaded: the stream that goes on. */
  readonly next?: Channel;
}

/** What whoever sends or receives is told. */
export const closed = ({ reason, byPeer, next }: Ended) =>
  next ? new ChannelRestarted(next) : new ChannelClosed(reason, byPeer);

/** Waits until the farewell was taken, or is not worth waiting for any more. */
export class Release {
  done = false;
  readonly #waiters: (() => void)[] = [];
  #cancelTimer: () => void = () => {};

  readonly #clock: Clock;
  readonly #onDone: () => void;

  constructor(clock: Clock, onDone: () => void) {
    this.#clock = clock;
    this.#onDone = onDone;
  }

  /** Calls after this time, unless something else is waited for meanwhile: one thing at a time. */
  after(milliseconds: number, then: () => void): void {
    this.#cancelTimer = this.#clock.after(milliseconds, then);
  }

  cancel(): void {
    this.#cancelTimer();
  }

  /** Resolves when nothing is left to be said. */
  wait(): Promise<void> {
    if (this.done) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
    });
  }

  /** Nothing is left to be said. */
  now(): void {
    if (this.done) return;
    this.done = true;
    this.#cancelTimer();
    this.#onDone();
    for (const resolve of this.#waiters.splice(0)) resolve();
  }
}
