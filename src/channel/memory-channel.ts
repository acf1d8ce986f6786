import { ResumableChannel } from './resumable-channel.ts';
import { LOW_WATER, type Transport, type TransportListener } from './transport.ts';

/** One end of an in-memory connection. Frames are copied and arrive in a later microtask, in order. */
export class MemoryTransport implements Transport {
  bufferedAmount = 0;
  #peer: MemoryTransport | undefined;
  #listener: TransportListener | undefined;
  readonly #early: Uint8Array[] = [];
  readonly #outgoing: Uint8Array[] = [];
  #brokenEarly = false;
  #open = true;

  /** Both ends. `mayDeliver` is asked before each frame is delivered; false breaks the connection instead. */
  static pair(mayDeliver: () => boolean = () => true): [MemoryTransport, MemoryTransport] {
    const left = new MemoryTransport(mayDeliver);
    const right = new MemoryTransport(mayDeliver);
    left.#peer = right;
    right.#peer = left;
    return [left, right];
  }

  readonly #mayDeliver: () => boolean;

  private constructor(mayDeliver: () => boolean) {
    this.#mayDeliver = mayDeliver;
  }

  send(frame: Uint8Array): void {
    if (!this.#open) return;
    this.#outgoing.push(frame.slice());
    this.bufferedAmount += frame.byteLength;
    queueMicrotask(() => this.#deliver());
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    for (const frame of this.#early.splice(0)) listener.onFrame(frame);
    if (this.#brokenEarly) listener.onClose();
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    const peer = this.#peer;
    queueMicrotask(() => {
      if (peer) peer.#end();
    });
  }

  /** Breaks the connection for both ends; what was on its way is lost. */
  break(): void {
    this.#end();
    if (this.#peer) this.#peer.#end();
  }

  #deliver(): void {
    const frame = this.#outgoing.shift();
    if (!this.#open || frame === undefined || this.#peer === undefined || !this.#peer.#open) return;
    if (!this.#mayDeliver()) {
      this.break();
      return;
    }
    this.bufferedAmount -= frame.byteLength;
    this.#peer.#arrive(frame);
    if (this.bufferedAmount <= LOW_WATER) this.#listener?.onDrain();
  }

  #arrive(frame: Uint8Array): void {
    if (this.#listener) this.#listener.onFrame(frame);
    else this.#early.push(frame);
  }

  #end(): void {
    if (!this.#open) return;
    this.#open = false;
    if (this.#listener) this.#listener.onClose();
    else this.#brokenEarly = true;
  }
}

/**
 * Two connected channels in memory, for tests of protocols: the real frames and the real session, without a network.
 * @param maxMessageBytes largest message each accepts.
 */
export function memoryChannelPair(maxMessageBytes = 256 * 1024 * 1024): [ResumableChannel, ResumableChannel] {
  const [left, right] = MemoryTransport.pair();
  const options = { reconnectSeconds: 1, maxMessageBytes };
  const channels: [ResumableChannel, ResumableChannel] = [new ResumableChannel(options), new ResumableChannel(options)];
  channels[0].attach(left);
  channels[1].attach(right);
  return channels;
}
