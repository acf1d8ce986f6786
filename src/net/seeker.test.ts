import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseNetConfig } from './config.ts';
import type { DataChannelTransport } from './data-channel-transport.ts';
import { DialSeeker, HostSeeker } from './seeker.ts';
import { ConnectProblem, type Dialler, type Host, type ProblemKind } from './signalling.ts';
import { VerificationError } from './verification-error.ts';

const problem = (kind: ProblemKind) => new ConnectProblem(kind, parseNetConfig({}));
const elapse = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

describe('whoever waits', () => {
  function waiting() {
    const host = { renew: vi.fn(), leave: vi.fn(), close: vi.fn() };
    const missed = { connection: vi.fn(() => true), alone: vi.fn(() => true) };
    return { host, missed, seeker: new HostSeeker(host as unknown as Host, missed) };
  }

  it('registers anew every 15 seconds while a connection is missed, however often that is asked for', async () => {
    const { host, missed, seeker } = waiting();
    void seeker.seek();
    void seeker.seek();
    await elapse(14_000);
    expect(host.renew).not.toHaveBeenCalled();
    await elapse(2_000);
    expect(host.renew).toHaveBeenCalledOnce();
    await elapse(15_000);
    expect(host.renew).toHaveBeenCalledTimes(2);
    missed.connection.mockReturnValue(false);
    await elapse(60_000);
    expect(host.renew).toHaveBeenCalledTimes(2);
    // And again when it breaks once more.
    missed.connection.mockReturnValue(true);
    void seeker.seek();
    await elapse(16_000);
    expect(host.renew).toHaveBeenCalledTimes(3);
  });

  it('does not while somebody is being verified', async () => {
    const { host, missed, seeker } = waiting();
    missed.alone.mockReturnValue(false);
    void seeker.seek();
    await elapse(40_000);
    expect(host.renew).not.toHaveBeenCalled();
  });

  it('is not found any more once it leaves, and closes when last words have had their time', async () => {
    const { host, seeker } = waiting();
    void seeker.seek();
    seeker.leave();
    expect(host.leave).toHaveBeenCalledOnce();
    await elapse(1_000);
    expect(host.close).not.toHaveBeenCalled();
    await elapse(1_100);
    expect(host.close).toHaveBeenCalledOnce();
    await elapse(60_000);
    expect(host.renew.mock.calls.length).toBeLessThanOrEqual(1);
  });
});

describe('whoever dials', () => {
  function dialling({ patient = false, known = false } = {}) {
    const dialler = { dial: vi.fn<() => Promise<DataChannelTransport>>(), close: vi.fn() };
    const room = { verify: vi.fn(async () => {}), refuse: vi.fn(), known: vi.fn(() => known) };
    return { dialler, room, seeker: new DialSeeker(dialler as unknown as Dialler, patient, room) };
  }

  it.each([
    ['no-webrtc', 1],
    ['absent', 3],
    ['unreachable', 4],
    ['no-path', 2],
  ] as const)('says that it is %s after the tries that this deserves, and goes on', async (kind, tries) => {
    const { dialler, room, seeker } = dialling();
    dialler.dial.mockRejectedValue(problem(kind));
    const triesWhenTold: number[] = [];
    room.refuse.mockImplementation(() => triesWhenTold.push(dialler.dial.mock.calls.length));
    void seeker.seek();
    await elapse(20_000);
    expect(room.refuse).toHaveBeenCalledWith(expect.objectContaining({ kind }));
    expect(triesWhenTold[0]).toBe(tries);
    seeker.leave();
    await elapse(10_000);
    const { length } = dialler.dial.mock.calls;
    await elapse(60_000);
    expect(dialler.dial).toHaveBeenCalledTimes(length);
    expect(dialler.close).toHaveBeenCalledOnce();
  });

  it('takes the first try at once, and the next ones further and further apart', async () => {
    const { dialler, room, seeker } = dialling();
    dialler.dial.mockRejectedValue(problem('absent'));
    void seeker.seek();
    void seeker.seek();
    await elapse(0);
    expect(dialler.dial).toHaveBeenCalledTimes(1);
    await elapse(499);
    expect(dialler.dial).toHaveBeenCalledTimes(1);
    await elapse(2);
    expect(dialler.dial).toHaveBeenCalledTimes(2);
    expect(room.refuse).not.toHaveBeenCalled();
    await elapse(1_000);
    expect(room.refuse).toHaveBeenCalledOnce();
    seeker.leave();
  });

  it('looks for somebody who is absent as long as it takes, where it is patient or has met them', async () => {
    for (const kind of [{ patient: true }, { known: true }]) {
      const { dialler, room, seeker } = dialling(kind);
      dialler.dial.mockRejectedValue(problem('absent'));
      void seeker.seek();
      await elapse(120_000);
      expect(dialler.dial.mock.calls.length).toBeGreaterThan(20);
      expect(room.refuse).not.toHaveBeenCalled();
      seeker.leave();
    }
  });

  it('ends its search with a connection that is verified, and with one that is refused', async () => {
    const { dialler, room, seeker } = dialling();
    dialler.dial.mockResolvedValue({} as DataChannelTransport);
    void seeker.seek();
    await elapse(60_000);
    expect(dialler.dial).toHaveBeenCalledOnce();
    expect(room.verify).toHaveBeenCalledOnce();
    const refused = new VerificationError('failed', false);
    room.verify.mockRejectedValue(refused);
    void seeker.seek();
    await elapse(60_000);
    expect(dialler.dial).toHaveBeenCalledTimes(2);
    expect(room.refuse).toHaveBeenCalledExactlyOnceWith(refused);
  });

  it('waits before it dials again where the connection broke, unless both sides had spoken on it', async () => {
    const { dialler, seeker } = dialling();
    dialler.dial.mockResolvedValue({} as DataChannelTransport);
    await seeker.seek();
    void seeker.seek();
    await elapse(0);
    expect(dialler.dial).toHaveBeenCalledTimes(1);
    await elapse(501);
    expect(dialler.dial).toHaveBeenCalledTimes(2);
    seeker.found();
    void seeker.seek();
    await elapse(0);
    expect(dialler.dial).toHaveBeenCalledTimes(3);
  });
});
