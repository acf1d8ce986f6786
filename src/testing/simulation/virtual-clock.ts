import type { Clock } from '../../channel/clock.ts';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

const wait = (clock: Clock, milliseconds: number) =>
  new Promise<void>((resolve) => {
    clock.after(milliseconds, resolve);
  });

/** A clock that jumps to the next timer as soon as nothing else is left to do. */
export class VirtualClock implements Clock {
  #time = 0;
  /** In order of time; of equal times, of their making. */
  readonly #timers: Timer[] = [];

  now(): number {
    return this.#time;
  }

  after(milliseconds: number, callback: () => void): () => void {
    // Whole milliseconds, so that sums of them are exact and what is due at one time keeps its order.
    const timer: Timer = { at: this.#time + Math.max(0, Math.ceil(milliseconds)), callback };
    let place = this.#timers.length;
    while (place > 0 && (this.#timers[place - 1] as Timer).at > timer.at) place--;
    this.#timers.splice(place, 0, timer);
    return () => {
      const at = this.#timers.indexOf(timer);
      if (at !== -1) this.#timers.splice(at, 1);
    };
  }

  sleep(milliseconds: number): Promise<void> {
    return wait(this, milliseconds);
  }

  /** Lets time pass until `done`. False where that does not come within `limit` milliseconds, or nothing is left to wait for. */
  async run(done: () => boolean, limit: number): Promise<boolean> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (done()) return true;
      const next = this.#timers[0];
      if (next === undefined || next.at > limit) return false;
      this.#timers.shift();
      this.#time = next.at;
      next.callback();
    }
  }
}

/** The clock of one computer. While that is asleep nothing happens on it; what was due meanwhile happens on waking. */
export class ComputerClock implements Clock {
  #wakes = 0;

  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get asleep(): boolean {
    return this.now() < this.#wakes;
  }

  now(): number {
    return this.#clock.now();
  }

  after(milliseconds: number, callback: () => void): () => void {
    let cancel: () => void;
    const fire = () => {
      if (this.asleep) cancel = this.#clock.after(this.#wakes - this.now(), fire);
      else callback();
    };
    cancel = this.#clock.after(milliseconds, fire);
    return () => cancel();
  }

  sleep(milliseconds: number): Promise<void> {
    return wait(this, milliseconds);
  }

  /** The computer sleeps for so long. Without end: the page is closed. */
  stop(milliseconds: number): void {
    this.#wakes = Math.max(this.#wakes, this.now() + milliseconds);
  }
}
