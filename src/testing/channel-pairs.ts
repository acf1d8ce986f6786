/** Resumable channels over transports in memory, and a clock that stands still. */
import type { CloseReason, Message } from '../channel/channel.ts';
import type { ResumableChannelOptions } from '../channel/channel-options.ts';
import type { Clock } from '../channel/clock.ts';
import { decodeFrame, encodeFrame, type Frame } from '../channel/frames.ts';
import { MemoryTransport } from '../channel/memory-channel.ts';
import { ResumableChannel } from '../channel/resumable-channel.ts';

/** A clock that stands still until told. */
export class StillClock implements Clock {
  #time = 0;
  #timers: { at: number; callback: () => void }[] = [];
  now(): number {
    return this.#time;
  }
  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.#time + milliseconds, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }
  async advance(milliseconds: number): Promise<void> {
    const end = this.#time + milliseconds;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#time = next.at;
      next.callback();
      await settle();
    }
    this.#time = end;
  }
}

export const settle = () => new Promise((resolve) => setImmediate(resolve));
export const text = (n: number): Message => ({ kind: 'n', body: n, blobs: [] });
export const finished: CloseReason = { code: 'finished', message: 'All done.' };
export const options = (more: Partial<ResumableChannelOptions> = {}): ResumableChannelOptions => ({
  reconnectSeconds: 60,
  maxMessageBytes: 1e8,
  clock: new StillClock(),
  ...more,
});

export function connected(more: Partial<ResumableChannelOptions> = {}) {
  const transports = MemoryTransport.pair();
  const left = new ResumableChannel(options(more));
  const right = new ResumableChannel(options(more));
  left.attach(transports[0]);
  right.attach(transports[1]);
  return { left, right, transports };
}

/** A channel whose other end is played by the test, frame by frame. */
export async function against(frames: Frame[], more: Partial<ResumableChannelOptions> = {}) {
  const [mine, theirs] = MemoryTransport.pair();
  const session = new ResumableChannel(options(more));
  const seen: Frame[] = [];
  session.attach(mine);
  theirs.listen({ onFrame: (bytes) => seen.push(decodeFrame(bytes)), onDrain: () => {}, onClose: () => {} });
  for (const frame of frames) theirs.send(encodeFrame(frame));
  await settle();
  return { session, seen, theirs };
}
