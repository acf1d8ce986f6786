import { afterEach, describe, expect, it } from 'vitest';
import {
  atOtherServer,
  closeRooms,
  config,
  connectedPair,
  connections,
  create,
  open,
  sockets,
  until,
} from '../testing/breakable-rooms.ts';
import type { NetConfig } from './room-api.ts';

afterEach(closeRooms);

/** These wait for the time limits of the network. */
describe('room', () => {
  it('is found again when the sockets to the signalling server died without a sign, as in a sleep', async () => {
    const [left, right] = await connectedPair('owner');
    for (const socket of sockets) {
      socket.onmessage = null;
      socket.onclose = null;
      socket.send = () => {};
    }
    for (const connection of connections) connection.close();
    await left.send({ kind: 'later', body: null, blobs: [] });
    expect((await right.receive()).kind).toBe('later');
  });

  it('says so when nobody is in the room, the signalling server is gone, or there is no path', async () => {
    const elsewhere = create('owner', atOtherServer);
    const lonely = open(elsewhere);
    const unserved = open(elsewhere, { ...config, signalling: { ...config.signalling, port: 9 } });
    const hidden: NetConfig = { ...config, iceTransportPolicy: 'relay' };
    const pathless = open(create('owner', hidden), hidden);
    const uncreated = create('owner', { ...config, signalling: { ...config.signalling, port: 9 } });
    expect(await until(unserved, 'ended')).toMatchObject({ message: expect.stringContaining('signalling server') });
    expect(await until(uncreated, 'ended')).toMatchObject({ message: expect.stringContaining('signalling server') });
    expect(await until(lonely, 'ended')).toMatchObject({
      message: expect.stringContaining('The other page is not open'),
    });
    expect(await until(pathless, 'ended')).toMatchObject({
      message: expect.stringMatching(/no network path.*ports 1024 to 65535.*TURN/),
    });
  });
});
