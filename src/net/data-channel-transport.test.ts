import type { DataConnection } from 'peerjs';
import { expect, it, vi } from 'vitest';
import { DataChannelTransport } from './data-channel-transport.ts';

/** A connection of PeerJS as far as the transport uses it. */
function connectionOf() {
  const listeners = new Map<string, ((data?: unknown) => void)[]>();
  const on = (event: string, listener: (data?: unknown) => void) =>
    listeners.set(event, [...(listeners.get(event) ?? []), listener]);
  const emit = (event: string, data?: unknown) => {
    for (const listener of listeners.get(event) ?? []) listener(data);
  };
  const sent: Uint8Array[] = [];
  const channel = Object.assign(new EventTarget(), {
    readyState: 'open',
    bufferedAmount: 7,
    bufferedAmountLowThreshold: 0,
    send: (frame: Uint8Array) => void sent.push(frame),
  });
  const connection = { on, once: on, close: vi.fn(), dataChannel: channel };
  const transport = new DataChannelTransport(connection as unknown as DataConnection);
  const listener = { onFrame: vi.fn(), onDrain: vi.fn(), onClose: vi.fn() };
  return { transport, connection, channel, emit, sent, listener };
}

const bytes = (n: number) => Uint8Array.of(n).buffer;

it('keeps frames that come before anybody listens, in their order, and cuts off whoever sends too many', () => {
  const { transport, connection, emit, listener } = connectionOf();
  for (let n = 0; n < 64; n++) emit('data', bytes(n));
  expect(connection.close).not.toHaveBeenCalled();
  transport.listen(listener);
  expect(listener.onFrame.mock.calls.map(([frame]) => frame[0])).toEqual([...Array(64).keys()]);
  expect(listener.onClose).not.toHaveBeenCalled();

  const flooded = connectionOf();
  for (let n = 0; n < 200; n++) flooded.emit('data', bytes(n));
  expect(flooded.connection.close).toHaveBeenCalledOnce();
  flooded.transport.listen(flooded.listener);
  expect(flooded.listener.onClose).toHaveBeenCalledOnce();
  expect(flooded.listener.onFrame).toHaveBeenCalledTimes(64);
});

it.each(['text', 12, undefined, { byteLength: 3 }])(
  'makes an empty frame, which is refused, of what is no bytes: %j',
  (data) => {
    const { transport, emit, listener } = connectionOf();
    transport.listen(listener);
    emit('data', data);
    expect(listener.onFrame).toHaveBeenCalledExactlyOnceWith(new Uint8Array());
  },
);

it.each(['close', 'error'])('tells once that it ended (%s), and sends no more', (event) => {
  const { transport, connection, emit, listener, sent } = connectionOf();
  transport.listen(listener);
  transport.send(Uint8Array.of(1));
  emit(event);
  emit('close');
  expect(listener.onClose).toHaveBeenCalledOnce();
  expect(connection.close).toHaveBeenCalledOnce();
  transport.send(Uint8Array.of(2));
  expect(sent).toEqual([Uint8Array.of(1)]);
  expect(transport.bufferedAmount).toBe(0);
});

it('ends where the browser takes no more, and where its channel is closing', () => {
  const full = connectionOf();
  full.transport.listen(full.listener);
  full.channel.send = () => {
    throw new Error('the buffer is full');
  };
  full.transport.send(Uint8Array.of(1));
  expect(full.listener.onClose).toHaveBeenCalledOnce();

  const closing = connectionOf();
  closing.transport.listen(closing.listener);
  closing.emit('open');
  closing.channel.dispatchEvent(new Event('bufferedamountlow'));
  expect(closing.listener.onDrain).toHaveBeenCalledOnce();
  closing.channel.dispatchEvent(new Event('closing'));
  expect(closing.listener.onClose).toHaveBeenCalledOnce();
});

it('says nothing to whoever closed it, and leaves the other side time to read last words', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { transport, connection, emit, listener } = connectionOf();
  transport.listen(listener);
  transport.closeSoon();
  emit('data', bytes(1));
  vi.advanceTimersByTime(900);
  expect(connection.close).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  expect(connection.close).toHaveBeenCalledOnce();
  emit('close');
  expect(listener.onFrame).not.toHaveBeenCalled();
  expect(listener.onClose).not.toHaveBeenCalled();
  vi.useRealTimers();
});
