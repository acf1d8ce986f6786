/** Lines that nothing above covers, found by asking of each what somebody could do if it said something else. */
import type { Mutant } from './mutant.ts';

const CHANNEL = 'src/channel/resumable-channel.test.ts';
const FRAMES = 'src/channel/frames.test.ts';
const VERIFICATION = 'src/net/verification.test.ts';
const VECTORS = 'src/net/frame-vectors.test.ts';
const LABELS = 'src/psi/label-check.test.ts';
const LEDGER = 'src/ledger/ledger.test.ts';
const KEPT = 'src/storage/kept-run.browser.test.ts';
const NEGOTIATION = 'src/protocol/negotiation.test.ts';

type Row = readonly [name: string, before: string, after: string, gives: string, test: string, from?: string];

/** Lines of one file that one test file is to notice. */
const of = (file: string, test: string, rows: readonly Row[]): Mutant[] =>
  rows.map(([name, before, after, gives, testName, from]) => ({
    name,
    file,
    before,
    after,
    gives,
    test: { file: test, name: testName },
    ...(from === undefined ? {} : { from }),
  }));

export const FURTHER_MUTANTS: readonly Mutant[] = [
  ...of('src/channel/resumable-channel.ts', CHANNEL, [
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
  ]).map((mutant): Mutant => ({ ...mutant, slow: true })),
  ...of('src/channel/resumable-channel.ts', CHANNEL, [
    [
      'a lost frame that nobody misses',
      'if (!this.ended && frame.number > this.received) {',
      'if (false) {',
      'Who drops one frame stops the run for ever, unnoticed',
      'notices by the next sign of life that a frame has vanished',
    ],
    [
      'unread messages are acknowledged',
      '|| !this.inbox.hasRoom) return;',
      ') return;',
      'The other page fills the memory of this one',
      'does not acknowledge what nobody reads beyond the inbox',
    ],
  ]),
  ...of('src/channel/frames.ts', FRAMES, [
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
  ...of('src/channel/sealed-frame.ts', 'src/channel/sealed-transport.test.ts', [
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
  ...of('src/net/verification.ts', VERIFICATION, [
    [
      'pages of other versions',
      "if (bytes[0] !== PROTOCOL_VERSION) throw new VerificationError('version', false);",
      '',
      'A page falls back to what an older one gave away',
      'refuses a page of version 1, and says to reload',
    ],
    [
      'a second hello',
      "if (frame.type === 'hello' && !this.hello)",
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
      "if (frame.type === 'proof' && this.hello && this.agreed)",
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
  ...of('src/net/transcript.ts', VECTORS, [
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
  ...of('src/net/link.ts', 'src/net/link.test.ts', [
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
  ...of('src/net/verify-connection.ts', 'src/net/room.browser.test.ts', [
    [
      'the other side’s fingerprint is one’s own',
      'fingerprintOf(connection.peerConnection.remoteDescription?.sdp)',
      'fingerprintOf(connection.peerConnection.localDescription?.sdp)',
      'Who sits in the middle with certificates of their own is not noticed',
      'tells both sides when the signalling server swaps session descriptions',
    ],
  ]),
  ...of('src/protocol/session.ts', NEGOTIATION, [
    [
      'any number of chance candidates',
      'agreeingBands) > MOST_FALSE) {',
      'agreeingBands) > 1) {',
      'Half of a list seems to match, and every second table is noise',
      'an agreement with which chance would match is refused',
    ],
    [
      'one salt for the labels of all sessions',
      "concatBytes(hexToBytes(session.hash), utf8ToBytes('labels'), Uint8Array.of(attempt))",
      "concatBytes(utf8ToBytes('labels'), Uint8Array.of(attempt))",
      'Places of labels in a table can be prepared for before the run',
      'salts differ by session, band and attempt',
    ],
  ]),
  ...of('src/protocol/session.ts', 'src/protocol/weighing-time.test.ts', [
    [
      'time that weighing takes, in periods of a millisecond',
      'return 150 + Math.ceil(list.listRows / 25);',
      'return 1;',
      'How many of the list matched, from when the researcher goes on',
      'however long weighing takes',
    ],
  ]),
  ...of('src/protocol/conversation.ts', 'src/protocol/conversation.test.ts', [
    [
      'more parts than agreed',
      'if (message.blobs.length !== sizes.length || ',
      'if (',
      'More is computed with, and more answered, than the agreement says',
      'parts of other sizes than agreed are refused: []',
    ],
  ]),
  ...of('src/protocol/run-memory.ts', 'src/protocol/resume.test.ts', [
    [
      'results are sent and not kept',
      'await this.put(name, made);',
      '',
      'After a reload labels, pads and noise are drawn anew: two answers to one question',
      'of either page between bundles and between sums',
    ],
  ]),
  ...of('src/psi/label-check.ts', LABELS, [
    [
      'labels of two bands are certain',
      'const CERTAIN_BANDS = 3;',
      'const CERTAIN_BANDS = 2;',
      'One value that two bands showed by chance turns the whole table into noise',
      'labels seen in two bands are doubtful, those of three and more certain',
    ],
    [
      'keys of labels without a salt',
      'absorb32(absorb32(words[word] as number, low), high)',
      'absorb32(absorb32(word, low), high)',
      'Bins of labels can be computed before the run',
      'are equal for equal labels under one salt only',
    ],
    [
      'keys of half of a label',
      'absorb32(absorb32(words[word] as number, low), high)',
      'absorb32(words[word] as number, low)',
      'A value that shares 32 bits with a label is confirmed as one',
      'are equal for equal labels under one salt only',
    ],
  ]),
  ...of('src/tally/layout.ts', 'src/tally/layout.test.ts', [
    [
      'blocks that overlap',
      'return layout.blocks === 1 ? 0 : block * layout.slots;',
      'return layout.blocks === 1 ? 0 : block * (layout.slots - 1);',
      'A row of one group is counted in another as well',
      'blocks hold every row and do not overlap',
    ],
  ]),
  ...of('src/tally/limbs.ts', 'src/tally/layout.test.ts', [
    [
      'limbs whose sums pass p',
      'Math.floor(Math.log2((PLAIN_MODULUS - 1) / matchedRows))',
      'Math.ceil(Math.log2((PLAIN_MODULUS - 1) / matchedRows))',
      'A sum that is wrong by p and looks like one',
      'sums over all rows stay below p',
    ],
  ]),
  ...of('src/ledger/ledger.ts', LEDGER, [
    [
      'a study that never ends',
      'if (day !== undefined) throw new StudyOver(day);',
      '',
      'Runs go on after the last day that the owner allowed',
      'keeps what both sides say of the study, and lets no run begin after its last day',
    ],
    [
      'a broken ledger is read as an empty one',
      "if ('problem' in chain) throw new LedgerBroken(chain.problem);",
      "if ('problem' in chain) return [];",
      'Whoever damages one entry frees all runs',
      'what was changed from outside',
    ],
  ]),
  ...of('src/ledger/entry.ts', LEDGER, [
    [
      'a hash of nothing',
      'const text = canonicalize(rest);',
      "const text = canonicalize(rest) && '';",
      'Entries can be changed, and the chain holds',
      'what was changed from outside',
    ],
  ]),
  ...of('src/ledger/standing.ts', LEDGER, [
    [
      'the first limit stays',
      "own.findLast((entry) => entry.kind === 'limit')",
      "own.find((entry) => entry.kind === 'limit')",
      'A limit that the owner lowers does not hold',
      'names the day on which enough runs have left, where a limit was lowered',
    ],
  ]),
  ...of('src/storage/kept-run.ts', KEPT, [
    [
      'one nonce for all records',
      'const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));',
      'const iv = new Uint8Array(IV_BYTES);',
      'Two records under one nonce show their difference, and the key of their authentication',
      'has a nonce of its own for every record and every part',
    ],
    [
      'a half of the key that everybody knows',
      "importKey('raw', crypto.getRandomValues(new Uint8Array(32)), 'HKDF'",
      "importKey('raw', new Uint8Array(32), 'HKDF'",
      'Whoever reads the session storage has the key: the database is readable without its own half',
      'cannot be read with another half in the database',
    ],
    [
      'the tab’s half is nothing',
      'secret: base64urlnopad.encode(crypto.getRandomValues(new Uint8Array(32)))',
      'secret: base64urlnopad.encode(new Uint8Array(32))',
      'What a closed tab left is readable by any page of this origin',
      'cannot be read without the half of its key that goes with the tab',
    ],
  ]),
  ...of('src/storage/finished-runs.ts', 'src/storage/finished-runs.browser.test.ts', [
    [
      'finished runs in the clear',
      'const bytes = await crypto.subtle.encrypt(cipher(id, iv), await keyOf(half, id), plain);',
      'const bytes = plain.slice().buffer;',
      'Tables and agreements lie in the database for whoever reads the disk',
      'are stored without a word in the clear, under a key that no script can read out',
    ],
    [
      'finished runs without the half in local storage',
      'salt: browserHalf(), info',
      'salt: new Uint8Array(32), info',
      'One of the two places where the browser keeps things is enough to read them',
      'are not opened in the place of another, nor where they were changed, nor without the half in local storage',
    ],
  ]),
  ...of('src/storage/tab-run.ts', KEPT, [
    [
      'the tab’s half is kept for all tabs',
      'sessionStorage.setItem(NAME, JSON.stringify(run));',
      'localStorage.setItem(NAME, JSON.stringify(run)); sessionStorage.setItem(NAME, JSON.stringify(run));',
      'Both halves of the key lie on the disk for every page of this origin',
      'leaves its half of the key in this tab only',
    ],
  ]),
];
