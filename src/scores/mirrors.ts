/** Pairs within the list stand there both ways round. */
import type { Cells } from './cells.ts';
import type { PairEvidence } from './match-evidence.ts';

/** By pair, the same pair the other way round, where both show the same; -1 otherwise. Pairs before `first` are not within the list. */
export function mirrorsOf(pairs: readonly PairEvidence[], first: number, { of }: Cells): Int32Array {
  const numbers = new Map<string, number>();
  for (let i = first; i < pairs.length; i++) numbers.set(nameOf(pairs[i]?.record, pairs[i]?.row), i);
  return Int32Array.from(pairs, ({ record, row }, i) => {
    const other = i < first ? undefined : numbers.get(nameOf(row, record));
    return other === undefined || of[other] !== of[i] ? -1 : other;
  });
}

const nameOf = (record?: number, row?: number) => `${record} ${row}`;
