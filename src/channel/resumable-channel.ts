/**
 * A reliable message stream that outlives any one connection. Messages are numbered and kept until acknowledged; on a
 * new transport each side says the last message it has whole (`resume`), and the other goes on after it. Nothing
 * depends on timers but noticing that a connection is dead, or stayed away too long.
 */
import type { Channel, CloseReason, Message } from './channel.ts';
import type { ResumableChannelOptions } from './channel-options.ts';
import { type Clock, systemClock } from './clock.ts';
import { closed, type Ended, FAREWELL_WITHIN_MS, FORGED, LINGER_MS, LOST, Release } from './ending.ts';
import { decodeFrame, type Frame, FrameError } from './frames.ts';
import { Inbox } from './inbox.ts';
import { Link } from './link.ts';
import { MessageAssembler } from './message-assembler.ts';
import { encodeMessage } from './message-codec.ts';
import { Outbox, WINDOW_BYTES } from './outbox.ts';
import { HIGH_WATER, type Transport } from './transport.ts';
import { yieldToPage } from './yield-to-page.ts';

/** A producer that fills the window at once yields to the page each time this many bytes are sent. */
const YIELD_BYTES = 2 * 1024 * 1024;

export class ResumableChannel implements Channel {
  readonly #clock: Clock;
  readonly #outbox: Outbox;
  readonly #inbox = new Inbox();
  readonly #assembler = new MessageAssembler();
  #link: Link | undefined;
  #ended: Ended | undefined;
  /** The other side broke the protocol: nothing more is read from it, and nothing but the farewell sent. */
  #failed = false;
  #peerSaidBye = false;
  readonly #release: Release;
  #received = 0;
  #acknowledged = 0;
  #receiveLimit: number;
  #sentCount = 0;
  #sentSinceYield = 0;
  #receivedCount = 0;
  readonly #options: ResumableChannelOptions;

  constructor(options: ResumableChannelOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#outbox = new Outbox(options.windowBytes ?? WINDOW_BYTES);
    this.#receiveLimit = options.maxMessageBytes;
    this.#release = new Release(this.#clock, () => {
      this.#dropLink();
      options.onReleased?.();
    });
  }

  get bytesSent(): number {
    return this.#sentCount;
  }

  get bytesReceived(): number {
    return this.#receivedCount;
  }

  setReceiveLimit(bytes: number): void {
    this.#receiveLimit = bytes;
  }

  async send(message: Message): Promise<void> {
    if (this.#ended) throw closed(this.#ended);
    const bytes = encodeMessage(message);
    const admitted = this.#outbox.offer(bytes);
    this.#pump();
    await admitted;
    this.#pump();
    this.#sentSinceYield += bytes.byteLength;
    if (this.#sentSinceYield >= YIELD_BYTES) {
      this.#sentSinceYield = 0;
      await yieldToPage();
    }
  }

  async receive(): Promise<Message> {
    const message = this.#inbox.take();
    if (message !== undefined) {
      this.#acknowledge();
      return message;
    }
    if (this.#ended) throw closed(this.#ended);
    return this.#inbox.wait();
  }

  close(reason: CloseReason): Promise<void> {
    if (!this.#ended) {
      this.#end(reason, false);
      this.#inbox.clear();
      this.#waitToRelease(FAREWELL_WITHIN_MS);
      this.#pump();
    }
    return this.#release.wait();
  }

  /** While there is no transport, as after a reload: waits `reconnectSeconds`, or as long once more, before anybody is asked. */
  keepTrying(): void {
    if (this.#ended || this.#link) return;
    this.#release.cancel();
    const overdue = this.#options.onOverdue ?? (() => this.giveUp());
    this.#release.after(this.#options.reconnectSeconds * 1000, overdue);
  }

  /** Ends for want of a connection. Where one comes up after all, the other side is told. */
  giveUp(): void {
    void this.close({ code: 'connection-lost', message: LOST });
  }

  /** Ends at once on this side, without a word to the other. */
  abandon(reason: CloseReason): void {
    if (!this.#ended) this.#end(reason, false);
    this.#release.now();
  }

  /** The other page was reloaded and knows nothing of this stream: whoever sends or receives here is told of `next`. */
  supersede(next: Channel): void {
    if (!this.#ended) this.#stop({ reason: { code: 'connection-lost', message: 'superseded' }, byPeer: false, next });
    this.#inbox.clear();
    this.#outbox.clear();
    this.#release.now();
  }

  /** Goes on over a new, verified transport; the one before is closed. */
  attach(transport: Transport): void {
    if (this.#release.done || this.#ended?.byPeer) {
      transport.close();
      return;
    }
    this.#dropLink();
    if (!this.#ended) this.#release.cancel();
    this.#assembler.reset();
    this.#acknowledged = 0;
    const link: Link = new Link(transport, this.#clock, {
      onFrame: (bytes) => this.#link === link && this.#take(link, bytes),
      onDrain: () => this.#link === link && this.#pump(),
      onForged: () => this.#link === link && this.#fail(FORGED),
      onLost: () => this.#lose(link),
      onSilence: () => this.#sayAlive('ping'),
    });
    this.#link = link;
    this.#write({ type: 'resume', number: this.#received });
    if (this.#failed) this.#sayBye();
    link.listen();
  }

  #take(link: Link, bytes: Uint8Array): void {
    this.#receivedCount += bytes.byteLength;
    try {
      this.#handle(link, decodeFrame(bytes));
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.#fail(
        `The other page sent something that does not fit the protocol, so the run was stopped: ${error.message}.`,
      );
    }
  }

  #handle(link: Link, frame: Frame): void {
    if (frame.type === 'bye') this.#takeBye(frame.reason);
    else if (frame.type === 'bye-taken') this.#release.now();
    else if (this.#failed || this.#ended?.byPeer) return;
    else if (frame.type === 'resume') this.#takeResume(link, frame.number);
    else if (!link.resumed) throw new FrameError(`A frame of type ${frame.type} came before the resume frame`);
    else if (frame.type === 'data') this.#takeData(frame);
    else if (frame.type === 'ack') {
      this.#outbox.acknowledge(frame.number);
      this.#pump();
    } else if (frame.type === 'ping' || frame.type === 'pong') this.#takeSignOfLife(link, frame);
    else throw new FrameError(`A frame of type ${frame.type} came after the verification`);
  }

  #takeResume(link: Link, number: number): void {
    if (link.resumed) throw new FrameError('A second resume frame came on one connection');
    this.#outbox.resumeAfter(number);
    link.resumed = true;
    this.#acknowledge();
    this.#pump();
    this.#options.onResumed?.();
  }

  #sayAlive(type: 'ping' | 'pong'): void {
    this.#write({ type, number: this.#link?.resumed ? this.#outbox.sentWhole : 0 });
  }

  /**
   * Frames keep their order. So where the other side has sent more than came before its ping or pong, a frame was lost, and
   * both would wait for ever: a new connection resumes. A lost acknowledgement is repeated.
   */
  #takeSignOfLife(link: Link, frame: Frame & { type: 'ping' | 'pong' }): void {
    if (!this.#ended && frame.number > this.#received) {
      this.#lose(link);
    } else if (frame.type === 'ping') {
      if (this.#acknowledged > 0) this.#write({ type: 'ack', number: this.#acknowledged });
      this.#sayAlive('pong');
    }
  }

  #takeData(frame: Frame & { type: 'data' }): void {
    // What is whole already may come again; after our own farewell nobody reads.
    if (frame.number <= this.#received || this.#ended) return;
    const whole = this.#assembler.push(frame, this.#received + 1, this.#receiveLimit);
    if (whole === undefined) return;
    this.#inbox.put(whole, this.#receiveLimit);
    this.#received = frame.number;
    this.#acknowledge();
  }

  #takeBye(reason: CloseReason): void {
    this.#peerSaidBye = true;
    this.#write({ type: 'bye-taken' });
    if (this.#ended) this.#release.cancel();
    else this.#end(reason, true);
    this.#waitToRelease(LINGER_MS);
  }

  #acknowledge(): void {
    if (this.#received === this.#acknowledged || !this.#link || !this.#inbox.hasRoom) return;
    this.#acknowledged = this.#received;
    this.#write({ type: 'ack', number: this.#received });
  }

  #write(frame: Frame): void {
    if (!this.#link) return;
    this.#sentCount += this.#link.write(frame);
  }

  #pump(): void {
    const link = this.#link;
    if (!link?.resumed || link.byeSent || this.#ended?.byPeer) return;
    while (link.bufferedAmount < HIGH_WATER) {
      const frame = this.#outbox.nextFrame();
      if (frame === undefined) {
        this.#sayBye();
        return;
      }
      this.#write(frame);
    }
  }

  /** Ends for what came, and says so to the other side. */
  #fail(message: string): void {
    if (this.#ended) {
      this.#release.now();
      return;
    }
    this.#failed = true;
    this.#end({ code: 'protocol-error', message }, false);
    this.#outbox.clear();
    this.#inbox.clear();
    this.#waitToRelease(FAREWELL_WITHIN_MS);
    this.#sayBye();
  }

  #sayBye(): void {
    if (!this.#link || !this.#ended || this.#link.byeSent) return;
    this.#link.byeSent = true;
    this.#write({ type: 'bye', reason: this.#ended.reason });
  }

  #lose(link: Link): void {
    if (this.#link !== link) return;
    this.#dropLink();
    this.#assembler.reset();
    if (this.#peerSaidBye) {
      this.#release.now();
      return;
    }
    if (!this.#ended) this.keepTrying();
    this.#options.onLost?.();
  }

  #end(reason: CloseReason, byPeer: boolean): void {
    this.#stop({ reason, byPeer });
    if (byPeer) this.#outbox.clear();
    this.#options.onEnd?.(reason, byPeer);
  }

  #stop(ended: Ended): void {
    this.#ended = ended;
    this.#release.cancel();
    const error = closed(ended);
    this.#outbox.refuseWaiting(error);
    this.#inbox.refuseReaders(error);
  }

  #waitToRelease(milliseconds: number): void {
    this.#release.after(milliseconds, () => this.#release.now());
  }

  #dropLink(): void {
    const link = this.#link;
    this.#link = undefined;
    link?.close();
  }
}
