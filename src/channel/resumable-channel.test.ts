import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { against, connected, finished, options, StillClock, settle, text } from '../testing/channel-pairs.ts';
import { ChannelClosed } from './channel.ts';
import { encodeFrame, type Frame } from './frames.ts';
import { MemoryTransport, memoryChannelPair } from './memory-channel.ts';
import { encodeMessage } from './message-codec.ts';
import { WINDOW_BYTES } from './outbox.ts';
import { ResumableChannel } from './resumable-channel.ts';

describe('session', () => {
  it('carries messages both ways in order', async () => {
    const [left, right] = memoryChannelPair();
    const blob = Uint8Array.from({ length: 200_000 }, (_, i) => i % 251);
    await left.send({ kind: 'first', body: { a: [1, 'ü', null] }, blobs: [blob, new Uint8Array()] });
    await left.send(text(2));
    await right.send(text(3));
    const first = await right.receive();
    expect(first.body).toEqual({ a: [1, 'ü', null] });
    expect(first.blobs[0]).toEqual(blob);
    expect(first.blobs[0]).not.toBe(blob);
    expect((await right.receive()).body).toBe(2);
    expect((await left.receive()).body).toBe(3);
    expect(left.bytesSent).toBeGreaterThan(200_000);
    expect(right.bytesReceived).toBe(left.bytesSent);
  });

  it('gives both sides the same messages whatever breaks when', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(60), { maxLength: 12 }),
        fc.array(fc.nat(200_000), { maxLength: 12 }),
        fc.array(fc.nat(200_000), { maxLength: 12 }),
        async (budgets, there, back) => {
          let transports: [MemoryTransport, MemoryTransport] | undefined;
          const remaining = [...budgets];
          const connect = () => {
            let budget = remaining.shift() ?? Number.POSITIVE_INFINITY;
            transports = MemoryTransport.pair(() => budget-- > 0);
            left.attach(transports[0]);
            right.attach(transports[1]);
          };
          let wanted = false;
          const onLost = () => {
            if (wanted) return;
            wanted = true;
            queueMicrotask(() => {
              wanted = false;
              // The other side has taken the farewell and gone; its receipt was lost.
              if (released) void clock.advance(600_000);
              else connect();
            });
          };
          let released = false;
          const onReleased = () => {
            released = true;
          };
          const clock = new StillClock();
          const left = new ResumableChannel(options({ onLost, onReleased, clock }));
          const right = new ResumableChannel(options({ onLost, onReleased, clock }));
          connect();
          const send = async (from: ResumableChannel, sizes: number[]) => {
            for (const [i, size] of sizes.entries()) {
              await from.send({ kind: 'part', body: i, blobs: [new Uint8Array(size).fill(i)] });
            }
          };
          const expectAll = async (at: ResumableChannel, sizes: number[]) => {
            for (const [i, size] of sizes.entries()) {
              const { body, blobs } = await at.receive();
              expect([body, blobs[0]?.length, blobs[0]?.at(-1)]).toEqual([i, size, size ? i : undefined]);
            }
          };
          await Promise.all([send(left, there), send(right, back), expectAll(right, there), expectAll(left, back)]);
          const ended = expect(right.receive()).rejects.toMatchObject({ reason: finished, byPeer: true });
          await left.close(finished);
          await ended;
        },
      ),
      { numRuns: 60 },
    );
  });

  it('makes the sender wait while the window is full', async () => {
    const { session, theirs } = await against([{ type: 'resume', number: 0 }]);
    const half = { kind: 'half', body: null, blobs: [new Uint8Array(WINDOW_BYTES * 0.6)] };
    await session.send(half);
    const admitted = vi.fn();
    const second = session.send(half).then(admitted);
    await settle();
    expect(admitted).not.toHaveBeenCalled();
    theirs.send(encodeFrame({ type: 'ack', number: 1 }));
    await second;
  });

  it('does not acknowledge what nobody reads beyond the inbox', async () => {
    const { left, right } = connected();
    const blob = new Uint8Array(8 * 1024 * 1024);
    let sent = 0;
    const sending = (async () => {
      for (; sent < 20; sent++) await left.send({ kind: 'x', body: null, blobs: [blob] });
    })();
    for (let i = 0; i < 50; i++) await settle();
    expect(sent).toBeLessThan(13);
    for (let i = 0; i < 20; i++) await right.receive();
    await sending;
  });

  it('delivers what was queued before a close, then the reason', async () => {
    const { left, right } = connected();
    await left.send(text(1));
    await left.send(text(2));
    await left.close(finished);
    expect((await right.receive()).body).toBe(1);
    expect((await right.receive()).body).toBe(2);
    await expect(right.receive()).rejects.toMatchObject({ name: 'ChannelClosed', reason: finished, byPeer: true });
    await expect(right.send(text(3))).rejects.toBeInstanceOf(ChannelClosed);
    await expect(left.receive()).rejects.toMatchObject({ reason: finished, byPeer: false });
    await left.close(finished);
  });

  it('wakes readers and senders that wait when either side closes', async () => {
    const { left, right } = connected();
    const reading = [left.receive(), right.receive()].map((promise) => promise.catch((error: unknown) => error));
    await right.close({ code: 'declined', message: 'No.' });
    const [atLeft, atRight] = await Promise.all(reading);
    expect(atLeft).toMatchObject({ reason: { code: 'declined', message: 'No.' }, byPeer: true });
    expect(atRight).toMatchObject({ byPeer: false });
  });

  it('both closing at once ends both', async () => {
    const { left, right } = connected();
    await Promise.all([left.close(finished), right.close({ code: 'cancelled', message: 'Stop.' })]);
  });

  it('ends after the time to reconnect, and says what to do', async () => {
    const clock = new StillClock();
    const onReleased = vi.fn();
    const { left, transports } = connected({ clock, onReleased });
    await settle();
    const reading = left.receive();
    transports[0].break();
    await clock.advance(59_000);
    expect(onReleased).not.toHaveBeenCalled();
    const refused = expect(reading).rejects.toMatchObject({ reason: { code: 'connection-lost' }, byPeer: false });
    await clock.advance(1_000);
    await refused;
    await clock.advance(600_000);
    expect(onReleased).toHaveBeenCalledTimes(2);
  });

  it('asks when the connection stays away, waits on when told to, and goes on where it was', async () => {
    const clock = new StillClock();
    const onOverdue = vi.fn();
    const { left, right, transports } = connected({ clock, onOverdue });
    await left.send(text(1));
    await settle();
    transports[0].break();
    await left.send(text(2));
    await clock.advance(60_000);
    expect(onOverdue).toHaveBeenCalledTimes(2);
    left.keepTrying();
    await clock.advance(59_999);
    expect(onOverdue).toHaveBeenCalledTimes(2);
    await clock.advance(1);
    expect(onOverdue).toHaveBeenCalledTimes(3);
    const [there, back] = MemoryTransport.pair();
    left.attach(there);
    right.attach(back);
    expect((await right.receive()).body).toBe(1);
    expect((await right.receive()).body).toBe(2);
    await clock.advance(600_000);
    expect(onOverdue).toHaveBeenCalledTimes(3);
  });

  it('whoever gives up while the line is down tells the other once it is back', async () => {
    const clock = new StillClock();
    const onReleased = vi.fn();
    const { left, right, transports } = connected({ clock, onOverdue: () => {}, onReleased });
    await settle();
    transports[0].break();
    await clock.advance(60_000);
    left.giveUp();
    await expect(left.receive()).rejects.toMatchObject({ reason: { code: 'connection-lost' }, byPeer: false });
    await clock.advance(500_000);
    const [there, back] = MemoryTransport.pair();
    left.attach(there);
    right.attach(back);
    await expect(right.receive()).rejects.toMatchObject({ reason: { code: 'connection-lost' }, byPeer: true });
    await clock.advance(10_000);
    expect(onReleased).toHaveBeenCalledTimes(2);
  });

  it('gives up a silent connection after unanswered pings, not an idle one', async () => {
    const clock = new StillClock();
    const onLost = vi.fn();
    connected({ clock, onLost });
    await clock.advance(600_000);
    expect(onLost).not.toHaveBeenCalled();
    const { session } = await against([{ type: 'resume', number: 0 }], { clock, onLost });
    await clock.advance(20_000);
    expect(onLost).not.toHaveBeenCalled();
    await clock.advance(20_000);
    expect(onLost).toHaveBeenCalledOnce();
    const [mine, theirs] = MemoryTransport.pair();
    session.attach(mine);
    theirs.send(encodeFrame({ type: 'resume', number: 0 }));
    await settle();
    expect(session.bytesReceived).toBe(12);
  });

  const part = { type: 'data', number: 1, offset: 0, total: 50, bytes: new Uint8Array(10) } as const;
  const resume = { type: 'resume', number: 0 } as const;
  it.each<[string, Frame[], RegExp]>([
    ['data before resume', [part], /before the resume/],
    ['a second resume', [resume, resume], /second resume/],
    ['a resume after what was never sent', [{ type: 'resume', number: 4 }], /has message 4/],
    ['an acknowledgement of what was never sent', [resume, { type: 'ack', number: 1 }], /was acknowledged/],
    ['a message too large', [resume, { ...part, total: 1e9 }], /at most 100000000/],
    ['a message skipped', [resume, { ...part, number: 2 }], /message 2 came where message 1/],
    ['garbage for a message', [resume, { ...part, total: 10 }], /header/],
    [
      'a proof after the verification',
      [resume, { type: 'proof', bytes: new Uint8Array(32) }],
      /after the verification/,
    ],
  ])('ends on %s, telling both sides', async (_name, frames, pattern) => {
    const { session, seen } = await against(frames);
    await expect(session.receive()).rejects.toMatchObject({
      reason: { code: 'protocol-error', message: expect.stringMatching(pattern) },
      byPeer: false,
    });
    expect(seen.at(-1)).toMatchObject({ type: 'bye', reason: { code: 'protocol-error' } });
  });

  it('takes back no acknowledgement, and goes on after none that was taken back', async () => {
    const next = MemoryTransport.pair();
    for (const again of [{ type: 'ack', number: 1 } as const, { type: 'resume', number: 1 } as const]) {
      const { session, theirs, seen } = await against([resume]);
      for (let i = 0; i < 3; i++) await session.send(text(i));
      theirs.send(encodeFrame({ type: 'ack', number: 2 }));
      await settle();
      const [mine, other] = again.type === 'ack' ? [undefined, theirs] : next;
      if (mine) session.attach(mine);
      other.send(encodeFrame(again));
      await expect(session.receive()).rejects.toMatchObject({ reason: { code: 'protocol-error' }, byPeer: false });
      expect(seen.filter(({ type }) => type === 'data')).toHaveLength(3);
    }
  });

  it('reads nothing more from a page that broke a rule, and lets nothing more leave for it', async () => {
    const whole = encodeMessage(text(1));
    const data = { type: 'data', number: 1, offset: 0, total: whole.length, bytes: whole } as const;
    const { session, theirs, seen } = await against([resume, data]);
    const part = new Uint8Array(WINDOW_BYTES / 2);
    await session.send({ kind: 'long', body: null, blobs: [part] });
    const before = seen.filter(({ type }) => type === 'data').length;
    theirs.send(encodeFrame(resume));
    theirs.send(encodeFrame({ ...data, number: 2 }));
    theirs.send(encodeFrame({ type: 'ping', number: 2 }));
    for (let i = 0; i < 20; i++) await settle();
    // The message that had come was not read before, and is not any more.
    await expect(session.receive()).rejects.toMatchObject({ reason: { code: 'protocol-error' } });
    expect(seen.at(-1)).toMatchObject({ type: 'bye' });
    expect(seen.filter(({ type }) => type === 'data').length).toBeLessThanOrEqual(before);
  });

  it('notices by the next sign of life that a frame has vanished, and wants another connection', async () => {
    const onLost = vi.fn();
    const { theirs, session } = await against([resume, { type: 'ping', number: 1 }], { onLost });
    expect(onLost).toHaveBeenCalledOnce();
    expect(session.bytesReceived).toBeGreaterThan(0);
    theirs.close();
    const other = await against([resume, { type: 'pong', number: 0 }, { type: 'ping', number: 0 }], { onLost });
    expect(onLost).toHaveBeenCalledOnce();
    expect(other.seen.at(-1)).toEqual({ type: 'pong', number: 0 });
  });

  it('says again what it has taken when asked whether it lives', async () => {
    const whole = encodeMessage(text(1));
    const data = { type: 'data', number: 1, offset: 0, total: whole.length, bytes: whole } as const;
    const { seen } = await against([resume, data, { type: 'ping', number: 1 }]);
    expect(seen.filter(({ type }) => type === 'ack')).toEqual([
      { type: 'ack', number: 1 },
      { type: 'ack', number: 1 },
    ]);
  });

  it('a lower receive limit counts from the next message on', async () => {
    const { left, right } = connected();
    right.setReceiveLimit(1000);
    await left.send(text(1));
    await right.receive();
    await left.send({ kind: 'big', body: null, blobs: [new Uint8Array(2000)] });
    await expect(left.receive()).rejects.toMatchObject({ reason: { code: 'protocol-error' }, byPeer: true });
  });
});
