/** Further lines for tests that SECURITY.md names: every one of them notices at least one. */
import type { Mutant } from './mutant.ts';

const CHEATING = 'src/tally/cheating.browser.test.ts';
const WHOLE = 'src/protocol/cheating.long.browser.test.ts';
const ROOM = 'src/net/room.browser.test.ts';
const TALLY = 'src/tally/tally.long.browser.test.ts';

const sums = (name: string, file: string) => ({ file: 'src/tally/sums-sender.ts', test: { file, name } });
const gate = (name: string, file: string) => ({ file: 'src/tally/gate-sender.ts', test: { file, name } });
const TIE = 'sum = this.#addTie(sum, side.toNtt(together), shown, this.#vectors.slotLabels(chunk));';
const NO_R1 = {
  before: 'const r1 = randomElements(context.slots);',
  after: 'const r1 = new Float64Array(context.slots); r1[16_383] = 1;',
  gives: 'Every sealed figure: the minimum means nothing',
};

export const NAMED_MUTANTS: readonly Mutant[] = [
  {
    ...sums('which rows the researcher has seen', WHOLE),
    name: 'rows that the researcher has not seen, in a whole run',
    before: TIE,
    after: 'side.toNtt(together);',
    gives: 'The table of the whole file, or of all rows but one',
  },
  {
    ...sums('another block’s rows spoil that block and only that', CHEATING),
    name: 'rows that the researcher has not seen, in another block',
    before: TIE,
    after: 'side.toNtt(together);',
    gives: 'Different rows in different blocks: two tables in one run',
  },
  {
    ...sums(
      'a part of what the researcher has seen is all that they may choose: another in another block too',
      CHEATING,
    ),
    name: 'honest choices are noise',
    before: 'tau.map((factor, i) => multiply(factor, lambda[i] as number)),',
    after: 'tau.map((factor, i) => multiply(factor, add(lambda[i] as number, 1))),',
    gives: 'Nothing opens',
  },
  {
    ...sums('bits: a weight spoils its block; fewer rows in another block', WHOLE),
    name: 'Z left out, in a whole run',
    before: 'side.addProduct(undefined, this.#nonBits, new Float64Array(slots).fill(randomNonzero()))',
    after: 'side.addProduct(undefined, this.#nonBits, new Float64Array(slots))',
    gives: 'Weights pass as bits',
  },
  {
    ...gate('a count alone, with the inverses that are due: its cell is noise, and others are exact', WHOLE),
    name: 'R2 = 0, in a whole run',
    before: 'const r2 = randomElements(countPads.length);',
    after: 'const r2 = new Float64Array(countPads.length);',
    gives: 'Raised counts open',
  },
  {
    ...gate('a count that is right in all slots but one opens nothing, wherever it is wrong', CHEATING),
    name: 'R2 = 0, slot by slot',
    before: 'const r2 = randomElements(countPads.length);',
    after: 'const r2 = new Float64Array(countPads.length);',
    gives: 'A count is raised only where the gate would be zero',
  },
  {
    ...gate('keys that move what the release multiplies open no cell below the minimum', CHEATING),
    ...NO_R1,
    name: 'R1 = 0 under forged keys',
  },
  {
    ...gate('honest keys of the tally: no cell below the minimum opens', WHOLE),
    ...NO_R1,
    name: 'R1 = 0, in a whole run',
  },
  {
    file: 'src/psi/matches.ts',
    name: 'noise is taken for matches',
    before: 'forEachSeen(own, agreeingBands, (label, inBands) => {',
    after: 'forEachSeen(own, 1, (label, inBands) => {',
    gives: 'Every value that a record sees is a match',
    test: { file: WHOLE, name: 'made-up records: keys of nobody match nothing, and every group stays sealed' },
  },
  {
    ...gate('groups one below, at and above the minimum are told apart exactly', TALLY),
    name: 'a gate that compares with zero only',
    before: 'out.smaller[slot] = from + order;',
    after: 'out.smaller[slot] = from + 0 * order;',
    gives: 'Every group but the empty ones opens',
  },
  {
    ...gate('one zero in a slot by lot where it is below the minimum, whatever it is', TALLY),
    name: 'a gate that does not look at the last number below the minimum',
    before: 'out.smaller[slot] = from + order;',
    after: 'out.smaller[slot] = from + Math.min(order, layout.minimum - from - 2);',
    gives: 'Groups of one below the minimum open',
  },
  {
    file: 'src/tally/cells.ts',
    name: 'gaps are not looked at',
    before: 'if (payload === undefined) return [own];',
    after: 'if (gap === undefined) return [own];',
    gives: 'The difference of two columns of a group tells of a single person',
    test: { file: TALLY, name: 'each column by itself' },
  },
  {
    file: 'src/tally/cells.ts',
    name: 'gaps of one are let pass',
    before: 'other.stratum === stratum && other.group === group && other.gap ? [{ cell: i, from: 1 as const }] : [],',
    after: 'other.group === group && other.gap && other.gap.length > 1 ? [{ cell: i, from: 1 as const }] : [],',
    gives: 'The difference of a column and its group tells of a single person',
    test: { file: 'src/tally/missing-values.test.ts', name: 'a column and a copy of it with 1 % missing' },
  },
  {
    file: 'src/tally/pads.ts',
    name: 'figures without their noise, over SEAL',
    before: 'return subtract(pads[statistic] as number, noise[statistic] as number);',
    after: 'return subtract(pads[statistic] as number, 0 * (noise[statistic] as number));',
    gives: 'Exact figures where noise was agreed',
    test: { file: TALLY, name: 'under noise, what is released is the plaintext plus what the owner drew' },
  },
  {
    file: 'src/protocol/conversation.ts',
    name: 'messages replayed by the owner',
    before: 'if (sequence !== this.#received) {',
    after: 'if (sequence < 0) {',
    gives: 'A message counts twice',
    test: { file: 'src/protocol/refusals.long.browser.test.ts', name: 'from the owner' },
  },
  {
    file: 'src/protocol/researcher.ts',
    name: 'the researcher looks at the figures before they have finished',
    before: "await page.talk.send('finished', {});",
    after: "await this.#opening.readResult().then(() => page.talk.send('finished', {}));",
    gives:
      'The owner releases one figure wrongly, and sees from the researcher’s error whether its group had reached the minimum',
    test: {
      file: 'src/protocol/run.long.browser.test.ts',
      name: 'what the researcher sends does not depend on what they decrypt',
    },
  },
  {
    file: 'src/protocol/match-settlement.ts',
    name: 'the researcher goes on as soon as matches are weighed',
    before: 'const period = weighingPeriod(this.#page.session.agreement);',
    after: 'const period = 0.001 * weighingPeriod(this.#page.session.agreement);',
    gives: 'How many matched, from how long weighing takes',
    test: {
      file: 'src/protocol/weighing-time.test.ts',
      name: 'however long weighing takes, the researcher goes on at a whole multiple of what the agreement says',
    },
  },
  {
    file: 'src/psi/matches.ts',
    name: 'chance candidates are counted too few',
    before: '(i === 0 ? 1 : PLAIN_MODULUS)',
    after: '(i === 0 ? 1 : 2 * PLAIN_MODULUS)',
    gives: 'Agreements pass in which many candidates are chance: random slots, which may be somebody’s',
    test: { file: 'src/psi/matches.test.ts', name: 'are pairs of values over p, or triples over its square' },
  },
  {
    file: 'src/seal/wire-format.ts',
    name: 'objects of another length, in bulk',
    before: 'if (bytes.byteLength !== expected) {',
    after: 'if (bytes.byteLength > expected) {',
    gives: 'What SEAL makes of half a ciphertext: a crash, or memory of its own',
    test: {
      file: 'src/seal/hostile-bytes.long.browser.test.ts',
      name: 'hostile ciphertexts, answers and keys are refused with an error that says why, or read',
    },
  },
  {
    file: 'src/channel/resumable-channel.ts',
    name: 'the limit of messages stays as it was',
    slow: true,
    before: '    this.#receiveLimit = bytes;',
    after: '',
    gives: 'Messages of any size in the run, as many as the first phase allowed',
    test: {
      file: 'src/channel/resumable-channel.test.ts',
      name: 'a lower receive limit counts from the next message on',
    },
  },
  {
    file: 'src/ledger/ledger.ts',
    name: 'runs are not written down',
    before: "return { kind: 'run', file, agreementHash: named, query: queryOf(agreement) };",
    after: 'return undefined;',
    gives: 'The limit limits nothing',
    test: { file: 'src/app/party/party.test.ts', name: 'write a run into the owner’s ledger before it starts' },
  },
  {
    file: 'src/net/transcript.ts',
    name: 'fingerprints not in the transcript, over a real server',
    before: 'utf8ToBytes(fingerprint),',
    after: 'utf8ToBytes(fingerprint.slice(0, 0)),',
    gives: 'A signalling server sits in the middle and reads the run',
    test: { file: ROOM, name: 'tells both sides when the signalling server swaps session descriptions' },
  },
  {
    file: 'src/net/verification.ts',
    name: 'a link works twice, over a real server',
    before: 'if (binding && !shared && (confirmed || !equal(binding.peer, page))) throw',
    after: 'if (binding && !shared && confirmed && binding.peer.length === 0) throw',
    gives: 'Whoever finds the link later takes the place of the other page',
    test: { file: ROOM, name: 'works once: a second page with the same link is told so' },
  },
  {
    file: 'src/net/transcript.ts',
    name: 'fingerprints not in the transcript, with lines added',
    before: 'utf8ToBytes(fingerprint),',
    after: 'utf8ToBytes(fingerprint.slice(0, 0)),',
    gives: 'A signalling server sits in the middle and reads the run',
    test: { file: 'src/net/middle.browser.test.ts', name: 'somebody in the middle who adds' },
  },
];
