/** The rooms' public face: two pages find each other by a link, prove they hold its secret, and get a `Channel`. */
import type { Channel } from '../channel/channel.ts';

export type Role = 'researcher' | 'owner';

export const otherRole = (role: Role): Role => (role === 'owner' ? 'researcher' : 'owner');

/** `public/config.json`, parsed by a schema before use. */
export interface NetConfig {
  /** Signalling server. Undefined host/port: the host that served the page. */
  readonly signalling: {
    readonly host?: string;
    readonly port?: number;
    readonly path: string;
    readonly secure?: boolean;
  };
  readonly iceServers: readonly RTCIceServer[];
  /** `relay`: connections go through a TURN server of `iceServers` only, so that the two pages do not learn each other's address. */
  readonly iceTransportPolicy?: RTCIceTransportPolicy;
  /** Seconds a lost connection is retried before the person is asked whether to go on; in a linkage room, before it ends. */
  readonly reconnectSeconds: number;
  /** Largest message accepted, bytes. */
  readonly maxMessageBytes: number;
  /** Origins of Anonlink entity services that pages may connect to. */
  readonly entityService?: readonly string[];
}

export type RoomState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'connecting' }
  /** Verified: both sides proved knowledge of the link's secret, bound to both DTLS fingerprints. */
  | { readonly kind: 'connected'; readonly code: readonly string[] }
  /** Overdue: not back after `reconnectSeconds`. The page goes on trying and wants to know whether it should. */
  | { readonly kind: 'reconnecting'; readonly since: number; readonly overdue: boolean }
  | { readonly kind: 'ended'; readonly message: string };

/** What a reloaded page needs to come back into its room. Secret: whoever has it can take this page's place. */
export interface RoomPass {
  readonly role: Role;
  /** True where this page waits in the room, false where it dials. */
  readonly host: boolean;
  readonly secret: Uint8Array;
  /** Since the two pages have met: what ties their later connections to the first, and the words of that. */
  readonly met?: {
    readonly binding: { readonly peer: Uint8Array; readonly id: Uint8Array; readonly key: Uint8Array };
    readonly code: readonly string[];
  };
}

export interface Room {
  /** The role of the person on this page. */
  readonly role: Role;
  /** The link for the other person, with the one-time secret in its fragment. */
  readonly link: string;
  readonly state: RoomState;
  onStateChange(listener: (state: RoomState) => void): () => void;
  /** Resolves with the verified channel; rejects when verification fails or the room is closed. */
  readonly channel: Promise<Channel>;
  /** Answers an overdue reconnection: wait as long once more. */
  keepTrying(): void;
  /** Answers an overdue reconnection: end. The other side is told if a connection comes up soon. */
  giveUp(): void;
  /** Bytes on the wire since this page is loaded. */
  readonly traffic: { readonly bytesSent: number; readonly bytesReceived: number };
  /** For a page that is reloaded. Another once the room is connected. */
  readonly pass: RoomPass;
  close(): void;
}

/** Makes a room and waits in it. `base` is the page's address without fragment. */
export type CreateRoom = (role: Role, base: string, config: NetConfig) => Room;
/** Enters a room by the fragment of an opened link; throws when the fragment is no room link. */
export type OpenRoom = (fragment: string, base: string, config: NetConfig) => Room;
/** Comes back into a room after a reload of the page; the other page's channel ends with `ChannelRestarted`. */
export type ReturnToRoom = (pass: RoomPass, base: string, config: NetConfig) => Room;
