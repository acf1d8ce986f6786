/** How many tests a runner passed and failed, from its JSON report. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const vitestReport = z
  .object({
    testResults: z.array(
      z.object({
        status: z.string(),
        assertionResults: z.array(z.object({ status: z.string() })),
      }),
    ),
  })
  .transform(({ testResults }): Outcome => {
    const statuses = testResults.flatMap((file) => file.assertionResults.map((test) => test.status));
    const count = (wanted: string) => statuses.filter((status) => status === wanted).length;
    // A file that could not be run has failed, though none of its tests has.
    const broken = testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    ).length;
    const [passed, failed] = [count('passed'), count('failed')];
    return { passed, failed: failed + broken, skipped: statuses.length - passed - failed };
  });

const playwrightReport = z
  .object({
    stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
    errors: z.array(z.unknown()),
  })
  .transform(
    ({ stats, errors }): Outcome => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + errors.length,
      skipped: stats.skipped,
    }),
  );

const anyReport = z.union([vitestReport, playwrightReport]);

/**
 * What a runner reported in the file `report` before it ended with `exitCode`. A check without a report is one test. A
 * runner that left no report, ran no test, or ended with an error that no test accounts for has one failure.
 */
export function readOutcome(report: string | undefined, exitCode: number): Outcome {
  if (report === undefined) return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
  const { passed, failed, skipped } = parse(report);
  const unaccounted = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: unaccounted ? 1 : failed, skipped };
}

function parse(report: string): Outcome {
  try {
    return anyReport.parse(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
