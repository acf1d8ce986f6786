import { describe, expect, it, vi } from 'vitest';
import type { Clock } from './clock.ts';
import { LOOK_EVERY_MS, STALL_AFTER, Watchdog } from './watchdog.ts';

const MINUTE = 60_000;

/** A clock whose one timer fires when the test says so, however late. */
function lateClock() {
  let time = 0;
  let due: (() => void) | undefined;
  const clock: Clock = {
    now: () => time,
    after(_milliseconds, callback) {
      due = callback;
      return () => {
        if (due === callback) due = undefined;
      };
    },
  };
  return {
    clock,
    fireAfter(milliseconds: number): void {
      time += milliseconds;
      due?.();
    },
  };
}

function watched() {
  const { clock, fireAfter } = lateClock();
  const link = { bufferedAmount: 0, ping: vi.fn(), stalled: vi.fn() };
  return { watchdog: new Watchdog(clock, link), link, fireAfter };
}

describe('watchdog', () => {
  it('gives an answer after a sleep of two minutes the chance to be read', () => {
    const { watchdog, link, fireAfter } = watched();
    fireAfter(LOOK_EVERY_MS);
    fireAfter(LOOK_EVERY_MS);
    expect(link.ping).toHaveBeenCalledOnce();
    fireAfter(2 * MINUTE);
    expect(link.stalled).not.toHaveBeenCalled();
    watchdog.hear();
    for (let i = 0; i < 10; i++) {
      fireAfter(LOOK_EVERY_MS);
      watchdog.hear();
    }
    expect(link.stalled).not.toHaveBeenCalled();
  });

  it('finds a connection that died in the sleep', () => {
    const { link, fireAfter } = watched();
    fireAfter(LOOK_EVERY_MS);
    fireAfter(LOOK_EVERY_MS);
    fireAfter(2 * MINUTE);
    fireAfter(LOOK_EVERY_MS);
    expect(link.stalled).toHaveBeenCalledOnce();
    fireAfter(MINUTE);
    expect(link.stalled).toHaveBeenCalledOnce();
  });

  it('keeps a living connection in a hidden tab, whose timers fire once a minute, and still finds a dead one', () => {
    const { watchdog, link, fireAfter } = watched();
    for (let i = 0; i < 10; i++) {
      fireAfter(MINUTE);
      if (link.ping.mock.calls.length > 0) watchdog.hear();
    }
    expect(link.stalled).not.toHaveBeenCalled();
    for (let i = 0; i < 4; i++) fireAfter(MINUTE);
    expect(link.stalled).toHaveBeenCalledOnce();
  });

  it('takes a buffer that empties for a sign of life', () => {
    const { link, fireAfter } = watched();
    for (link.bufferedAmount = 1000; link.bufferedAmount > 0; link.bufferedAmount -= 100) fireAfter(LOOK_EVERY_MS);
    expect(link.ping).not.toHaveBeenCalled();
    for (let waited = 0; waited < STALL_AFTER + 4 * LOOK_EVERY_MS; waited += LOOK_EVERY_MS) fireAfter(LOOK_EVERY_MS);
    expect(link.stalled).toHaveBeenCalledOnce();
  });
});
