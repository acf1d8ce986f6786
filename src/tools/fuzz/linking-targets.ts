/** Everything that the second mode reads of others: links, messages, CLK and block files, schemas, results, services. */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { readBlockingSchema } from '../../blocking/blocking-schema.ts';
import { BlockNames } from '../../blocking/row-blocks.ts';
import { readBlockFile } from '../../cli/block-file.ts';
import { readClkSet } from '../../cli/clk-source.ts';
import { CommandError } from '../../cli/command-error.ts';
import { readScoreFile } from '../../cli/score-file.ts';
import { ClkFileError, readClkFile } from '../../clk/clk-file.ts';
import { readSchema } from '../../clk/schema-reading.ts';
import * as answers from '../../entity-service/answers.ts';
import { parseAnswer } from '../../entity-service/caller.ts';
import { ServiceError } from '../../entity-service/service-error.ts';
import { parseInvitation, providerLink } from '../../linking/invitation.ts';
import { LinkingError } from '../../linking/linking-error.ts';
import { fromProvider, fromUnit, parseMessage } from '../../linking/messages.ts';
import { checkProject } from '../../linking/project.ts';
import { ResultFileError, readResultFile } from '../../quality/result-file.ts';
import { createTestTerminal } from '../../testing/terminal.ts';
import type { Target } from './fuzzer.ts';
import { hostileBytes, hostileJson } from './inputs.ts';

const decoder = new TextDecoder();

/** JSON texts made of well-formed ones, by changing values and by changing bytes. */
function jsonTexts(seeds: readonly unknown[]): fc.Arbitrary<Uint8Array> {
  const bytes = seeds.map((seed) => utf8ToBytes(JSON.stringify(seed)));
  return fc.oneof(
    hostileBytes(bytes),
    hostileJson(seeds).map((value) => utf8ToBytes(JSON.stringify(value) ?? '')),
  );
}

function ofJson(
  name: string,
  seeds: readonly unknown[],
  errors: Target['errors'],
  read: (text: string) => unknown,
): Target {
  return { name, inputs: jsonTexts(seeds), errors, read: (input) => read(decoder.decode(input)) };
}

const feature = {
  identifier: 'name',
  format: { type: 'string', encoding: 'utf-8', pattern: '[a-z]+(?P<end>x)?' },
  hashing: { comparison: { type: 'ngram', n: 2 }, strategy: { bitsPerToken: 5 }, missingValue: { sentinel: 'n/a' } },
};
const schema = {
  version: 3,
  clkConfig: { l: 64, kdf: { type: 'HKDF', salt: 'c2FsdA==', info: 'aW5mbw==', keySize: 64 } },
  features: [{ identifier: 'id', ignored: true }, feature],
};
const olderSchema = {
  version: 1,
  clkConfig: { l: 1024, k: 30, hash: { type: 'doubleHash' }, kdf: { type: 'HKDF' } },
  features: [{ identifier: 'born', format: { type: 'date', format: '%Y-%m-%d' }, hashing: { ngram: 1, weight: 0.5 } }],
};
const blockingSchemas = [
  {
    type: 'p-sig',
    version: 1,
    config: {
      'blocking-features': ['name', 1],
      filter: { type: 'ratio', max: 0.02, min: 0 },
      'blocking-filter': { type: 'bloom filter', 'number-hash-functions': 4, 'bf-len': 2048 },
      signatureSpecs: [[{ type: 'characters-at', feature: 'name', config: { pos: [0, '1:3'] } }]],
    },
  },
  {
    type: 'lambda-fold',
    version: 1,
    config: {
      'blocking-features': [1],
      Lambda: 2,
      K: 3,
      'bf-len': 64,
      'num-hash-funcs': 2,
      'input-clks': false,
      random_state: 0,
    },
  },
];
const project = {
  version: 1,
  name: 'Asthma and prescriptions',
  notes: 'Approved in May.',
  linkageSchema: JSON.stringify(schema),
  resultType: 'groups',
  audience: 'everyone',
  providers: 2,
};
const runs = [{ id: 1, name: 'first', threshold: 0.8, stage: 'completed', done: 1, message: 'done' }];
const messages = [
  { kind: 'upload', body: { rows: 100, bytesPerClk: 128, blockEntries: 300 } },
  { kind: 'clks', body: { first: 0 } },
  { kind: 'status', body: { providers: [{ presence: 'here', uploaded: 1 }], runs } },
  { kind: 'result', body: { run: 1, type: 'permutation', entries: 100, rows: 100, places: 40 } },
  { kind: 'withdraw', body: {} },
];
const scores = {
  similarity_scores: [
    [[0, 1], [1, 2], 0.9],
    [[0, 3], [1, 0], 0.8],
  ],
};
const serviceAnswers = [
  { project_id: 'p', update_tokens: ['a', 'b'], result_token: 'r' },
  { run_id: 'r', threshold: 0.8, name: 'n' },
  { state: 'running', stages: 3, current_stage: { number: 2, progress: { absolute: 5, relative: 0.5 } } },
  {
    groups: [
      [
        [0, 1],
        [1, 2],
      ],
    ],
  },
  { title: 'Bad request', detail: 'no' },
];
const answerSchemas = [
  answers.newProject,
  answers.runDescription,
  answers.runStatus,
  answers.runResult,
  answers.runList,
];

const invitations = providerLink('https://a.org/', {
  roomKey: new Uint8Array(32).fill(7),
  project: 'ab'.repeat(16),
  number: 2,
  secret: 'a secret',
});

export const linkingTargets: readonly Target[] = [
  {
    name: 'links into linkage rooms',
    inputs: hostileBytes([utf8ToBytes(new URL(invitations).hash)]),
    errors: [LinkingError],
    read: (input) => parseInvitation(decoder.decode(input)),
  },
  {
    name: 'messages of linkage rooms',
    inputs: hostileJson(messages).map((value) => utf8ToBytes(JSON.stringify(value) ?? 'null')),
    errors: [LinkingError],
    read(input) {
      const { kind, body } = Object(JSON.parse(decoder.decode(input))) as { kind?: unknown; body?: unknown };
      for (const kinds of [fromProvider, fromUnit]) {
        // The codec of messages has seen to it that a kind is text.
        if (typeof kind === 'string' && Object.hasOwn(kinds, kind)) parseMessage(kinds, { kind, body, blobs: [] });
      }
    },
  },
  ofJson('projects', [project], [LinkingError, SyntaxError], (text) => checkProject(JSON.parse(text))),
  ofJson('linkage schemas', [schema, olderSchema], [], readSchema),
  ofJson('blocking schemas', blockingSchemas, [], readBlockingSchema),
  ofJson('CLK files', [{ clks: ['AAAA', '////'] }, { clknblocks: [['AAAA', '1', '2']] }], [ClkFileError], readClkFile),
  ofJson(
    'CLK files in parts',
    [{ clks: ['AAAA', '////'] }, { clknblocks: [['AAAA', '1', '2']] }],
    [CommandError],
    (text) => readClkSet(createTestTerminal('.', text), '-', 'CLK_JSON', new BlockNames()),
  ),
  ofJson(
    'block files',
    [{ blocks: { 0: ['a'], 1: ['a', 2] }, meta: { source: { clk_count: [2] } } }],
    [CommandError],
    (text) => readBlockFile(createTestTerminal('.', text), '-', 'BLOCK_JSON', 2, new BlockNames()),
  ),
  ofJson('score files', [scores, [[0, 1, 0.5]]], [CommandError], (text) =>
    readScoreFile(createTestTerminal('.', text), '-', 'SCORES_JSON'),
  ),
  ofJson(
    'result files',
    [
      scores,
      {
        groups: [
          [
            [0, 1],
            [1, 2],
          ],
        ],
      },
      { mapping: { 0: '1' } },
    ],
    [ResultFileError],
    readResultFile,
  ),
  ofJson('answers of services', serviceAnswers, [ServiceError], (text) => {
    // Whatever was asked, any answer may come.
    const which = text.length % answerSchemas.length;
    parseAnswer<unknown>(answerSchemas[which] as (typeof answerSchemas)[number], { status: 200, text }, 'a test');
  }),
];
