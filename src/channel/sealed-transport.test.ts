import { describe, expect, it } from 'vitest';
import { FRAME_BYTES } from './frames.ts';
import { MemoryTransport } from './memory-channel.ts';
import { ResumableChannel } from './resumable-channel.ts';
import { importFrameKey, SEAL_BYTES } from './sealed-frame.ts';
import { type FrameKeys, SealedTransport } from './sealed-transport.ts';
import { HIGH_WATER, LOW_WATER } from './transport.ts';

const A = new Uint8Array(32).fill(1);
const B = new Uint8Array(32).fill(2);
const KEYS: FrameKeys = { send: A, receive: B };
const CROSSED: FrameKeys = { send: B, receive: A };

/** Two ends, and somebody between them who may do as they like with what comes from the left. */
function withMiddle(change: (frame: Uint8Array, number: number) => readonly Uint8Array[], keys: FrameKeys = CROSSED) {
  const [left, toMiddle] = MemoryTransport.pair();
  const [fromMiddle, right] = MemoryTransport.pair();
  const seen: Uint8Array[] = [];
  toMiddle.listen({
    onFrame: (frame) => {
      for (const each of change(frame, seen.push(frame) - 1)) fromMiddle.send(each);
    },
    onDrain: () => {},
    onClose: () => fromMiddle.break(),
  });
  fromMiddle.listen({ onFrame: (frame) => toMiddle.send(frame), onDrain: () => {}, onClose: () => toMiddle.break() });
  return { seen, left: new SealedTransport(left, KEYS), right: new SealedTransport(right, keys) };
}

/** What an end hears. */
function hear(transport: SealedTransport) {
  const heard = { frames: [] as Uint8Array[], forged: 0, closed: 0 };
  transport.listen({
    onFrame: (frame) => heard.frames.push(frame),
    onDrain: () => {},
    onClose: () => heard.closed++,
    onForged: () => heard.forged++,
  });
  return heard;
}

const short = (text: string) => new TextEncoder().encode(text);
const long = (fill: number) => new Uint8Array(FRAME_BYTES).fill(fill);
const untouched = (frame: Uint8Array) => [frame];

it('keys cannot be read out, and do one thing only', async () => {
  for (const use of ['encrypt', 'decrypt'] as const) {
    const key = await importFrameKey(A, use);
    expect([key.extractable, key.usages]).toEqual([false, [use]]);
  }
});

describe('sealed frames', () => {
  it('come out as they went in and in order, whatever their lengths', async () => {
    const { left, right } = withMiddle(untouched);
    const heard = hear(right);
    const frames = [
      short('first'),
      long(1),
      short('after a long one'),
      long(2),
      long(3),
      short('last'),
      new Uint8Array(),
    ];
    for (const frame of frames) left.send(frame);
    await expect.poll(() => heard.frames.length).toBe(frames.length);
    expect(heard.frames.map((frame) => Buffer.from(frame))).toEqual(frames.map((frame) => Buffer.from(frame)));
    expect(heard).toMatchObject({ forged: 0, closed: 0 });
  });

  it('show nothing but their lengths and numbers, and fit 64 KiB', async () => {
    const { left, right, seen } = withMiddle(untouched);
    const heard = hear(right);
    for (let i = 0; i < 3; i++) {
      left.send(short('minimum group size 10'));
      left.send(long(7));
    }
    await expect.poll(() => heard.frames.length).toBe(6);
    expect(Math.max(...seen.map((frame) => frame.byteLength))).toBe(64 * 1024);
    expect(seen.every((frame) => !Buffer.from(frame).includes('minimum'))).toBe(true);
    // The same frame again looks otherwise.
    expect(new Set(seen.map((frame) => String(frame.subarray(7)))).size).toBe(6);
    expect(seen.map((frame) => Buffer.from(frame).readUIntBE(1, 6))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(seen[0]?.byteLength).toBe(21 + SEAL_BYTES);
  });

  it('that were changed in any byte are forged', async () => {
    const length = 5 + SEAL_BYTES;
    for (let at = 0; at < length; at++) {
      const { left, right } = withMiddle((frame) => [frame.with(at, (frame[at] ?? 0) ^ 0x40)]);
      const heard = hear(right);
      left.send(short('frame'));
      await expect.poll(() => heard, { message: `byte ${at}` }).toEqual({ frames: [], forged: 1, closed: 0 });
    }
  });

  it.each<[string, (frame: Uint8Array, number: number) => Uint8Array[]]>([
    ['cut off', (frame) => [frame.subarray(0, -1)]],
    ['cut off within their number', (frame) => [frame.subarray(0, 4)]],
    ['lengthened', (frame) => [Uint8Array.of(...frame, 0)]],
    ['empty', () => [new Uint8Array()]],
    ['not sealed at all', () => [short('in the clear')]],
  ])('that are %s are forged', async (_name, change) => {
    const { left, right } = withMiddle(change);
    const heard = hear(right);
    left.send(short('frame'));
    await expect.poll(() => heard).toEqual({ frames: [], forged: 1, closed: 0 });
  });

  it('that come again are forged', async () => {
    const { left, right } = withMiddle((frame) => [frame, frame]);
    const heard = hear(right);
    left.send(short('once'));
    await expect.poll(() => heard).toMatchObject({ frames: [short('once')], forged: 1 });
  });

  it('that come back to their sender are forged', async () => {
    const [left, middle] = MemoryTransport.pair();
    middle.listen({ onFrame: (frame) => middle.send(frame), onDrain: () => {}, onClose: () => {} });
    const sender = new SealedTransport(left, KEYS);
    const heard = hear(sender);
    sender.send(short('mine'));
    await expect.poll(() => heard).toEqual({ frames: [], forged: 1, closed: 0 });
  });

  it('of another connection are forged', async () => {
    const other = new Uint8Array(32).fill(3);
    const { left, right } = withMiddle(untouched, { send: B, receive: other });
    const heard = hear(right);
    left.send(short('earlier'));
    await expect.poll(() => heard).toEqual({ frames: [], forged: 1, closed: 0 });
  });

  it.each([
    ['left out', (frame: Uint8Array, number: number) => (number === 1 ? [] : [frame])],
    ['put in another order', swapped()],
  ])('of which one is %s end the connection before anything is read out of turn', async (_name, change) => {
    const { left, right } = withMiddle(change);
    const heard = hear(right);
    for (const text of ['0', '1', '2', '3']) left.send(short(text));
    await expect.poll(() => heard).toEqual({ frames: [short('0')], forged: 0, closed: 1 });
  });

  it('are all read before the end of the connection is told', async () => {
    const { left, right } = withMiddle(untouched);
    const heard = hear(right);
    left.send(long(1));
    left.send(short('bye'));
    await expect.poll(() => left.bufferedAmount).toBe(0);
    left.close();
    await expect.poll(() => heard.closed).toBe(1);
    expect(heard.frames).toHaveLength(2);
  });

  it('that are short leave at once where none is ahead of them', () => {
    const [left, right] = MemoryTransport.pair();
    const sent: number[] = [];
    left.send = (frame) => sent.push(frame.byteLength);
    const sender = new SealedTransport(left, KEYS);
    sender.send(short('bye'));
    expect(sent).toEqual([3 + SEAL_BYTES]);
    right.close();
  });

  it('that are being sealed count as buffered, and a drained buffer is told', async () => {
    const { left, right } = withMiddle(untouched);
    let drained = 0;
    const heard = hear(right);
    left.listen({ onFrame: () => {}, onDrain: () => drained++, onClose: () => {} });
    while (left.bufferedAmount < HIGH_WATER) left.send(long(0));
    expect(drained).toBe(0);
    await expect.poll(() => left.bufferedAmount).toBeLessThanOrEqual(LOW_WATER);
    await expect.poll(() => drained).toBeGreaterThan(0);
    await expect.poll(() => heard.frames.length).toBe(Math.ceil(HIGH_WATER / FRAME_BYTES));
  });
});

/** The second and the third frame change places. */
function swapped() {
  let kept: Uint8Array | undefined;
  return (frame: Uint8Array, number: number): Uint8Array[] => {
    if (number === 1) kept = frame;
    if (number === 1) return [];
    return number === 2 && kept ? [frame, kept] : [frame];
  };
}

describe('a session over sealed frames', () => {
  const options = { reconnectSeconds: 30, maxMessageBytes: 1e6 };

  it('ends on both sides where somebody changes a frame, and says what to do', async () => {
    const { left, right } = withMiddle((frame, number) => [number === 2 ? frame.with(9, (frame[9] ?? 0) ^ 1) : frame]);
    const [sender, receiver] = [new ResumableChannel(options), new ResumableChannel(options)];
    sender.attach(left);
    receiver.attach(right);
    await sender.send({ kind: 'first', body: 1, blobs: [] });
    expect((await receiver.receive()).kind).toBe('first');
    void sender.send({ kind: 'second', body: 2, blobs: [] }).catch(() => {});
    await expect(receiver.receive()).rejects.toThrow(/Something was changed on its way.*make a new room/);
    await expect(sender.receive()).rejects.toThrow(/Something was changed on its way/);
  });

  it('goes on over the next connection where a frame was lost', async () => {
    const lossy = withMiddle((frame, number) => (number === 2 ? [] : [frame]));
    const next = withMiddle(untouched);
    const receiver = new ResumableChannel({ ...options, onLost: () => receiver.attach(next.right) });
    const sender = new ResumableChannel({ ...options, onLost: () => sender.attach(next.left) });
    sender.attach(lossy.left);
    receiver.attach(lossy.right);
    for (let i = 0; i < 5; i++) await sender.send({ kind: 'n', body: i, blobs: [] });
    for (let i = 0; i < 5; i++) expect((await receiver.receive()).body).toBe(i);
  });
});
