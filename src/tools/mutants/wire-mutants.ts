/** Further lines of the connection, found by asking of each what whoever holds the wire could do if it said something else. */
import type { Mutant } from './mutant.ts';
import { mutantsOf, slow } from './mutants-of.ts';

const CHANNEL = 'src/channel/resumable-channel.test.ts';
const FRAMES = 'src/channel/frames.test.ts';
const VERIFICATION = 'src/net/verification.test.ts';
const VECTORS = 'src/net/frame-vectors.test.ts';

export const WIRE_MUTANTS: readonly Mutant[] = [
  ...slow(
    mutantsOf('src/channel/resumable-channel.ts', CHANNEL, [
      [
        'data before the resume frame',
        'else if (!link.resumed) throw',
        'else if (false) throw',
        'A page takes messages before both sides know where they stand: one is lost or comes twice',
        'ends on data before resume, telling both sides',
      ],
      [
        'a second resume frame',
        "if (link.resumed) throw new FrameError('A second resume frame came on one connection');",
        '',
        'The other page has messages sent again as often as it likes',
        'ends on a second resume, telling both sides',
      ],
      [
        'frames of the verification in a session',
        'else throw new FrameError(`A frame of type',
        'else void new FrameError(`A frame of type',
        'What is not due passes in silence',
        'ends on a proof after the verification, telling both sides',
      ],
    ]),
  ),
  ...mutantsOf('src/channel/resumable-channel.ts', CHANNEL, [
    [
      'a lost frame that nobody misses',
      'if (!this.#ended && frame.number > this.#received) {',
      'if (false) {',
      'Who drops one frame stops the run for ever, unnoticed',
      'notices by the next sign of life that a frame has vanished',
    ],
    [
      'unread messages are acknowledged',
      '|| !this.#inbox.hasRoom) return;',
      ') return;',
      'The other page fills the memory of this one',
      'does not acknowledge what nobody reads beyond the inbox',
    ],
  ]),
  ...mutantsOf('src/channel/frames.ts', FRAMES, [
    [
      'frames longer than their kind',
      'if (bytes.byteLength !== length) {',
      'if (bytes.byteLength > length) {',
      'A frame that is cut off is read beyond its end',
      'that break a rule are refused with the rule',
    ],
    [
      'frames of unknown kinds',
      'if (bytes.byteLength <= DATA_HEADER) throw',
      'if (bytes.byteLength < DATA_HEADER) throw',
      'A page is kept busy by frames that carry nothing',
      'that break a rule are refused with the rule',
    ],
  ]),
  ...mutantsOf('src/channel/sealed-frame.ts', 'src/channel/sealed-transport.test.ts', [
    [
      'the mark is not looked at',
      ' || sealed[0] !== MARK',
      '',
      'A frame that was changed in a byte passes',
      'that were changed in any byte are forged',
    ],
    [
      'keys that can be read out, and used the other way round',
      "'AES-GCM', false, [use])",
      "'AES-GCM', true, ['encrypt', 'decrypt'])",
      'A script that gets hold of the key object has the key',
      'keys cannot be read out, and do one thing only',
    ],
  ]),
  ...mutantsOf('src/net/verification.ts', VERIFICATION, [
    [
      'pages of other versions',
      "if (bytes[0] !== PROTOCOL_VERSION) throw new VerificationError('version', false);",
      '',
      'A page falls back to what an older one gave away',
      'refuses a page of version 1, and says to reload',
    ],
    [
      'a second hello',
      "if (frame.type === 'hello' && !this.#hello)",
      "if (frame.type === 'hello')",
      'Who has seen the nonce commits to another: four equal words can be searched for',
      'refuses a second hello, and one that is cut off',
    ],
    [
      'roles that there are not',
      "if (bytes[1] !== roleByte(otherRole(role))) throw new VerificationError('failed', false);",
      '',
      'A page that is neither of the two begins to be verified',
      'refuses a page of no role',
    ],
    [
      'a proof before the nonce',
      "if (frame.type === 'proof' && this.#hello && this.#agreed)",
      "if (frame.type === 'proof')",
      'A page is asked for more than it has agreed on',
      'refuses a proof first',
    ],
    [
      'the new page of a link takes the place of the first',
      'binding: hello.binding ?? { peer: hello.page, ...bindingOf(agreed) },',
      'binding: { peer: hello.page, ...bindingOf(agreed) },',
      'Who was there for one connection decides who may come to the next',
      'is open to the page that was there first',
    ],
  ]),
  ...mutantsOf('src/net/transcript.ts', VECTORS, [
    [
      'parts of the transcript run into each other',
      'hash.update(length).update(part);',
      'hash.update(part);',
      'Two different connections can have one transcript',
      'has this transcript, these proofs, words and keys',
    ],
    [
      'pages not in the transcript',
      '    page,',
      '',
      'A proof of one page does for another',
      'has this transcript, these proofs, words and keys',
      'flatMap(({ page, nonce, fingerprint }) => [',
    ],
    [
      'the binding not in the transcript',
      'bindingId ?? new Uint8Array(), ...parts',
      'new Uint8Array(), ...parts',
      'What was said under one binding can be said again under another',
      'has this transcript, these proofs, words and keys',
    ],
    [
      'words of 22 bits',
      'const CODE_WORDS = 4;',
      'const CODE_WORDS = 2;',
      'Somebody in the middle finds equal words by trying four million nonces',
      'has this transcript, these proofs, words and keys',
    ],
    [
      'one key for the binding and its name',
      "'later connection', KEY_BYTES",
      "'binding', KEY_BYTES",
      'The name of the binding, which is public, is half of its key',
      'has this transcript, these proofs, words and keys',
    ],
  ]),
  ...mutantsOf('src/net/link.ts', 'src/net/link.test.ts', [
    [
      'a secret that is known',
      'randomBytes(SECRET_BYTES)',
      'new Uint8Array(SECRET_BYTES)',
      'Everybody knows every room',
      'its room id shows nothing of the secret',
    ],
    [
      'a secret of eight bytes',
      'SECRET_BYTES = 32',
      'SECRET_BYTES = 8',
      'Whoever has the name of a room finds its secret by trying',
      'carries role and secret in the fragment only',
    ],
  ]),
  ...mutantsOf('src/net/verify-connection.ts', 'src/net/room.browser.test.ts', [
    [
      'the other side’s fingerprint is one’s own',
      'fingerprintOf(connection.peerConnection.remoteDescription?.sdp)',
      'fingerprintOf(connection.peerConnection.localDescription?.sdp)',
      'No page knows whom it talks to: each compares itself with itself, and no connection passes',
      'seals every frame after the verification',
    ],
  ]),
  ...mutantsOf('src/net/verify-connection.ts', 'src/net/verify-connection.test.ts', [
    [
      'whoever waits speaks before it is spoken to',
      'let greeted = prover.speaksFirst;',
      'let greeted = !prover.speaksFirst;',
      'What is said first may be lost while the other end opens, and nothing passes',
      'who dialled speaks first, and whoever waits answers only',
    ],
    [
      'descriptions are read before they are there',
      '  await described(connection);',
      '  void described(connection).catch(() => {});',
      'Fingerprints of an offer that the server has not had answered yet',
      'says nothing before its descriptions are there',
    ],
    [
      'a refusal is kept to oneself',
      'transport.send(encodeFrame(refusalFrame(refused.refusal)));',
      '',
      'The other person is not told that somebody may sit in between',
      'refuses a proof before anything else, and says so',
    ],
    [
      'a refused connection stays open',
      '      transport.closeSoon();',
      '',
      'Whoever sits in between keeps the line',
      'say so to each other where a description has another certificate of the other end',
    ],
    [
      'a verification without an end',
      "const timer = setTimeout(() => fail(new Error('The verification took too long')), VERIFY_WITHIN_MS);",
      'const timer = undefined;',
      'Strangers who say nothing take the places of whoever has the link',
      'waits for the other one so long, and no longer',
    ],
  ]),
  ...mutantsOf('src/net/data-channel-transport.ts', 'src/net/data-channel-transport.test.ts', [
    [
      'frames without end before the verification',
      'else if (this.#early.length === MAX_EARLY) this.#end();',
      '',
      'Whoever finds the room fills the memory of the page',
      'cuts off whoever sends too many',
    ],
  ]),
  ...mutantsOf('src/net/room.ts', 'src/net/room.browser.test.ts', [
    [
      'a link goes on working under the name of whoever was there first',
      'confirmed: this.#connected,',
      'confirmed: false,',
      'Whoever reads the link later takes the place of a page in the middle of its run',
      'takes a page that has spoken only by what the two have agreed on',
    ],
    [
      'the room forgets with whom it has agreed',
      'binding: this.#binding,',
      'binding: undefined,',
      'Whoever reads the link later takes the place of a page in the middle of its run',
      'takes a page that has spoken only by what the two have agreed on',
    ],
    [
      'a page that was lost before it spoke is shut out',
      'confirmed: this.#connected,',
      'confirmed: true,',
      'A connection that breaks at the wrong moment ends a room',
      'takes a page that has spoken only by what the two have agreed on',
    ],
  ]),
];
