/** Many simulated sessions, and what came of them. */
import fc from 'fast-check';
import { type Kind, plans } from './plan.ts';
import { type SessionReport, simulateSession } from './session-run.ts';

export interface Summary {
  readonly sessions: number;
  /** Incidents that happened, and those in sessions that ended with both results in spite of them. */
  readonly incidents: ReadonlyMap<Kind, { readonly happened: number; readonly survived: number }>;
  /** Sessions by how researcher and owner ended. */
  readonly ends: ReadonlyMap<string, number>;
  /** The plan that broke the rule, made as small as may be, and how to get it again. */
  readonly breach: { readonly rule: string; readonly plan: string; readonly seed: number } | undefined;
}

/** Runs `sessions` sessions, or up to the first that breaks the rule. The same seed gives the same plans. */
export async function simulate(sessions: number, seed: number): Promise<Summary> {
  const incidents = new Map<Kind, { happened: number; survived: number }>();
  const ends = new Map<string, number>();
  let broken = false;
  const count = (report: SessionReport) => {
    const end = `researcher ${report.researcher}, owner ${report.owner}`;
    ends.set(end, (ends.get(end) ?? 0) + 1);
    const survived = report.researcher === 'result' && report.owner === 'result' ? 1 : 0;
    for (const { kind } of report.applied) {
      const before = incidents.get(kind) ?? { happened: 0, survived: 0 };
      incidents.set(kind, { happened: before.happened + 1, survived: before.survived + survived });
    }
  };
  const property = fc.asyncProperty(plans, async (plan) => {
    const report = await simulateSession(plan);
    if (!broken) count(report);
    if (report.broken === undefined) return;
    broken = true;
    throw new Error(report.broken);
  });
  const outcome = await fc.check(property, { numRuns: sessions, seed });
  const error = outcome.errorInstance;
  const breach = outcome.failed
    ? {
        rule: error instanceof Error ? (error.stack ?? error.message) : String(error),
        plan: JSON.stringify(outcome.counterexample?.[0]),
        seed,
      }
    : undefined;
  return { sessions: outcome.numRuns, incidents, ends, breach };
}
