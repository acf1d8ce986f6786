/** The built app and its signalling from one process on one port. Nothing is logged about who asks for what. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, sep } from 'node:path';
import compression from 'compression';
import express from 'express';
import { readNetConfig } from '../net/config.ts';
import { securityHeaders } from './headers.ts';
import { type SocketTaker, signallingServer } from './signalling-server.ts';

export interface ServerOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Address to listen on; all addresses where not given. */
  readonly host?: string;
  /** Folder of the built app, `config.json` in it. */
  readonly dist: string;
  /** Without it only the signalling has sockets. */
  readonly sockets?: SocketTaker | undefined;
}

export interface RunningServer {
  /** Address for a browser on this machine. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const ONE_YEAR = 'public, max-age=31536000, immutable';

/**
 * Starts serving.
 * @throws Error of Node with code EADDRINUSE when the port is taken; ConfigError when `config.json` is wrong.
 */
export async function startServer({ port, host, dist, sockets }: ServerOptions): Promise<RunningServer> {
  const config = readNetConfig(readFileSync(join(dist, 'config.json'), 'utf8'));
  const app = express();
  const server = createServer(app);
  const signalling = signallingServer(server, config.signalling.path, sockets);
  app.disable('x-powered-by');
  app.use(securityHeaders(config));
  // PeerServer brings an Express of its own, an older one by its types; mounting works across versions.
  app.use(signalling.app as unknown as express.Express);
  app.use(compression());
  app.use(
    express.static(dist, {
      setHeaders(response, path) {
        const hashed = path.includes(`${sep}assets${sep}`);
        response.setHeader('Cache-Control', hashed ? ONE_YEAR : 'no-cache');
      },
    }),
  );
  app.use((_request, response) => {
    response.status(404).type('text').send('Not found.');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, resolve);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  const name = host === undefined || host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return {
    url: `http://${name.includes(':') ? `[${name}]` : name}:${actual}/`,
    port: actual,
    async close() {
      await sockets?.close();
      signalling.close();
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
