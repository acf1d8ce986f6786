/** One connection that carries frames in order until it breaks. A session outlives several of them. */
export interface Transport {
  /** Hands one frame over. Does nothing once closed. */
  send(frame: Uint8Array): void;
  /** Bytes handed over but not yet on the wire. */
  readonly bufferedAmount: number;
  /** Closes without notice to the listener. Idempotent. */
  close(): void;
  /** Receives every event from now on, including frames that came before it was set. */
  listen(listener: TransportListener): void;
}

export interface TransportListener {
  onFrame(frame: Uint8Array): void;
  /** The buffer has emptied below the low-water mark. */
  onDrain(): void;
  /** The connection broke, or the other side closed it. Called once. */
  onClose(): void;
  /** A frame came that the other side did not send so; it is dropped. */
  onForged?(): void;
}

/** Sending stops above the high-water mark and goes on below the low one, bytes. */
export const HIGH_WATER = 1024 * 1024;
export const LOW_WATER = 256 * 1024;
