/**
 * One message as bytes: u32 length of the header, header, blobs one after another. The header is MessagePack of
 * `[kind, body, blob lengths]`. Blobs stay outside MessagePack, so that reading them copies nothing.
 */
import { decode, encode } from '@msgpack/msgpack';
import { z } from 'zod';
import { checkedMessage } from '../parsing/checked.ts';
import type { Message } from './channel.ts';

/** A frame or message that breaks the wire format. The message says which rule, for both sides to read. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

const MAX_KIND = 32;
const MAX_BODY_BYTES = 256 * 1024;
const MAX_BLOBS = 10_000;
const MAX_HEADER_BYTES = MAX_BODY_BYTES + 5 * MAX_BLOBS + 64;
const MAX_DEPTH = 32;
const LENGTH_BYTES = 4;

const headerSchema = z.tuple([
  z.string().min(1).max(MAX_KIND),
  z.unknown(),
  z.array(z.int().nonnegative().max(0xffff_ffff)).max(MAX_BLOBS),
]);

const decodeLimits = {
  maxStrLength: MAX_BODY_BYTES,
  maxBinLength: 0,
  maxArrayLength: 65_536,
  maxMapLength: 65_536,
  maxExtLength: 0,
};

function depthWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((part) => depthWithin(part, levels - 1));
}

/**
 * Bytes of a message; what is not set (`undefined`) in an object is left out, as JSON does.
 * @throws RangeError when the kind, the body or the number of blobs is beyond the limits of `Message`.
 */
export function encodeMessage(message: Message): Uint8Array {
  const { kind, body, blobs } = message;
  if (kind.length < 1 || kind.length > MAX_KIND) throw new RangeError(`A message kind has 1 to ${MAX_KIND} characters`);
  if (blobs.length > MAX_BLOBS) throw new RangeError(`A message has at most ${MAX_BLOBS} blobs, not ${blobs.length}`);
  const lengths = blobs.map((blob) => blob.byteLength);
  const header = encode([kind, body, lengths], { ignoreUndefined: true, maxDepth: MAX_DEPTH + 2 });
  if (header.byteLength > MAX_HEADER_BYTES) {
    throw new RangeError(`The body of message "${kind}" is larger than ${MAX_BODY_BYTES} bytes`);
  }
  const total = lengths.reduce((sum, length) => sum + length, LENGTH_BYTES + header.byteLength);
  if (total > 0xffff_ffff) throw new RangeError(`Message "${kind}" is larger than 4 GiB`);
  const bytes = new Uint8Array(total);
  new DataView(bytes.buffer).setUint32(0, header.byteLength);
  bytes.set(header, LENGTH_BYTES);
  let at = LENGTH_BYTES + header.byteLength;
  for (const blob of blobs) {
    bytes.set(blob, at);
    at += blob.byteLength;
  }
  return bytes;
}

function decodeHeader(bytes: Uint8Array): z.infer<typeof headerSchema> {
  let value: unknown;
  try {
    value = decode(bytes, decodeLimits);
  } catch (error) {
    throw new FrameError(`Message header is not valid MessagePack: ${error instanceof Error ? error.message : error}`);
  }
  if (!depthWithin(value, MAX_DEPTH + 1))
    throw new FrameError(`Message body is nested deeper than ${MAX_DEPTH} levels`);
  const header = checkedMessage(headerSchema, value);
  if ('problem' in header) throw new FrameError(`Message header has the wrong shape: ${header.problem}`);
  return header.data;
}

/**
 * The message in `bytes`. Blobs are views into `bytes`, which the caller gives away.
 * @throws FrameError when the bytes are no message: says which rule they break.
 */
export function decodeMessage(bytes: Uint8Array): Message {
  if (bytes.byteLength < LENGTH_BYTES) throw new FrameError(`Message of ${bytes.byteLength} bytes has no header`);
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (headerLength > MAX_HEADER_BYTES) {
    throw new FrameError(`Message header of ${headerLength} bytes is larger than ${MAX_HEADER_BYTES}`);
  }
  const start = LENGTH_BYTES + headerLength;
  if (start > bytes.byteLength) throw new FrameError('Message ends inside its header');
  const [kind, body, lengths] = decodeHeader(bytes.subarray(LENGTH_BYTES, start));
  const total = lengths.reduce((sum, length) => sum + length, start);
  if (total !== bytes.byteLength) {
    throw new FrameError(`Message "${kind}" has ${bytes.byteLength} bytes, its blob lengths say ${total}`);
  }
  let at = start;
  const blobs = lengths.map((length) => {
    const blob = bytes.subarray(at, at + length);
    at += length;
    return blob;
  });
  return { kind, body, blobs };
}
