/**
 * Frames: what one `RTCDataChannel.send` carries, after the verification sealed (`sealed-frame.ts`), at most 64 KiB. Two bytes of every frame are fixed, mark and type;
 * numbers are big-endian. A message travels as data frames in order, each saying how long the whole is and where it
 * belongs, so that a receiver checks everything before it makes room.
 *
 *     data       mark 1 | u32 message number | u32 offset | u32 length of the message | bytes
 *     ack        mark 2 | u32 number of the last message taken
 *     ping       mark 3 | u32 number of the last message sent whole      answered at once by
 *     pong       mark 4 | u32 number of the last message sent whole
 *     resume     mark 5 | u32 number of the last message received whole
 *     bye        mark 6 | MessagePack [code, message]       answered by
 *     bye-taken  mark 7
 *     hello, nonce, proof, refusal: see verification.ts
 */
import { decode, encode } from '@msgpack/msgpack';
import { z } from 'zod';
import { checkedMessage } from '../parsing/checked.ts';
import type { CloseReason } from './channel.ts';
import { FrameError } from './message-codec.ts';
import { SEAL_BYTES } from './sealed-frame.ts';

export { FrameError } from './message-codec.ts';

/** Largest frame, header included, bytes: sealed, it takes 64 KiB. */
export const FRAME_BYTES = 64 * 1024 - SEAL_BYTES;
const DATA_HEADER = 14;
/** Largest part of a message in one frame, bytes. */
export const FRAME_PAYLOAD = FRAME_BYTES - DATA_HEADER;

const MARK = 0xb1;
const DATA = 1;
const ACK = 2;
const PING = 3;
const PONG = 4;
const RESUME = 5;
const BYE = 6;
const BYE_TAKEN = 7;
const HELLO = 16;
const NONCE = 17;
const PROOF = 18;
const REFUSAL = 19;
const MAX_BYE_BYTES = 4096;
const MAX_BYE_TEXT = 500;

/** A part of message `number` (from 1), starting at `offset` of `total` bytes. */
export interface DataFrame {
  readonly type: 'data';
  readonly number: number;
  readonly offset: number;
  readonly total: number;
  readonly bytes: Uint8Array;
}

export type SessionFrame =
  | DataFrame
  | { readonly type: 'ack'; readonly number: number }
  | { readonly type: 'ping' | 'pong'; readonly number: number }
  | { readonly type: 'resume'; readonly number: number }
  | { readonly type: 'bye'; readonly reason: CloseReason }
  | { readonly type: 'bye-taken' };

/** A frame of the verification; its content is checked there. */
export interface VerificationFrame {
  readonly type: 'hello' | 'nonce' | 'proof' | 'refusal';
  readonly bytes: Uint8Array;
}

export type Frame = SessionFrame | VerificationFrame;

const verificationTypes = { hello: HELLO, nonce: NONCE, proof: PROOF, refusal: REFUSAL } as const;

const byeSchema = z.tuple([
  z.enum([
    'finished',
    'cancelled',
    'declined',
    'limit-reached',
    'protocol-error',
    'connection-lost',
    'verification-failed',
  ]),
  z.string().max(MAX_BYE_TEXT),
]);

function withHeader(type: number, content: Uint8Array): Uint8Array {
  const frame = new Uint8Array(2 + content.byteLength);
  frame[0] = MARK;
  frame[1] = type;
  frame.set(content, 2);
  return frame;
}

function withNumber(type: number, number: number): Uint8Array {
  const frame = withHeader(type, new Uint8Array(4));
  new DataView(frame.buffer).setUint32(2, number);
  return frame;
}

function encodeData(frame: DataFrame): Uint8Array {
  const bytes = new Uint8Array(DATA_HEADER + frame.bytes.byteLength);
  const view = new DataView(bytes.buffer);
  bytes[0] = MARK;
  bytes[1] = DATA;
  view.setUint32(2, frame.number);
  view.setUint32(6, frame.offset);
  view.setUint32(10, frame.total);
  bytes.set(frame.bytes, DATA_HEADER);
  return bytes;
}

/** Bytes of a frame. Data frames copy their part of the message. */
export function encodeFrame(frame: Frame): Uint8Array {
  switch (frame.type) {
    case 'data':
      return encodeData(frame);
    case 'ack':
      return withNumber(ACK, frame.number);
    case 'resume':
      return withNumber(RESUME, frame.number);
    case 'ping':
      return withNumber(PING, frame.number);
    case 'pong':
      return withNumber(PONG, frame.number);
    case 'bye-taken':
      return withHeader(BYE_TAKEN, new Uint8Array());
    case 'bye':
      return withHeader(BYE, encode([frame.reason.code, frame.reason.message.slice(0, MAX_BYE_TEXT)]));
    default:
      return withHeader(verificationTypes[frame.type], frame.bytes);
  }
}

function expectLength(name: string, bytes: Uint8Array, length: number): void {
  if (bytes.byteLength !== length) {
    throw new FrameError(`A frame of type ${name} has ${length} bytes, this one has ${bytes.byteLength}`);
  }
}

function decodeBye(content: Uint8Array): CloseReason {
  if (content.byteLength > MAX_BYE_BYTES) throw new FrameError(`Bye frame is larger than ${MAX_BYE_BYTES} bytes`);
  let value: unknown;
  try {
    value = decode(content, { maxStrLength: MAX_BYE_BYTES, maxBinLength: 0, maxArrayLength: 2, maxMapLength: 0 });
  } catch (error) {
    throw new FrameError(`Bye frame is not valid MessagePack: ${error instanceof Error ? error.message : error}`);
  }
  const bye = checkedMessage(byeSchema, value);
  if ('problem' in bye) throw new FrameError('Bye frame holds no known reason');
  const [code, message] = bye.data;
  return { code, message };
}

function decodeData(bytes: Uint8Array, view: DataView): DataFrame {
  if (bytes.byteLength <= DATA_HEADER) throw new FrameError('Data frame carries no bytes');
  return {
    type: 'data',
    number: view.getUint32(2),
    offset: view.getUint32(6),
    total: view.getUint32(10),
    bytes: bytes.subarray(DATA_HEADER),
  };
}

/**
 * The frame in `bytes`, of which data and verification content are views.
 * @throws FrameError when it is too long, too short, unmarked or of unknown type.
 */
export function decodeFrame(bytes: Uint8Array): Frame {
  if (bytes.byteLength > FRAME_BYTES) {
    throw new FrameError(`Frame of ${bytes.byteLength} bytes is larger than ${FRAME_BYTES}`);
  }
  if (bytes.byteLength < 2 || bytes[0] !== MARK) throw new FrameError('Frame does not start with the mark of a frame');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const content = bytes.subarray(2);
  switch (bytes[1]) {
    case DATA:
      return decodeData(bytes, view);
    case ACK:
      expectLength('ack', bytes, 6);
      return { type: 'ack', number: view.getUint32(2) };
    case RESUME:
      expectLength('resume', bytes, 6);
      return { type: 'resume', number: view.getUint32(2) };
    case PING:
      expectLength('ping', bytes, 6);
      return { type: 'ping', number: view.getUint32(2) };
    case PONG:
      expectLength('pong', bytes, 6);
      return { type: 'pong', number: view.getUint32(2) };
    case BYE:
      return { type: 'bye', reason: decodeBye(content) };
    case BYE_TAKEN:
      expectLength('bye-taken', bytes, 2);
      return { type: 'bye-taken' };
    case HELLO:
      return { type: 'hello', bytes: content };
    case NONCE:
      return { type: 'nonce', bytes: content };
    case PROOF:
      return { type: 'proof', bytes: content };
    case REFUSAL:
      return { type: 'refusal', bytes: content };
    default:
      throw new FrameError(`Frame type ${bytes[1]} is not known; are both pages on the same version?`);
  }
}

/** The next frame of message `number` from `offset` on. `largest` bounds the part, bytes. */
export function cutFrame(number: number, message: Uint8Array, offset: number, largest = FRAME_PAYLOAD): DataFrame {
  const bytes = message.subarray(offset, offset + Math.min(largest, FRAME_PAYLOAD));
  return { type: 'data', number, offset, total: message.byteLength, bytes };
}
