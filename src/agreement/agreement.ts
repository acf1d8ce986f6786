/**
 * The agreement: the one JSON document that both people accept before any ciphertext is sent.
 * Its SHA-256 over the canonical serialisation (RFC 8785) names the session.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { keyFieldsProblem } from './key-fields.ts';
import { FIELD_TYPES, KEY_SOURCES, MAX_FIELDS } from './match-field.ts';
import { rangeEdgesSchema, rangeLabels } from './ranges.ts';
import { readable } from './readable.ts';
import { statisticsSchema } from './statistics.ts';
import { type BothStudies, studySchema } from './study.ts';
import { MAX_GROUP_COLUMNS, MAX_TABLES, tableSchema, tablesProblem } from './tables.ts';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));
const label = readable(z.string().min(1).max(200));
const smallInteger = z.int().min(0).max(0xffff);

/** What a band takes of a field. */
export const bandFieldSchema = z.strictObject({
  field: smallInteger,
  /** Numbers that select hash functions, positions or parts; none where the field is only to have a value. */
  picks: z.array(smallInteger).max(64),
  /** MinHash of a name or text: how many characters a token has, two where nothing is said. */
  grams: z.int().min(2).max(4).optional(),
});
export type BandField = z.infer<typeof bandFieldSchema>;

/** A band of keys: records agree in it that agree in all that it takes. */
export const bandSchema = z.strictObject({ fields: z.array(bandFieldSchema).min(1).max(MAX_FIELDS) });
export type Band = z.infer<typeof bandSchema>;

const share = z.number().min(0).max(1);

/** Values that are longer are told as so long. */
export const MAX_LENGTH = 10_000;

/** Of one field of the owner's file, for what is expected of the keys. */
export const fieldFiguresSchema = z.strictObject({
  /** Share of rows without a value, to two decimals. */
  empty: share,
  /** Characters of a value, on average over the distinct ones, to a whole number. */
  length: z.int().min(0).max(MAX_LENGTH),
});
export type FieldFigures = z.infer<typeof fieldFiguresSchema>;

/** How both sides turn a record into keys. `seed` (16 bytes, hex) feeds every hash in the design. */
export const keyDesignSchema = z.strictObject({
  source: z.enum(KEY_SOURCES),
  seed: hex(16),
  bands: z.array(bandSchema).min(2).max(256),
  /** Fields of names, ascending, that bands may take as one bag of tokens: as the field behind the last. Left out: none does. */
  joined: z.array(smallInteger).min(2).max(MAX_FIELDS).optional(),
  /**
   * How many other rows of the owner's file a row agrees with, on average, though they are somebody else: in two bands or more,
   * in three or more, and so on, rounded to two significant digits; nobody beyond the last. Without it nobody looks alike.
   */
  lookAlikes: z.array(z.number().min(0).max(1e6)).max(256).optional(),
  /** One of each field. Without them nothing is said of how many people the keys should find. */
  fieldFigures: z.array(fieldFiguresSchema).max(32).optional(),
});
export type KeyDesign = z.infer<typeof keyDesignSchema>;

/** Most groups of one table: labels of one column, combinations of two. */
export const MAX_GROUPS = 64;

/** Most cells of one table: the researcher's groups times the owner's. */
export const MAX_CELLS = 256;

/** Beside ranges a column has at most two groups: of rows without a value, and of the ranges that are too rare to be named. */
const BESIDE_RANGES = 2;

export const groupColumnSchema = z
  .strictObject({
    name: label,
    labels: z.array(label).min(1).max(MAX_GROUPS),
    /** Where groups are ranges of numbers or dates: their edges. */
    edges: rangeEdgesSchema.optional(),
  })
  .refine(
    ({ labels, edges }) => {
      const ranges = edges && new Set(rangeLabels(edges));
      return ranges === undefined || labels.filter((named) => !ranges.has(named)).length <= BESIDE_RANGES;
    },
    { message: 'the groups are not the ranges that the edges make' },
  );
export type GroupColumn = z.infer<typeof groupColumnSchema>;

/** A numeric column: values are clamped to [minimum, maximum] and rounded to `decimals`. */
export const payloadColumnSchema = z
  .strictObject({
    name: label,
    minimum: z.number(),
    maximum: z.number(),
    decimals: z.int().min(0).max(6),
    /** True where no row of the owner lacks a value. */
    complete: z.boolean(),
  })
  .refine((p) => p.minimum < p.maximum, { message: 'the declared minimum must be below the declared maximum' });
export type PayloadColumn = z.infer<typeof payloadColumnSchema>;

export const ROUNDING_BASES = [3, 5, 10] as const;
export type RoundingBase = (typeof ROUNDING_BASES)[number];

/** Rows that lack some payload count in no figure at all, or in every figure that they have a value for. */
export const MISSING_VALUES = ['complete-cases', 'each-column'] as const;
export type MissingValues = (typeof MISSING_VALUES)[number];

/** What is done to released figures beyond the minimum. Left out: they are exact. */
export const perturbationSchema = z.discriminatedUnion('kind', [
  /** Discrete Laplace noise on every count and sum; epsilon is what one matched row costs, in thousandths. */
  z.strictObject({ kind: z.literal('noise'), epsilonThousandths: z.int().min(10).max(20_000) }),
  /** The researcher's page rounds counts to multiples of the base. */
  z.strictObject({ kind: z.literal('rounding'), base: z.literal(ROUNDING_BASES) }),
]);
export type Perturbation = z.infer<typeof perturbationSchema>;

export const matchFieldSchema = z.strictObject({
  name: label,
  type: z.enum(FIELD_TYPES),
  digits: z.int().min(1).max(64).optional(),
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']).optional(),
});

/** The fields of terms; what they have to do with each other is in `termsSchema`. */
export const termsFields = z.strictObject({
  version: z.literal(1),
  fields: z.array(matchFieldSchema).min(1).max(MAX_FIELDS),
  keys: keyDesignSchema,
  /** A pair of records is a candidate match when at least this many bands agree. In one band alone, noise looks like a match. */
  agreeingBands: z.int().min(2).max(256),
  /** Of all tables. None: one group of everybody. Two in one table: a two-way table. */
  groups: z.array(groupColumnSchema).max(MAX_TABLES * MAX_GROUP_COLUMNS),
  payloads: z.array(payloadColumnSchema).max(16),
  /** Which columns each table has; left out: one table of all. */
  tables: z.array(tableSchema).min(2).max(MAX_TABLES).optional(),
  statistics: statisticsSchema,
  minimumGroupSize: z.int().min(2).max(32),
  perturbation: perturbationSchema.optional(),
  /** Left out: complete cases. */
  missingValues: z.enum(MISSING_VALUES).optional(),
  /** What the owner says of the study. */
  study: studySchema.optional(),
  /** The owner's row count, rounded up. */
  dataRows: z.int().min(1).max(4_000_000),
  nonce: hex(16),
});

/** What the data owner proposes. */
export const termsSchema = termsFields
  .refine((terms) => tablesProblem(terms) === undefined, {
    error: ({ input }) => tablesProblem(input as Terms) ?? 'the tables cannot be read',
  })
  .refine((terms) => keyFieldsProblem(terms) === undefined, {
    error: ({ input }) => keyFieldsProblem(input as Terms) ?? 'the keys cannot be read',
  });
export type Terms = z.infer<typeof termsFields>;

/** What the researcher adds. */
export const listInfoSchema = z.strictObject({
  /** The list's row count, rounded up. */
  listRows: z.int().min(1).max(1_000_000),
  /** Of each of the owner's fields: the share of the list's rows without a value, to two decimals. */
  emptyShares: z.array(share).max(32).optional(),
  /** What the researcher says of the study. */
  study: studySchema.optional(),
  /** Columns of the list that the table is grouped by besides, or what the researcher calls them towards the owner. */
  strata: z.array(groupColumnSchema).min(1).max(2).optional(),
  nonce: hex(16),
});
export type ListInfo = z.infer<typeof listInfoSchema>;

export const agreementSchema = z.strictObject({
  terms: termsSchema,
  list: listInfoSchema,
  geometry: z.strictObject({
    bandsInBundle: z.int().min(1).max(256),
    bins: z.int().min(8192),
    degree: z.int().min(1).max(64),
    segments: z.int().min(1).max(256),
  }),
});
export type Agreement = z.infer<typeof agreementSchema>;

export function studiesOf({ terms, list }: Pick<Agreement, 'terms' | 'list'>): BothStudies {
  return { owner: terms.study, researcher: list.study };
}

/** Row counts travel rounded up to two significant digits (at least 100), so that an exact size is not disclosed. */
export function roundUpRows(rows: number): number {
  if (rows <= 100) return 100;
  const step = 10 ** (Math.floor(Math.log10(rows)) - 1);
  return Math.ceil(rows / step) * step;
}

/** SHA-256 of the canonical serialisation, in hex: the session's name. */
export function agreementHash(agreement: Agreement): string {
  const text = canonicalize(agreement);
  if (text === undefined) throw new Error('the agreement has no canonical serialisation');
  return bytesToHex(sha256(utf8ToBytes(text)));
}
