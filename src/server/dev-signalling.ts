import { Server } from 'node:http';
import express from 'express';
import type { Plugin } from 'vite';
import { signallingServer } from './signalling-server.ts';

/** Signalling inside `vite dev`, so that rooms work there as they do under `npm start`. Tests bring a server of their own. */
export function devSignalling(): Plugin {
  return {
    name: 'blindjoin-dev-signalling',
    apply: (_config, { command }) => command === 'serve' && process.env.VITEST === undefined,
    configureServer({ httpServer }) {
      // PeerServer listens for sockets once it is mounted.
      if (httpServer instanceof Server) express().use(asHandler(signallingServer(httpServer, '/signal', 'leave').app));
    },
  };
}

function asHandler(app: ReturnType<typeof signallingServer>['app']): express.Express {
  return app as unknown as express.Express;
}
