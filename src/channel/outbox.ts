import { cutFrame, type DataFrame, FrameError } from './frames.ts';

/** Bytes of messages that may be on their way unacknowledged. One larger message may go alone. */
export const WINDOW_BYTES = 16 * 1024 * 1024;

/** What a page spends on keeping a message, bytes: beside its own so much more, or a flood of short ones would count for nothing. */
export const costOf = (message: Uint8Array): number => message.byteLength + 4096;

interface Waiting {
  readonly bytes: Uint8Array;
  readonly admit: () => void;
  readonly refuse: (error: Error) => void;
}

/** The send window: keeps every message until it is acknowledged, and knows which frame goes next. */
export class Outbox {
  /** Messages `acknowledged + 1`, `acknowledged + 2`, … */
  readonly #kept: Uint8Array[] = [];
  readonly #waiting: Waiting[] = [];
  #acknowledged = 0;
  #keptBytes = 0;
  /** The frame due next: message number and offset. */
  #number = 1;
  #offset = 0;
  /** Highest message sent whole on any connection. */
  #sent = 0;

  readonly #windowBytes: number;

  constructor(windowBytes: number) {
    this.#windowBytes = windowBytes;
  }

  /** Resolves when the message has entered the window; in the order of the calls. */
  offer(bytes: Uint8Array): Promise<void> {
    return new Promise((admit, refuse) => {
      this.#waiting.push({ bytes, admit, refuse });
      this.#admit();
    });
  }

  /** The last message that has been handed out whole on this connection, or is known to have arrived. */
  get sentWhole(): number {
    return this.#number - 1;
  }

  /** The next frame, or undefined when all that is in the window has been sent. */
  nextFrame(): DataFrame | undefined {
    const message = this.#kept[this.#number - this.#acknowledged - 1];
    if (message === undefined) return undefined;
    const frame = cutFrame(this.#number, message, this.#offset);
    this.#offset += frame.bytes.byteLength;
    if (this.#offset === message.byteLength) {
      this.#sent = Math.max(this.#sent, this.#number);
      this.#number++;
      this.#offset = 0;
    }
    return frame;
  }

  /** The other side has taken all messages up to `number`. */
  acknowledge(number: number): void {
    if (number < this.#acknowledged || number >= this.#number) {
      throw new FrameError(
        `Message ${number} was acknowledged; ${this.#acknowledged + 1} to ${this.#number - 1} could be`,
      );
    }
    const gone = this.#kept.splice(0, number - this.#acknowledged);
    this.#keptBytes -= gone.reduce((sum, message) => sum + costOf(message), 0);
    this.#acknowledged = number;
    this.#admit();
  }

  /** On a new connection, goes on after message `received`, the last the other side has whole. */
  resumeAfter(received: number): void {
    if (received < this.#acknowledged || received > this.#sent) {
      throw new FrameError(
        `The other page says it has message ${received}; ${this.#acknowledged} to ${this.#sent} are possible`,
      );
    }
    this.#number = received + 1;
    this.#offset = 0;
  }

  /** Refuses what waits for the window; what is in it still goes. */
  refuseWaiting(error: Error): void {
    for (const { refuse } of this.#waiting.splice(0)) refuse(error);
  }

  /** Drops everything that has not been sent. */
  clear(): void {
    this.#kept.length = 0;
    this.#keptBytes = 0;
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (this.#keptBytes > 0 && this.#keptBytes + costOf(next.bytes) > this.#windowBytes) return;
      this.#waiting.shift();
      this.#kept.push(next.bytes);
      this.#keptBytes += costOf(next.bytes);
      next.admit();
    }
  }
}
