import type { Message } from './channel.ts';
import { decodeMessage, FrameError } from './message-codec.ts';
import { costOf, WINDOW_BYTES } from './outbox.ts';

/** Above this many bytes of unread messages nothing more is acknowledged, which stops the sender. */
export const INBOX_BYTES = 64 * 1024 * 1024;

interface Reader {
  readonly deliver: (message: Message) => void;
  readonly refuse: (error: Error) => void;
}

/** Messages that have come and wait for a reader, or readers that wait for a message. */
export class Inbox {
  /** As bytes until somebody reads them: a message of a few bytes can be a thousand objects. */
  readonly #messages: Uint8Array[] = [];
  readonly #readers: Reader[] = [];
  #bytes = 0;

  /** True while more may be acknowledged. */
  get hasRoom(): boolean {
    return this.#bytes <= INBOX_BYTES;
  }

  /** @throws FrameError when it is no message, or the sender went on without acknowledgements. */
  put(bytes: Uint8Array, largestMessage: number): void {
    const message = decodeMessage(bytes);
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader.deliver(message);
      return;
    }
    this.#messages.push(bytes);
    this.#bytes += costOf(bytes);
    if (this.#bytes > INBOX_BYTES + 2 * Math.max(WINDOW_BYTES, largestMessage)) {
      throw new FrameError('More was sent than had been acknowledged for');
    }
  }

  take(): Message | undefined {
    const first = this.#messages.shift();
    if (first === undefined) return undefined;
    this.#bytes -= costOf(first);
    return decodeMessage(first);
  }

  wait(): Promise<Message> {
    return new Promise((deliver, refuse) => {
      this.#readers.push({ deliver, refuse });
    });
  }

  refuseReaders(error: Error): void {
    for (const { refuse } of this.#readers.splice(0)) refuse(error);
  }

  clear(): void {
    this.#messages.length = 0;
    this.#bytes = 0;
  }
}
