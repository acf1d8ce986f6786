/** In every browser that pages run in: nobody gets in between two pages by adding fingerprints to their descriptions. */
import { afterEach, expect, inject, it } from 'vitest';
import { ADDED_LINES } from '../testing/added-lines.ts';
import { createRoom, openRoom } from './room.ts';
import type { NetConfig, Room } from './room-api.ts';

const port = inject('addingPort');
const base = 'http://localhost/app/';
const config: NetConfig = {
  signalling: { host: '127.0.0.1', port, path: '/signal', secure: false },
  iceServers: [],
  reconnectSeconds: 30,
  maxMessageBytes: 16 * 1024 * 1024,
};

/** True for hello, nonce, proof and refusal, which tell nothing to who lacks the link's secret. */
const ofVerification = (frame: string) =>
  frame.charCodeAt(0) === 0xb1 && frame.charCodeAt(1) >= 16 && frame.charCodeAt(1) < 20;

const rooms: Room[] = [];
/** Descriptions and connections that the browser itself refused. */
let failed = 0;
const Original = globalThis.RTCPeerConnection;
globalThis.RTCPeerConnection = class extends Original {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    this.addEventListener('connectionstatechange', () => {
      if (this.connectionState === 'failed') failed++;
    });
  }

  // As PeerJS calls it.
  override setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    const set = super.setRemoteDescription(description);
    set.catch(() => failed++);
    return set;
  }
};

const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}/${path}`)).json();

afterEach(() => {
  for (const room of rooms.splice(0)) room.close();
  failed = 0;
});

it.each(Object.keys(ADDED_LINES))('somebody in the middle who adds %s is refused', async (variant) => {
  expect(await ask(`variant?${encodeURIComponent(variant)}`)).toBe(true);
  const creator = createRoom('owner', base, config);
  const opener = openRoom(new URL(creator.link).hash, base, config);
  rooms.push(creator, opener);
  const states: string[] = [];
  for (const room of rooms) room.onStateChange(({ kind }) => states.push(kind));
  const over = () => rooms.some(({ state }) => state.kind === 'ended') || failed > 0 || states.includes('connected');
  await expect.poll(over, { timeout: 40_000 }).toBe(true);
  expect(states).not.toContain('connected');
  for (const { state } of rooms) {
    if (state.kind === 'ended') expect(state.message).toMatch(/Somebody may be listening in between|no network path/);
  }
  const seen: string[] = await ask('seen');
  expect(seen.filter((frame) => !ofVerification(frame))).toEqual([]);
});
