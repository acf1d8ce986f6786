import type { Problem } from './table.ts';

/** Row numbers kept of each kind of trouble. */
const ROWS_KEPT = 20;

/** Counts rows with one kind of trouble and keeps the first row numbers. */
export class ProblemCount {
  #count = 0;
  readonly #rows: number[] = [];

  get count(): number {
    return this.#count;
  }

  /** `row`: the number people see (from 1); leave it out for trouble that has no row. */
  add(row?: number): void {
    this.#count++;
    if (row !== undefined && this.#rows.length < ROWS_KEPT) this.#rows.push(row);
  }

  /** The problem for people, or nothing where there was none. `say` is given the count. */
  report(kind: Problem['kind'], say: (count: number) => string, column?: string): Problem[] {
    if (this.#count === 0) return [];
    const problem = { kind, count: this.#count, rows: [...this.#rows], message: say(this.#count) };
    return [column === undefined ? problem : { ...problem, column }];
  }
}
