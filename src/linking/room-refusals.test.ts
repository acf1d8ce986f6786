import { describe, expect, it } from 'vitest';
import type { Message } from '../channel/channel.ts';
import { PROJECT, testRoom } from '../testing/linking-room.ts';

describe('what does not fit ends one connection, in plain words on both sides', () => {
  const upload = { rows: 2, bytesPerClk: 128 };
  const zeros = (bytes: number) => [new Uint8Array(bytes)];
  it.each<[string, Message[], RegExp]>([
    ['an unknown kind', [{ kind: 'result', body: {}, blobs: [] }], /does not belong here/],
    ['a project of somebody else', [{ kind: 'project', body: {}, blobs: zeros(3) }], /Only who made the project/],
    ['no rows', [{ kind: 'upload', body: { ...upload, rows: 0 }, blobs: [] }], /wrong body/],
    ['too many rows', [{ kind: 'upload', body: { ...upload, rows: 1e12 }, blobs: [] }], /wrong body/],
    ['another length of CLK', [{ kind: 'upload', body: { ...upload, bytesPerClk: 64 }, blobs: [] }], /64 bytes/],
    ['blocks without a schema', [{ kind: 'upload', body: { ...upload, blockEntries: 4 }, blobs: [] }], /with blocks/],
    ['CLKs without an upload', [{ kind: 'clks', body: { first: 0 }, blobs: zeros(128) }], /without an upload/],
    [
      'two uploads',
      [
        { kind: 'upload', body: upload, blobs: [] },
        { kind: 'upload', body: upload, blobs: [] },
      ],
      /second time/,
    ],
    [
      'half a CLK',
      [
        { kind: 'upload', body: upload, blobs: [] },
        { kind: 'clks', body: { first: 0 }, blobs: zeros(100) },
      ],
      /not in its place/,
    ],
    [
      'more CLKs than announced',
      [
        { kind: 'upload', body: upload, blobs: [] },
        { kind: 'clks', body: { first: 0 }, blobs: zeros(384) },
      ],
      /not in its place/,
    ],
  ])('%s', async (_, messages, words) => {
    const room = testRoom(PROJECT);
    await room.providerIs(2, ({ project }) => project !== undefined);
    for (const message of messages) await room.channels[1]?.send(message);
    const { ended } = await room.providerIs(2, ({ ended }) => ended !== undefined);
    expect(ended?.message).toMatch(words);
    const { providers } = await room.unitIs(({ providers }) => providers[1]?.presence === 'gone');
    expect(providers[1]?.message).toMatch(words);
    expect(providers[0]?.presence).toBe('here');
  });

  it('words of a page that leaves as words of the other one', async () => {
    const room = testRoom(PROJECT);
    await room.providerIs(2, ({ project }) => project !== undefined);
    await room.channels[1]?.close({ code: 'cancelled', message: 'Open “that” page.' });
    const { providers } = await room.unitIs(({ providers }) => providers[1]?.presence === 'gone');
    expect(providers[1]?.message).toBe("It said: “Open 'that' page.”");
  });

  it('a project that is not the one of the link', async () => {
    const room = testRoom(PROJECT);
    const other = new TextEncoder().encode(JSON.stringify({ ...PROJECT, name: 'another' }));
    await room.unitIs(({ project }) => project !== undefined);
    await room.channels[0]?.send({ kind: 'project', body: {}, blobs: [other] });
    await room.providerIs(1, ({ ended }) => ended?.code === 'protocol-error');
  });
});
