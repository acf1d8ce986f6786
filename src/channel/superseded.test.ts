import { describe, expect, it } from 'vitest';
import { connected, options, StillClock, settle, text } from '../testing/channel-pairs.ts';
import { ChannelRestarted } from './channel.ts';
import { ResumableChannel } from './resumable-channel.ts';

describe('a reload of the other page', () => {
  it('sends whoever reads or writes on to the stream that follows, and loses what had not been read', async () => {
    const { left } = connected();
    const next = new ResumableChannel(options());
    const waiting = left.receive();
    left.supersede(next);
    await expect(waiting).rejects.toMatchObject({ name: 'ChannelRestarted', next });
    await expect(left.send(text(1))).rejects.toThrow(ChannelRestarted);
    const unread = connected();
    await unread.right.send(text(2));
    await settle();
    unread.left.supersede(next);
    await expect(unread.left.receive()).rejects.toThrow(ChannelRestarted);
  });

  it('whose page does not find its way back in time ends', async () => {
    const clock = new StillClock();
    const session = new ResumableChannel(options({ clock }));
    session.keepTrying();
    const waiting = session.receive();
    void clock.advance(60_000);
    await expect(waiting).rejects.toMatchObject({ reason: { code: 'connection-lost' } });
  });
});
