/** Runs on a queue: what would stay in it, be shown, or come out wrong; and who may use a linkage unit's queue. */
import type { Mutant } from './mutant.ts';

const LINK = 'src/cli/queue-link.test.ts';
const TLS = 'src/cli/queue-tls.test.ts';
const RESULT = 'src/queue/checked-result.test.ts';
const UNIT = 'src/unit-queue/unit-queue.test.ts';
const coordinator = { file: 'src/queue/coordinator.ts' };
const result = { file: 'src/queue/checked-result.ts' };
const proof = { file: 'src/linking/queue-proof.ts' };

export const QUEUE_MUTANTS: readonly Mutant[] = [
  {
    ...coordinator,
    name: 'CLKs that stay in the queue',
    test: { file: LINK, name: 'gives what threads give, to the byte: two parties' },
    before: 'await this.#published.withdraw();',
    after: '',
    gives: 'Whoever may read the queue has the CLKs after the run',
  },
  {
    ...coordinator,
    name: 'a part that counts as often as it is said',
    test: { file: LINK, name: 'takes a part once that was done twice' },
    before: 'if (!part) return;',
    after: "if (!part) return this.#rates.add('again', 1, 0);",
    gives: 'Progress and rates count what was done twice as if it were more',
  },
  {
    ...coordinator,
    name: 'a part that is lost with its worker',
    test: { file: LINK, name: 'gives the same after the queue has forgotten all in the middle of a run' },
    before: 'await this.#sendAgain(number, part);',
    from: 'throw new QueueError(\n          `A part of the run was lost',
    after: 'this.#out.delete(number);',
    gives: 'Pairs of a part that nobody did are missing in the result',
  },
  {
    file: 'src/queue/published-run.ts',
    name: 'CLKs without an end',
    test: { file: LINK, name: 'says that no worker is there, lets CLKs be forgotten' },
    before: "Buffer.from(bytes), 'EX', KEPT_SECONDS)",
    after: 'Buffer.from(bytes))',
    gives: 'CLKs of a run whose coordinator died stay in the queue for ever',
  },
  {
    file: 'src/queue/held-clks.ts',
    name: 'CLKs fetched each time',
    test: { file: LINK, name: 'hands CLKs out once a worker' },
    before: 'if (known) return known;',
    after: '',
    gives: 'CLKs go over the network as often as there are parts',
  },
  {
    file: 'src/queue/address.ts',
    name: 'a password in messages',
    test: { file: TLS, name: 'shows the password to nobody' },
    before: 'export function addressWords({ host, port, tls }: QueueAddress): string {',
    after:
      'export function addressWords({ host: name, port, tls, password }: QueueAddress): string { const host = password + name;',
    gives: 'The password of the queue stands in logs',
  },
  {
    file: 'src/queue/connection.ts',
    name: 'any certificate',
    test: { file: TLS, name: 'has not been told whose certificate to trust' },
    before: '? {} : { ca: authority }',
    after: '? { rejectUnauthorized: false } : { ca: authority }',
    gives: 'Whoever stands between a coordinator and its queue reads the CLKs',
    slow: true,
  },
  {
    ...result,
    name: 'pairs in any order',
    test: { file: RESULT, name: 'its pairs are in no order' },
    before: 'compareCandidates(pairs, i - 1, pairs, i) > 0',
    after: 'compareCandidates(pairs, i - 1, pairs, i) > 1e9',
    gives: 'A result is merged in another order than that of anonlink, and solved to other groups',
  },
  {
    ...result,
    name: 'rows of other parts',
    test: { file: RESULT, name: 'a pair has a row that was not to be compared' },
    before: 'if (!isWithin(pairs.firstRecord[i] ?? 0, rows.first) ||',
    after: 'if (',
    gives: 'A worker puts pairs into the result that it was not to compare',
  },
  {
    file: 'src/disk/triple-runs.ts',
    name: 'pairs that came twice',
    test: { file: 'src/disk/triple-sorter.test.ts', name: 'gives triples in order and once' },
    before: 'if (compareTriples(part, at, last, 0) !== 0) {',
    after: '{',
    gives: 'A pair that shares two blocks, or was found twice, counts twice',
  },
  {
    file: 'src/disk/triple-runs.ts',
    name: 'a merge out of order',
    test: { file: 'src/disk/triple-sorter.test.ts', name: 'gives triples in order and once' },
    before: '(a, b) => compareTriples(a.part, a.at, b.part, b.at)',
    after: '() => 0',
    gives: 'Results of parts are merged in the order in which they came, and solved to other groups',
  },
  {
    ...proof,
    name: 'a server that proves nothing',
    test: { file: UNIT, name: 'is wanted of the server: to another one no CLK goes' },
    before: "|| !isProof(given, token, 'server', ofPage, ofServer)) {",
    after: '|| given.byteLength !== PROOF_BYTES) {',
    gives: 'The CLKs of all providers go to whoever serves the page',
  },
  {
    ...proof,
    name: 'a page that proves nothing',
    test: { file: UNIT, name: 'is wanted of the page' },
    before: "if (isProof(await transport.next(), token, 'page', ofPage, ofServer)) return",
    after: 'if ((await transport.next()).byteLength === PROOF_BYTES) return',
    gives: 'Anybody who reaches the server uses the queue',
    slow: true,
  },
  {
    ...proof,
    name: 'a proof of the page like that of the server',
    test: { file: UNIT, name: 'is wanted of the page' },
    before: 'utf8ToBytes(LABEL + side)',
    after: 'utf8ToBytes(LABEL)',
    gives: "Whoever sends the server's own proof back uses the queue",
    slow: true,
  },
  {
    file: 'src/unit-queue/unit-queue.ts',
    name: 'pages of any origin',
    test: { file: UNIT, name: 'does not help a page of another origin' },
    before: 'if (!isOwnPage(request) ||',
    after: 'if (',
    gives: 'A page of somebody else, open in the same browser, reaches the queue',
  },
  {
    file: 'src/unit-queue/unit-run.ts',
    name: 'a run that goes on without its page',
    test: { file: UNIT, name: 'takes them out when the page is gone' },
    before: '(error: unknown) => gone.abort(error),',
    after: '() => {},',
    gives: 'CLKs stay in the queue after the page of the linkage unit is closed',
    slow: true,
  },
  {
    file: 'src/disk/temporary-files.ts',
    name: 'CLKs that stay on the disk',
    test: {
      file: 'src/disk/temporary-files.test.ts',
      name: 'holds what is written, under no name, until the work ends',
    },
    before: 'unlinkSync(file);',
    after: '',
    gives: 'Whoever may read the temporary folder has the CLKs after the run',
  },
];
