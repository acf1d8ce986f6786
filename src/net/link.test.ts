import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { ConfigError, parseNetConfig } from './config.ts';
import { isRoomFragment, LinkError, newSecret, parseRoomLink, roomId, roomLink } from './link.ts';

describe('room link', () => {
  it('carries role and secret in the fragment only', () => {
    const secret = newSecret();
    expect(secret).toHaveLength(32);
    const link = new URL(roomLink('https://example.org/app/#/old', 'owner', secret));
    expect(link.pathname + link.search).toBe('/app/');
    expect(parseRoomLink(link.hash)).toEqual({ role: 'owner', secret });
    expect(isRoomFragment(link.hash)).toBe(true);
    for (const after of ['.', ')', '%3E', '”', ' '])
      expect(parseRoomLink(`${link.hash}${after}`).secret).toEqual(secret);
  });

  it.each([
    '',
    '#/',
    '#/owner',
    '#/owner?room=abc',
    `#/other?room=${'A'.repeat(43)}`,
    `#/owner?room=${'A'.repeat(44)}`,
    `#/owner?room=${'A'.repeat(42)}B`,
  ])('refuses %s', (fragment) => expect(() => parseRoomLink(fragment)).toThrow(LinkError));

  it('has a secret that nobody can guess: new each time, and no byte of it follows from another', () => {
    const secrets = Array.from({ length: 256 }, newSecret);
    expect(new Set(secrets.map(bytesToHex)).size).toBe(256);
    // 256 random bytes have 162 distinct values on average; fewer than 110, or a secret of fewer than 16, once in 2^60.
    for (const place of secrets[0]?.keys() ?? []) {
      expect(new Set(secrets.map((secret) => secret[place])).size).toBeGreaterThan(110);
    }
    for (const secret of secrets) expect(new Set(secret).size).toBeGreaterThanOrEqual(16);
  });

  it('its room id shows nothing of the secret', () => {
    expect(roomId(new Uint8Array(32))).toMatch(/^blindjoin-[0-9a-f]{32}$/);
    expect(roomId(newSecret())).not.toBe(roomId(newSecret()));
    const secret = newSecret();
    for (let at = 0; at + 4 <= secret.length; at++) {
      expect(roomId(secret)).not.toContain(bytesToHex(secret.subarray(at, at + 4)));
    }
  });
});

describe('configuration', () => {
  it('has defaults without a third party', () => {
    expect(parseNetConfig({})).toEqual({
      signalling: { path: '/signal' },
      iceServers: [],
      reconnectSeconds: 120,
      maxMessageBytes: 64 * 1024 * 1024,
    });
  });

  it('takes servers', () => {
    const value = {
      signalling: { host: 'a.org', port: 9, secure: true },
      iceServers: [
        { urls: ['turn:b.org', 'turns:[::1]:443?transport=tcp'], username: 'u', credential: 'c' },
        { urls: 'stun:c.org:3478' },
      ],
      iceTransportPolicy: 'relay',
    };
    expect(parseNetConfig(value)).toMatchObject({ ...value, signalling: { ...value.signalling, path: '/signal' } });
  });

  it.each([
    { signaling: {} },
    { signalling: { host: 'https://a.org' } },
    { iceServers: [{ urls: 'a.org' }] },
    { iceServers: [{ urls: 'turn:b.org' }] },
    { iceServers: [{ urls: ['turn:b.org?transport=sctp'], username: 'u', credential: 'c' }] },
    { iceTransportPolicy: 'relay', iceServers: [{ urls: 'stun:b.org' }] },
    { reconnectSeconds: '5' },
    null,
  ])('refuses %j and says where', (value) => expect(() => parseNetConfig(value)).toThrow(ConfigError));
});
