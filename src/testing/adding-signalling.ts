/**
 * A signalling server in the hands of somebody in the middle who adds fingerprints, for tests: every connection leads to the
 * middle, see `middle.ts`. `GET variant?NAME` says how it adds them, `GET seen` what passed through.
 */
import { createServer } from 'node:http';
import express from 'express';
import { signallingServer } from '../server/signalling-server.ts';
import { ADDED_LINES } from './added-lines.ts';
import { Middle } from './middle.ts';

interface Signal {
  type: string;
  readonly src: string;
  readonly dst?: string;
  readonly payload?: { readonly sdp?: { readonly sdp: string }; readonly candidate?: RTCIceCandidateInit };
}
interface Client {
  getId(): string;
  send(message: unknown): void;
}

const server = createServer();
const signalling = signallingServer(server, '/signal');
const clients = new Map<string, Client>();
let middle: Promise<Middle> | undefined;
let variant = Object.keys(ADDED_LINES)[0] ?? '';
let ended = false;
/** Signals are taken one after the other. */
let turn: Promise<unknown> = Promise.resolve();

async function take({ type, src, dst = '', payload }: Signal): Promise<void> {
  middle ??= Middle.start();
  const between = await middle;
  const fromOpener = src.startsWith('blindjoin-guest');
  const pass = (sdp: string, kind: string) =>
    clients.get(dst)?.send({ type, src, dst, payload: { ...payload, sdp: { type: kind, sdp } } });
  if (type === 'OFFER') pass(await between.offer(payload?.sdp?.sdp ?? '', variant), 'offer');
  if (type === 'ANSWER') pass(await between.answer(payload?.sdp?.sdp ?? '', variant), 'answer');
  if (type === 'CANDIDATE') await between.candidate(fromOpener ? 'opener' : 'creator', payload?.candidate ?? {});
}

signalling.app.on('connection', (client) => clients.set(client.getId(), client as unknown as Client));
signalling.app.on('message', (_client, sent) => {
  const message = sent as unknown as Signal;
  if (!['OFFER', 'ANSWER', 'CANDIDATE'].includes(message.type)) return;
  const copy = { ...message };
  // The server passes a heartbeat on to nobody.
  message.type = 'HEARTBEAT';
  turn = turn.then(() => take(copy)).catch((error: unknown) => ended || console.error(error));
});

const app = express();
app.use((_request, response, next) => {
  response.set('access-control-allow-origin', '*');
  next();
});
app.get('/variant', (request, response) => {
  variant = decodeURIComponent(request.url.split('?')[1] ?? '');
  response.json(variant in ADDED_LINES);
});
app.get('/seen', async (_request, response) => {
  response.json(await (await middle)?.seen());
});
app.use(signalling.app as unknown as express.Express);
server.on('request', app);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) console.log(`Adding at http://127.0.0.1:${address.port}/`);
});
for (const signal of ['SIGTERM', 'disconnect'] as const) {
  process.on(signal, async () => {
    ended = true;
    await (await middle)?.close();
    process.exit(0);
  });
}
