import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { ExpressPeerServer } from 'peer';
import { WebSocket, WebSocketServer } from 'ws';
import { isSignal } from './signal.ts';

/** Largest signalling message, bytes; a session description takes a few thousand. */
const MAX_SIGNALLING_BYTES = 64 * 1024;
/** A tab in the background may send its heartbeat only once a minute, milliseconds. */
const ALIVE_WITHIN_MS = 150_000;

/** Closed at its first message that is none: PeerServer looks up, and writes out, whatever it is told. */
class SignallingSocket extends WebSocket {
  override emit(event: string | symbol, ...given: unknown[]): boolean {
    if (event !== 'message' || isSignal(String(given[0]))) return super.emit(event, ...given);
    this.terminate();
    return false;
  }
}

/** The path that a request asks for; undefined where it is none, such as `//`. */
function pathOf(url: string | undefined): string | undefined {
  const base = 'http://localhost';
  return url !== undefined && URL.canParse(url, base) ? new URL(url, base).pathname : undefined;
}

/** Something that Express, in any version, can mount. */
export type PeerApp = ReturnType<typeof ExpressPeerServer>;

/** Who takes the sockets of a path beside those of the signalling. */
export interface SocketTaker {
  readonly path: string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends what goes over them. */
  close(): Promise<void>;
}

/**
 * PeerServer on `server`, its sockets below `path`. Mount what it returns; it lists and logs nobody.
 * @param others takes the sockets of its path, those of all others are refused; with `leave` they are left to whoever else listens
 */
export function signallingServer(
  server: Server,
  path: string,
  others?: SocketTaker | 'leave',
): { app: PeerApp; close(): void } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_SIGNALLING_BYTES,
    WebSocket: SignallingSocket,
  });
  const app = ExpressPeerServer(server, {
    path,
    allow_discovery: false,
    corsOptions: { origin: false },
    alive_timeout: ALIVE_WITHIN_MS,
    createWebSocketServer: ({ path: socketPath }) => {
      server.on('upgrade', (request, socket, head) => {
        const asked = pathOf(request.url);
        if (asked !== socketPath) {
          if (others === 'leave') return;
          if (others !== undefined && asked === others.path) others.upgrade(request, socket, head);
          else socket.destroy();
          return;
        }
        sockets.handleUpgrade(request, socket, head, (client: WebSocket) =>
          sockets.emit('connection', client, request),
        );
      });
      return sockets;
    },
  });
  app.disable('x-powered-by');
  // Without a listener one malformed socket frame would end the process.
  app.on('error', () => {});
  return {
    app,
    close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}
