/** Further lines of a run and of what is kept of it, found by asking of each what either side could do if it said something else. */
import type { Mutant } from './mutant.ts';
import { mutantsOf } from './mutants-of.ts';

const LABELS = 'src/psi/label-check.test.ts';
const LEDGER = 'src/ledger/ledger.test.ts';
const KEPT = 'src/storage/kept-run.browser.test.ts';
const NEGOTIATION = 'src/protocol/negotiation.test.ts';

export const RUN_MUTANTS: readonly Mutant[] = [
  ...mutantsOf('src/protocol/session.ts', NEGOTIATION, [
    [
      'any number of chance candidates',
      'agreeingBands) > MAX_FALSE) {',
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
  ...mutantsOf('src/protocol/session.ts', 'src/protocol/weighing-time.test.ts', [
    [
      'time that weighing takes, in periods of a millisecond',
      'return 300 + Math.ceil((list.listRows * terms.keys.bands.length) / 500);',
      'return 1;',
      'How many of the list matched, from when the researcher goes on',
      'however long weighing takes',
    ],
  ]),
  ...mutantsOf('src/protocol/negotiation.ts', 'src/protocol/negotiated-builds.test.ts', [
    [
      'a page that does not show its build',
      'this.#current = { builds: { here: build },',
      'this.#current = { builds: { here: undefined },',
      'Nobody sees that one of the two pages is another program',
      'are known to both sides, and nobody is refused: different ones',
    ],
    [
      'the other page’s build is dropped',
      '...(change.there && { there: change.there })',
      '',
      'Nobody sees that the other page is another program',
      'are known to both sides, and nobody is refused: different ones',
    ],
  ]),
  ...mutantsOf('src/protocol/conversation.ts', 'src/protocol/conversation.test.ts', [
    [
      'more parts than agreed',
      'if (message.blobs.length !== sizes.length || ',
      'if (',
      'More is computed with, and more answered, than the agreement says',
      'parts of other sizes than agreed are refused: []',
    ],
  ]),
  ...mutantsOf('src/protocol/run-memory.ts', 'src/protocol/resume.test.ts', [
    [
      'results are sent and not kept',
      'await this.put(name, made);',
      '',
      'After a reload labels, pads and noise are drawn anew: two answers to one question',
      'of either page between bundles and between sums',
    ],
  ]),
  ...mutantsOf('src/psi/label-check.ts', LABELS, [
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
  ...mutantsOf('src/tally/layout.ts', 'src/tally/layout.test.ts', [
    [
      'blocks that overlap',
      'return layout.blocks === 1 ? 0 : block * layout.slots;',
      'return layout.blocks === 1 ? 0 : block * (layout.slots - 1);',
      'A row of one group is counted in another as well',
      'blocks hold every row and do not overlap',
    ],
  ]),
  ...mutantsOf('src/tally/limbs.ts', 'src/tally/layout.test.ts', [
    [
      'limbs whose sums pass p',
      'Math.floor(Math.log2((PLAIN_MODULUS - 1) / matchedRows))',
      'Math.ceil(Math.log2((PLAIN_MODULUS - 1) / matchedRows))',
      'A sum that is wrong by p and looks like one',
      'sums over all rows stay below p',
    ],
  ]),
  ...mutantsOf('src/ledger/ledger.ts', LEDGER, [
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
  ...mutantsOf('src/ledger/entry.ts', LEDGER, [
    [
      'a hash of nothing',
      'const text = canonicalize(rest);',
      "const text = canonicalize(rest) && '';",
      'Entries can be changed, and the chain holds',
      'what was changed from outside',
    ],
  ]),
  ...mutantsOf('src/ledger/standing.ts', LEDGER, [
    [
      'the first limit stays',
      "own.findLast((entry) => entry.kind === 'limit')",
      "own.find((entry) => entry.kind === 'limit')",
      'A limit that the owner lowers does not hold',
      'names the day on which enough runs have left, where a limit was lowered',
    ],
  ]),
  ...mutantsOf('src/storage/kept-run.ts', KEPT, [
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
  ...mutantsOf('src/storage/finished-runs.ts', 'src/storage/finished-runs.browser.test.ts', [
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
  ...mutantsOf('src/storage/tab-run.ts', KEPT, [
    [
      'the tab’s half is kept for all tabs',
      'sessionStorage.setItem(NAME, JSON.stringify(run));',
      'localStorage.setItem(NAME, JSON.stringify(run)); sessionStorage.setItem(NAME, JSON.stringify(run));',
      'Both halves of the key lie on the disk for every page of this origin',
      'leaves its half of the key in this tab only',
    ],
  ]),
];
