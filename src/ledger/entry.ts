/** One entry of the ledger, and the chain that holds entries together. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { checked } from '../parsing/checked.ts';
import { t } from '../words/translate.ts';
import { querySchema } from './query.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What the owner allows with one file. */
export const limitSchema = z.strictObject({
  runs: z.int().min(1).max(1000),
  /** Within which `runs` may be made: the last so many times 24 hours. */
  days: z.int().min(1).max(3660),
  /** The most that runs with noise may cost together, ever. With it, runs without noise are refused. Left out: no budget. */
  epsilonThousandths: z.int().min(10).max(1_000_000).optional(),
});
export type Limit = z.infer<typeof limitSchema>;

/** How a run ended: the code of its close reason, or `error`. No words of the other side. */
const ENDINGS = [
  'finished',
  'cancelled',
  'declined',
  'protocol-error',
  'connection-lost',
  'verification-failed',
  'limit-reached',
  'error',
] as const;
export type RunEnding = (typeof ENDINGS)[number];

const place = {
  sequence: z.int().min(1),
  /** The hash of the entry before, zeros for the first. */
  previous: hash,
  /** ISO 8601, by this computer's clock. */
  at: z.iso.datetime(),
  /** The file's fingerprint. */
  file: hash,
  /** SHA-256 of the entry without this field, canonical JSON (RFC 8785). */
  hash,
};

export const entrySchema = z.discriminatedUnion('kind', [
  /** Both people agreed. Written before the run starts. */
  z.strictObject({ ...place, kind: z.literal('run'), agreementHash: hash, query: querySchema }),
  z.strictObject({ ...place, kind: z.literal('outcome'), agreementHash: hash, ending: z.enum(ENDINGS) }),
  /** The owner set a limit, or took it away. */
  z.strictObject({ ...place, kind: z.literal('limit'), limit: limitSchema.nullable() }),
]);
export type LedgerEntry = z.infer<typeof entrySchema>;
export type RunEntry = Extract<LedgerEntry, { kind: 'run' }>;

type WithoutPlace<Entry> = Entry extends LedgerEntry ? Omit<Entry, 'sequence' | 'previous' | 'at' | 'hash'> : never;
/** What an entry says, before it has a place in the chain. */
export type EntryContent = WithoutPlace<LedgerEntry>;

const GENESIS = '0'.repeat(64);

function hashOf({ hash: _, ...rest }: Record<string, unknown>): string {
  const text = canonicalize(rest);
  if (text === undefined) throw new Error('a ledger entry has no canonical serialisation');
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** The next entry of a chain that ends in `last`. */
export function nextEntry(last: LedgerEntry | undefined, content: EntryContent, at: Date): LedgerEntry {
  const placed = {
    ...content,
    sequence: (last?.sequence ?? 0) + 1,
    previous: last?.hash ?? GENESIS,
    at: at.toISOString(),
  };
  return { ...placed, hash: hashOf(placed) } as LedgerEntry;
}

/** Entries as they were written, or where the chain breaks: an entry was changed, removed, added or put elsewhere. */
export function readChain(stored: readonly unknown[]): { entries: LedgerEntry[] } | { problem: string } {
  const entries: LedgerEntry[] = [];
  for (const [index, raw] of stored.entries()) {
    const read = checked(entrySchema, raw);
    if ('problem' in read)
      return {
        problem: t('Entry {{number}} is malformed: {{problem}}.', { number: index + 1, problem: read.problem }),
      };
    const entry = read.data;
    if (entry.sequence !== index + 1 || entry.previous !== (entries.at(-1)?.hash ?? GENESIS)) {
      return {
        problem: t('Entry {{number}} does not follow the one before it: an entry is missing or was put elsewhere.', {
          number: index + 1,
        }),
      };
    }
    if (entry.hash !== hashOf(entry))
      return { problem: t('Entry {{number}} was changed after it was written.', { number: index + 1 }) };
    entries.push(entry);
  }
  return { entries };
}
