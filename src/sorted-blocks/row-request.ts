import type { SorterOptions } from '../disk/triple-sorter.ts';

/** Rows to be blocked, which are known by their numbers; where files are had, and what may be in memory. */
export interface RowRequest extends SorterOptions {
  /** Values without blanks around them. */
  readonly rows: Iterable<readonly string[]>;
  /** As many as there are, or more. */
  readonly atMost: number;
  /** Names of the columns, needed where the schema names them. */
  readonly header?: readonly string[] | undefined;
}
