import type { Message } from './channel.ts';
import { FrameError } from './message-codec.ts';
import { WINDOW_BYTES } from './outbox.ts';

/** Above this many bytes of unread messages nothing more is acknowledged, which stops the sender. */
export const INBOX_BYTES = 64 * 1024 * 1024;

interface Reader {
  readonly deliver: (message: Message) => void;
  readonly refuse: (error: Error) => void;
}

/** Messages that have come and wait for a reader, or readers that wait for a message. */
export class Inbox {
  private readonly messages: { readonly message: Message; readonly bytes: number }[] = [];
  private readonly readers: Reader[] = [];
  private bytes = 0;

  /** True while more may be acknowledged. */
  get hasRoom(): boolean {
    return this.bytes <= INBOX_BYTES;
  }

  /** @throws FrameError when the sender went on without acknowledgements. */
  put(message: Message, bytes: number, largestMessage: number): void {
    const reader = this.readers.shift();
    if (reader !== undefined) {
      reader.deliver(message);
      return;
    }
    this.messages.push({ message, bytes });
    this.bytes += bytes;
    if (this.bytes > INBOX_BYTES + 2 * Math.max(WINDOW_BYTES, largestMessage)) {
      throw new FrameError('More was sent than had been acknowledged for');
    }
  }

  take(): Message | undefined {
    const first = this.messages.shift();
    if (first === undefined) return undefined;
    this.bytes -= first.bytes;
    return first.message;
  }

  wait(): Promise<Message> {
    return new Promise((deliver, refuse) => {
      this.readers.push({ deliver, refuse });
    });
  }

  refuseReaders(error: Error): void {
    for (const { refuse } of this.readers.splice(0)) refuse(error);
  }

  clear(): void {
    this.messages.length = 0;
    this.bytes = 0;
  }
}
