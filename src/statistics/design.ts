/** The columns of a regression on groupings: an intercept, a column for each level but the reference, one for a trend. */
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { t } from '../words/translate.ts';
import type { Factor } from './cells.ts';

/** A grouping in a model: each level against the reference, or one slope per step from level to level. */
export type ModelTerm =
  | { readonly kind: 'categories'; readonly factor: number; readonly reference: number }
  | { readonly kind: 'trend'; readonly factor: number };

export interface DesignColumn {
  /** Undefined: the intercept. */
  readonly factor?: number;
  /** Undefined: a trend. */
  readonly level?: number;
}

export interface Design {
  readonly columns: readonly DesignColumn[];
  /** One row a cell, one number a column. */
  readonly rows: readonly (readonly number[])[];
}

/**
 * `cells`: level numbers by factor number, of cells with people in them. Levels that none of them has get no column. Returns
 * a sentence where a model has no solution whatever the figures are.
 */
export function designOf(
  factors: readonly Factor[],
  terms: readonly ModelTerm[],
  cells: readonly (readonly number[])[],
): Design | string {
  const columns: DesignColumn[] = [{}];
  for (const term of terms) {
    const name = factors[term.factor]?.name ?? '';
    const present = new Set(cells.map((at) => at[term.factor]));
    if (present.size < 2)
      return t('Only one group of “{{name}}” has opened figures, so it explains nothing.', { name });
    if (term.kind === 'trend') columns.push({ factor: term.factor });
    else {
      if (!present.has(term.reference)) {
        return t('The reference of “{{name}}” has no opened figures. Choose another reference.', { name });
      }
      const levels = [...present].filter((level) => level !== term.reference).sort((a, b) => Number(a) - Number(b));
      for (const level of levels) if (level !== undefined) columns.push({ factor: term.factor, level });
    }
  }
  const rows = cells.map((at) => columns.map((column) => entryOf(column, at)));
  const aliased = firstAliased(rows, columns.length);
  if (aliased === undefined) return { columns, rows };
  const { factor = 0, level } = columns[aliased] as DesignColumn;
  const name = factors[factor]?.name ?? '';
  return level === undefined
    ? t('The effect of “{{name}}” cannot be told apart from the others in the opened cells.', { name })
    : t('The effect of “{{name}}” for “{{level}}” cannot be told apart from the others in the opened cells.', {
        name,
        level: factors[factor]?.levels[level] ?? '',
      });
}

function entryOf({ factor, level }: DesignColumn, at: readonly number[]): number {
  if (factor === undefined) return 1;
  const found = at[factor] ?? 0;
  if (level === undefined) return found;
  return found === level ? 1 : 0;
}

/** The first column that is a sum of multiples of those before it. */
function firstAliased(rows: readonly (readonly number[])[], columns: number): number | undefined {
  const rank = (width: number) =>
    new SingularValueDecomposition(new Matrix(rows.map((row) => row.slice(0, width))), { autoTranspose: true }).rank;
  if (rank(columns) === columns) return undefined;
  for (let width = 1; width <= columns; width++) if (rank(width) < width) return width - 1;
  return undefined;
}
