import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import type { Agreement } from '../../agreement/agreement.ts';
import { type Channel, ChannelClosed, type CloseReason, type Message } from '../../channel/channel.ts';
import { decodeFrame, encodeFrame, FrameError } from '../../channel/frames.ts';
import { decodeMessage } from '../../channel/message-codec.ts';
import { fingerprintOf } from '../../net/fingerprint.ts';
import { Verification } from '../../net/verification.ts';
import { VerificationError } from '../../net/verification-error.ts';
import { Conversation, ProtocolError } from '../../protocol/conversation.ts';
import { composeAgreement, Negotiation } from '../../protocol/negotiation.ts';
import { checkPositions, type OwnerPosition } from '../../protocol/positions.ts';
import { deriveSession } from '../../protocol/session.ts';
import { largestMessage, runSteps } from '../../protocol/steps.ts';
import {
  type CipherShape,
  packCipher,
  packedSize,
  unpackCipher,
  unpackRelinKeys,
  WireFormatError,
} from '../../seal/wire-format.ts';
import { madeUpAgreement } from '../../testing/made-up-tally.ts';
import { blob, channelTargets, message, sessionFrames } from './channel-targets.ts';
import type { Target } from './fuzzer.ts';
import { hostileBytes, hostileJson, joinRecords, splitRecords } from './inputs.ts';

function agreement(groups: number[], payloads: number): Agreement {
  const { terms, list } = madeUpAgreement({ groups, payloads, dataRows: 1000, minimum: 10 });
  return composeAgreement(terms, list);
}
const agreements = [agreement([], 0), agreement([4], 2), agreement([3, 5], 3)];

const options = { secret: blob(32), role: 'owner', page: blob(16), local: 'sha-256 a', remote: 'sha-256 b' } as const;

function verificationRecords(): Uint8Array[] {
  const other = new Verification({ ...options, role: 'researcher', page: blob(16).reverse() });
  const own = new Verification(options);
  const hello = other.start();
  const nonce = other.take(own.start());
  if (!('type' in nonce)) throw new Error('a hello is answered by a nonce');
  return [hello, nonce, { type: 'proof' as const, bytes: blob(32) }, { type: 'refusal' as const, bytes: blob(1) }].map(
    encodeFrame,
  );
}
const helloAndNonce = verificationRecords();

const verification: Target = {
  name: 'verification',
  inputs: hostileBytes([
    joinRecords(helloAndNonce),
    joinRecords([helloAndNonce[0] as Uint8Array]),
    joinRecords(sessionFrames),
  ]),
  errors: [FrameError, VerificationError],
  read(input) {
    const own = new Verification(options);
    for (const record of splitRecords(input)) {
      // Its own nonce is new, so that no input can hold a proof.
      if ('code' in own.take(decodeFrame(record))) throw new Error('was taken for the other page');
    }
  },
};

const fingerprint: Target = {
  name: 'session descriptions',
  inputs: hostileBytes([
    utf8ToBytes(`v=0\r\na=fingerprint:sha-256 ${'AB:'.repeat(31)}AB\r\na=setup:actpass\r\n`.repeat(2)),
  ]),
  errors: [VerificationError],
  read: (input) => fingerprintOf(new TextDecoder().decode(input)),
};

/** Bytes of messages with hostile bodies; what the codec cannot write is left out. */
const hostileMessages = (kinds: readonly string[], seeds: readonly unknown[], blobs: Uint8Array[] = []) =>
  fc.oneof(
    hostileBytes(seeds.flatMap((body) => kinds.map((kind) => message(kind, body, blobs)))),
    fc.tuple(fc.constantFrom(...kinds), hostileJson(seeds)).map(([kind, body]) => {
      try {
        return message(kind, body, blobs);
      } catch {
        return new Uint8Array();
      }
    }),
  );

const agreementReader: Target = {
  name: 'agreements',
  inputs: hostileMessages(['agreement'], agreements),
  errors: [FrameError, ProtocolError, RangeError],
  read(input) {
    const candidate = decodeMessage(input).body as Agreement;
    const { layout, agreement } = deriveSession(candidate);
    const largest = largestMessage(agreement, layout);
    if (!Number.isSafeInteger(largest)) throw new Error(`messages of ${largest} bytes`);
  },
};

/** A channel from which comes what the input says, then its end. */
class InputChannel implements Channel {
  readonly bytesSent = 0;
  readonly bytesReceived = 0;
  #reason: CloseReason = { code: 'cancelled', message: 'Enough.' };
  readonly #messages: Message[];

  constructor(messages: Message[]) {
    this.#messages = messages;
  }
  async send(): Promise<void> {}
  async receive(): Promise<Message> {
    const next = this.#messages.shift();
    if (!next) throw new ChannelClosed(this.#reason, true);
    return next;
  }
  async close(reason: CloseReason): Promise<void> {
    this.#reason = reason;
    this.#messages.length = 0;
  }
  setReceiveLimit(): void {}
}

const words = agreements.flatMap(({ terms, list }) => [{ terms }, { list }]);
const hash = { hash: 'ab'.repeat(32) };

const negotiation: Target = {
  name: 'negotiation',
  inputs: fc
    .array(hostileMessages(['terms', 'list', 'accept', 'start'], [...words, hash]), { minLength: 1, maxLength: 3 })
    .map((parts) => joinRecords(parts.filter((part) => part.length < 65_536))),
  errors: [FrameError, ChannelClosed, ProtocolError],
  async read(input) {
    for (const role of ['owner', 'researcher'] as const) {
      const own = new Negotiation(role, new InputChannel(splitRecords(input).map(decodeMessage)));
      const [{ terms, list }] = agreements as [Agreement];
      const said = role === 'owner' ? own.propose(terms) : own.offerList(list);
      await said.catch((error: unknown) => {
        if (!(error instanceof ProtocolError)) throw error;
      });
      await own.settled.then(
        () => {
          throw new Error('a run began that nobody here accepted');
        },
        (error: unknown) => {
          if (!(error instanceof ChannelClosed || error instanceof ProtocolError)) throw error;
        },
      );
    }
  },
};

const derived = deriveSession(agreements[1] as Agreement);
const steps = runSteps(derived.agreement, derived.layout);
const heads = [
  { bundle: 1, attempt: 0, read: [0] },
  { bundle: 1 },
  { answer: 0 },
  { reached: 'linkage-keys', answered: [0, 1] },
  {},
].map((body) => ({
  ...body,
  session: derived.hash,
  sequence: 0,
}));

const run: Target = {
  name: 'messages of a run',
  inputs: hostileMessages(
    ['bundle-query', 'bundle-answer', 'tally-sum', 'position', 'finished', 'linkage-keys'],
    heads,
    [blob(20)],
  ),
  errors: [FrameError, ProtocolError],
  async read(input) {
    const talk = new Conversation(new InputChannel([decodeMessage(input)]), derived.hash);
    const { kind, body } = await talk.expect<unknown>(
      steps.bundleQuery,
      steps.bundleAnswer,
      steps.sum,
      steps.linkageKeys,
      steps.ownerPosition,
      steps.finished,
    );
    if (kind === 'position') checkPositions({ reached: 'nothing', read: [] }, body as OwnerPosition, 64);
    else if (kind !== 'finished') throw new Error('parts of a few bytes were taken for ciphertexts');
  },
};

const shape = (seeded: boolean): CipherShape => ({
  degree: 64,
  primeBits: [45, 52, 56],
  parmsId: new BigUint64Array(4),
  isNtt: false,
  seeded,
});
const shapes = [shape(true), shape(false)];

const wireFormat: Target = {
  name: 'ciphertext format',
  inputs: hostileBytes([...shapes.map((each) => blob(packedSize(each))), blob(2 * packedSize(shape(true)))]),
  errors: [WireFormatError],
  read(input) {
    const known = shapes.find((each) => packedSize(each) === input.length);
    if (known) {
      const again = packCipher(unpackCipher(input, known), known);
      if (again.some((byte, i) => byte !== input[i])) throw new Error('unpacked to something else');
    } else {
      unpackRelinKeys(concatBytes(input), shape(true), 2);
    }
  },
};

export const peerTargets: readonly Target[] = [
  ...channelTargets,
  verification,
  fingerprint,
  agreementReader,
  negotiation,
  run,
  wireFormat,
];
