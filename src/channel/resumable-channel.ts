/**
 * A reliable message stream that outlives any one connection. Messages are numbered and kept until acknowledged; on a
 * new transport each side says the last message it has whole (`resume`), and the other goes on after it. Nothing
 * depends on timers but noticing that a connection is dead, or stayed away too long.
 */
import { type Channel, ChannelClosed, ChannelRestarted, type CloseReason, type Message } from './channel.ts';
import { type Clock, systemClock } from './clock.ts';
import { decodeFrame, encodeFrame, type Frame, FrameError } from './frames.ts';
import { Inbox } from './inbox.ts';
import { MessageAssembler } from './message-assembler.ts';
import { decodeMessage, encodeMessage } from './message-codec.ts';
import { Outbox, WINDOW_BYTES } from './outbox.ts';
import { HIGH_WATER, type Transport } from './transport.ts';
import { Watchdog } from './watchdog.ts';
import { yieldToPage } from './yield-to-page.ts';

export interface ResumableChannelOptions {
  readonly reconnectSeconds: number;
  /** Largest message accepted at first, bytes. */
  readonly maxMessageBytes: number;
  /** Bytes that may be on their way unacknowledged; as a rule `WINDOW_BYTES`. */
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

/**
 * How long a farewell is kept for a connection that is away, or dead without our knowing, milliseconds: long enough for a
 * laptop to sleep a while. The person is not kept waiting for it.
 */
const FAREWELL_WITHIN = 600_000;
/** How long whoever was told of the end waits for the connection to be closed, milliseconds. */
const LINGER = 2_000;
/** A producer that fills the window at once yields to the page each time this many bytes are sent. */
const YIELD_BYTES = 2 * 1024 * 1024;

const FORGED =
  'Something was changed on its way between the two pages, so the run was stopped. ' +
  'Somebody may be sitting in between: make a new room and send its link over a channel you trust.';

interface Ended {
  readonly reason: CloseReason;
  readonly byPeer: boolean;
  /** Where the other page was reloaded: the stream that goes on. */
  readonly next?: Channel;
}

const closed = ({ reason, byPeer, next }: Ended) =>
  next ? new ChannelRestarted(next) : new ChannelClosed(reason, byPeer);

interface Link {
  readonly transport: Transport;
  readonly watchdog: Watchdog;
  resumed: boolean;
  byeSent: boolean;
}

export class ResumableChannel implements Channel {
  private readonly clock: Clock;
  private readonly outbox: Outbox;
  private readonly inbox = new Inbox();
  private readonly assembler = new MessageAssembler();
  private link: Link | undefined;
  private ended: Ended | undefined;
  /** The other side broke the protocol: nothing more is read from it, and nothing but the farewell sent. */
  private failed = false;
  private peerSaidBye = false;
  private released = false;
  private releaseWaiters: (() => void)[] = [];
  private cancelTimer: () => void = () => {};
  private received = 0;
  private acknowledged = 0;
  private receiveLimit: number;
  private sentCount = 0;
  private sentSinceYield = 0;
  private receivedCount = 0;

  constructor(private readonly options: ResumableChannelOptions) {
    this.clock = options.clock ?? systemClock;
    this.outbox = new Outbox(options.windowBytes ?? WINDOW_BYTES);
    this.receiveLimit = options.maxMessageBytes;
  }

  get bytesSent(): number {
    return this.sentCount;
  }

  get bytesReceived(): number {
    return this.receivedCount;
  }

  setReceiveLimit(bytes: number): void {
    this.receiveLimit = bytes;
  }

  async send(message: Message): Promise<void> {
    if (this.ended) throw closed(this.ended);
    const bytes = encodeMessage(message);
    const admitted = this.outbox.offer(bytes);
    this.pump();
    await admitted;
    this.pump();
    this.sentSinceYield += bytes.byteLength;
    if (this.sentSinceYield >= YIELD_BYTES) {
      this.sentSinceYield = 0;
      await yieldToPage();
    }
  }

  async receive(): Promise<Message> {
    const message = this.inbox.take();
    if (message !== undefined) {
      this.acknowledge();
      return message;
    }
    if (this.ended) throw closed(this.ended);
    return this.inbox.wait();
  }

  close(reason: CloseReason): Promise<void> {
    if (!this.ended) {
      this.end(reason, false);
      this.inbox.clear();
      this.waitToRelease(FAREWELL_WITHIN);
      this.pump();
    }
    if (this.released) return Promise.resolve();
    return new Promise((resolve) => {
      this.releaseWaiters.push(resolve);
    });
  }

  /** While there is no transport, as after a reload: waits `reconnectSeconds`, or as long once more, before anybody is asked. */
  keepTrying(): void {
    if (this.ended || this.link) return;
    this.cancelTimer();
    const overdue = this.options.onOverdue ?? (() => this.giveUp());
    this.cancelTimer = this.clock.after(this.options.reconnectSeconds * 1000, overdue);
  }

  /** Ends for want of a connection. Where one comes up after all, the other side is told. */
  giveUp(): void {
    const message =
      'The connection to the other page was lost and did not come back. ' +
      'Check that both computers are online and both pages open, then start again with a new link.';
    void this.close({ code: 'connection-lost', message });
  }

  /** Ends at once on this side, without a word to the other. */
  abandon(reason: CloseReason): void {
    if (!this.ended) this.end(reason, false);
    this.release();
  }

  /** The other page was reloaded and knows nothing of this stream: whoever sends or receives here is told of `next`. */
  supersede(next: Channel): void {
    if (!this.ended) this.stop({ reason: { code: 'connection-lost', message: 'superseded' }, byPeer: false, next });
    this.inbox.clear();
    this.outbox.clear();
    this.release();
  }

  /** Goes on over a new, verified transport; the one before is closed. */
  attach(transport: Transport): void {
    if (this.released || this.ended?.byPeer) {
      transport.close();
      return;
    }
    this.dropLink();
    if (!this.ended) this.cancelTimer();
    this.assembler.reset();
    this.acknowledged = 0;
    const watchdog = new Watchdog(this.clock, {
      get bufferedAmount() {
        return transport.bufferedAmount;
      },
      ping: () => this.sayAlive('ping'),
      stalled: () => this.lose(link),
    });
    const link: Link = { transport, watchdog, resumed: false, byeSent: false };
    this.link = link;
    this.write({ type: 'resume', number: this.received });
    if (this.failed) this.sayBye();
    transport.listen({
      onFrame: (bytes) => this.link === link && this.take(link, bytes),
      onDrain: () => this.link === link && this.pump(),
      onClose: () => this.lose(link),
      onForged: () => this.link === link && this.fail(FORGED),
    });
  }

  private take(link: Link, bytes: Uint8Array): void {
    this.receivedCount += bytes.byteLength;
    link.watchdog.hear();
    try {
      this.handle(link, decodeFrame(bytes));
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.fail(
        `The other page sent something that does not fit the protocol, so the run was stopped: ${error.message}.`,
      );
    }
  }

  private handle(link: Link, frame: Frame): void {
    if (frame.type === 'bye') this.takeBye(frame.reason);
    else if (frame.type === 'bye-taken') this.release();
    else if (this.failed || this.ended?.byPeer) return;
    else if (frame.type === 'resume') this.takeResume(link, frame.number);
    else if (!link.resumed) throw new FrameError(`A frame of type ${frame.type} came before the resume frame`);
    else if (frame.type === 'data') this.takeData(frame);
    else if (frame.type === 'ack') {
      this.outbox.acknowledge(frame.number);
      this.pump();
    } else if (frame.type === 'ping' || frame.type === 'pong') this.takeSignOfLife(link, frame);
    else throw new FrameError(`A frame of type ${frame.type} came after the verification`);
  }

  private takeResume(link: Link, number: number): void {
    if (link.resumed) throw new FrameError('A second resume frame came on one connection');
    this.outbox.resumeAfter(number);
    link.resumed = true;
    this.acknowledge();
    this.pump();
    this.options.onResumed?.();
  }

  private sayAlive(type: 'ping' | 'pong'): void {
    this.write({ type, number: this.link?.resumed ? this.outbox.sentWhole : 0 });
  }

  /**
   * Frames keep their order. So where the other side has sent more than came before its ping or pong, a frame was lost, and
   * both would wait for ever: a new connection resumes. A lost acknowledgement is repeated.
   */
  private takeSignOfLife(link: Link, frame: Frame & { type: 'ping' | 'pong' }): void {
    if (!this.ended && frame.number > this.received) {
      this.lose(link);
    } else if (frame.type === 'ping') {
      if (this.acknowledged > 0) this.write({ type: 'ack', number: this.acknowledged });
      this.sayAlive('pong');
    }
  }

  private takeData(frame: Frame & { type: 'data' }): void {
    // What is whole already may come again; after our own farewell nobody reads.
    if (frame.number <= this.received || this.ended) return;
    const whole = this.assembler.push(frame, this.received + 1, this.receiveLimit);
    if (whole === undefined) return;
    const message = decodeMessage(whole);
    this.received = frame.number;
    this.inbox.put(message, whole.byteLength, this.receiveLimit);
    this.acknowledge();
  }

  private takeBye(reason: CloseReason): void {
    this.peerSaidBye = true;
    this.write({ type: 'bye-taken' });
    if (this.ended) this.cancelTimer();
    else this.end(reason, true);
    this.waitToRelease(LINGER);
  }

  private acknowledge(): void {
    if (this.received === this.acknowledged || !this.link || !this.inbox.hasRoom) return;
    this.acknowledged = this.received;
    this.write({ type: 'ack', number: this.received });
  }

  private write(frame: Frame): void {
    if (!this.link) return;
    const bytes = encodeFrame(frame);
    this.sentCount += bytes.byteLength;
    this.link.transport.send(bytes);
  }

  private pump(): void {
    const link = this.link;
    if (!link?.resumed || link.byeSent || this.ended?.byPeer) return;
    while (link.transport.bufferedAmount < HIGH_WATER) {
      const frame = this.outbox.nextFrame();
      if (frame === undefined) {
        this.sayBye();
        return;
      }
      this.write(frame);
    }
  }

  /** Ends for what came, and says so to the other side. */
  private fail(message: string): void {
    if (this.ended) {
      this.release();
      return;
    }
    this.failed = true;
    this.end({ code: 'protocol-error', message }, false);
    this.outbox.clear();
    this.inbox.clear();
    this.waitToRelease(FAREWELL_WITHIN);
    this.sayBye();
  }

  private sayBye(): void {
    if (!this.link || !this.ended || this.link.byeSent) return;
    this.link.byeSent = true;
    this.write({ type: 'bye', reason: this.ended.reason });
  }

  private lose(link: Link): void {
    if (this.link !== link) return;
    this.dropLink();
    this.assembler.reset();
    if (this.peerSaidBye) {
      this.release();
      return;
    }
    if (!this.ended) this.keepTrying();
    this.options.onLost?.();
  }

  private end(reason: CloseReason, byPeer: boolean): void {
    this.stop({ reason, byPeer });
    if (byPeer) this.outbox.clear();
    this.options.onEnd?.(reason, byPeer);
  }

  private stop(ended: Ended): void {
    this.ended = ended;
    this.cancelTimer();
    const error = closed(ended);
    this.outbox.refuseWaiting(error);
    this.inbox.refuseReaders(error);
  }

  private waitToRelease(milliseconds: number): void {
    this.cancelTimer = this.clock.after(milliseconds, () => this.release());
  }

  private release(): void {
    if (this.released) return;
    this.released = true;
    this.cancelTimer();
    this.dropLink();
    for (const resolve of this.releaseWaiters.splice(0)) resolve();
    this.options.onReleased?.();
  }

  private dropLink(): void {
    const link = this.link;
    this.link = undefined;
    link?.watchdog.stop();
    link?.transport.close();
  }
}
