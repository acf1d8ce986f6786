/** What reads the bytes of a connection: frames, messages, and the channel over them. */
import { encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { ChannelClosed } from '../../channel/channel.ts';
import type { Clock } from '../../channel/clock.ts';
import { cutFrame, decodeFrame, encodeFrame, FrameError } from '../../channel/frames.ts';
import { MessageAssembler } from '../../channel/message-assembler.ts';
import { decodeMessage, encodeMessage } from '../../channel/message-codec.ts';
import { ResumableChannel } from '../../channel/resumable-channel.ts';
import type { Transport, TransportListener } from '../../channel/transport.ts';
import type { Target } from './fuzzer.ts';
import { hostileBytes, hostileJson, joinRecords, splitRecords } from './inputs.ts';

const LIMIT = 100_000;

/** Bytes of a message. */
export const message = (kind: string, body: unknown, blobs: Uint8Array[] = []) => encodeMessage({ kind, body, blobs });
/** Bytes that count up. */
export const blob = (length: number) => Uint8Array.from({ length }, (_, i) => i);
const messages = [
  message('a', null),
  message('bundle-query', { bundle: 1, attempt: 0 }, [blob(30), blob(0), blob(70)]),
];

/** What a side sends in a short life. */
export const sessionFrames = [
  encodeFrame({ type: 'resume', number: 0 }),
  ...messages.map((whole, i) => encodeFrame(cutFrame(i + 1, whole, 0))),
  encodeFrame({ type: 'ping', number: 0 }),
  encodeFrame({ type: 'ack', number: 0 }),
  encodeFrame({ type: 'bye', reason: { code: 'cancelled', message: 'Enough.' } }),
];
const partFrames = [0, 40, 80].map((offset) => encodeFrame(cutFrame(1, messages[1] as Uint8Array, offset, 40)));

const frames: Target = {
  name: 'frames',
  inputs: hostileBytes([...sessionFrames, ...partFrames]),
  errors: [FrameError],
  read: decodeFrame,
};

const assembler: Target = {
  name: 'messages from frames',
  inputs: hostileBytes([joinRecords(partFrames), joinRecords(sessionFrames)]),
  errors: [FrameError],
  read(input) {
    const parts = new MessageAssembler();
    for (const record of splitRecords(input)) {
      const frame = decodeFrame(record);
      if (frame.type === 'data') parts.push(frame, 1, LIMIT);
    }
  },
};

const headers = [
  ['a', null, []],
  ['bundle-query', { bundle: 1 }, [1, 2, 3]],
];
const hostileHeaders = hostileJson(headers).map((value) => {
  const header = encode(value);
  return Uint8Array.from([0, 0, header.length >> 8, header.length & 255, ...header, 1, 2, 3, 4, 5, 6]);
});

const codec: Target = {
  name: 'messages',
  inputs: fc.oneof(hostileBytes(messages), hostileHeaders),
  errors: [FrameError],
  read: decodeMessage,
};

const stillClock: Clock = { now: () => 0, after: () => () => {} };

/** A connection whose other end is the input. */
class Scripted implements Transport {
  readonly bufferedAmount = 0;
  sent = 0;
  listener: TransportListener | undefined;
  send(): void {
    this.sent++;
  }
  close(): void {
    this.listener = undefined;
  }
  listen(listener: TransportListener): void {
    this.listener = listener;
  }
}

const session: Target = {
  name: 'session',
  inputs: hostileBytes([joinRecords(sessionFrames), joinRecords([sessionFrames[0] as Uint8Array, ...partFrames])]),
  errors: [ChannelClosed],
  async read(input) {
    const own = new ResumableChannel({ reconnectSeconds: 1, maxMessageBytes: LIMIT, clock: stillClock });
    const transport = new Scripted();
    own.attach(transport);
    const records = splitRecords(input);
    for (const record of records) transport.listener?.onFrame(record);
    if (transport.sent > 2 * records.length + 3) throw new Error(`${transport.sent} frames went back`);
    own.abandon({ code: 'cancelled', message: 'Enough.' });
    for (;;) await own.receive();
  },
};

export const channelTargets: readonly Target[] = [frames, assembler, codec, session];
