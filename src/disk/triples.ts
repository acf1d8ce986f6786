import { TRIPLE } from './triple-runs.ts';
import type { SortedTriples } from './triple-sorter.ts';

/** Sorted triples, one by one. */
export function* eachTriple(sorted: SortedTriples): Generator<readonly [number, number, number]> {
  for (const part of sorted.parts())
    for (let at = 0; at < part.length; at += TRIPLE) yield [part[at] ?? 0, part[at + 1] ?? 0, part[at + 2] ?? 0];
}

/** All of them at once, which is faster. */
export function visitTriples(sorted: SortedTriples, visit: (a: number, b: number, c: number) => void): void {
  for (const part of sorted.parts())
    for (let at = 0; at < part.length; at += TRIPLE) visit(part[at] ?? 0, part[at + 1] ?? 0, part[at + 2] ?? 0);
}
