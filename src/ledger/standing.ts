/** What the ledger says about one file: its runs, its limit, and whether another run is allowed. */
import type { LedgerEntry, Limit, RunEnding, RunEntry } from './entry.ts';
import { type Overlap, overlapOf, type Query } from './query.ts';

export interface PastRun {
  readonly entry: RunEntry;
  /** Undefined: under way, or the page was closed before it ended. */
  readonly ending: RunEnding | undefined;
}

export interface Standing {
  /** Oldest first. */
  readonly runs: readonly PastRun[];
  readonly limit: Limit | undefined;
  /** Runs within the limit's period; all where there is no limit. */
  readonly counted: number;
  /** Of all runs with noise, in thousandths: epsilons add up. */
  readonly epsilonThousandths: number;
  /** Runs without noise, which no epsilon covers. */
  readonly exactRuns: number;
}

/** Why another run is not allowed. */
export type Refusal =
  | { readonly kind: 'runs'; readonly limit: Limit; readonly freeAt: Date }
  | { readonly kind: 'exact'; readonly limit: Limit }
  | { readonly kind: 'epsilon'; readonly limit: Limit; readonly leftThousandths: number };

const DAY = 86_400_000;

export function standingOf(entries: readonly LedgerEntry[], file: string, now: Date): Standing {
  const own = entries.filter((entry) => entry.file === file);
  const runs = own.flatMap((entry): PastRun[] => {
    if (entry.kind !== 'run') return [];
    const end = own.find((other) => other.kind === 'outcome' && other.agreementHash === entry.agreementHash);
    return [{ entry, ending: end?.kind === 'outcome' ? end.ending : undefined }];
  });
  const set = own.findLast((entry) => entry.kind === 'limit');
  const limit = (set?.kind === 'limit' ? set.limit : undefined) ?? undefined;
  const noisy = runs.flatMap(({ entry }) =>
    entry.query.perturbation?.kind === 'noise' ? [entry.query.perturbation] : [],
  );
  return {
    runs,
    limit,
    counted: limit ? within(runs, limit, now).length : runs.length,
    epsilonThousandths: noisy.reduce((sum, { epsilonThousandths }) => sum + epsilonThousandths, 0),
    exactRuns: runs.length - noisy.length,
  };
}

/** Runs that count against the limit now; an entry from the future (the clock was put back) counts too. */
function within(runs: readonly PastRun[], limit: Limit, now: Date): PastRun[] {
  return runs.filter(({ entry }) => Date.parse(entry.at) > now.getTime() - limit.days * DAY);
}

/** Why `query` may not run now, or undefined where it may. */
export function refusalOf(standing: Standing, query: Query, now: Date): Refusal | undefined {
  const { limit, epsilonThousandths: spent } = standing;
  if (limit === undefined) return undefined;
  const counted = within(standing.runs, limit, now);
  if (counted.length >= limit.runs) {
    // Enough of the oldest must leave the period for one more to fit.
    const leaving = counted.map(({ entry }) => Date.parse(entry.at)).sort((a, b) => a - b)[counted.length - limit.runs];
    return { kind: 'runs', limit, freeAt: new Date((leaving as number) + limit.days * DAY) };
  }
  if (limit.epsilonThousandths === undefined) return undefined;
  if (query.perturbation?.kind !== 'noise') return { kind: 'exact', limit };
  const left = limit.epsilonThousandths - spent;
  if (query.perturbation.epsilonThousandths <= left) return undefined;
  return { kind: 'epsilon', limit, leftThousandths: Math.max(0, left) };
}

/** Earlier runs whose tables can be compared with that of `query`, newest first. */
export function overlapsOf(standing: Standing, query: Query): { readonly run: PastRun; readonly overlap: Overlap }[] {
  return standing.runs.toReversed().flatMap((run) => {
    const overlap = overlapOf(query, run.entry.query);
    return overlap ? [{ run, overlap }] : [];
  });
}
