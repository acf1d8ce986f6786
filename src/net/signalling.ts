import { bytesToHex, randomBytes } from '@noble/hashes/utils.js';
import { type DataConnection, Peer } from 'peerjs';
import { message, t } from '../words/translate.ts';
import { isRelay } from './config.ts';
import { DataChannelTransport } from './data-channel-transport.ts';
import type { NetConfig } from './room-api.ts';

/** Why no connection came about: kinds that mean different things to do. */
export type ProblemKind = 'no-webrtc' | 'unreachable' | 'absent' | 'no-path';

const sentences: Record<Exclude<ProblemKind, 'no-path'>, string> = {
  'no-webrtc': message(
    'This browser cannot connect to another page (WebRTC is missing or switched off). Use a current Chrome, Edge, Firefox or Safari, or ask whoever manages this computer.',
  ),
  unreachable: message(
    'The signalling server, which brings the two pages together, cannot be reached. Check that you are online and that your network allows WebSockets to this site.',
  ),
  absent: message(
    'The other page is not open. Ask them to keep it open, or to make a new room and send its link if they closed or reloaded it.',
  ),
};

/** What network people can do, with the ports: both computers' firewalls, or a relay that both reach. */
function noPathSentence({ iceServers, iceTransportPolicy }: NetConfig): string {
  const relays = iceServers.flatMap(({ urls }) => urls).filter(isRelay);
  const values = { relays: relays.join(', ') };
  const none = t('The two computers found no network path to each other.');
  const ask =
    relays.length === 0
      ? t(
          'Ask your network people to let the two computers exchange UDP packets directly (ports 1024 to 65535, browsers choose new ones each time); or ask whoever hosts this page to set up a TURN server that both networks reach, by UDP and TCP port 3478 or by TLS port 443 (“iceServers” in config.json).',
        )
      : iceTransportPolicy === 'relay'
        ? t(
            'Ask your network people to let both computers open connections to the TURN server of this page ({{relays}}). If they do already, whoever hosts this page should check the address and password in config.json.',
            values,
          )
        : t(
            'Ask your network people to let both computers open connections to the TURN server of this page ({{relays}}), or to let the two computers exchange UDP packets directly (ports 1024 to 65535, browsers choose new ones each time). If they do already, whoever hosts this page should check the address and password in config.json.',
            values,
          );
  return `${none} ${ask}`;
}

export class ConnectProblem extends Error {
  override readonly name = 'ConnectProblem';
  constructor(
    readonly kind: ProblemKind,
    config: NetConfig,
  ) {
    super(kind === 'no-path' ? noPathSentence(config) : t(sentences[kind]));
  }
}

const OPEN_WITHIN_MS = 15_000;
const RETRY_FIRST = 500;
const RETRY_MOST = 5_000;
const TRIES_AT_START = 5;

function openPeer(id: string, config: NetConfig): Peer {
  const { host, port, path, secure } = config.signalling;
  const encrypted = secure ?? (host === undefined && location.protocol === 'https:');
  const ownPort = location.port === '' ? undefined : Number(location.port);
  return new Peer(id, {
    host: host ?? location.hostname,
    port: port ?? (host === undefined ? ownPort : undefined) ?? (encrypted ? 443 : 80),
    path,
    secure: encrypted,
    config: { iceServers: [...config.iceServers], iceTransportPolicy: config.iceTransportPolicy ?? 'all' },
    debug: 0,
  });
}

/** Milliseconds before try number `tries` (from 0). */
export function retryDelay(tries: number): number {
  return Math.min(RETRY_MOST, RETRY_FIRST * 2 ** Math.min(tries, 10));
}

/** Stays registered under a room's id and hands over the connections that come. */
export class Host {
  #peer: Peer | undefined;
  readonly #connections = new Set<DataConnection>();
  #tries = 0;
  #opened = false;
  #closed = false;

  readonly #id: string;
  readonly #config: NetConfig;
  readonly #onConnection: (connection: DataConnection) => void;
  readonly #onProblem: (problem: ConnectProblem) => void;

  constructor(
    id: string,
    config: NetConfig,
    onConnection: (connection: DataConnection) => void,
    onProblem: (problem: ConnectProblem) => void,
  ) {
    this.#id = id;
    this.#config = config;
    this.#onConnection = onConnection;
    this.#onProblem = onProblem;
    this.#register();
  }

  /** Is not found any more; connections that stand are not touched by that. */
  leave(): void {
    this.#closed = true;
    this.#peer?.disconnect();
  }

  close(): void {
    this.#closed = true;
    // PeerJS would pass over every second connection of a page, and stumble when that opens after all.
    for (const connection of this.#connections) connection.close();
    this.#peer?.destroy();
  }

  /** Registers over a new socket: the one there is may be dead. A dialler's offer waits at the server meanwhile. */
  renew(): void {
    this.#peer?.disconnect();
  }

  #register(): void {
    const peer = openPeer(this.#id, this.#config);
    this.#peer = peer;
    peer.on('connection', (connection) => {
      this.#connections.add(connection);
      connection.once('close', () => this.#connections.delete(connection));
      this.#onConnection(connection);
    });
    peer.on('open', () => {
      this.#opened = true;
      this.#tries = 0;
    });
    peer.on('disconnected', () => this.#retry());
    peer.on('close', () => this.#retry());
    peer.on('error', (error) => {
      if (error.type === 'browser-incompatible') this.#fail('no-webrtc');
    });
  }

  /** Registers again; connections that stand are not touched by that. */
  #retry(): void {
    const peer = this.#peer;
    if (this.#closed) return;
    if (!this.#opened && this.#tries >= TRIES_AT_START) {
      this.#fail('unreachable');
      return;
    }
    setTimeout(
      () => {
        if (this.#closed || this.#peer !== peer) return;
        if (peer?.destroyed) this.#register();
        else if (peer?.disconnected) peer.reconnect();
      },
      retryDelay(this.#tries++),
    );
  }

  #fail(kind: ProblemKind): void {
    this.close();
    this.#onProblem(new ConnectProblem(kind, this.#config));
  }
}

/** Dials a room's id from an id of its own, a new one whenever the signalling server had been lost. */
export class Dialler {
  #peer: Peer | undefined;

  readonly #roomId: string;
  readonly #config: NetConfig;

  constructor(roomId: string, config: NetConfig) {
    this.#roomId = roomId;
    this.#config = config;
  }

  close(): void {
    this.#peer?.destroy();
    this.#peer = undefined;
  }

  /**
   * One try.
   * @throws ConnectProblem saying what stood in the way.
   */
  async dial(): Promise<DataChannelTransport> {
    const peer = await this.#ready();
    return new Promise((resolve, reject) => {
      const connection = peer.connect(this.#roomId, { reliable: true, serialization: 'raw' });
      const transport = new DataChannelTransport(connection);
      const timer = setTimeout(() => fail('no-path'), OPEN_WITHIN_MS);
      const onPeerError = (error: { type: string }) => {
        if (error.type === 'peer-unavailable') fail('absent');
        else if (error.type !== 'webrtc') fail('unreachable');
      };
      const settle = () => {
        clearTimeout(timer);
        peer.off('error', onPeerError);
      };
      const fail = (kind: ProblemKind) => {
        settle();
        connection.close();
        // The socket may be dead without a sign of it, after a sleep or a change of network.
        if (kind !== 'absent') this.close();
        reject(new ConnectProblem(kind, this.#config));
      };
      peer.on('error', onPeerError);
      connection.once('error', () => fail('no-path'));
      connection.once('open', () => {
        settle();
        resolve(transport);
      });
    });
  }

  async #ready(): Promise<Peer> {
    if (this.#peer?.open) return this.#peer;
    this.#peer?.destroy();
    const peer = openPeer(`blindjoin-guest-${bytesToHex(randomBytes(16))}`, this.#config);
    this.#peer = peer;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail('unreachable'), OPEN_WITHIN_MS);
      const fail = (kind: ProblemKind) => {
        clearTimeout(timer);
        peer.destroy();
        reject(new ConnectProblem(kind, this.#config));
      };
      peer.once('open', () => {
        clearTimeout(timer);
        resolve(peer);
      });
      peer.once('error', (error) => fail(error.type === 'browser-incompatible' ? 'no-webrtc' : 'unreachable'));
    });
  }
}
