import { type DataConnection, Peer } from 'peerjs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Channel, Message } from '../channel/channel.ts';
import { ResumableChannel } from '../channel/resumable-channel.ts';
import { SealedTransport } from '../channel/sealed-transport.ts';
import {
  atSwappingServer,
  base,
  closeRooms,
  config,
  connectedPair,
  connections,
  create,
  keep,
  open,
  until,
} from '../testing/breakable-rooms.ts';
import type { DataChannelTransport } from './data-channel-transport.ts';
import { fingerprintOf } from './fingerprint.ts';
import { parseRoomLink, roomId } from './link.ts';
import { openRoom } from './room.ts';
import type { Role, Room } from './room-api.ts';
import { Dialler } from './signalling.ts';
import { Verification, type Verified } from './verification.ts';
import { verifyConnection } from './verify-connection.ts';

function randomBlob(bytes: number): Uint8Array {
  const blob = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(blob.subarray(at, at + 65_536));
  return blob;
}

const fingerprint = async (blob: Uint8Array | undefined) =>
  String(new Uint8Array(await crypto.subtle.digest('SHA-256', (blob ?? new Uint8Array()) as Uint8Array<ArrayBuffer>)));

/** The researcher's page, by hand: dials with the link and the name that it is given, and without any binding. */
async function dialAs(
  { link }: Room,
  page: Uint8Array,
): Promise<{ transport: DataChannelTransport; verified: Verified }> {
  const { secret } = parseRoomLink(new URL(link).hash);
  const transport = await new Dialler(roomId(secret), config).dial();
  const outcome: Verified[] = [];
  const verification = (fingerprints: { local: string; remote: string }) =>
    new Verification({ secret, role: 'researcher', page, ...fingerprints });
  await verifyConnection(transport, { speaksFirst: true, verification }, (verified) => outcome.push(verified));
  return { transport, verified: outcome[0] as Verified };
}

afterEach(closeRooms);

describe('room', () => {
  it.each<Role>(['owner', 'researcher'])('made by the %s connects with the same code on both sides', async (role) => {
    const [left, right, creator, opener] = await connectedPair(role);
    expect(opener.role).not.toBe(role);
    expect(opener.link).toBe(creator.link);
    const [a, b] = [await until(creator, 'connected'), await until(opener, 'connected')];
    expect(a).toEqual(b);
    expect(a).toMatchObject({ code: [expect.any(String), expect.any(String), expect.any(String), expect.any(String)] });
    await left.send({ kind: 'hello', body: { n: 1 }, blobs: [] });
    expect(await right.receive()).toEqual({ kind: 'hello', body: { n: 1 }, blobs: [] });
    await left.close({ code: 'finished', message: 'Done.' });
    await expect(right.receive()).rejects.toMatchObject({ reason: { code: 'finished' }, byPeer: true });
    expect(await until(opener, 'ended')).toMatchObject({ message: 'Done.' });
  });

  it('seals every frame after the verification', async () => {
    const { send } = RTCDataChannel.prototype;
    const marks: number[] = [];
    RTCDataChannel.prototype.send = function (this: RTCDataChannel, data: unknown) {
      marks.push((data as Uint8Array)[0] ?? -1);
      Reflect.apply(send, this, [data]);
    };
    try {
      const [left, right] = await connectedPair('owner');
      for (let i = 0; i < 5; i++) await left.send({ kind: 'n', body: i, blobs: [randomBlob(100_000)] });
      for (let i = 0; i < 5; i++) await right.receive();
      // On either side hello, nonce and proof.
      expect(marks.slice(0, 6)).toEqual(Array(6).fill(0xb1));
      expect(new Set(marks.slice(6))).toEqual(new Set([0xb2]));
    } finally {
      RTCDataChannel.prototype.send = send;
    }
  });

  it('carries 5 MB both ways at once', async () => {
    const channels = await connectedPair('owner');
    const [left, right] = channels;
    const exchange = async (mine: Channel, blob: Uint8Array): Promise<Message> => {
      await mine.send({ kind: 'big', body: null, blobs: [blob, blob.subarray(0, 10)] });
      return mine.receive();
    };
    const blobs = [randomBlob(5_000_000), randomBlob(5_000_000)] as const;
    const [atLeft, atRight] = await Promise.all([exchange(left, blobs[0]), exchange(right, blobs[1])]);
    expect(await fingerprint(atRight.blobs[0])).toBe(await fingerprint(blobs[0]));
    expect(await fingerprint(atLeft.blobs[0])).toBe(await fingerprint(blobs[1]));
    expect(atRight.blobs[1]?.byteLength).toBe(10);
  });

  it('goes on with identical content when the connection breaks in the middle of messages', async () => {
    const [left, right, creator, opener] = await connectedPair('researcher');
    const blobs = Array.from({ length: 12 }, () => randomBlob(2_000_000));
    const codes = [creator.state, opener.state];
    const sending = (async () => {
      for (const [i, blob] of blobs.entries()) await left.send({ kind: 'part', body: i, blobs: [blob] });
    })();
    for (const [i, blob] of blobs.entries()) {
      if (i === 3 || i === 8) for (const connection of connections.splice(0)) connection.close();
      const part = await right.receive();
      expect(part.body).toBe(i);
      expect(await fingerprint(part.blobs[0])).toBe(await fingerprint(blob));
    }
    await sending;
    expect([await until(creator, 'connected'), await until(opener, 'connected')]).toEqual(codes);
  });

  it('works once: a second page with the same link is told so, and the first two go on', async () => {
    const [left, right, creator] = await connectedPair('owner');
    const late = open(creator);
    await expect(late.channel).rejects.toMatchObject({ reason: { code: 'verification-failed' } });
    expect(await until(late, 'ended')).toMatchObject({ message: expect.stringContaining('used already') });
    await left.send({ kind: 'still', body: null, blobs: [] });
    expect((await right.receive()).kind).toBe('still');
  });

  it('takes a page that has spoken only by what the two have agreed on, though another knows link and name of it', async () => {
    const creator = create('owner');
    const page = randomBlob(16);
    // Verified, but lost before it spoke: it has nothing yet but the link, and may come again.
    (await dialAs(creator, page)).transport.close();
    const { transport, verified } = await dialAs(creator, page);
    const session = new ResumableChannel({ reconnectSeconds: 60, maxMessageBytes: 1000 });
    session.attach(new SealedTransport(transport, verified.frameKeys));
    await until(creator, 'connected');
    await expect(dialAs(creator, page)).rejects.toMatchObject({ refusal: 'used', byPeer: true });
    expect(creator.state.kind).toBe('connected');
    session.abandon({ code: 'cancelled', message: 'Done.' });
  });

  it('that was closed is not found any more, and closes every connection that was on its way', async () => {
    const creator = create('owner');
    const id = roomId(parseRoomLink(new URL(creator.link).hash).secret);
    const stranger = new Peer('stranger', { ...config.signalling, config: { iceServers: [] } });
    await new Promise((resolve) => stranger.once('open', resolve));
    const strange = Array.from({ length: 3 }, () => stranger.connect(id, { reliable: true, serialization: 'raw' }));
    const theirs = strange.map(({ peerConnection }) => peerConnection);
    const others = () => connections.filter((each) => !theirs.includes(each));
    await expect.poll(others).toHaveLength(3);
    const ours = others();
    creator.close();
    const late = open(creator);
    const closed = (some: readonly RTCPeerConnection[]) => some.map((each) => each.signalingState === 'closed');
    await expect.poll(() => closed(ours)).toEqual([true, true, true]);
    // The late page's one dial waits for an answer and is not made again meanwhile.
    const dials = () => others().filter((each) => !ours.includes(each));
    await expect.poll(dials).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(closed(dials())).toEqual([false]);
    expect(late.state.kind).toBe('connecting');
    stranger.destroy();
  });

  it('refuses a link with the role changed', async () => {
    const creator = create('owner');
    const wrong = keep(openRoom(new URL(creator.link).hash.replace('researcher', 'owner'), base, config));
    expect(await until(wrong, 'ended')).toMatchObject({ message: expect.stringContaining('same role') });
    await open(creator).channel;
  });

  it('tells both sides when the signalling server swaps session descriptions to sit in the middle', async () => {
    const creator = create('owner', atSwappingServer);
    const id = roomId(parseRoomLink(new URL(creator.link).hash).secret);
    const options = { ...atSwappingServer.signalling, config: { iceServers: [] } };
    const posing = new Peer('middle', options);
    const calling = new Peer('middle-caller', options);
    posing.on('connection', (fromOpener) => {
      const toCreator = calling.connect(id, { reliable: true, serialization: 'raw' });
      const relay = (from: DataConnection, to: DataConnection) => {
        const queue: unknown[] = [];
        to.on('open', () => queue.splice(0).map((data) => to.send(data)));
        from.on('data', (data) => (to.open ? to.send(data) : queue.push(data)));
      };
      relay(fromOpener, toCreator);
      relay(toCreator, fromOpener);
    });
    await Promise.all([posing, calling].map((peer) => new Promise((resolve) => peer.once('open', resolve))));
    const opener = open(creator, atSwappingServer);
    await expect(opener.channel).rejects.toMatchObject({ reason: { code: 'verification-failed' } });
    await expect(creator.channel).rejects.toMatchObject({ reason: { code: 'verification-failed' } });
    // The opener's connection comes first, the creator's last; honest signalling makes one pair of them.
    const [atOpener, atCreator] = [connections[0], connections[3]];
    const seen = fingerprintOf(atOpener?.remoteDescription?.sdp);
    expect(seen).not.toBe(fingerprintOf(atCreator?.localDescription?.sdp));
    expect(seen).toBe(fingerprintOf(connections[1]?.localDescription?.sdp));
    posing.destroy();
    calling.destroy();
  });

  it('moves 40 MB, message by message, while the page gets its turns', async () => {
    const [left, right] = await connectedPair('owner');
    let turns = 0;
    const timer = setInterval(() => turns++, 10);
    const blob = randomBlob(500_000);
    const started = performance.now();
    const sending = (async () => {
      for (let i = 0; i < 80; i++) await left.send({ kind: 'band', body: i, blobs: [blob] });
    })();
    for (let i = 0; i < 80; i++) {
      const { body, blobs } = await right.receive();
      expect(body).toBe(i);
      expect(blobs[0]?.byteLength).toBe(500_000);
    }
    await sending;
    clearInterval(timer);
    console.log(`${(40 / ((performance.now() - started) / 1000)).toFixed(1)} MB/s, ${turns} turns of the page`);
    expect(turns).toBeGreaterThan(10);
  });
});
