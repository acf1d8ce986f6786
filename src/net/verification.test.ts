import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, it } from 'vitest';
import { PROTOCOL_VERSION } from '../agreement/protocol-version.ts';
import type { VerificationFrame } from '../channel/frames.ts';
import { fingerprintOf } from './fingerprint.ts';
import { newSecret } from './link.ts';
import { equal, Verification, type VerificationOptions, type Verified } from './verification.ts';
import { VerificationError } from './verification-error.ts';

const secret = newSecret();
const fingerprint = (digit: string) =>
  fingerprintOf(`a=fingerprint:sha-256 ${Array(32).fill(digit.repeat(2)).join(':')}\r\n`);
const atResearcher = fingerprint('A');
const atOwner = fingerprint('B');
const page = (n: number) => new Uint8Array(16).fill(n);

const researcher: VerificationOptions = {
  secret,
  role: 'researcher',
  page: page(1),
  local: atResearcher,
  remote: atOwner,
};
const owner: VerificationOptions = { secret, role: 'owner', page: page(2), local: atOwner, remote: atResearcher };

function asFrame(next: VerificationFrame | Verified): VerificationFrame {
  if ('type' in next) return next;
  throw new Error('Verified too early');
}

function asVerified(next: VerificationFrame | Verified): Verified {
  if ('type' in next) throw new Error(`A ${next.type} frame where the outcome was due`);
  return next;
}

/** Runs both sides against each other. */
function run(a: VerificationOptions, b: VerificationOptions): [Verified, Verified] {
  const left = new Verification(a);
  const right = new Verification(b);
  const nonces = [right.take(left.start()), left.take(right.start())].map(asFrame);
  const [fromRight, fromLeft] = nonces as [VerificationFrame, VerificationFrame];
  const proofs = [asFrame(left.take(fromRight)), asFrame(right.take(fromLeft))] as const;
  return [asVerified(left.take(proofs[1])), asVerified(right.take(proofs[0]))];
}

function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof VerificationError) return error.refusal;
    throw error;
  }
  return 'none';
}

describe('verification', () => {
  it('ends with the same four words and the same binding on both sides', () => {
    const [atLeft, atRight] = run(researcher, owner);
    expect(atLeft.code).toHaveLength(4);
    expect(atLeft.code).toEqual(atRight.code);
    expect(atLeft.binding.key).toEqual(atRight.binding.key);
    expect(run(researcher, owner)[0].code).not.toEqual(atLeft.code);
  });

  it('refuses a wrong secret', () => {
    expect(refusal(() => run(researcher, { ...owner, secret: newSecret() }))).toBe('failed');
  });

  it('refuses a connection whose fingerprints differ: somebody sits in the middle', () => {
    expect(refusal(() => run(researcher, { ...owner, remote: fingerprint('C') }))).toBe('failed');
    expect(refusal(() => run({ ...researcher, remote: fingerprint('C') }, owner))).toBe('failed');
    expect(refusal(() => run(researcher, { ...owner, local: atResearcher, remote: atOwner }))).toBe('failed');
  });

  it('refuses two pages of the same role', () => {
    expect(refusal(() => run(researcher, { ...researcher, page: page(2) }))).toBe('same-role');
  });

  it('refuses its own proof sent back', () => {
    const left = new Verification(researcher);
    const right = new Verification(owner);
    const nonce = asFrame(right.take(left.start()));
    left.take(right.start());
    const proof = asFrame(left.take(nonce));
    expect(refusal(() => left.take(proof))).toBe('failed');
  });

  it('refuses a proof from an earlier connection', () => {
    const left = new Verification(researcher);
    const right = new Verification(owner);
    const hello = right.start();
    const nonce = asFrame(right.take(left.start()));
    const proof = asFrame(right.take(asFrame(left.take(hello))));
    const later = new Verification(researcher);
    later.take(hello);
    later.take(nonce);
    expect(refusal(() => later.take(proof))).toBe('failed');
  });

  it('refuses a nonce that is not the one committed to', () => {
    const left = new Verification(researcher);
    left.take(new Verification(owner).start());
    expect(refusal(() => left.take({ type: 'nonce', bytes: new Uint8Array(32) }))).toBe('failed');
  });

  it.each<[string, VerificationFrame['type'], number]>([
    ['a proof first', 'proof', 32],
    ['a nonce first', 'nonce', 32],
  ])('refuses %s', (_name, type, length) => {
    expect(refusal(() => new Verification(researcher).take({ type, bytes: new Uint8Array(length) }))).toBe('failed');
  });

  it.each([1, PROTOCOL_VERSION + 1])('refuses a page of version %i, and says to reload', (version) => {
    const hello = new Verification(owner).start();
    const take = () => new Verification(researcher).take({ ...hello, bytes: hello.bytes.with(0, version) });
    expect(refusal(take)).toBe('version');
    expect(take).toThrow(/different versions of Blindjoin. Reload both pages/);
  });

  it.each([0, 3])('refuses a page of no role (%i)', (role) => {
    const hello = new Verification(owner).start();
    const take = () => new Verification(researcher).take({ ...hello, bytes: hello.bytes.with(1, role) });
    expect(refusal(take)).toBe('failed');
  });

  it('gives a connection frame keys of its own, crossed over', () => {
    const [left, right] = run(researcher, owner);
    expect(left.frameKeys).toEqual({ send: right.frameKeys.receive, receive: right.frameKeys.send });
    expect(left.frameKeys.send).not.toEqual(left.frameKeys.receive);
    const bound = { binding: left.binding, confirmed: true };
    const later = run({ ...researcher, ...bound }, { ...owner, binding: right.binding })[0];
    const again = run({ ...researcher, ...bound }, { ...owner, page: page(3), binding: right.binding })[0];
    const keys = [left, later, again].flatMap(({ frameKeys }) => [frameKeys.send, frameKeys.receive].map(String));
    expect(new Set(keys).size).toBe(6);
  });

  it('refuses a second hello, and one that is cut off', () => {
    const hello = new Verification(owner).start();
    const left = new Verification(researcher);
    left.take(hello);
    expect(refusal(() => left.take(hello))).toBe('failed');
    expect(refusal(() => new Verification(researcher).take({ ...hello, bytes: hello.bytes.subarray(0, 40) }))).toBe(
      'failed',
    );
  });

  it('refuses a second nonce, though it is the one committed to', () => {
    const [left, right] = [new Verification(researcher), new Verification(owner)];
    left.take(right.start());
    const nonce = asFrame(right.take(left.start()));
    left.take(nonce);
    expect(refusal(() => left.take(nonce))).toBe('failed');
  });

  it('refuses a hello with more behind it, and a short nonce, though it was committed to', () => {
    const hello = new Verification(owner).start();
    const more = { ...hello, bytes: Uint8Array.of(...hello.bytes, 0) };
    expect(refusal(() => new Verification(researcher).take(more))).toBe('failed');
    const nonce = new Uint8Array(16);
    const committed = { ...hello, bytes: Uint8Array.of(...hello.bytes.subarray(0, 34), ...sha256(nonce)) };
    const left = new Verification(researcher);
    expect(asFrame(left.take(committed)).type).toBe('nonce');
    expect(refusal(() => left.take({ type: 'nonce', bytes: nonce }))).toBe('failed');
  });

  it('says so when the other side refuses', () => {
    const take = () => new Verification(researcher).take({ type: 'refusal', bytes: Uint8Array.of(3) });
    expect(take).toThrow(/used already/);
  });
});

describe('a later connection', () => {
  const [first, second] = run(researcher, owner);
  const bound = { binding: first.binding, confirmed: true };

  it('is open to the page that was there first, though its link key would no longer do', () => {
    const [again] = run({ ...researcher, ...bound }, { ...owner, binding: second.binding });
    expect(again.binding).toBe(first.binding);
  });

  it('is open to the same page reloaded, which names itself anew and has kept the binding', () => {
    const [again] = run({ ...researcher, ...bound }, { ...owner, page: page(3), binding: second.binding });
    expect(again.binding).toBe(first.binding);
    expect(again.peer).toEqual(page(3));
  });

  it('is refused to another page with the same link', () => {
    expect(refusal(() => run({ ...researcher, ...bound }, { ...owner, page: page(3) }))).toBe('used');
    expect(refusal(() => run({ ...researcher, ...bound }, owner))).toBe('used');
  });

  it('is refused to a page that shows the binding without its key', () => {
    const stolen = { ...second.binding, key: new Uint8Array(32) };
    expect(refusal(() => run({ ...researcher, ...bound }, { ...owner, binding: stolen }))).toBe('failed');
    const posing = { ...owner, page: page(3), binding: stolen };
    expect(refusal(() => run({ ...researcher, ...bound }, posing))).toBe('failed');
  });

  it('starts afresh where the first one broke before the other side had verified it', () => {
    const [atLeft, atRight] = run({ ...researcher, binding: first.binding }, owner);
    expect(atLeft.binding.key).toEqual(atRight.binding.key);
    expect(atLeft.binding.key).not.toEqual(first.binding.key);
    expect(refusal(() => run({ ...researcher, binding: first.binding }, { ...owner, page: page(3) }))).toBe('used');
  });
});

it('compares every byte', () => {
  const bytes = new Uint8Array(32);
  expect(equal(bytes, new Uint8Array(32))).toBe(true);
  expect(equal(bytes, new Uint8Array(33))).toBe(false);
  for (let at = 0; at < 32; at++) {
    expect(equal(bytes, bytes.with(at, 1))).toBe(false);
  }
});
