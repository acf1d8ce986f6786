import { expect, it } from 'vitest';
import { z } from 'zod';
import { memoryChannelPair } from '../channel/memory-channel.ts';
import { Conversation, type StepSchema } from './conversation.ts';

const step = (kind: string): StepSchema<Record<string, never>> => ({
  kind,
  body: z.strictObject({}),
  blobSizes: () => [4],
});

/** A page that expects, and a channel on which a test says anything. */
function talk() {
  const [mine, theirs] = memoryChannelPair();
  const page = new Conversation(mine, 'hash');
  const say = (kind: string, sequence: number, blobs = [new Uint8Array(4)], session = 'hash') =>
    theirs.send({ kind, body: { session, sequence }, blobs });
  return { page, say };
}

it('messages of the session are taken in their order', async () => {
  const { page, say } = talk();
  await say('keys', 0);
  await say('bits', 1);
  expect((await page.expect(step('keys'))).kind).toBe('keys');
  expect((await page.expect(step('sums'), step('bits'))).kind).toBe('bits');
});

it('a message that comes twice is refused', async () => {
  const { page, say } = talk();
  await say('keys', 0);
  await say('keys', 0);
  await page.expect(step('keys'));
  await expect(page.expect(step('keys'))).rejects.toThrow('is number 0, but number 1 was due');
});

it('a step that is not due is refused', async () => {
  const { page, say } = talk();
  await say('bits', 0);
  await expect(page.expect(step('keys'))).rejects.toThrow('sent "bits" where keys was due');
});

it('a message of another session is refused', async () => {
  const { page, say } = talk();
  await say('keys', 0, [new Uint8Array(4)], 'other');
  await expect(page.expect(step('keys'))).rejects.toThrow('another session');
});

it.each([[[]], [[3]], [[5]], [[4, 4]]])('parts of other sizes than agreed are refused: %j', async (sizes) => {
  const { page, say } = talk();
  await say(
    'keys',
    0,
    sizes.map((size) => new Uint8Array(size)),
  );
  await expect(page.expect(step('keys'))).rejects.toThrow('parts of other sizes');
});

it.each([
  ['names no session', { sequence: 0 }, 'names no session'],
  ['has no number', { session: 'hash' }, 'names no session'],
  ['says more than there is to say', { session: 'hash', sequence: 0, more: 1 }, 'is malformed'],
])('a message that %s is refused', async (_what, body, reason) => {
  const [mine, theirs] = memoryChannelPair();
  const page = new Conversation(mine, 'hash');
  await theirs.send({ kind: 'keys', body, blobs: [new Uint8Array(4)] });
  await expect(page.expect(step('keys'))).rejects.toThrow(reason);
});
