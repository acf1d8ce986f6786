import type { Clock } from '../../net/clock.ts';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that jumps to the next timer as soon as nothing else is left to do. */
export class VirtualClock implements Clock {
  private time = 0;
  /** In order of time; of equal times, of their making. */
  private readonly timers: Timer[] = [];

  now(): number {
    return this.time;
  }

  after(milliseconds: number, callback: () => void): () => void {
    // Whole milliseconds, so that sums of them are exact and what is due at one time keeps its order.
    const timer: Timer = { at: this.time + Math.max(0, Math.ceil(milliseconds)), callback };
    let place = this.timers.length;
    while (place > 0 && (this.timers[place - 1] as Timer).at > timer.at) place--;
    this.timers.splice(place, 0, timer);
    return () => {
      const at = this.timers.indexOf(timer);
      if (at !== -1) this.timers.splice(at, 1);
    };
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(milliseconds, resolve);
    });
  }

  /** Lets time pass until `done`. False where that does not come within `limit` milliseconds, or nothing is left to wait for. */
  async run(done: () => boolean, limit: number): Promise<boolean> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (done()) return true;
      const next = this.timers[0];
      if (next === undefined || next.at > limit) return false;
      this.timers.shift();
      this.time = next.at;
      next.callback();
    }
  }
}
