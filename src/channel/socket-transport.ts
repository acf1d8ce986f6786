import type { Transport, TransportListener } from './transport.ts';

/** As much of a WebSocket as is needed: a browser's, or one of the package `ws`. */
export interface Socket {
  binaryType: string;
  send(bytes: Uint8Array<ArrayBuffer>): void;
  close(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
}

/** Frames kept until somebody listens; who sends more before is cut off. */
const MAX_EARLY = 64;

/**
 * Frames over a WebSocket. How much is on its way is the channel's to bound, by its window: a socket of a browser does not
 * say when its buffer has emptied.
 */
export class SocketTransport implements Transport {
  readonly bufferedAmount = 0;
  readonly #early: Uint8Array[] = [];
  #listener: TransportListener | undefined;
  #waiting: { resolve(frame: Uint8Array): void; reject(error: Error): void } | undefined;
  #open = true;

  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('message', ({ data }) => this.#arrive(data));
    socket.addEventListener('close', () => this.#end());
    socket.addEventListener('error', () => this.#end());
  }

  /**
   * The next frame, while nobody listens.
   * @throws Error when the connection ends before
   */
  next(): Promise<Uint8Array> {
    const frame = this.#early.shift();
    if (frame) return Promise.resolve(frame);
    if (!this.#open) return Promise.reject(new Error('The connection ended.'));
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  send(frame: Uint8Array): void {
    if (this.#open) this.#socket.send(frame as Uint8Array<ArrayBuffer>);
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    for (const frame of this.#early.splice(0)) listener.onFrame(frame);
    if (!this.#open) listener.onClose();
  }

  close(): void {
    this.#listener = undefined;
    this.#end();
  }

  #arrive(data: unknown): void {
    if (!this.#open) return;
    // Anything but bytes becomes an empty frame, which whoever listens refuses.
    const frame = data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array();
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) waiting.resolve(frame);
    else if (this.#listener) this.#listener.onFrame(frame);
    else if (this.#early.length === MAX_EARLY) this.#end();
    else this.#early.push(frame);
  }

  #end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#socket.close();
    this.#waiting?.reject(new Error('The connection ended.'));
    this.#waiting = undefined;
    this.#listener?.onClose();
  }
}
