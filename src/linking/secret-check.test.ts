import { expect, it } from 'vitest';
import type { Message } from '../channel/channel.ts';
import { PROJECT, peopleRows, SECRET, testRoom, uploadOf } from '../testing/linking-room.ts';
import { fromUnit, parseMessage } from './messages.ts';
import { type CheckContext, SecretCheck, sameProof } from './secret-check.ts';
import { MAX_CHECKS, SecretChecks } from './secret-checks.ts';

const context: CheckContext = { project: '0'.repeat(32), initiator: 1, responder: 2, round: 1 };

function exchange(first: string, second: string, secondContext = context): { initiator: boolean; responder: boolean } {
  const a = new SecretCheck(first, context, 'initiator');
  const b = new SecretCheck(second, secondContext, 'responder');
  const ofA = a.proofs(b.share);
  const ofB = b.proofs(a.share);
  return { initiator: sameProof(ofB.own, ofA.expected), responder: sameProof(ofA.own, ofB.expected) };
}

it('finds the same secret on both sides', () => {
  for (const secret of ['x', SECRET, 'Größe 名'.repeat(100)]) {
    expect(exchange(secret, secret)).toEqual({ initiator: true, responder: true });
  }
});

it.each([
  ['a blank at the end', `${SECRET} `],
  ['a blank at the start', ` ${SECRET}`],
  ['a capital', SECRET.toUpperCase()],
  ['nothing', ''],
])('finds secrets that differ by %s on both sides', (_, other) => {
  expect(exchange(SECRET, other)).toEqual({ initiator: false, responder: false });
});

it.each([
  ['project', { project: '1'.repeat(32) }],
  ['round', { round: 2 }],
  ['provider', { responder: 3 }],
])('proves nothing about another %s', (_, change) => {
  expect(exchange(SECRET, SECRET, { ...context, ...change })).toEqual({ initiator: false, responder: false });
});

it('makes other shares of one secret each time, so that no share shows a guess right', () => {
  const shares = Array.from({ length: 20 }, () => new SecretCheck(SECRET, context, 'initiator').share);
  expect(new Set(shares.map((share) => Buffer.from(share).toString('hex'))).size).toBe(20);
});

it('does not take one side’s proof, sent back, for the other’s', () => {
  const a = new SecretCheck(SECRET, context, 'initiator');
  const b = new SecretCheck(SECRET, context, 'responder');
  const { own, expected } = a.proofs(b.share);
  expect(sameProof(own, expected)).toBe(false);
  expect(sameProof(new Uint8Array(0), expected)).toBe(false);
});

it('refuses shares that make the same key from every secret', () => {
  const check = new SecretCheck(SECRET, context, 'initiator');
  for (const share of [new Uint8Array(32), new Uint8Array(32).fill(255), new Uint8Array(31), new Uint8Array(0)]) {
    expect(() => check.proofs(share)).toThrow('share');
  }
});

it('lets the linkage unit test no more guesses than a few', () => {
  const sent: Message[] = [];
  const checks = new SecretChecks(2, context.project, (message) => sent.push(message));
  checks.use(SECRET);
  const guess = (round: number) => {
    const { share } = new SecretCheck(`guess ${round}`, { ...context, round }, 'initiator');
    const message = parseMessage(fromUnit, { kind: 'secret-offer', body: { provider: 1, round }, blobs: [share] });
    if (message.kind === 'secret-offer') checks.take(message);
  };
  for (let round = 1; round <= MAX_CHECKS; round++) guess(round);
  expect(sent).toHaveLength(MAX_CHECKS);
  // Neither does a secret that was taken back and given again.
  checks.use(SECRET);
  expect(() => guess(MAX_CHECKS + 1)).toThrow('more than');
  expect(sent).toHaveLength(MAX_CHECKS);
});

it('tells providers whose secrets differ, before any run, and lets them mend it', async () => {
  const room = testRoom(PROJECT);
  await room.providerIs(2, ({ project }) => project !== undefined);
  const other = `${SECRET} `;
  room.unit.startRun({ threshold: 0.7 });
  await room.providers[0]?.upload(uploadOf(peopleRows(0)), SECRET);
  await room.providers[1]?.upload(uploadOf(peopleRows(1), other), other);
  for (const number of [1, 2]) {
    const { status } = await room.providerIs(number, ({ secrets }) => secrets.get(3 - number) === 'different');
    expect(status?.runs[0]?.stage).toBe('waiting for CLKs');
  }
  const { runs } = await room.unitIs(
    ({ secrets, providers }) => secrets[0]?.state === 'different' && providers.every(({ uploaded }) => uploaded === 1),
  );
  expect(runs[0]?.stage).toBe('waiting for CLKs');
  await room.providers[1]?.withdraw();
  await room.providers[1]?.upload(uploadOf(peopleRows(1)), SECRET);
  const state = await room.unitIs(({ runs }) => runs[0]?.stage === 'completed');
  expect(state.secrets).toEqual([{ providers: [1, 2], state: 'same' }]);
  await room.providerIs(1, ({ secrets }) => secrets.get(2) === 'same');
});

it('tells of three which two differ', async () => {
  const room = testRoom({ ...PROJECT, providers: 3 });
  const secrets = [SECRET, SECRET, 'another'];
  for (const [i, provider] of room.providers.entries()) {
    await room.providerIs(i + 1, ({ project }) => project !== undefined);
    const secret = secrets[i] ?? '';
    await provider.upload(uploadOf(peopleRows(i), secret), secret);
  }
  const { secrets: pairs } = await room.unitIs(
    ({ secrets }) => secrets.length === 3 && secrets.every(({ state }) => state !== 'comparing'),
  );
  const differ = pairs.filter(({ state }) => state === 'different').map(({ providers }) => providers);
  expect(differ).toEqual([
    [1, 3],
    [2, 3],
  ]);
});
