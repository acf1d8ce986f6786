/** The queue of a linkage unit behind the server of its page: who proves that they know the token may have runs compared on it. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Channel } from '../channel/channel.ts';
import { SocketTransport } from '../channel/socket-transport.ts';
import { QUEUE_PATH } from '../linking/queue-messages.ts';
import { newQueueToken, proveAsServer, readQueueToken } from '../linking/queue-proof.ts';
import { addressWords, type QueueAddress } from '../queue/address.ts';
import { countWorkers } from '../queue/count-workers.ts';
import { serveUnitRun } from './unit-run.ts';

/** Bytes of a frame of the channel, and some more. */
const MAX_FRAME_BYTES = 64 * 1024;
/** How long a page may take to prove that it knows the token, milliseconds. */
const PROVE_WITHIN_MS = 5_000;
/** Connections at a time that have proved nothing yet. One more ends the oldest of them, so that nobody without the token keeps out who has it. */
const MAX_UNPROVED = 64;
/** Pages at a time that know the token. */
const MAX_PAGES = 16;

/** Whether a socket was asked for by a page of this server: browsers say so, and no script can change it. */
function isOwnPage({ headers: { origin, host } }: IncomingMessage): boolean {
  if (origin === undefined || host === undefined) return false;
  const [page, server] = [origin, `http://${host}`];
  return URL.canParse(page) && URL.canParse(server) && new URL(page).hostname === new URL(server).hostname;
}

export class UnitQueue {
  /** Where the server hands its sockets over. */
  readonly path = `/${QUEUE_PATH}`;
  /** What the person copies to the page. */
  readonly token = newQueueToken();
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false });
  readonly #ending = new AbortController();
  readonly #serving = new Set<Promise<void>>();
  /** The oldest first. */
  readonly #unproved = new Set<WebSocket>();
  #pages = 0;

  readonly #address: QueueAddress;

  constructor(address: QueueAddress) {
    this.#address = address;
  }

  /** The queue, as messages write it. */
  get name(): string {
    return addressWords(this.#address);
  }

  /** Takes a socket of this path, or refuses it. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (!isOwnPage(request) || this.#ending.signal.aborted) {
      socket.destroy();
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (client: WebSocket) => {
      const serving = this.#serve(client).finally(() => this.#serving.delete(serving));
      this.#serving.add(serving);
    });
  }

  /** Ends all runs; resolves when their CLKs are out of the queue. */
  async close(): Promise<void> {
    this.#ending.abort(new Error('The server with the queue was stopped.'));
    for (const client of this.#sockets.clients) client.terminate();
    await Promise.all(this.#serving);
    this.#sockets.close();
  }

  async #serve(client: WebSocket): Promise<void> {
    const channel = await this.#proved(client);
    if (!channel) return;
    if (this.#pages >= MAX_PAGES) {
      await channel.close({ code: 'declined', message: `${MAX_PAGES} pages use this queue already. Close one.` });
      return;
    }
    this.#pages++;
    try {
      if (await this.#welcome(channel)) await serveUnitRun(channel, this.#address, this.#ending.signal);
    } finally {
      this.#pages--;
    }
  }

  /** The page's channel, once it has proved that it knows the token; undefined where it does not, or takes long. */
  async #proved(client: WebSocket): Promise<Channel | undefined> {
    const [oldest] = this.#unproved;
    if (this.#unproved.size >= MAX_UNPROVED) oldest?.terminate();
    this.#unproved.add(client);
    const late = setTimeout(() => client.terminate(), PROVE_WITHIN_MS);
    try {
      return await proveAsServer(new SocketTransport(client), readQueueToken(this.token));
    } finally {
      clearTimeout(late);
      this.#unproved.delete(client);
    }
  }

  /** Says that there is a queue, and how many workers wait there. @returns whether it can be used */
  async #welcome(channel: Channel): Promise<boolean> {
    try {
      const workers = await countWorkers(this.#address);
      await channel.send({ kind: 'ready', body: { workers }, blobs: [] });
      return true;
    } catch (error) {
      await channel.close({ code: 'declined', message: error instanceof Error ? error.message : String(error) });
      return false;
    }
  }
}
