/**
 * What the protocol needs of a connection, and nothing more: ordered, reliable messages with back-pressure.
 * The same protocol functions run over a WebRTC data channel, an in-memory pair, and a fault-injecting channel.
 */
export interface Message {
  /** Names the step, for example `band-query`. At most 32 characters. */
  readonly kind: string;
  /** Plain JSON value, small (at most 256 KiB encoded). Parsed by a schema before anything reads it. */
  readonly body: unknown;
  /** Binary parts, ciphertexts mostly. */
  readonly blobs: readonly Uint8Array[];
}

/** Why a channel ended. `code` is for programs and tests, `message` for people: it says what happened and what to do. */
export interface CloseReason {
  readonly code:
    | 'finished'
    | 'cancelled'
    | 'declined'
    | 'limit-reached'
    | 'protocol-error'
    | 'connection-lost'
    | 'verification-failed';
  readonly message: string;
}

/** Thrown by `send` and `receive` once the channel has ended. `byPeer` tells whose doing it was. */
export class ChannelClosed extends Error {
  override readonly name = 'ChannelClosed';
  constructor(
    readonly reason: CloseReason,
    readonly byPeer: boolean,
  ) {
    super(reason.message);
  }
}

/**
 * Thrown by `send` and `receive` once the other page was reloaded: what was on its way between the two is lost, and the run
 * goes on over another channel from what both have kept.
 */
export class ChannelRestarted extends Error {
  override readonly name = 'ChannelRestarted';
  constructor(readonly next: Channel) {
    super('The page on the other side was reloaded.');
  }
}

export interface Channel {
  /** Resolves when the message has been taken into the send window; waits while the window is full. */
  send(message: Message): Promise<void>;
  /** The next message in the order sent. Messages are never lost, repeated or reordered within one channel. */
  receive(): Promise<Message>;
  /** Tells the other side why, then ends the channel. Idempotent. */
  close(reason: CloseReason): Promise<void>;
  /** Raises or lowers the largest message accepted from the peer, in bytes; checked before memory is allocated. */
  setReceiveLimit(bytes: number): void;
  /** Bytes that crossed the wire so far, framing and repeats included. */
  readonly bytesSent: number;
  readonly bytesReceived: number;
}
