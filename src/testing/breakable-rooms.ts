/** Rooms of two pages in one, whose connections and sockets a test can break from outside. For tests in a browser. */
import { inject } from 'vitest';
import type { Channel } from '../channel/channel.ts';
import { createRoom, openRoom } from '../net/room.ts';
import type { NetConfig, Role, Room } from '../net/room-api.ts';

export const [port, otherPort] = inject('signallingPorts');
export const base = 'http://localhost/app/';
export const config: NetConfig = {
  signalling: { host: '127.0.0.1', port, path: '/signal', secure: false },
  iceServers: [],
  reconnectSeconds: 30,
  maxMessageBytes: 16 * 1024 * 1024,
};
export const atSwappingServer = { ...config, signalling: { ...config.signalling, port: inject('swappingPort') } };
export const atOtherServer: NetConfig = { ...config, signalling: { ...config.signalling, port: otherPort } };

const rooms: Room[] = [];
/** Every RTCPeerConnection made since the last test, to break them from outside. */
export const connections: RTCPeerConnection[] = [];
const Original = globalThis.RTCPeerConnection;
globalThis.RTCPeerConnection = class extends Original {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};

/** Every socket to a signalling server made since the last test. */
export const sockets: WebSocket[] = [];
const OriginalSocket = globalThis.WebSocket;
globalThis.WebSocket = class extends OriginalSocket {
  constructor(address: string | URL, protocols?: string | string[]) {
    super(address, protocols);
    sockets.push(this);
  }
};

export function keep(room: Room): Room {
  rooms.push(room);
  return room;
}

export const create = (role: Role, net = config) => keep(createRoom(role, base, net));
export const open = (room: Room, net = config) => keep(openRoom(new URL(room.link).hash, base, net));

export function until(room: Room, kind: Room['state']['kind']): Promise<Room['state']> {
  return new Promise((resolve) => {
    if (room.state.kind === kind) resolve(room.state);
    room.onStateChange((state) => state.kind === kind && resolve(state));
  });
}

export async function connectedPair(role: Role): Promise<[Channel, Channel, Room, Room]> {
  const creator = create(role);
  const opener = open(creator);
  return [await creator.channel, await opener.channel, creator, opener];
}

export function closeRooms(): void {
  for (const room of rooms.splice(0)) room.close();
  connections.length = 0;
  sockets.length = 0;
}
