/** How many tests a runner passed and failed, and how long each took, from its JSON report. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

export interface TimedTest {
  readonly name: string;
  readonly seconds: number;
}

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly tests: readonly TimedTest[];
}

const vitestReport = z
  .object({
    testResults: z.array(
      z.object({
        status: z.string(),
        assertionResults: z.array(
          z.object({ status: z.string(), fullName: z.string().optional(), duration: z.number().nullish() }),
        ),
      }),
    ),
  })
  .transform(({ testResults }): Outcome => {
    const results = testResults.flatMap((file) => file.assertionResults);
    const count = (wanted: string) => results.filter(({ status }) => status === wanted).length;
    // A file that could not be run has failed, though none of its tests has.
    const broken = testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    ).length;
    const [passed, failed] = [count('passed'), count('failed')];
    const tests = results.map(({ fullName = '', duration }) => ({ name: fullName, seconds: (duration ?? 0) / 1000 }));
    return { passed, failed: failed + broken, skipped: results.length - passed - failed, tests };
  });

const playwrightSpec = z.object({
  title: z.string(),
  tests: z.array(z.object({ results: z.array(z.object({ duration: z.number() })) })),
});
type Spec = z.infer<typeof playwrightSpec>;
interface Suite {
  readonly specs?: readonly Spec[] | undefined;
  readonly suites?: readonly Suite[] | undefined;
}
const playwrightSuite: z.ZodType<Suite> = z.lazy(() =>
  z.object({ specs: z.array(playwrightSpec).optional(), suites: z.array(playwrightSuite).optional() }),
);

function timedTests({ specs = [], suites = [] }: Suite): TimedTest[] {
  return [
    ...specs.map(({ title, tests }) => ({
      name: title,
      seconds: tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration, 0) / 1000,
    })),
    ...suites.flatMap(timedTests),
  ];
}

const playwrightReport = z
  .object({
    suites: z.array(playwrightSuite).default([]),
    stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
    errors: z.array(z.unknown()),
  })
  .transform(
    ({ suites, stats, errors }): Outcome => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + errors.length,
      skipped: stats.skipped,
      tests: suites.flatMap(timedTests),
    }),
  );

const anyReport = z.union([vitestReport, playwrightReport]);

/**
 * What a runner reported in the file `report` before it ended with `exitCode`. A check without a report is one test. A
 * runner that left no report, ran no test, or ended with an error that no test accounts for has one failure.
 */
export function readOutcome(report: string | undefined, exitCode: number): Outcome {
  if (report === undefined) {
    return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0, tests: [] };
  }
  const { passed, failed, skipped, tests } = parse(report);
  const unaccounted = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: unaccounted ? 1 : failed, skipped, tests };
}

/** The slowest first. */
export function slowest(tests: readonly TimedTest[]): TimedTest[] {
  return [...tests].sort((a, b) => b.seconds - a.seconds);
}

function parse(report: string): Outcome {
  try {
    return anyReport.parse(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return { passed: 0, failed: 0, skipped: 0, tests: [] };
  }
}
