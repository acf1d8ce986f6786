/** What a linkage room is for: the description that its creator writes and everybody in it sees. */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { readBlockingSchema } from '../blocking/blocking-schema.ts';
import { readSchema } from '../clk/schema-reading.ts';
import { checked } from '../parsing/checked.ts';
import { readJson } from '../parsing/json.ts';
import { t } from '../words/translate.ts';
import { LinkingError } from './linking-error.ts';
import { SAID } from './said.ts';

export const RESULT_TYPES = ['groups', 'mapping', 'similarity scores', 'permutations and mask'] as const;
export type ResultType = (typeof RESULT_TYPES)[number];

/** Who gets results. Permutations have their own rule: each provider its own, the mask the linkage unit. */
export const AUDIENCES = ['everyone', 'linkage unit'] as const;
export type Audience = (typeof AUDIENCES)[number];

export const MIN_PROVIDERS = 2;
export const MAX_PROVIDERS = 16;
const MAX_SCHEMA_CHARACTERS = 400_000;
/** Largest description, bytes. */
export const MAX_PROJECT_BYTES = 1024 * 1024;

const projectSchema = z
  .strictObject({
    version: z.literal(1),
    name: z
      .string()
      .trim()
      .min(1, { error: () => t('Give the project a name.') })
      .max(200, { error: () => t('The name is longer than 200 characters.') }),
    notes: z.string().max(5_000, { error: () => t('The notes are longer than 5,000 characters.') }),
    linkageSchema: z
      .string()
      .max(MAX_SCHEMA_CHARACTERS, { error: () => t('The linkage schema is longer than 400,000 characters.') }),
    blockingSchema: z
      .string()
      .max(MAX_SCHEMA_CHARACTERS, { error: () => t('The blocking schema is longer than 400,000 characters.') })
      .optional(),
    resultType: z.enum(RESULT_TYPES),
    audience: z.enum(AUDIENCES),
    providers: z
      .int({ error: () => t('The number of data providers must be a whole number.') })
      .min(MIN_PROVIDERS, {
        error: () => t('There must be at least {{least}} data providers.', { least: MIN_PROVIDERS }),
      })
      .max(MAX_PROVIDERS, { error: () => t('There can be at most {{most}} data providers.', { most: MAX_PROVIDERS }) }),
  })
  .superRefine((project, context) => {
    const complain = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const errors = readSchema(project.linkageSchema).problems.filter(({ severity }) => severity === 'error');
    const [error] = errors;
    if (error) complain('linkageSchema', t('The linkage schema: {{problem}}', { problem: error.message }));
    if (project.blockingSchema !== undefined) {
      const [wrong] = readBlockingSchema(project.blockingSchema).problems.filter(
        ({ severity }) => severity === 'error',
      );
      if (wrong) complain('blockingSchema', t('The blocking schema: {{problem}}', { problem: wrong.message }));
    }
    if (project.resultType === 'mapping' && project.providers !== 2) {
      complain('resultType', t('A mapping is between two data providers. Choose groups for more.'));
    }
  });

export type Project = z.infer<typeof projectSchema>;

/**
 * Checks a description.
 * @throws LinkingError naming the first thing that is wrong
 */
export function checkProject(value: unknown): Project {
  const parsed = checked(projectSchema, value);
  if ('data' in parsed) return parsed.data;
  const [issue] = parsed.issues;
  throw new LinkingError(
    issue?.code === 'unrecognized_keys'
      ? t('It has settings this version does not know.')
      : // Words of this schema are whole sentences; others go on from the place.
        /^[A-Z]/.test(issue?.message ?? '')
        ? (issue?.message ?? '')
        : parsed.problem,
  );
}

/**
 * The description as bytes, the same on every page of the room (RFC 8785).
 * @throws LinkingError as {@link checkProject}
 */
export function encodeProject(project: Project): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(canonicalize(checkProject(project)));
}

/** Sixteen bytes in hex that stand for a description in links, so that nobody can change it on the way. */
export function projectDigest(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes).subarray(0, 16));
}

/**
 * The description in `bytes`.
 * @param digest of the description that the link was made for
 * @throws LinkingError when it is another one, or cannot be used
 */
export function decodeProject(bytes: Uint8Array, digest: string): Project {
  if (bytes.byteLength > MAX_PROJECT_BYTES || projectDigest(bytes) !== digest) {
    throw new LinkingError(SAID.otherProject);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new LinkingError(SAID.unreadable);
  }
  const json = readJson(text);
  if ('problem' in json) throw new LinkingError(SAID.unreadable);
  try {
    return checkProject(json.data);
  } catch {
    // Whoever made it was told what is wrong, unless their page has other rules. What is said here goes to the other page too.
    throw new LinkingError(SAID.unreadable);
  }
}

/** Bytes of one CLK under the project's schema. */
export function bytesPerClk({ linkageSchema }: Project): number {
  const { schema } = readSchema(linkageSchema);
  if (schema === undefined) throw new LinkingError('The linkage schema of the project cannot be used.');
  return Math.ceil(schema.clkConfig.l / 8);
}

/** Who learns what from a result type, in plain words. */
export interface Learning {
  readonly unit: string;
  readonly providers: string;
}

/** Who learns what when the project's runs are done. */
export function whoLearnsWhat({ resultType, audience }: Pick<Project, 'resultType' | 'audience'>): Learning {
  const everyone = audience === 'everyone';
  switch (resultType) {
    case 'similarity scores':
      return {
        unit: t(
          'The linkage unit holds the CLKs of all providers while the project lasts, and learns how similar which rows of which providers are.',
        ),
        providers: everyone
          ? t(
              'Every provider learns the same. Scores are fingerprints of people: whoever holds the secret can work out much about rows of others from them.',
            )
          : t('Providers learn that runs were made, and nothing else.'),
      };
    case 'groups':
    case 'mapping':
      return {
        unit: t(
          'The linkage unit holds the CLKs of all providers while the project lasts, and learns which row numbers belong to the same person.',
        ),
        providers: everyone
          ? t('Every provider learns the same: which of its people the others have, and in which row.')
          : t('Providers learn that runs were made, and nothing else.'),
      };
    case 'permutations and mask':
      return {
        unit: t(
          'The linkage unit holds the CLKs of all providers while the project lasts, computes the matches on the way, and keeps the mask: at which places of the reordered data the rows of all providers are one person.',
        ),
        providers: t(
          'Each provider gets its own new order of rows and nothing else. Without the mask no provider learns which of its people the others have. People whom only some providers have are not marked.',
        ),
      };
  }
}
