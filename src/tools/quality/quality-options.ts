/** The options of `npm run quality`, and how each is read from the command line. */
import { InvalidArgumentError } from 'commander';
import { FIELD_TYPES, type FieldType, type KeySource, type MatchField } from '../../agreement/match-field.ts';
import type { Decisions } from '../../unattended/decisions.ts';

export interface ComparisonOptions {
  readonly sets?: readonly string[];
  readonly rule?: boolean;
  readonly people: number;
  /** 64 where nothing is said; of a folder as the page decides. */
  readonly bands?: number;
  readonly agree: number;
  readonly seed: string;
  readonly json?: string;
}

export interface FolderOptions extends ComparisonOptions {
  readonly folder: string;
  readonly match?: readonly MatchField[] | 'guess';
  readonly keys: KeySource;
  readonly seeds?: number;
  readonly clks: boolean;
}

export interface QualityOptions {
  readonly list: string;
  readonly data: string;
  readonly match: readonly MatchField[];
  readonly decide?: Decisions;
  readonly concatenate?: readonly string[];
  readonly truth: string;
  readonly truthPattern?: RegExp;
  /** 64 where nothing is said; of a folder as the page decides. */
  readonly bands?: number;
  readonly agree: number;
  readonly keys: KeySource;
  readonly seed: string;
  readonly json?: string;
}

/** Columns and their types, or the page's own guesses. */
export function parseMatch(text: string): MatchField[] | 'guess' {
  if (text === 'guess') return text;
  return text.split(',').map((part) => {
    const [name, type, ...rest] = part.split('=');
    const known = FIELD_TYPES.find((t): t is FieldType => t === type);
    if (!name || !known || rest.length > 0) {
      throw new InvalidArgumentError(`write column=type, with a type of ${FIELD_TYPES.join(', ')}; not "${part}".`);
    }
    return { name, type: known };
  });
}

export function parsePattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : 'not a regular expression.');
  }
}

export function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 256) {
    throw new InvalidArgumentError('write a whole number from 1 to 256.');
  }
  return count;
}

export function parsePeople(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('write a whole number of at most nine digits.');
  return Number(text);
}

export function parseSeed(text: string): string {
  if (!/^[0-9a-f]{32}$/.test(text)) throw new InvalidArgumentError('write 32 hexadecimal digits in lower case.');
  return text;
}
