/** What has to be refused, of what the other side says or a chain of entries holds; and what has to be kept before something leaves. */
import type { Mutant } from './mutant.ts';
import { mutantsOf, slow } from './mutants-of.ts';

const RESUME = 'src/protocol/resume.test.ts';

export const REFUSAL_MUTANTS: readonly Mutant[] = [
  ...mutantsOf('src/protocol/conversation.ts', 'src/protocol/conversation.test.ts', [
    [
      'bodies with more in them',
      "if ('problem' in body) throw",
      "if ('none' in body) throw",
      'What a step may say is not looked at',
      'a message that says more than there is to say is refused',
    ],
    [
      'parts beyond those that are due',
      'message.blobs.length !== sizes.length || ',
      '',
      'More is sent than agreed, as large as it likes',
      'parts of other sizes than agreed are refused',
    ],
  ]),
  ...mutantsOf('src/channel/outbox.ts', 'src/channel/inbox.test.ts', [
    [
      'short messages cost their bytes alone',
      'message.byteLength + 4096;',
      'message.byteLength;',
      'A flood of messages of ten bytes takes gigabytes of the other page',
      'a flood of short messages that nobody reads is refused',
    ],
  ]),
  ...mutantsOf('src/channel/inbox.ts', 'src/channel/inbox.test.ts', [
    [
      'any number of messages that nobody reads',
      'if (this.#bytes > INBOX_BYTES + 2 * Math.max(WINDOW_BYTES, largestMessage)) {',
      'if (this.#bytes > Number.MAX_SAFE_INTEGER) {',
      'A peer that does not wait fills the memory of the other page',
      'a flood of short messages that nobody reads is refused',
    ],
  ]),
  ...mutantsOf('src/channel/message-codec.ts', 'src/channel/frames.test.ts', [
    [
      'kinds of any length',
      'z.string().min(1).max(MAX_KIND)',
      'z.string()',
      'Texts as long as they like stand in errors and in the profiler',
      'refuses a kind of 33 characters',
    ],
    [
      'any number of blobs',
      '.max(0xffff_ffff)).max(MAX_BLOBS)',
      '.max(0xffff_ffff))',
      'A message of few bytes makes many objects',
      'refuses 10,001 blobs',
    ],
    [
      'blobs of negative lengths',
      'z.int().nonnegative()',
      'z.int()',
      'Blobs that overlap: bytes are read twice',
      'refuses blobs of negative lengths',
    ],
    [
      'bytes in bodies',
      'maxBinLength: 0',
      'maxBinLength: 1e9',
      'Ciphertexts where no step looks at their sizes',
      'refuses bytes in its body',
    ],
    [
      'lists of any length in bodies',
      'maxArrayLength: 65_536',
      'maxArrayLength: 1e9',
      'A message of few bytes makes many objects',
      'refuses a list of 65,537 in its body',
    ],
  ]),
  ...mutantsOf('src/channel/frames.ts', 'src/channel/frames.test.ts', [
    [
      'frames of another mark',
      '|| bytes[0] !== MARK) throw',
      ') throw',
      'What was written for another protocol is read as this one',
      'that break a rule are refused with the rule',
    ],
    [
      'numbers with more behind them',
      'if (bytes.byteLength !== length) {',
      'if (bytes.byteLength < length) {',
      'Something is said beside what frames say',
      'that break a rule are refused with the rule',
    ],
    [
      'reasons of any length',
      'z.string().max(MAX_BYE_TEXT)',
      'z.string()',
      'A page of text of the other side’s choice where the reason stands',
      'that break a rule are refused with the rule',
    ],
  ]),
  ...mutantsOf('src/channel/sealed-frame.ts', 'src/channel/sealed-transport.test.ts', [
    [
      'frames shorter than their head',
      'sealed.byteLength < SEAL_BYTES || ',
      '',
      'A byte from the middle stops a page for good, without a word to the person',
      'that are cut off within their number are forged',
    ],
  ]),
  ...mutantsOf('src/net/verification.ts', 'src/net/verification.test.ts', [
    [
      'hellos with more behind them',
      'if (bytes.byteLength !== HELLO_BYTES) throw',
      'if (bytes.byteLength < HELLO_BYTES) throw',
      'Something is said that is not in the transcript',
      'refuses a hello with more behind it',
    ],
    [
      'nonces of any length',
      'nonce.byteLength !== NONCE_BYTES || ',
      '',
      'A nonce that can be guessed, and with it the keys of frames come again',
      'refuses a hello with more behind it, and a short nonce',
    ],
    [
      'a second nonce',
      "frame.type === 'nonce' && this.#hello && !this.#agreed",
      "frame.type === 'nonce' && this.#hello",
      'What was agreed is agreed anew after the proof has left',
      'refuses a second nonce',
    ],
  ]),
  ...mutantsOf('src/net/fingerprint.ts', 'src/net/fingerprint.test.ts', [
    [
      'fingerprints behind others in one line',
      '/^a=fingerprint',
      '/a=fingerprint',
      'A certificate that the browser takes stands before the one that is compared',
      'is refused with another ahead of it in the line',
    ],
  ]),
  ...mutantsOf('src/net/link.ts', 'src/net/link.test.ts', [
    [
      'a secret of one byte, again and again',
      'randomBytes(SECRET_BYTES)',
      'new Uint8Array(SECRET_BYTES).fill(randomBytes(1)[0] as number)',
      'Whoever has the name of a room finds its secret by 256 tries',
      'has a secret that nobody can guess',
    ],
  ]),
  ...mutantsOf('src/protocol/steps.ts', 'src/protocol/steps.test.ts', [
    [
      'bundles beyond the last',
      '.max(count - 1)',
      '.max(count)',
      'A bundle that there is not, and with it bands that nobody agreed on',
      'takes no number beyond the run’s',
    ],
    [
      'hundreds of tries a bundle',
      'export const MAX_ATTEMPTS = 16;',
      'export const MAX_ATTEMPTS = 300;',
      'A researcher chooses, among keys under many salts, those whose bins are full around somebody',
      'a bundle has few tries',
    ],
    [
      'queries with more in them',
      'z.strictObject',
      'z.looseObject',
      'Something is said beside what the protocol says',
      'the step bundleQuery',
      "kind: 'bundle-query'",
    ],
    [
      'positions with more in them',
      'body: z.strictObject({ reached: z.enum(RESEARCHER_STEPS)',
      'body: z.looseObject({ reached: z.enum(RESEARCHER_STEPS)',
      'Something is said beside what the protocol says',
      'the step researcherPosition',
    ],
    [
      'messages without a body that have one',
      'const empty = z.strictObject({});',
      'const empty = z.looseObject({});',
      'Something is said beside what the protocol says',
      'takes what is due, and nothing more in it',
    ],
    [
      'messages of any length in a run',
      'return Math.max(...totals) + 65_536;',
      'return 1e9 * Math.max(...totals);',
      'One message fills the memory of the other page',
      'no message may be larger than the largest step with its head',
    ],
  ]),
  ...slow(
    mutantsOf('src/protocol/owner.ts', RESUME, [
      [
        'any position of the researcher’s',
        'checkPositions(theirs, ownerPosition, page.bundles);',
        '',
        'A researcher skips steps',
        'a position that cannot be of this run ends it: the owner',
      ],
    ]),
  ),
  ...mutantsOf('src/protocol/researcher.ts', RESUME, [
    [
      'any position of the owner’s',
      'checkPositions(researcherPosition, theirs, bundles);',
      '',
      'An owner has steps said again, for other answers to the same',
      'a position that cannot be of this run ends it: the researcher',
    ],
    [
      'strata of another list',
      'if (!fits)',
      'if (!fits && !strata)',
      'Figures of other groups than the agreement names',
      'strata that are not those of the agreement',
    ],
  ]),
  ...mutantsOf('src/protocol/bundle-answers.ts', RESUME, [
    [
      'an answer leaves before it is kept',
      `await memory.put(\`bundle/\${body.bundle}\``,
      `void memory.put(\`bundle/\${body.bundle}\``,
      'Two answers to one query, from a page that is reloaded in between: labels repeat in them, noise does not',
      'of the owner’s page in the moment in which an answer leaves',
    ],
  ]),
  ...mutantsOf('src/protocol/run-memory.ts', RESUME, [
    [
      'what is made once leaves before it is kept',
      'await this.put(name, made);',
      'void this.put(name, made);',
      'Two gates, two releases or two labels of a row, from a page that is reloaded in between',
      'of the owner’s page in the moment in which an answer leaves',
    ],
    [
      'a record counts as kept before the disk has it',
      'await Promise.all([this.#store.put(name, kept), this.#keepSpent()]);',
      'void this.#store.put(name, kept);',
      'Two answers to one query, from a page that is reloaded in between',
      'of the owner’s page in the moment in which an answer leaves',
    ],
  ]),
];
