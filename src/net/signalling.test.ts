import { expect, it } from 'vitest';
import { parseNetConfig } from './config.ts';
import { ConnectProblem, retryDelay } from './signalling.ts';

const relay = { urls: 'turn:relay.example.org:3478', username: 'u', credential: 'secret' };
const noPath = (config: object) => new ConnectProblem('no-path', parseNetConfig(config)).message;

it('where there is no path, says which ports to ask for, and of a TURN server', () => {
  expect(noPath({})).toMatch(/UDP packets directly \(ports 1024 to 65535.*TURN server.*3478.*443.*iceServers/);
});

it('where a TURN server is configured, names it and keeps its password to itself', () => {
  expect(noPath({ iceServers: [relay] })).toMatch(
    /TURN server of this page \(turn:relay.example.org:3478\), or to let/,
  );
  expect(noPath({ iceServers: [relay] })).not.toContain('secret');
});

it('where everything must go through it, does not ask for a direct path', () => {
  expect(noPath({ iceServers: [relay], iceTransportPolicy: 'relay' })).not.toContain('directly');
});

it('tries come further and further apart, up to a limit', () => {
  const delays = Array.from({ length: 20 }, (_, tries) => retryDelay(tries));
  expect(delays.slice(0, 5)).toEqual([500, 1000, 2000, 4000, 5000]);
  expect(Math.max(...delays)).toBe(5000);
});
