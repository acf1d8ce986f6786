import { expect, it } from 'vitest';
import { INBOX_BYTES, Inbox } from './inbox.ts';
import { encodeMessage } from './message-codec.ts';
import { costOf, Outbox, WINDOW_BYTES } from './outbox.ts';

const short = encodeMessage({ kind: 'n', body: 1, blobs: [] });

it('a flood of short messages that nobody reads is refused by what they take here, not by their bytes alone', () => {
  const inbox = new Inbox();
  const most = (INBOX_BYTES + 2 * WINDOW_BYTES) / 2048;
  const flood = () => {
    for (let sent = 0; sent < most; sent++) inbox.put(short, 1000);
  };
  expect(flood).toThrow('More was sent than had been acknowledged for');
});

it('whoever keeps to the window is not refused, however short the messages', () => {
  const outbox = new Outbox(WINDOW_BYTES);
  const inbox = new Inbox();
  void outbox.offer(short);
  for (let number = 1; inbox.hasRoom; number++) {
    outbox.nextFrame();
    inbox.put(short, short.byteLength);
    outbox.acknowledge(number);
    void outbox.offer(short);
  }
  for (let sent = 0; sent * costOf(short) < WINDOW_BYTES; sent++) {
    outbox.nextFrame();
    inbox.put(short, short.byteLength);
  }
  expect(inbox.hasRoom).toBe(false);
});

it('what is read comes out as it was sent, and makes room', () => {
  const inbox = new Inbox();
  const large = encodeMessage({ kind: 'large', body: null, blobs: [new Uint8Array(INBOX_BYTES + 1)] });
  inbox.put(short, large.byteLength);
  inbox.put(large, large.byteLength);
  expect(inbox.hasRoom).toBe(false);
  expect(inbox.take()).toEqual({ kind: 'n', body: 1, blobs: [] });
  expect(inbox.take()).toMatchObject({ kind: 'large' });
  expect(inbox.take()).toBeUndefined();
  expect(inbox.hasRoom).toBe(true);
});
