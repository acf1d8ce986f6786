/** Everything that reads what people and hosts bring: links, files, configuration. */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { readStudyFile } from '../../app/party/study-file.ts';
import { readChain } from '../../ledger/entry.ts';
import { ConfigError, readNetConfig } from '../../net/config.ts';
import { isRoomFragment, LinkError, parseRoomLink, roomLink, SECRET_BYTES } from '../../net/link.ts';
import { isSignal } from '../../server/signal.ts';
import { readTable } from '../../table/read-table.ts';
import { TableError } from '../../table/table-error.ts';
import type { Target } from './fuzzer.ts';
import { hostileBytes, hostileJson } from './inputs.ts';

const text = (input: Uint8Array) => new TextDecoder().decode(input);

const link: Target = {
  name: 'room links',
  inputs: hostileBytes(
    (['owner', 'researcher'] as const).map((role) =>
      utf8ToBytes(new URL(roomLink('https://a.org/', role, new Uint8Array(SECRET_BYTES).fill(0xa7))).hash),
    ),
  ),
  errors: [LinkError],
  read(input) {
    const fragment = text(input);
    isRoomFragment(fragment);
    const { secret } = parseRoomLink(fragment);
    if (secret.length !== SECRET_BYTES) throw new Error(`a secret of ${secret.length} bytes`);
  },
};

const configs = [
  {},
  {
    signalling: { host: 'a.org', port: 9000, path: '/signal', secure: true },
    iceServers: [{ urls: 'stun:a.org' }, { urls: ['turn:a.org:3478'], username: 'u', credential: 'c' }],
    reconnectSeconds: 60,
    maxMessageBytes: 2 ** 26,
  },
];
const configBytes = configs.map((config) => utf8ToBytes(JSON.stringify(config, null, 1)));

const config: Target = {
  name: 'config.json',
  inputs: fc.oneof(
    hostileBytes([...configBytes]),
    hostileJson(configs).map((value) => utf8ToBytes(JSON.stringify(value) ?? '')),
  ),
  errors: [ConfigError],
  read: (input) => readNetConfig(text(input)),
};

const files = [
  'name;born;income\nÅsa "x";1970-01-02;1.200,50\n"Bo; ""B""";02.03.1981;\n\n;;\n',
  'a,b\r\n"1\r\n2",3\r\n"4,5',
  'one\ttwo\r1\t2\r3\t4\r',
].map((file) => utf8ToBytes(file));
const utf16 = Uint8Array.from(
  '\ufeffa,b\n1,2\n'.split('').flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]),
);

const csv: Target = {
  name: 'CSV files',
  inputs: hostileBytes([...files, utf16, Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)]),
  errors: [TableError],
  async read(input) {
    const half = input.length >> 1;
    const pieces = [input.slice(0, half), input.slice(half)];
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces.shift();
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
    });
    const { bytes } = await readTable(stream, 'people.csv');
    if (bytes !== input.length) throw new Error(`read ${bytes} of ${input.length} bytes`);
  },
};

const entry = {
  sequence: 1,
  previous: '0'.repeat(64),
  at: '2026-03-01T12:00:00Z',
  file: 'aa'.repeat(32),
  hash: 'bb'.repeat(32),
  kind: 'limit',
  limit: { runs: 5, days: 30, epsilonThousandths: 1000 },
};

const ledger: Target = {
  name: 'ledgers',
  inputs: hostileJson([[entry, { ...entry, kind: 'outcome', agreementHash: 'cc'.repeat(32), ending: 'finished' }]]).map(
    (value) => utf8ToBytes(JSON.stringify(Array.isArray(value) ? value : [value])),
  ),
  errors: [],
  read: (input) => readChain(JSON.parse(text(input)) as unknown[]),
};

const studies = [
  { file: 'blindjoin-study', version: 1, role: 'owner', study: { title: 'Falls', until: '2027-03-31' }, columns: [] },
  {
    file: 'blindjoin-study',
    version: 1,
    role: 'researcher',
    study: {},
    columns: [
      { name: 'a', use: 'name' },
      { name: 'b', use: 'average', range: { minimum: 0, maximum: 9, decimals: 1 } },
    ],
    places: { surname: 'a', postcode: null },
    showMatchesFirst: true,
  },
];

const study: Target = {
  name: 'study files',
  inputs: fc.oneof(
    hostileBytes(studies.map((file) => utf8ToBytes(JSON.stringify(file)))),
    hostileJson(studies).map((value) => utf8ToBytes(JSON.stringify(value) ?? '')),
  ),
  errors: [],
  read(input) {
    const read = readStudyFile(text(input), 'owner');
    if (typeof read === 'string' && !read.endsWith('.')) throw new Error(`no sentence: ${read}`);
  },
};

const signals = [
  { type: 'HEARTBEAT' },
  { type: 'OFFER', dst: 'bj-a', payload: { sdp: { type: 'offer', sdp: 'v=0' }, connectionId: 'dc_1' } },
];

const signal: Target = {
  name: 'what pages say to the signalling server',
  inputs: fc.oneof(
    hostileBytes(signals.map((said) => utf8ToBytes(JSON.stringify(said)))),
    hostileJson(signals).map((value) => utf8ToBytes(JSON.stringify(value) ?? '')),
  ),
  errors: [],
  read(input) {
    const said = text(input);
    if (isSignal(said) && typeof (JSON.parse(said).dst ?? '') !== 'string') throw new Error('a room without a name');
  },
};

export const personTargets: readonly Target[] = [link, config, csv, ledger, study, signal];
