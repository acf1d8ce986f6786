/** Comparing linkage secrets: what the linkage unit, which carries it, could learn or hide. */
import type { Mutant } from './mutant.ts';

const TEST = 'src/linking/secret-check.test.ts';
const check = { file: 'src/linking/secret-check.ts' };

export const LINKING_MUTANTS: readonly Mutant[] = [
  {
    ...check,
    name: 'shares that follow from the secret alone',
    test: { file: TEST, name: 'so that no share shows a guess right' },
    before: 'hashToCurve(input, { DST: GENERATOR }).multiply(this.#scalar).toBytes()',
    after: 'hashToCurve(input, { DST: GENERATOR }).toBytes()',
    gives: 'The linkage unit tries secrets until one gives the share that it carries',
  },
  {
    ...check,
    name: 'a share that is the identity',
    test: { file: TEST, name: 'make the same key from every secret' },
    before: 'if (!share.is0()) return share;',
    after: 'return share;',
    gives: 'The linkage unit makes the key of an exchange without the secret',
  },
  {
    ...check,
    name: 'proofs that both sides make alike',
    test: { file: TEST, name: 'sent back' },
    before: 'hmac(sha256, key, utf8ToBytes(role))',
    after: 'hmac(sha256, key, utf8ToBytes(KEY))',
    gives: 'Whoever sends a proof back passes for a provider with the same secret',
  },
  {
    ...check,
    name: 'a secret that does not count',
    test: { file: TEST, name: 'finds secrets that differ by a blank at the end' },
    before: 'framed(utf8ToBytes(secret), contextBytes(context))',
    after: 'framed(utf8ToBytes(secret.trim()), contextBytes(context))',
    gives: 'Providers whose secrets differ are told that they are the same',
  },
  {
    file: 'src/linking/secret-checks.ts',
    name: 'as many exchanges as the linkage unit likes',
    test: { file: TEST, name: 'test no more guesses than a few' },
    before: 'if (begun > MAX_CHECKS) {',
    after: 'if (begun > 1e9) {',
    gives: 'The linkage unit tests a guess an exchange, without end',
  },
  {
    file: 'src/linking/run-result.ts',
    name: 'scores for everyone',
    test: { file: 'src/linking/room.test.ts', name: 'keeps scores to the linkage unit where the project says so' },
    before: "const theirs = audience === 'everyone' ? result : undefined;",
    after: 'const theirs = audience === undefined ? undefined : result;',
    gives: 'Providers get the scores that the project keeps to the linkage unit',
  },
  {
    file: 'src/linking/linkage-unit.ts',
    name: 'words of a provider as one’s own',
    test: { file: 'src/linking/room-refusals.test.ts', name: 'words of a page that leaves as words of the other one' },
    before: 'byPeer ? saidByPeer(reason.message) : reason.message',
    after: 'reason.message',
    gives: 'A provider has the linkage unit’s page tell its person what to do, such as to open another address',
  },
  {
    file: 'src/linking/said.ts',
    name: 'a quotation that the other page can end',
    test: { file: 'src/linking/said.test.ts', name: 'takes no words of another page for words of this one' },
    before: 'words: quotable(text.slice(0, MAX_WORDS))',
    after: 'words: text.slice(0, MAX_WORDS)',
    gives: 'The other side has this page tell its person what to do, such as to open another address',
  },
];
