import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeFrame, encodeFrame } from '../channel/frames.ts';
import type { TransportListener } from '../channel/transport.ts';
import type { DataChannelTransport } from './data-channel-transport.ts';
import { newSecret } from './link.ts';
import { refusalFrame, Verification, type Verified } from './verification.ts';
import { VerificationError } from './verification-error.ts';
import { VERIFY_WITHIN_MS, verifyConnection } from './verify-connection.ts';

const secret = newSecret();
const description = (digit: string) => `a=fingerprint:sha-256 ${Array(32).fill(digit.repeat(2)).join(':')}\r\n`;

const MARKS = { researcher: 'A', owner: 'B' } as const;

/** A connection as its end sees it. */
function wireOf(role: keyof typeof MARKS) {
  const sent: Uint8Array[] = [];
  let listener: TransportListener | undefined;
  const state = { closedSoon: false };
  const peerConnection = {
    signalingState: 'stable',
    localDescription: { sdp: description(MARKS[role]) },
    remoteDescription: { sdp: description(MARKS[role === 'owner' ? 'researcher' : 'owner']) },
  };
  const connection: { peerConnection: typeof peerConnection | undefined } = { peerConnection };
  const transport = {
    connection,
    send: (frame: Uint8Array) => sent.push(frame),
    listen: (to: TransportListener) => {
      listener = to;
    },
    closeSoon: () => {
      state.closedSoon = true;
      listener = undefined;
    },
  } as unknown as DataChannelTransport;
  const hear = (frame: Uint8Array) => listener?.onFrame(frame);
  const breakOff = () => listener?.onClose();
  return { transport, connection, peerConnection, state, sent, hear, breakOff };
}

/** One end of a connection, in turns: what is sent there is in `sent` until `pass` brings it over. */
function endOf(role: keyof typeof MARKS) {
  const wire = wireOf(role);
  const onVerified = vi.fn<(verified: Verified) => void>();
  const prover = {
    speaksFirst: role === 'researcher',
    verification: (fingerprints: { local: string; remote: string }) =>
      new Verification({ secret, role, page: new Uint8Array(16).fill(role.length), ...fingerprints }),
  };
  const verify = () =>
    verifyConnection(wire.transport, prover, onVerified).then(
      () => 'verified' as const,
      (error: unknown) => error,
    );
  const types = () => wire.sent.map((frame) => decodeFrame(frame).type);
  return { ...wire, onVerified, verify, types };
}

type End = ReturnType<typeof endOf>;

/** Brings over what either end says, until neither says any more. */
function pass(a: End, b: End): void {
  while (a.sent.length > 0 || b.sent.length > 0) {
    for (const frame of a.sent.splice(0)) b.hear(frame);
    for (const frame of b.sent.splice(0)) a.hear(frame);
  }
}

const turns = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

describe('two ends of one connection', () => {
  it('verify each other: who dialled speaks first, and whoever waits answers only', async () => {
    const [dialler, host] = [endOf('researcher'), endOf('owner')];
    const outcomes = [dialler.verify(), host.verify()];
    await turns();
    expect([dialler.types(), host.types()]).toEqual([['hello'], []]);
    pass(dialler, host);
    expect(dialler.onVerified).toHaveBeenCalledOnce();
    expect(host.onVerified).toHaveBeenCalledOnce();
    const [atDialler, atHost] = [dialler, host].map(({ onVerified }) => onVerified.mock.calls[0]?.[0] as Verified);
    expect(atDialler?.code).toEqual(atHost?.code);
    expect(await Promise.all(outcomes)).toEqual(['verified', 'verified']);
    // The time that a verification may take is over for one that has ended.
    await vi.advanceTimersByTimeAsync(2 * VERIFY_WITHIN_MS);
    expect([dialler.state.closedSoon, host.state.closedSoon, dialler.sent, host.sent]).toEqual([false, false, [], []]);
  });

  it.each([
    ['this end', 'localDescription'],
    ['the other end', 'remoteDescription'],
  ] as const)('say so to each other where a description has another certificate of %s', async (_whose, of) => {
    const [dialler, host] = [endOf('researcher'), endOf('owner')];
    host.peerConnection[of] = { sdp: description('C') };
    const outcomes = [dialler.verify(), host.verify()];
    await turns();
    pass(dialler, host);
    const errors = await Promise.all(outcomes);
    // Their proofs cross, so each finds out by itself.
    for (const error of errors) expect(error).toMatchObject({ refusal: 'failed', byPeer: false });
    expect([dialler.state.closedSoon, host.state.closedSoon]).toEqual([true, true]);
    for (const end of [dialler, host]) expect(end.onVerified).not.toHaveBeenCalled();
  });

  it.each(['localDescription', 'remoteDescription'] as const)(
    'is refused, and nothing else said, where the %s names two certificates',
    async (of) => {
      const dialler = endOf('researcher');
      dialler.peerConnection[of] = { sdp: description('A') + description('B') };
      const outcome = dialler.verify();
      await turns();
      expect(dialler.types()).toEqual(['refusal']);
      expect(dialler.state.closedSoon).toBe(true);
      expect(await outcome).toMatchObject({ refusal: 'failed', byPeer: false });
    },
  );
});

describe('one end', () => {
  it('says nothing before its descriptions are there', async () => {
    const dialler = endOf('researcher');
    dialler.peerConnection.signalingState = 'have-local-offer';
    void dialler.verify();
    await vi.advanceTimersByTimeAsync(500);
    expect(dialler.sent).toEqual([]);
    dialler.peerConnection.signalingState = 'stable';
    await vi.advanceTimersByTimeAsync(50);
    expect(dialler.types()).toEqual(['hello']);
  });

  it.each([
    ['closed', 'closed'],
    ['never described', 'have-local-offer'],
  ])('gives up a connection that is %s before, and says nothing', async (_what, state) => {
    const dialler = endOf('researcher');
    dialler.peerConnection.signalingState = state;
    const outcome = dialler.verify();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(String(await outcome)).toContain('broke before the verification');
    expect(dialler.sent).toEqual([]);
  });

  it('gives up a connection that PeerJS has let go of', async () => {
    const dialler = endOf('researcher');
    dialler.connection.peerConnection = undefined;
    const outcome = dialler.verify();
    await turns();
    expect(String(await outcome)).toContain('broke before the verification');
  });

  it.each([
    ['no frame', Uint8Array.of(1, 2, 3)],
    ['a frame of a run', encodeFrame({ type: 'ping', number: 0 })],
    ['a proof before anything else', encodeFrame({ type: 'proof', bytes: new Uint8Array(32) })],
  ])('refuses %s, and says so', async (_what, frame) => {
    const dialler = endOf('researcher');
    const outcome = dialler.verify();
    await turns();
    dialler.hear(frame);
    expect(dialler.types()).toEqual(['hello', 'refusal']);
    expect(dialler.state.closedSoon).toBe(true);
    expect(await outcome).toMatchObject({ refusal: 'failed', byPeer: false });
    expect(await outcome).toBeInstanceOf(VerificationError);
  });

  it('is told of a refusal, and says nothing back', async () => {
    const dialler = endOf('researcher');
    const outcome = dialler.verify();
    await turns();
    dialler.hear(encodeFrame(refusalFrame('used')));
    expect(await outcome).toMatchObject({ refusal: 'used', byPeer: true });
    expect(dialler.types()).toEqual(['hello']);
    expect(dialler.state.closedSoon).toBe(true);
  });

  it('waits for the other one so long, and no longer', async () => {
    const dialler = endOf('researcher');
    const outcome = dialler.verify();
    await vi.advanceTimersByTimeAsync(VERIFY_WITHIN_MS - 10);
    expect(dialler.state.closedSoon).toBe(false);
    await vi.advanceTimersByTimeAsync(20);
    expect(dialler.state.closedSoon).toBe(true);
    expect(String(await outcome)).toContain('took too long');
  });

  it('ends where the connection breaks under way', async () => {
    const dialler = endOf('researcher');
    const outcome = dialler.verify();
    await turns();
    dialler.breakOff();
    expect(String(await outcome)).toContain('broke during the verification');
    expect(dialler.types()).toEqual(['hello']);
  });
});
