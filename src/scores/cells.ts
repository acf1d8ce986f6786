/** Candidates by the levels of their fields: those with the same ones are a cell. */
export interface Cells {
  readonly levels: readonly Uint8Array[];
  /** By candidate. */
  readonly of: Uint32Array;
}

export function cellsOf(patterns: readonly Uint8Array[]): Cells {
  const known = new Map<string, number>();
  const levels: Uint8Array[] = [];
  const of = Uint32Array.from(patterns, (pattern) => {
    const name = pattern.join();
    const cell = known.get(name) ?? levels.push(pattern) - 1;
    known.set(name, cell);
    return cell;
  });
  return { levels, of };
}
