import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Channel } from '../channel/channel.ts';
import { StageWatch } from './session.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const channelAt = (bytesSent: number, bytesReceived: number) => ({ bytesSent, bytesReceived });
const follow = (watch: StageWatch, channel: ReturnType<typeof channelAt>) =>
  watch.follow(channel as unknown as Channel);

it('each stage has its own seconds and bytes, over all channels, and those of before a reload', () => {
  const spent = { seconds: 100, bytesSent: 1000, bytesReceived: 2000 };
  const watch = new StageWatch({ linkage: spent, table: { seconds: 0, bytesSent: 0, bytesReceived: 0 } });
  const first = channelAt(70, 700);
  follow(watch, first);
  vi.advanceTimersByTime(2_500);
  Object.assign(first, { bytesSent: 90, bytesReceived: 730 });
  expect(watch.total().linkage).toEqual({ seconds: 102.5, bytesSent: 1020, bytesReceived: 2030 });
  // What is asked for twice counts once.
  expect(watch.total().linkage).toEqual({ seconds: 102.5, bytesSent: 1020, bytesReceived: 2030 });

  vi.advanceTimersByTime(1_000);
  Object.assign(first, { bytesSent: 95, bytesReceived: 735 });
  const second = channelAt(5, 50);
  follow(watch, second);
  Object.assign(second, { bytesSent: 6, bytesReceived: 52 });
  watch.enter('table');
  vi.advanceTimersByTime(500);
  Object.assign(second, { bytesSent: 16, bytesReceived: 82 });
  expect(watch.total()).toEqual({
    linkage: { seconds: 103.5, bytesSent: 1026, bytesReceived: 2037 },
    table: { seconds: 0.5, bytesSent: 10, bytesReceived: 30 },
  });
});

it('nothing is spent before there is a channel', () => {
  expect(new StageWatch().total().linkage).toEqual({ seconds: 0, bytesSent: 0, bytesReceived: 0 });
});
