/** Rooms over PeerJS: who creates waits under the room's id, who opens the link dials it, again whenever it breaks. */
import { randomBytes } from '@noble/hashes/utils.js';
import type { DataConnection } from 'peerjs';
import { type Channel, ChannelClosed, type CloseReason } from '../channel/channel.ts';
import { ROOM_CLOSED } from '../channel/ending.ts';
import { ResumableChannel } from '../channel/resumable-channel.ts';
import { SealedTransport } from '../channel/sealed-transport.ts';
import { DataChannelTransport } from './data-channel-transport.ts';
import { endWithPage } from './end-with-page.ts';
import { newSecret, parseRoomLink, roomId, roomLink } from './link.ts';
import {
  type CreateRoom,
  type NetConfig,
  type OpenRoom,
  otherRole,
  type ReturnToRoom,
  type Role,
  type Room,
  type RoomPass,
  type RoomState,
} from './room-api.ts';
import { DialSeeker, HostSeeker, type Seeker } from './seeker.ts';
import { type ConnectProblem, Dialler, Host } from './signalling.ts';
import { type Binding, equal, Verification, type Verified } from './verification.ts';
import { VerificationError } from './verification-error.ts';
import { VERIFY_WITHIN_MS, verifyConnection } from './verify-connection.ts';

/** Unverified connections at a time; more are turned away. */
const MAX_UNVERIFIED = 4;
/** How a page enters a room: it waits in it, or dials whoever waits; patient, also while nobody waits yet. */
type Entrance = 'host' | 'dial' | 'dial patiently';

class PeerRoom implements Room {
  readonly link: string;
  readonly channel: Promise<Channel>;
  state: RoomState;
  readonly #listeners = new Set<(state: RoomState) => void>();
  readonly #page = randomBytes(16);
  #session: ResumableChannel;
  /** Bytes of streams that were superseded. */
  #spent = { bytesSent: 0, bytesReceived: 0 };
  #resolveChannel: (channel: Channel) => void = () => {};
  #rejectChannel: (error: Error) => void = () => {};
  #binding: Binding | undefined;
  /** Names the other page as it was last met. */
  #peer: Uint8Array | undefined;
  #code: readonly string[] = [];
  #connected = false;
  /** Why this page ended the room. */
  #farewell: CloseReason | undefined;
  #unverified = 0;
  readonly #seeker: Seeker;

  readonly #secret: Uint8Array;
  readonly #entrance: Entrance;
  readonly #config: NetConfig;
  /** Whether somebody sits here who is asked before a lost connection ends everything. */
  readonly #asks: boolean;

  constructor(
    readonly role: Role,
    secret: Uint8Array,
    entrance: Entrance,
    base: string,
    config: NetConfig,
    asks: boolean,
    pass?: RoomPass,
  ) {
    this.#secret = secret;
    this.#entrance = entrance;
    this.#config = config;
    this.#asks = asks;
    const created = entrance === 'host';
    this.link = roomLink(base, created ? otherRole(role) : role, secret);
    this.state = { kind: created ? 'waiting' : 'connecting' };
    this.channel = new Promise((resolve, reject) => {
      this.#resolveChannel = resolve;
      this.#rejectChannel = reject;
    });
    // Whoever only watches the state need not catch.
    this.channel.catch(() => {});
    this.#session = this.#newSession();
    const met = pass?.met;
    if (met) {
      this.#binding = met.binding;
      this.#code = met.code;
      this.#connected = true;
      this.state = { kind: 'reconnecting', since: Date.now(), overdue: false };
      this.#session.keepTrying();
    }
    const id = roomId(secret);
    if (created) {
      const accept = (connection: DataConnection) => this.#accept(connection);
      const host = new Host(id, config, accept, (problem) => this.#refuse(problem));
      this.#seeker = new HostSeeker(host, {
        connection: () => this.state.kind === 'reconnecting',
        alone: () => this.#unverified === 0,
      });
      if (met) void this.#seeker.seek();
    } else {
      this.#seeker = new DialSeeker(new Dialler(id, config), entrance === 'dial patiently', {
        verify: (transport) => this.#verify(transport),
        refuse: (error) => this.#refuse(error),
        known: () => this.#binding !== undefined,
      });
      void this.#seeker.seek();
    }
  }

  get traffic(): Room['traffic'] {
    const { bytesSent, bytesReceived } = this.#session;
    return { bytesSent: this.#spent.bytesSent + bytesSent, bytesReceived: this.#spent.bytesReceived + bytesReceived };
  }

  get pass(): RoomPass {
    const binding = this.#binding;
    return {
      role: this.role,
      host: this.#entrance === 'host',
      secret: this.#secret,
      ...(binding && this.#connected && { met: { binding, code: this.#code } }),
    };
  }

  /** A stream of messages with the page that is there now. */
  #newSession(): ResumableChannel {
    const { reconnectSeconds, maxMessageBytes } = this.#config;
    const session: ResumableChannel = new ResumableChannel({
      reconnectSeconds,
      maxMessageBytes,
      onResumed: () => this.#session === session && this.#onResumed(),
      onLost: () => this.#session === session && this.#onLost(),
      onOverdue: () => this.#session === session && this.#onOverdue(),
      onEnd: (reason, byPeer) => this.#session === session && this.#onEnd(reason, byPeer),
      onReleased: () => this.#session === session && this.#onReleased(),
    });
    return session;
  }

  onStateChange(listener: (state: RoomState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    const reason = { code: 'cancelled', message: ROOM_CLOSED } as const;
    // Who is verified is told, though it may not have spoken yet.
    if (this.#binding) void this.#session.close(reason);
    else this.#session.abandon(reason);
  }

  keepTrying(): void {
    if (this.state.kind !== 'reconnecting') return;
    this.#session.keepTrying();
    this.#showLost(false);
  }

  giveUp(): void {
    this.#session.giveUp();
  }

  #showLost(overdue: boolean): void {
    const since = this.state.kind === 'reconnecting' ? this.state.since : Date.now();
    this.#setState({ kind: 'reconnecting', since, overdue });
  }

  #setState(state: RoomState): void {
    this.state = state;
    for (const listener of this.#listeners) listener(state);
  }

  #accept(connection: DataConnection): void {
    if (this.#unverified >= MAX_UNVERIFIED || connection.serialization !== 'raw') {
      connection.close();
      return;
    }
    this.#unverified++;
    if (this.state.kind === 'waiting') this.#setState({ kind: 'connecting' });
    let settled = false;
    const settle = () => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      this.#unverified--;
      if (this.state.kind === 'connecting' && !this.#binding) this.#setState({ kind: 'waiting' });
    };
    const timer = setTimeout(() => {
      connection.close();
      settle();
    }, VERIFY_WITHIN_MS);
    const transport = new DataChannelTransport(connection);
    connection.once('error', settle);
    connection.once('open', () => {
      this.#verify(transport)
        .catch((error: unknown) => this.#turnAway(error))
        .finally(settle);
    });
  }

  /** A stranger cannot end a room that has its two pages; before that, a failed proof is a warning to heed. */
  #turnAway(error: unknown): void {
    if (error instanceof VerificationError && error.refusal === 'failed' && !this.#binding) this.#refuse(error);
  }

  /**
   * Verifies an open connection and gives it to the session.
   * @throws as {@link verifyConnection}
   */
  #verify(transport: DataChannelTransport): Promise<void> {
    return verifyConnection(
      transport,
      {
        speaksFirst: this.#entrance !== 'host',
        verification: ({ local, remote }) =>
          new Verification({
            secret: this.#secret,
            role: this.role,
            page: this.#page,
            binding: this.#binding,
            confirmed: this.#connected,
            local,
            remote,
          }),
      },
      (verified) => this.#adopt(verified, transport),
    );
  }

  #adopt(verified: Verified, transport: DataChannelTransport): void {
    if (verified.binding !== this.#binding) this.#code = verified.code;
    this.#binding = verified.binding;
    const reloaded = this.#connected && this.#peer !== undefined && !equal(this.#peer, verified.peer);
    this.#peer = verified.peer;
    if (reloaded) {
      const before = this.#session;
      this.#spent = this.traffic;
      this.#session = this.#newSession();
      before.supersede(this.#session);
      if (this.#farewell) void this.#session.close(this.#farewell);
    }
    // Words of a room that ended are not cut off.
    if (this.#asks) endWithPage(transport, () => this.state.kind === 'connected');
    this.#session.attach(new SealedTransport(transport, verified.frameKeys));
  }

  #onResumed(): void {
    // The first frame after the verification shows that the other side has verified us too.
    this.#connected = true;
    this.#seeker.found();
    if (this.state.kind === 'ended') return;
    this.#setState({ kind: 'connected', code: this.#code });
    this.#resolveChannel(this.#session);
  }

  #onLost(): void {
    if (this.#connected && this.state.kind !== 'ended') this.#showLost(false);
    void this.#seeker.seek();
  }

  #onOverdue(): void {
    if (this.#asks && this.#connected) this.#showLost(true);
    else this.#session.giveUp();
  }

  #onEnd(reason: CloseReason, byPeer: boolean): void {
    if (!byPeer) this.#farewell = reason;
    this.#setState({ kind: 'ended', message: reason.message });
    this.#rejectChannel(new ChannelClosed(reason, byPeer));
  }

  #onReleased(): void {
    this.#seeker.leave();
  }

  #refuse(error: ConnectProblem | VerificationError): void {
    const code = error instanceof VerificationError ? 'verification-failed' : 'connection-lost';
    this.#session.abandon({ code, message: error.message });
  }
}

export const createRoom: CreateRoom = (role, base, config) =>
  new PeerRoom(role, newSecret(), 'host', base, config, true);

export const openRoom: OpenRoom = (fragment, base, config) => {
  const { role, secret } = parseRoomLink(fragment);
  return new PeerRoom(role, secret, 'dial', base, config, true);
};

/** Waits in a room whose secret both pages got from a third: the same room as {@link createRoom} makes. */
export function hostRoom(secret: Uint8Array, base: string, config: NetConfig): Room {
  return new PeerRoom('owner', secret, 'host', base, config, false);
}

/** Dials the page that waits, or will wait, in {@link hostRoom}. */
export function joinRoom(secret: Uint8Array, base: string, config: NetConfig): Room {
  return new PeerRoom('researcher', secret, 'dial patiently', base, config, false);
}

export const returnToRoom: ReturnToRoom = (pass, base, config) =>
  new PeerRoom(pass.role, pass.secret, pass.host ? 'host' : 'dial', base, config, true, pass);
