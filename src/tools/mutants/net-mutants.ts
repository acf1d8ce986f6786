/** Who the other page is: links, verification, fingerprints. */
import type { Mutant } from './mutant.ts';

const verification = (name: string) => ({
  file: 'src/net/verification.ts',
  test: { file: 'src/net/verification.test.ts', name },
});
const MIDDLE = 'refuses a connection whose fingerprints differ: somebody sits in the middle';

/** What both sides make the transcript of: page, nonce and fingerprint of either. */
const ORDERED = "const ordered = role === 'researcher' ? [...mine, ...theirs] : [...theirs, ...mine];";

export const NET_MUTANTS: readonly Mutant[] = [
  {
    ...verification(MIDDLE),
    name: 'fingerprints not in the transcript',
    before: ORDERED,
    after: `${ORDERED.slice(0, -1).replace('=', '= (')}).filter((_, i) => i % 3 !== 2);`,
    gives: 'A signalling server sits in the middle and reads the run',
  },
  {
    ...verification('refuses a wrong secret'),
    name: 'any proof will do',
    before: 'if (!equal(proof, proofOf(otherRole(this.options.role), agreed))) throw new',
    after: 'if (proof.length === 0) throw new',
    gives: 'Whoever knows the room takes part in it',
  },
  {
    ...verification('refuses a wrong secret'),
    name: 'the key does not come of the secret',
    before: "derive(secret, LABEL, 'first connection', 32)",
    after: "derive(LABEL, LABEL, 'first connection', 32)",
    gives: 'Whoever knows the room takes part in it',
  },
  {
    ...verification('refuses a wrong secret'),
    name: 'comparison of lengths only',
    before: 'for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);',
    after: '',
    gives: 'Any 32 bytes are a proof',
  },
  {
    ...verification('refuses a wrong secret'),
    name: 'comparison of the last byte only',
    before: 'difference |= (a[i] ?? 0) ^ (b[i] ?? 0)',
    after: 'difference = (a[i] ?? 0) ^ (b[i] ?? 0)',
    gives: 'One proof in 256 passes',
    test: { file: 'src/net/verification.test.ts', name: 'compares every byte' },
  },
  {
    ...verification('refuses its own proof sent back'),
    name: 'no role in the proof',
    before: 'hmac(sha256, key, concatBytes(Uint8Array.of(roleByte(role)), transcript))',
    after: 'hmac(sha256, key, transcript)',
    gives: 'A page is talked to with its own proof',
  },
  {
    ...verification('refuses a proof from an earlier connection'),
    name: 'nonces not in the transcript',
    before: ORDERED,
    after: `${ORDERED.slice(0, -1).replace('=', '= (')}).filter((_, i) => i % 3 !== 1);`,
    gives: 'A proof that was overheard opens a later connection',
  },
  {
    ...verification('refuses a nonce that is not the one committed to'),
    name: 'nonces are not held to their commitment',
    before: 'if (nonce.byteLength !== NONCE_BYTES || !equal(sha256(nonce), hello.commitment)) {',
    after: 'if (nonce.byteLength !== NONCE_BYTES) {',
    gives: 'Who has the link searches for a nonce with which both screens show the same words',
  },
  {
    ...verification('refuses two pages of the same role'),
    name: 'two pages of one role',
    before: "if (bytes[1] === roleByte(role)) throw new VerificationError('same-role', false);",
    after: '',
    gives: 'Two people who both wait for the other',
  },
  {
    ...verification('is refused to another page with the same link'),
    name: 'a link works twice',
    before: 'if (binding && !shared && (confirmed || !equal(binding.peer, page))) throw',
    after: 'if (binding && !shared && confirmed && binding.peer.length === 0) throw',
    gives: 'Whoever finds the link later takes the place of the other page',
  },
  {
    ...verification('starts afresh where the first one broke before the other side had verified it'),
    name: 'an unconfirmed binding is open to any page',
    before: '(confirmed || !equal(binding.peer, page))',
    after: 'confirmed',
    gives: 'Whoever has the link takes the place of a page whose first connection broke',
  },
  {
    ...verification('is refused to a page that shows the binding without its key'),
    name: 'later connections open with the link alone',
    before: "hello.binding?.key ?? derive(secret, LABEL, 'first connection', 32)",
    after: "derive(secret, LABEL, 'first connection', 32)",
    gives: 'Whoever has the link and overheard the public name of the binding takes over',
  },
  {
    ...verification('ends with the same four words and the same binding on both sides'),
    name: 'the same words every time',
    before: "words(derive(key, transcript, 'short code', 6))",
    after: "words(derive(LABEL, LABEL, 'short code', 6))",
    gives: 'Words that agree whoever sits in between',
  },
  {
    file: 'src/net/link.ts',
    name: 'the room is named by the secret',
    before: "bytesToHex(hkdf(sha256, secret, undefined, utf8ToBytes('blindjoin/1 room'), 16))",
    after: 'bytesToHex(secret)',
    gives: 'The signalling server has the secret',
    test: { file: 'src/net/link.test.ts', name: 'its room id shows nothing of the secret' },
  },
  {
    file: 'src/net/link.ts',
    name: 'the room is named by half of the secret',
    before: "bytesToHex(hkdf(sha256, secret, undefined, utf8ToBytes('blindjoin/1 room'), 16))",
    after: 'bytesToHex(secret.subarray(8, 24))',
    gives: 'The signalling server has half of the secret',
    test: { file: 'src/net/link.test.ts', name: 'its room id shows nothing of the secret' },
  },
  {
    file: 'src/net/link.ts',
    name: 'the secret before the fragment',
    before: `#/\${role}?room=`,
    after: `?/\${role}#room=`,
    gives: 'The server that serves the page has the role; what stands before # is sent',
    test: { file: 'src/net/link.test.ts', name: 'carries role and secret in the fragment only' },
  },
];
