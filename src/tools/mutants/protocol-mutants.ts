/** The order of things: what is agreed, asked once, answered once, and of one session. */
import type { Mutant } from './mutant.ts';

const RESUME = 'src/protocol/resume.test.ts';
const NEGOTIATION = 'src/protocol/negotiation.test.ts';
const RUN = 'src/protocol/run.long.browser.test.ts';

const owner = (file: string, name: string) => ({ file: `src/protocol/${file}.ts`, test: { file: RESUME, name } });
const negotiation = (name: string) => ({ file: 'src/protocol/negotiation.ts', test: { file: NEGOTIATION, name } });
const conversation = (name: string, file = RUN) => ({ file: 'src/protocol/conversation.ts', test: { file, name } });
const AGAIN = 'a researcher who uses a reload to ask for more is refused';
const ONCE = 'of either page between bundles and between sums';

/** A line of the check whether two positions can be of one run. */
const position = (line: string, name: string): Mutant => ({
  file: 'src/protocol/positions.ts',
  name: `two positions: ${name}`,
  before: line,
  after: '',
  gives: 'Pages that remember different runs go on: what was answered is asked again',
  test: { file: 'src/protocol/positions.test.ts', name: `cannot be of one run: ${name}` },
});

export const PROTOCOL_MUTANTS: readonly Mutant[] = [
  {
    ...owner('bundle-answers', `${AGAIN} another query for a bundle that has its answer`),
    name: 'a bundle asked twice',
    slow: true,
    before: 'if (asked.has(bundle)) throw',
    after: 'if (bundle < 0) throw',
    gives: 'Two answers to one bundle: labels repeat, noise does not, so one band shows what takes two',
  },
  {
    ...owner('owner-page', ONCE),
    name: 'labels drawn anew after a reload',
    before: "memory.once('secrets', async",
    after: `memory.once(\`secrets \${performance.now()}\`, async`,
    gives: 'Two sets of labels and pads for one run: answers that can be compared',
  },
  {
    ...owner('tally-answers', ONCE),
    test: { file: RUN, name: 'pages that are reloaded on the way, each with new workers, give the plaintext table' },
    name: 'sums answered anew after a reload',
    before: `this.#page.memory.once(\`sum/\${answer}\`, async`,
    after: `this.#page.memory.once(\`sum/\${answer} \${performance.now()}\`, async`,
    gives: 'Two masks over the same sums',
  },
  {
    ...owner('bundle-answers', ONCE),
    name: 'answers of bundles not kept',
    before: `await memory.put(\`bundle/\${body.bundle}\`, { body: leftOut, blobs: answers });`,
    after: '',
    gives: 'After a reload a bundle is answered a second time',
  },
  {
    ...owner('owner-page', `${AGAIN} another Enc(b)`),
    name: 'bits taken again',
    slow: true,
    before: 'await memory.put(step, { body: {}, blobs });',
    after: "if (step !== 'tally-bits') await memory.put(step, { body: {}, blobs });",
    gives: 'Two tables over different rows in one run: their difference is a person',
  },
  {
    ...owner('tally-answers', `${AGAIN} the gate for other counts`),
    name: 'the gate answered again',
    slow: true,
    before: "memory.once('tally-counts', async",
    after: `memory.once(\`tally-counts \${performance.now()}\`, async`,
    gives: 'The gate is asked about other counts, one after the other',
  },
  {
    ...owner('tally-answers', `${AGAIN} a release for other inverses`),
    name: 'the release answered again',
    slow: true,
    before: "memory.once('tally-inverses', async",
    after: `memory.once(\`tally-inverses \${performance.now()}\`, async`,
    gives: 'Two releases for two claims',
  },
  {
    ...owner('owner-page', 'a file with more rows than the agreement says is refused'),
    name: 'more rows than agreed',
    before: 'if (input.keys.rows > session.agreement.terms.dataRows) {',
    after: 'if (input.keys.rows > 1e9) {',
    gives: 'Sizes that were agreed on no longer hold',
  },
  {
    ...conversation('a run of another session', RESUME),
    name: 'messages of another session',
    before: 'if (session !== this.#session) throw',
    after: 'if (session.length !== this.#session.length) throw',
    gives: 'Ciphertexts of another agreement are answered under this one',
  },
  {
    ...conversation('a replayed message'),
    name: 'messages replayed',
    before: 'if (sequence !== this.#received) {',
    after: 'if (sequence < 0) {',
    gives: 'A message counts twice',
    test: { file: 'src/protocol/conversation.test.ts', name: 'a message that comes twice is refused' },
  },
  {
    ...conversation('parts of other sizes', 'src/protocol/conversation.test.ts'),
    name: 'parts of any size',
    before: '|| message.blobs.some((blob, i) => blob.byteLength !== sizes[i])) {',
    after: ') {',
    gives: 'Sizes say more than was agreed, and fill memory',
    test: { file: 'src/protocol/conversation.test.ts', name: 'parts of other sizes than agreed are refused' },
  },
  {
    ...conversation('steps in another order', 'src/protocol/conversation.test.ts'),
    name: 'steps in any order',
    before: 'const step = steps.find(({ kind }) => kind === message.kind);',
    after: 'const step = steps[0];',
    gives: 'One step is taken for another',
    test: { file: 'src/protocol/conversation.test.ts', name: 'a step that is not due is refused' },
  },
  {
    ...negotiation('an acceptance of what was changed meanwhile counts for nothing'),
    name: 'an acceptance of another document',
    before: "if (this.#parse('accept', body).hash !== this.#current.hash) return;",
    after: "this.#parse('accept', body);",
    gives: 'A run starts under terms that one of the two has not seen',
  },
  {
    ...negotiation('a change voids what was accepted'),
    name: 'acceptances outlive a change',
    before: '...(list && { list }), builds, acceptedHere: false, acceptedThere: false };',
    after:
      '...(list && { list }), builds, acceptedHere: this.#current.acceptedHere, acceptedThere: this.#current.acceptedThere };',
    gives: 'A run starts under terms that one of the two has not seen',
  },
  {
    ...negotiation('a start that was not agreed here is refused'),
    name: 'the other side starts alone',
    before: 'if (!this.#started || hash !== this.#current.hash || !this.#current.agreement) {',
    after: 'if (!this.#current.agreement) {',
    gives: 'A run starts that nobody here accepted',
  },
  {
    ...negotiation('the researcher’s page takes no list, and the owner’s no terms'),
    name: "terms of the researcher's",
    slow: true,
    before: "if (kind === 'terms' && fromOwner) {",
    after: "if (kind === 'terms') {",
    gives: 'The researcher proposes the rules under which the owner answers',
  },
  {
    ...negotiation('terms that come after both have accepted are refused'),
    name: 'terms change after both have accepted',
    slow: true,
    before: "if (this.#started && kind !== 'accept')",
    after: "if (this.#started && kind === 'none')",
    gives: 'A run goes on under terms that were not accepted',
  },
  position('read.size === researcher.read.length &&', 'a bundle read twice'),
  position('researcher.read.every((bundle) => answered.has(bundle)) &&', 'an answer read that was not given'),
  position("(answered.size === 0 || has('linkage-keys')) &&", 'a bundle answered without keys'),
  position("(answered.size === bundles || !has('tally-keys')) &&", 'keys of the tally before the last bundle'),
  position('answered.size === owner.answered.length &&', 'a bundle answered twice'),
  position("(read.size === bundles || !has('label-query')) &&", 'labels asked for before the last bundle was read'),
  position("(has('label-query') || !knows('label-answer')) &&", 'labels without a query'),
  position("(knows('label-answer') || !has('tally-bits')) &&", 'bits without labels'),
  position("(knows('tally-gate') || !has('tally-inverses')) &&", 'inverses without a gate'),
  position("(has('tally-bits') || !knows('tally-sum')) &&", 'sums without bits'),
  position("(knows('tally-sum') || !has('tally-counts')) &&", 'counts without sums'),
  position("(has('tally-counts') || !knows('tally-gate')) &&", 'a gate without counts'),
  {
    ...position("(has('tally-inverses') || !knows('tally-release'));", 'a release without inverses'),
    after: 'true;',
  },
  {
    file: 'src/protocol/session.ts',
    name: 'any geometry',
    before: 'if (figures.some((figure) => agreement.geometry[figure] !== expected[figure])) {',
    after: 'if (figures.length === 0) {',
    gives: 'Bins of one place: what is missing tells who is in the data',
    test: { file: NEGOTIATION, name: 'a geometry that the row counts do not imply is refused' },
  },
  {
    file: 'src/protocol/session.ts',
    name: 'the same salt in every band',
    before: 'input[32] = band;',
    after: '',
    gives: 'Equal keys of different bands are equal on the wire: bands that share a table are compared with each other',
    test: { file: NEGOTIATION, name: 'salts differ by session, band and attempt' },
  },
  {
    file: 'src/protocol/session.ts',
    name: 'the same salt in every session',
    before: 'input.set(hexToBytes(session.hash));',
    after: '',
    gives: 'Fingerprints of one session are found again in another',
    test: { file: NEGOTIATION, name: 'salts differ by session, band and attempt' },
  },
  {
    file: 'src/protocol/session.ts',
    name: 'the same salt in every attempt',
    before: 'input[33] = attempt;',
    after: '',
    gives: 'A second attempt fails as the first did',
    test: { file: NEGOTIATION, name: 'salts differ by session, band and attempt' },
  },
];
