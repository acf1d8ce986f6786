import { z } from 'zod';
import { t } from '../words/translate.ts';

/** What an Anonlink entity service answers (its OpenAPI definition, version 1.13). Unknown parts are kept. */

export const RESULT_TYPES = ['permutations', 'similarity_scores', 'groups'] as const;
/** What the runs of a project give, and to whom. */
export type ResultType = (typeof RESULT_TYPES)[number];

const resultType = z.enum(RESULT_TYPES);

export const serviceStatus = z.looseObject({
  /** "ok" when everything works. */
  status: z.string(),
  project_count: z.number().optional(),
  /** Comparisons a second. */
  rate: z.number().optional(),
});
export type ServiceStatus = z.infer<typeof serviceStatus>;

export const newProject = z.looseObject({
  project_id: z.string().min(1),
  /** One a data provider, for its upload. */
  update_tokens: z.array(z.string()),
  /** For runs, and for results that are not permutations. */
  result_token: z.string(),
});
export type NewProject = z.infer<typeof newProject>;

export const projectDescription = z.looseObject({
  project_id: z.string(),
  name: z.string().nullish(),
  notes: z.string().nullish(),
  schema: z.unknown(),
  result_type: resultType,
  number_parties: z.int(),
  parties_contributed: z.int().optional(),
  uses_blocking: z.boolean().optional(),
  error: z.boolean().optional(),
});
export type ProjectDescription = z.infer<typeof projectDescription>;

export const uploadReceipt = z.looseObject({
  message: z.string().optional(),
  /** Proves the upload; with the result type "permutations" it fetches the provider's permutation. */
  receipt_token: z.string(),
});
export type UploadReceipt = z.infer<typeof uploadReceipt>;

/** Leave to put files into the object store of a service, for a while. */
export const uploadLeave = z.looseObject({
  credentials: z.looseObject({
    AccessKeyId: z.string().min(1),
    SecretAccessKey: z.string().min(1),
    SessionToken: z.string().min(1),
  }),
  upload: z.looseObject({
    /** Host, and port where it is not the usual one. */
    endpoint: z.string().regex(/^[A-Za-z0-9.:[\]-]+$/, 'is no host'),
    bucket: z.string().regex(/^[A-Za-z0-9._-]+$/, 'is no bucket'),
    /** A key without its last part. Segments of dots are a path's way up on the way to a store. */
    path: z.string().regex(/^(?!\/)(?!(?:.*\/)?\.{1,2}(?:\/|$))\P{Cc}+$/u, 'is no path'),
    secure: z.boolean().default(true),
  }),
});
export type UploadLeave = z.infer<typeof uploadLeave>;

export const runDescription = z.looseObject({
  run_id: z.string().min(1),
  threshold: z.number().optional(),
  name: z.string().nullish(),
  notes: z.string().nullish(),
});
export type RunDescription = z.infer<typeof runDescription>;

export const runList = z.array(
  z.looseObject({ run_id: z.string(), time_added: z.string().optional(), state: z.string().optional() }),
);
export type RunList = z.infer<typeof runList>;

export const runStatus = z.looseObject({
  state: z.enum(['created', 'queued', 'running', 'completed', 'error']),
  /** How many stages there are; three in the service of today. */
  stages: z.number(),
  current_stage: z.looseObject({
    /** From 1. */
    number: z.number(),
    description: z.string().optional(),
    progress: z
      .looseObject({
        absolute: z.number(),
        description: z.string().optional(),
        /** 0 to 1. */
        relative: z.number(),
      })
      .optional(),
  }),
  message: z.string().optional(),
  detail: z.string().optional(),
});
export type RunStatus = z.infer<typeof runStatus>;

const row = z.int().nonnegative();
const record = z.tuple([row, row]);
const pairOfRecords = z.tuple([record, record, z.number()]);
const pairOfRows = z.tuple([row, row, z.number()]);

/** A result: one of four kinds, known by its key. */
export const runResult = z.union(
  [
    z.looseObject({ similarity_scores: z.union([z.array(pairOfRecords), z.array(pairOfRows)]) }),
    z.looseObject({ groups: z.array(z.array(record)) }),
    z.looseObject({ permutation: z.array(row), rows: row }),
    z.looseObject({ mask: z.array(z.union([z.literal(0), z.literal(1)])) }),
    z.looseObject({ mapping: z.record(z.string(), z.union([row, z.string()])) }),
  ],
  { error: () => t('must hold similarity_scores, groups, permutation, mask or mapping') },
);
export type RunResult = z.infer<typeof runResult>;

/** How the service describes an error (RFC 7807). */
export const problem = z.looseObject({ title: z.string().optional(), detail: z.string().optional() });
