/** What goes through a queue. All of it may have been written by others, and is checked. */
import { decode, encode } from '@msgpack/msgpack';
import { z } from 'zod';
import { MEASURES } from '../compare/dice-bounds.ts';
import { checked } from '../parsing/checked.ts';
import { QueueError } from './queue-error.ts';

/** Of the messages: others are refused, so that coordinator and workers are of one kind. */
const VERSION = 1;

/** Rows and bytes of a data set are limited as in a linkage room. */
const MAX_ROWS = 0xffff_ffff;
const whole = z.int().min(0).max(MAX_ROWS);
const bytes = z.instanceof(Uint8Array);
/** Whole numbers below 2^32, four bytes each. */
const numbers = bytes.refine(({ byteLength }) => byteLength % 4 === 0);
const dataset = z.int().min(0).max(255);

const manifest = z.strictObject({
  version: z.literal(VERSION),
  sets: z
    .array(
      z.strictObject({
        rows: whole,
        bytesPerClk: z
          .int()
          .min(0)
          .max(1 << 24),
      }),
    )
    .max(256),
  /** Rows in a slice, in which CLKs are handed out; the last of a set has fewer. */
  rowsPerSlice: z.int().min(1).max(MAX_ROWS),
  threshold: z.number().min(0).max(1),
  top: z.int().min(1).optional(),
  measure: z.enum(MEASURES),
});
/** What workers need to know of a run. */
export type RunManifest = Omit<z.infer<typeof manifest>, 'version'>;

const range = z.tuple([whole, whole]).refine(([first, end]) => first < end);
const part = z.discriminatedUnion('kind', [
  /** Some rows of a data set against some of another. */
  z.strictObject({
    kind: z.literal('rows'),
    firstDataset: dataset,
    secondDataset: dataset,
    first: range,
    second: range,
  }),
  /**
   * Blocks: for each, how many rows of both data sets are in it; then these rows, block by block, those of the first data
   * set before those of the second.
   */
  z.strictObject({
    kind: z.literal('blocks'),
    firstDataset: dataset,
    secondDataset: dataset,
    sizes: numbers,
    rows: numbers,
  }),
]);
/** A part of a run, the work of one job. */
export type QueuePart = z.infer<typeof part>;

const result = z.strictObject({
  version: z.literal(VERSION),
  worker: z.string().max(200),
  seconds: z.number().min(0),
  /** As `dumpCandidates` writes them. */
  pairs: bytes,
});
/** What a worker found in a part. */
export type PartResult = Omit<z.infer<typeof result>, 'version'>;

const ending = z.strictObject({
  part: z.int().min(0),
  /** Why there is no result. */
  failure: z.string().max(2_000).optional(),
});
/** A worker's word that a part has ended. */
export type PartEnding = z.infer<typeof ending>;

const job = z.strictObject({ version: z.literal(VERSION), run: z.string().regex(/^[0-9a-f]{32}$/), part: whole });
/** What a job of the queue says. */
export type PartJob = Omit<z.infer<typeof job>, 'version'>;

export const jobOf = (run: string, number: number): z.infer<typeof job> => ({ version: VERSION, run, part: number });
export const packManifest = (value: RunManifest): Buffer => pack({ version: VERSION, ...value });
export const packPart = (value: QueuePart): Buffer => pack(value);
export const packResult = (value: PartResult): Buffer => pack({ version: VERSION, ...value });
export const packEnding = (value: PartEnding): Buffer => pack(value);

export const readManifest = (value: Uint8Array): RunManifest => read(manifest, unpack(value), 'a run');
export const readPart = (value: Uint8Array): QueuePart => read(part, unpack(value), 'a part of a run');
export const readResult = (value: Uint8Array): PartResult => read(result, unpack(value), 'a result');
export const readEnding = (value: Uint8Array): PartEnding => read(ending, unpack(value), 'the end of a part');
export const readJob = (value: unknown): PartJob => read(job, value, 'a job');

/** The numbers in bytes that a message holds, wherever they lie. */
export function numbersIn(value: Uint8Array): Uint32Array {
  return new Uint32Array(new Uint8Array(value).buffer);
}

/** Numbers as a message holds them. */
export function numberBytes(values: Uint32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function pack(value: object): Buffer {
  const packed = encode(value, { ignoreUndefined: true });
  return Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
}

function unpack(value: Uint8Array): unknown {
  try {
    // A copy: what is decoded is a view of it, and goes to threads with all that it is a view of.
    return decode(new Uint8Array(value));
  } catch {
    return undefined;
  }
}

/** @throws QueueError */
function read<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = checked(schema, value);
  if ('data' in parsed) return parsed.data;
  throw new QueueError(
    `What stands in the queue for ${what} cannot be read: ${parsed.problem} Run one version of blindjoin on all machines, and let nobody else write to the queue.`,
  );
}
