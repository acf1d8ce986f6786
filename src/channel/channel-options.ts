/** What a resumable channel is made with, and what it tells. */
import type { CloseReason } from './channel.ts';
import type { Clock } from './clock.ts';

export interface ResumableChannelOptions {
  readonly reconnectSeconds: number;
  /** Largest message accepted at first, bytes. */
  readonly maxMessageBytes: number;
  /** Bytes that may be on their way unacknowledged; `WINDOW_BYTES` by default. */
  readonly windowBytes?: number;
  readonly clock?: Clock;
  /** A transport is in use: both sides have spoken on it. */
  readonly onResumed?: () => void;
  /** The transport is gone; another is wanted. */
  readonly onLost?: () => void;
  /** It has stayed away for `reconnectSeconds`: whoever listens says `keepTrying` or `giveUp`. Without a listener the stream ends. */
  readonly onOverdue?: () => void;
  /** The stream has ended, though a farewell may still be on its way. */
  readonly onEnd?: (reason: CloseReason, byPeer: boolean) => void;
  /** No transport is wanted any more. */
  readonly onReleased?: () => void;
}
