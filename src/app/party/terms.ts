/** From the owner's columns and rules to the terms that they propose. */

import {
  type GroupColumn,
  type KeyDesign,
  MAX_GROUPS,
  type MissingValues,
  type PayloadColumn,
  type Perturbation,
  roundUpRows,
  type Terms,
  termsSchema,
} from '../../agreement/agreement.ts';
import type { MatchField } from '../../agreement/match-field.ts';
import type { RangeEdges } from '../../agreement/ranges.ts';
import type { AskedStatistics } from '../../agreement/statistics.ts';
import type { Study } from '../../agreement/study.ts';
import type { TablePlan } from '../../agreement/tables.ts';
import { checked } from '../../parsing/checked.ts';
import type { LabelCount } from '../../table/group-labels.ts';
import { MISSING_LABEL, OTHER_LABEL } from '../../table/group-labels.ts';
import { t } from '../../words/translate.ts';
import { DEFAULT_RULES, type RuleState } from './state.ts';

/** What the owner's rules do to released figures, as terms have it. */
export function perturbationOf({ protection, epsilon, roundingBase }: RuleState): Perturbation | undefined {
  switch (protection) {
    case 'exact':
      return undefined;
    case 'noise':
      return { kind: 'noise', epsilonThousandths: Math.round(epsilon * 1000) };
    case 'rounding':
      return { kind: 'rounding', base: roundingBase };
  }
}

/** The same the other way, for showing the owner's rules to the researcher. */
export function protectionOf(
  perturbation: Perturbation | undefined,
): Pick<RuleState, 'protection' | 'epsilon' | 'roundingBase'> {
  const { epsilon, roundingBase } = DEFAULT_RULES;
  if (perturbation === undefined) return { protection: 'exact', epsilon, roundingBase };
  return perturbation.kind === 'noise'
    ? { protection: 'noise', epsilon: perturbation.epsilonThousandths / 1000, roundingBase }
    : { protection: 'rounding', epsilon, roundingBase: perturbation.base };
}

/** Characters of a label that the agreement can name. */
export const MAX_LABEL_LENGTH = 200;

/** Something the person has to change before terms can be proposed; the message says what. */
export class TermsError extends Error {
  override readonly name = 'TermsError';
}

export interface FoldedLabels {
  /** As the agreement will name them: by name or number, so that the order tells nothing of their sizes; then `(missing)`, `(other)`. */
  readonly kept: readonly LabelCount[];
  /** Those too rare to pass, all of them inside `(other)`. */
  readonly folded: readonly LabelCount[];
}

/** The number that a label begins with; endless where it begins with none. */
function leadingNumber(label: string): number {
  const digits = /^[+-]?\d+(?:\.\d+)?/.exec(label)?.[0];
  return digits === undefined ? Number.POSITIVE_INFINITY : Number(digits);
}

/**
 * Labels that begin with a number come first, in the order of these numbers: 2 before 10. The others in code unit order, but for
 * whole numbers inside of them: Ward 2 before Ward 10.
 */
function byName(a: string, b: string): number {
  const [first, second] = [leadingNumber(a), leadingNumber(b)];
  if (first !== second) return first < second ? -1 : 1;
  // Every second part is a run of digits.
  const [parts, others] = [a.split(/(\d+)/), b.split(/(\d+)/)];
  const at = parts.findIndex((part, i) => part !== others[i]);
  const [part, other] = [parts[at], others[at]];
  const difference = at % 2 === 1 ? Number(part) - Number(other) : 0;
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a < b ? -1 : 1;
}

/**
 * Folds the labels that fewer than `minimum` rows bear into `(other)`, so that the agreement does not name them.
 * A label too long for the agreement is folded too. A range between two edges is never folded: the person has named it, and
 * that says nothing of how many rows bear it. Ranges stay in their order.
 */
export function foldLabels(counts: readonly LabelCount[], minimum: number): FoldedLabels {
  const fits = (c: LabelCount) =>
    (c.range === 'closed' || c.rows >= minimum) &&
    c.label !== OTHER_LABEL &&
    c.label.length <= MAX_LABEL_LENGTH &&
    c.label !== '';
  const folded = counts.filter((c) => c.rows > 0 && !fits(c));
  const missing = counts.filter((c) => c.label === MISSING_LABEL && fits(c));
  const fitting = counts.filter((c) => c.label !== MISSING_LABEL && fits(c));
  const areRanges = fitting.some(({ range }) => range !== undefined);
  const named = areRanges ? fitting : fitting.toSorted((a, b) => byName(a.label, b.label));
  const otherRows = folded.reduce((sum, c) => sum + c.rows, 0);
  const other = otherRows > 0 ? [{ label: OTHER_LABEL, rows: otherRows }] : [];
  return { kept: [...named, ...missing, ...other], folded };
}

export interface GroupChoice {
  readonly name: string;
  readonly labels: readonly LabelCount[];
  /** Of ranges. */
  readonly edges?: RangeEdges | undefined;
}

/** Why these group columns make too many groups, or undefined where they do not. Names the column to change. */
export function tooManyGroups(groups: readonly GroupChoice[], minimum: number): string | undefined {
  const sizes = groups.map((g) => ({ name: g.name, size: foldLabels(g.labels, minimum).kept.length }));
  const largest = sizes.toSorted((a, b) => b.size - a.size)[0];
  const combinations = sizes.reduce((product, g) => product * g.size, 1);
  if (largest === undefined || combinations <= MAX_GROUPS) return undefined;
  if (largest.size > MAX_GROUPS || sizes.length === 1) {
    return t(
      'Column “{{name}}” has {{size}} groups of at least {{minimum}} rows; at most {{most}} are possible. Group by a column with fewer values, or raise the minimum group size.',
      { name: largest.name, size: largest.size, minimum, most: MAX_GROUPS },
    );
  }
  const names = sizes.map(({ name, size }) => t('“{{name}}” ({{size}})', { name, size }));
  return t(
    'Columns {{names}} make {{combinations}} combinations; at most {{most}} are possible. Set “{{name}}” to Ignore, or group by a column with fewer values.',
    { names: names.join(t(' and ')), combinations, most: MAX_GROUPS, name: largest.name },
  );
}

export interface TermsParts {
  readonly fields: readonly MatchField[];
  readonly keys: KeyDesign;
  readonly agreeingBands: number;
  readonly groups: readonly GroupChoice[];
  readonly payloads: readonly PayloadColumn[];
  readonly statistics: AskedStatistics;
  readonly minimumGroupSize: number;
  /** Left out: one table of all columns. */
  readonly tables?: readonly TablePlan[] | undefined;
  /** Left out: complete cases. */
  readonly missingValues?: MissingValues;
  /** Left out: figures are exact. */
  readonly perturbation?: Perturbation | undefined;
  /** Left out: nothing is said of the study. */
  readonly study?: Study | undefined;
  /** Exact row count; it is rounded up here and never leaves otherwise. */
  readonly rows: number;
  /** 16 random bytes, hex. */
  readonly nonce: string;
}

/**
 * Builds and checks the terms.
 * @throws `TermsError` where the agreement's schema would refuse them
 */
export function buildTerms(parts: TermsParts): Terms {
  const tooMany = parts.tables ? undefined : tooManyGroups(parts.groups, parts.minimumGroupSize);
  if (tooMany !== undefined) throw new TermsError(tooMany);
  const groups = parts.groups.map(
    (g): GroupColumn => ({
      name: g.name,
      labels: foldLabels(g.labels, parts.minimumGroupSize).kept.map((l) => l.label),
      ...(g.edges && { edges: g.edges }),
    }),
  );
  const parsed = checked(termsSchema, {
    version: 1,
    fields: parts.fields,
    keys: parts.keys,
    agreeingBands: Math.min(parts.agreeingBands, parts.keys.bands.length),
    groups,
    payloads: parts.payloads,
    ...(parts.tables && { tables: parts.tables }),
    statistics: parts.statistics,
    minimumGroupSize: parts.minimumGroupSize,
    ...(parts.missingValues === 'each-column' && { missingValues: parts.missingValues }),
    ...(parts.study && { study: parts.study }),
    ...(parts.perturbation && { perturbation: parts.perturbation }),
    dataRows: roundUpRows(parts.rows),
    nonce: parts.nonce,
  } satisfies Record<Exclude<keyof Terms, 'perturbation' | 'missingValues' | 'study' | 'tables'>, unknown>);
  if ('data' in parsed) return parsed.data;
  const [issue] = parsed.issues;
  const where = issue?.path.join(' › ') ?? '';
  throw new TermsError(
    t('These terms cannot be proposed: {{where}}: {{what}}.', {
      where,
      what: issue?.message ?? t('they are malformed'),
    }),
  );
}

/** 16 random bytes in hex: a seed or a nonce. */
export function randomHex16(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}
