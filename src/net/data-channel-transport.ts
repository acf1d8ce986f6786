import type { DataConnection } from 'peerjs';
import { LOW_WATER, type Transport, type TransportListener } from '../channel/transport.ts';

/** How long an orderly end waits for the other side to close first, milliseconds. Closing drops what is queued. */
const LAST_WORDS_MS = 1_000;

/** Frames kept until somebody listens; a peer that sends more before it is verified is cut off. */
const MAX_EARLY = 64;

/**
 * Frames over the data channel of a PeerJS connection. PeerJS's own queue and chunks stay unused. Made as soon as there is a
 * connection, before its channel is said to be open: on either side, the other's first frame can overtake that event.
 */
export class DataChannelTransport implements Transport {
  readonly #early: Uint8Array[] = [];
  #listener: TransportListener | undefined;
  #open = true;

  constructor(readonly connection: DataConnection) {
    connection.on('data', (data) => this.#arrive(data));
    connection.on('close', () => this.#end());
    connection.on('error', () => this.#end());
    connection.once('open', () => this.#watch(connection.dataChannel));
  }

  get bufferedAmount(): number {
    return this.#open ? (this.connection.dataChannel?.bufferedAmount ?? 0) : 0;
  }

  send(frame: Uint8Array): void {
    const channel = this.connection.dataChannel;
    if (!this.#open || channel?.readyState !== 'open') return;
    try {
      channel.send(frame as Uint8Array<ArrayBuffer>);
    } catch {
      // The browser's buffer is full or the channel just closed: the session goes on over another.
      this.#end();
    }
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    for (const frame of this.#early.splice(0)) listener.onFrame(frame);
    if (!this.#open) listener.onClose();
  }

  close(): void {
    this.#open = false;
    this.#listener = undefined;
    this.connection.close();
  }

  /** Closes once the other side has had time to read what was sent. */
  closeSoon(): void {
    this.#listener = { onFrame: () => {}, onDrain: () => {}, onClose: () => {} };
    setTimeout(() => this.close(), LAST_WORDS_MS);
  }

  #watch(channel: RTCDataChannel): void {
    channel.bufferedAmountLowThreshold = LOW_WATER;
    channel.addEventListener('bufferedamountlow', () => this.#listener?.onDrain());
    channel.addEventListener('closing', () => this.#end());
  }

  #arrive(data: unknown): void {
    // Anything but bytes becomes an empty frame, which whoever listens refuses.
    const frame = data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array();
    if (this.#listener) this.#listener.onFrame(frame);
    else if (this.#early.length === MAX_EARLY) this.#end();
    else if (this.#open) this.#early.push(frame);
  }

  #end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.connection.close();
    this.#listener?.onClose();
  }
}
