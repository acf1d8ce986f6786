import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readOutcome, slowest } from './outcome.ts';

const folder = mkdtempSync(join(tmpdir(), 'blindjoin-outcome-'));
afterAll(() => rmSync(folder, { recursive: true }));

function reported(content: unknown, exitCode: number) {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(content));
  return readOutcome(path, exitCode);
}

const vitest = (status: string, ...tests: string[]) => ({
  testResults: [{ status, assertionResults: tests.map((t) => ({ status: t, fullName: t, duration: 1500 })) }],
});
const playwright = (expected: number, unexpected: number, errors: string[] = []) => ({
  stats: { expected, unexpected, flaky: 0, skipped: 2 },
  errors,
});

describe('what a runner did', () => {
  it.each([
    ['all passed', vitest('passed', 'passed', 'passed'), 0, { passed: 2, failed: 0, skipped: 0 }],
    ['one failed', vitest('failed', 'passed', 'failed', 'pending'), 1, { passed: 1, failed: 1, skipped: 1 }],
    ['a file that could not be run', vitest('failed'), 1, { passed: 0, failed: 1, skipped: 0 }],
    ['an error outside of the tests', vitest('passed', 'passed'), 1, { passed: 1, failed: 1, skipped: 0 }],
    ['no test', { testResults: [] }, 0, { passed: 0, failed: 1, skipped: 0 }],
    ['all passed in browsers', playwright(3, 0), 0, { passed: 3, failed: 0, skipped: 2 }],
    ['some failed in browsers', playwright(3, 1), 1, { passed: 3, failed: 1, skipped: 2 }],
    ['browsers that would not start', playwright(0, 0, ['no']), 1, { passed: 0, failed: 1, skipped: 2 }],
    ['something else', 'nonsense', 0, { passed: 0, failed: 1, skipped: 0 }],
  ])('%s', (_name, content, code, outcome) => expect(reported(content, code)).toMatchObject(outcome));

  it('no report at all', () => {
    expect(readOutcome(join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1, skipped: 0, tests: [] });
  });

  it('checks without a report count as one test', () => {
    expect(readOutcome(undefined, 0)).toEqual({ passed: 1, failed: 0, skipped: 0, tests: [] });
    expect(readOutcome(undefined, 2)).toEqual({ passed: 0, failed: 1, skipped: 0, tests: [] });
  });
});

describe('how long tests took', () => {
  it('is read of either runner, the slowest first', () => {
    const specs = [{ title: 'reload', tests: [{ results: [{ duration: 2000 }, { duration: 500 }] }] }];
    const suites = [{ suites: [{ specs }] }];
    const { tests } = reported({ ...playwright(1, 0), suites }, 0);
    const others = reported(vitest('passed', 'passed'), 0).tests;
    expect(slowest([...others, ...tests])).toEqual([
      { name: 'reload', seconds: 2.5 },
      { name: 'passed', seconds: 1.5 },
    ]);
  });
});
