import { describe, expect, it, vi } from 'vitest';
import { type Channel, ChannelClosed } from '../channel/channel.ts';
import { memoryChannelPair } from '../channel/memory-channel.ts';
import { conduct, ProtocolError, type Side } from './conversation.ts';

/** A side that takes one message, and how its end is seen from the other page. */
function sideOf(proceed: (channel: Channel) => Promise<string>) {
  const [mine, theirs] = memoryChannelPair();
  const stop = new AbortController();
  const settle = vi.fn(async () => {});
  const run = () => conduct(mine, stop.signal, async (): Promise<Side<string>> => ({ proceed, settle }));
  const seenThere = () => theirs.receive().catch((error: unknown) => error);
  return { mine, theirs, stop, settle, run, seenThere };
}

const kindOf = async (channel: Channel) => (await channel.receive()).kind;

describe('a side of a run', () => {
  it('ends with what it ends with, and says no farewell of its own', async () => {
    const { run, theirs } = sideOf(kindOf);
    const ended = run();
    await theirs.send({ kind: 'last', body: {}, blobs: [] });
    expect(await ended).toBe('last');
  });

  it.each(['before it begins', 'under way'])('that is cancelled %s tells the other, who reads why', async (when) => {
    const { run, stop, theirs, seenThere } = sideOf(kindOf);
    if (when === 'before it begins') stop.abort();
    const ended = run();
    stop.abort();
    // It would end with this, were it not cancelled.
    await theirs.send({ kind: 'last', body: {}, blobs: [] }).catch(() => {});
    await expect(ended).rejects.toMatchObject({ name: 'ChannelClosed', reason: { code: 'cancelled' }, byPeer: false });
    expect(await seenThere()).toMatchObject({ reason: { code: 'cancelled' }, byPeer: true });
  });

  it('goes on over the next channel once all that it began has settled', async () => {
    const { run, mine, settle } = sideOf(kindOf);
    let settled = () => {};
    settle.mockImplementation(() => new Promise<void>((resolve) => (settled = resolve)));
    const [next, theirs] = memoryChannelPair();
    const received = vi.spyOn(next, 'receive');
    const ended = run();
    mine.supersede(next);
    await expect.poll(() => settle.mock.calls.length).toBe(1);
    expect(received).not.toHaveBeenCalled();
    settled();
    await theirs.send({ kind: 'again', body: {}, blobs: [] });
    expect(await ended).toBe('again');
  });

  it('that is cancelled while the other page is reloaded tells the page that comes back', async () => {
    const { run, mine, settle, stop } = sideOf(kindOf);
    settle.mockImplementation(async () => stop.abort());
    const [next, theirs] = memoryChannelPair();
    const ended = run();
    mine.supersede(next);
    await theirs.send({ kind: 'again', body: {}, blobs: [] }).catch(() => {});
    await expect(ended).rejects.toMatchObject({ reason: { code: 'cancelled' }, byPeer: false });
    await expect(theirs.receive()).rejects.toMatchObject({ reason: { code: 'cancelled' }, byPeer: true });
  });

  it('that the other ends passes that on as it is', async () => {
    const { run, theirs } = sideOf(kindOf);
    const ended = run();
    await theirs.close({ code: 'declined', message: 'No.' });
    const error = await ended.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ChannelClosed);
    expect(error).toMatchObject({ reason: { code: 'declined' }, byPeer: true });
  });

  it('tells the other what was wrong with what came, and of its own faults only that there was one', async () => {
    const wrong = sideOf(async () => Promise.reject(new ProtocolError('the bits came twice')));
    await expect(wrong.run()).rejects.toThrow('the bits came twice');
    expect(await wrong.seenThere()).toMatchObject({
      reason: { code: 'protocol-error', message: 'The run ended with an error: the bits came twice' },
    });
    const cause = new Error('row 7 holds Ada');
    const own = sideOf(async () => Promise.reject(cause));
    await expect(own.run()).rejects.toMatchObject({ name: 'ProtocolError', message: 'row 7 holds Ada', cause });
    expect(String(await own.seenThere())).toContain('could not go on');
    expect(String(await own.seenThere())).not.toContain('Ada');
  });
});
