/**
 * Messages between a provider and the linkage unit.
 *
 *     provider -> unit   project         blob: description; from the provider who made the project, once
 *                        upload          rows, bytes of a CLK, block entries in all
 *                        clks            first row; blob: CLKs one after another
 *                        blocks          first row, rows; blobs: u16 blocks of each row, 8 bytes a block
 *                        withdraw        forget what was uploaded
 *                        delete-project  from the provider who made the project
 *                        secret-verdict  whether the secret is that of another provider
 *     unit -> provider   project         blob: description
 *                        status          who is there and has sent how much, which run stands where
 *                        result          run, type, entries, rows, places kept; then
 *                        result-part     run, first entry; blobs: columns, see result-transfer.ts
 *                        run-deleted     run
 *                        secret-begin    compare secrets with a provider of a higher number
 *     provider -> unit -> provider, in an exchange about secrets (secret-check.ts); the body names the other provider
 *                        secret-offer    blob: share; from the lower number
 *                        secret-answer   blobs: share, proof; from the higher
 *                        secret-proof    blob: proof; from the lower
 *
 * Numbers in blobs are little-endian.
 */

import { z } from 'zod';
import type { Message } from '../channel/channel.ts';
import { checkedMessage } from '../parsing/checked.ts';
import { LinkingError } from './linking-error.ts';
import { MAX_PROVIDERS } from './project.ts';

/** Largest message either side accepts, bytes. */
export const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;
/** Bytes of blobs that a sender puts into one message. */
export const PART_BYTES = 2 * 1024 * 1024;
export const MAX_ROWS = 20_000_000;
/** CLKs of one provider, bytes: what one typed array holds in every browser. */
export const MAX_CLK_BYTES = 2_000_000_000;
export const MAX_BLOCKS_PER_ROW = 1_000;
export const MAX_BLOCK_ENTRIES = 200_000_000;
export const MAX_RUNS = 100;
export const MAX_RESULT_ENTRIES = 200_000_000;

const count = (most: number) => z.int().min(0).max(most);
const share = z.number().min(0).max(1);
const run = z.int().min(1).max(1_000_000);

export const RUN_STAGES = [
  'waiting for CLKs',
  'computing similarity scores',
  'computing output',
  'completed',
  'failed',
] as const;
export type RunStage = (typeof RUN_STAGES)[number];

export const runViewSchema = z.strictObject({
  id: run,
  name: z.string().max(200),
  threshold: share,
  /** Present where groups are made by the probabilistic solver. */
  mergeThreshold: share.optional(),
  stage: z.enum(RUN_STAGES),
  /** Share of the stage that is done. */
  done: share,
  message: z.string().max(1_000).optional(),
});
/** A run as everybody sees it. */
export type RunView = Readonly<z.infer<typeof runViewSchema>>;

export const PRESENCES = ['awaited', 'here', 'gone'] as const;

export const statusSchema = z.strictObject({
  providers: z
    .array(z.strictObject({ presence: z.enum(PRESENCES), uploaded: share }))
    .min(1)
    .max(MAX_PROVIDERS),
  runs: z.array(runViewSchema).max(MAX_RUNS),
});
export type Status = Readonly<z.infer<typeof statusSchema>>;

const empty = z.strictObject({});
const exchange = z.strictObject({
  /** The other provider, from 1. */
  provider: z.int().min(1).max(MAX_PROVIDERS),
  round: z.int().min(1),
});
const exchanged = { 'secret-offer': exchange, 'secret-answer': exchange, 'secret-proof': exchange } as const;

export const fromProvider = {
  project: empty,
  upload: z.strictObject({
    rows: count(MAX_ROWS).min(1),
    bytesPerClk: count(65_536).min(1),
    /** Absent: without blocks. */
    blockEntries: count(MAX_BLOCK_ENTRIES).optional(),
  }),
  clks: z.strictObject({ first: count(MAX_ROWS) }),
  blocks: z.strictObject({ first: count(MAX_ROWS), rows: count(MAX_ROWS).min(1) }),
  withdraw: empty,
  'delete-project': empty,
  ...exchanged,
  'secret-verdict': exchange.extend({ same: z.boolean() }),
} as const;

export const fromUnit = {
  project: empty,
  status: statusSchema,
  result: z.strictObject({
    run,
    type: z.enum(['similarity scores', 'groups', 'mapping', 'permutation']),
    entries: count(MAX_RESULT_ENTRIES),
    /** Rows of the provider that took part. */
    rows: count(MAX_ROWS).min(1),
    /** Of a permutation: places that are kept. */
    places: count(MAX_ROWS).optional(),
  }),
  'result-part': z.strictObject({ run, first: count(MAX_RESULT_ENTRIES) }),
  'run-deleted': z.strictObject({ run }),
  'secret-begin': exchange,
  ...exchanged,
} as const;

type Kinds = Readonly<Record<string, z.ZodType>>;

/** A parsed message: its kind tells the type of its body. */
export type Parsed<K extends Kinds> = {
  [Kind in keyof K]: { readonly kind: Kind; readonly body: z.infer<K[Kind]>; readonly blobs: Message['blobs'] };
}[keyof K];

/**
 * Parses what the other side sent.
 * @param kinds those it may send
 * @throws LinkingError when it is none of them, or its body is not as it must be
 */
export function parseMessage<K extends Kinds>(kinds: K, { kind, body, blobs }: Message): Parsed<K> {
  const schema = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (schema === undefined) throw new LinkingError(`A message of kind “${kind}” does not belong here`);
  const parsed = checkedMessage(schema, body);
  if ('problem' in parsed) {
    throw new LinkingError(`A message of kind “${kind}” has a wrong body: ${parsed.problem}`);
  }
  // The schema of this kind made this body.
  return { kind, body: parsed.data, blobs } as Parsed<K>;
}

/**
 * The only blob of a message.
 * @throws LinkingError when there is another number of them
 */
export function onlyBlob(kind: string, blobs: Message['blobs']): Uint8Array {
  const [blob] = blobs;
  if (blob === undefined || blobs.length !== 1)
    throw new LinkingError(`A message of kind “${kind}” has one binary part`);
  return blob;
}
