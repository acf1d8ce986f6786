import { ForgedFrame, importFrameKey, openFrame, sealFrame, sealFrameAtOnce } from './sealed-frame.ts';
import { LOW_WATER, type Transport, type TransportListener } from './transport.ts';

/** Of one verified connection, 32 bytes each; never used for another. */
export interface FrameKeys {
  readonly send: Uint8Array;
  readonly receive: Uint8Array;
}

/** Frames so short, bytes, with none ahead of them, are sealed at once: a farewell still leaves a page that is being closed. */
const SHORT = 1024;

/**
 * A verified connection with its frames sealed, so that whoever holds the wire, or got past the browser's own encryption of
 * it, reads and changes nothing. Frames are numbered from 0: one that comes again, or out of turn, is forged; where one is missing
 * the connection is given up, and the next one goes on.
 */
export class SealedTransport implements Transport {
  readonly #sealing: Promise<CryptoKey>;
  readonly #opening: Promise<CryptoKey>;
  #listener: TransportListener | undefined;
  #open = true;
  #sent = 0;
  #due = 0;
  /** Frames, and bytes of them, that are being sealed. */
  #waiting = 0;
  #waitingBytes = 0;
  #outgoing: Promise<void> = Promise.resolve();
  #incoming: Promise<void> = Promise.resolve();

  readonly #inner: Transport;
  readonly #keys: FrameKeys;

  constructor(inner: Transport, keys: FrameKeys) {
    this.#inner = inner;
    this.#keys = keys;
    this.#sealing = importFrameKey(keys.send, 'encrypt');
    this.#opening = importFrameKey(keys.receive, 'decrypt');
  }

  get bufferedAmount(): number {
    return this.#waitingBytes + this.#inner.bufferedAmount;
  }

  send(frame: Uint8Array): void {
    if (!this.#open) return;
    const number = this.#sent++;
    if (this.#waiting === 0 && frame.byteLength <= SHORT) {
      this.#inner.send(sealFrameAtOnce(this.#keys.send, number, frame));
      return;
    }
    this.#waiting++;
    this.#waitingBytes += frame.byteLength;
    const sealed = this.#sealing.then((key) => sealFrame(key, number, frame));
    this.#outgoing = this.#outgoing.then(async () => {
      const bytes = await sealed;
      this.#waiting--;
      this.#waitingBytes -= frame.byteLength;
      if (!this.#open) return;
      this.#inner.send(bytes);
      this.#drained();
    });
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    this.#inner.listen({
      onFrame: (sealed) => this.#arrive(sealed),
      onDrain: () => this.#drained(),
      // What came before it is still being opened.
      onClose: () => this.#inTurn(() => this.#end()),
    });
  }

  close(): void {
    this.#open = false;
    this.#listener = undefined;
    this.#inner.close();
  }

  #drained(): void {
    if (this.bufferedAmount <= LOW_WATER) this.#listener?.onDrain();
  }

  #arrive(sealed: Uint8Array): void {
    const opened = this.#opening.then((key) => openFrame(key, sealed));
    // It is looked at in its turn.
    opened.catch(() => {});
    this.#inTurn(async () => {
      try {
        const { number, frame } = await opened;
        if (number < this.#due) throw new ForgedFrame(`frame ${number} came again`);
        if (!this.#open) return;
        if (number > this.#due) {
          this.#end();
          return;
        }
        this.#due++;
        this.#listener?.onFrame(frame);
      } catch (error) {
        if (!(error instanceof ForgedFrame)) throw error;
        this.#listener?.onForged?.();
      }
    });
  }

  #inTurn(action: () => void | Promise<void>): void {
    this.#incoming = this.#incoming.then(() => (this.#open ? action() : undefined));
  }

  #end(): void {
    if (!this.#open) return;
    const listener = this.#listener;
    this.close();
    listener?.onClose();
  }
}
