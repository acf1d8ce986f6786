import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { memoryChannelPair } from '../channel/memory-channel.ts';
import { parseQueueAddress } from '../queue/address.ts';
import { serveUnitRun } from './unit-run.ts';

it('says to the page that no temporary files can be kept, and goes on', async () => {
  vi.stubEnv('TMPDIR', join(tmpdir(), 'blindjoin-missing'));
  const [server, page] = memoryChannelPair();
  const said = expect(page.receive()).rejects.toThrow(/^There is no folder .*blindjoin-missing for temporary files/);
  const run = { threshold: 0.8, providers: 2, bytesPerClk: 8, blocks: false };
  await page.send({ kind: 'run', body: run, blobs: [] });
  await page.send({ kind: 'upload', body: { rows: 1, bytesPerClk: 8 }, blobs: [] });
  await serveUnitRun(server, parseQueueAddress('redis://127.0.0.1:1'), new AbortController().signal);
  await said;
});
