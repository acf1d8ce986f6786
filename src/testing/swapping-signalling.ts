/**
 * A signalling server in the hands of somebody in the middle, for tests. What a guest sends to a room, session description and
 * all, goes to the page `middle`, and what that page answers goes to the guest as if it came from the room.
 */
import { createServer } from 'node:http';
import express from 'express';
import { signallingServer } from '../server/signalling-server.ts';

const MIDDLE = 'middle';

const server = createServer();
const signalling = signallingServer(server, '/signal');
let room = '';
signalling.app.on('message', (client, sent) => {
  const message: { src: string; dst?: string } = sent;
  if (client.getId() === MIDDLE) message.src = room;
  else if (client.getId().startsWith('blindjoin-guest') && message.dst !== undefined) {
    room = message.dst;
    message.dst = MIDDLE;
  }
});
server.on('request', express().use(signalling.app as unknown as express.Express));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) console.log(`Swapping at http://127.0.0.1:${address.port}/`);
});
