/** One transport while a channel goes over it, watched for signs of life. */
import type { Clock } from './clock.ts';
import { encodeFrame, type Frame } from './frames.ts';
import type { Transport } from './transport.ts';
import { Watchdog } from './watchdog.ts';

export interface LinkEvents {
  onFrame(bytes: Uint8Array): void;
  onDrain(): void;
  onForged(): void;
  /** It is closed, or seems dead. */
  onLost(): void;
  /** Nothing was heard for a while. */
  onSilence(): void;
}

export class Link {
  /** The other side has said where it stands. */
  resumed = false;
  byeSent = false;
  readonly #watchdog: Watchdog;

  readonly #transport: Transport;
  readonly #events: LinkEvents;

  constructor(transport: Transport, clock: Clock, events: LinkEvents) {
    this.#transport = transport;
    this.#events = events;
    this.#watchdog = new Watchdog(clock, {
      get bufferedAmount() {
        return transport.bufferedAmount;
      },
      ping: () => events.onSilence(),
      stalled: () => events.onLost(),
    });
  }

  get bufferedAmount(): number {
    return this.#transport.bufferedAmount;
  }

  /** Starts to listen; what has come before is heard now. */
  listen(): void {
    const events = this.#events;
    const watchdog = this.#watchdog;
    this.#transport.listen({
      onFrame: (bytes) => {
        watchdog.hear();
        events.onFrame(bytes);
      },
      onDrain: () => events.onDrain(),
      onClose: () => events.onLost(),
      onForged: () => events.onForged(),
    });
  }

  /** Sends a frame, and says of how many bytes. */
  write(frame: Frame): number {
    const bytes = encodeFrame(frame);
    this.#transport.send(bytes);
    return bytes.byteLength;
  }

  close(): void {
    this.#watchdog.stop();
    this.#transport.close();
  }
}
