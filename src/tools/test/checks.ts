/** What `npm test` and `npm run test:all` run. */
import { join } from 'node:path';

export interface Check {
  readonly name: string;
  /** A program of node_modules and what it is given. */
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the runner leaves its JSON report; without one the check counts as one test. */
  readonly report?: string;
  /** What the check cannot do without beyond a Chromium. Where it cannot be had, the check is left out, and said to be. */
  readonly needs?: 'firefox';
}

/** Checks that follow one another. */
export type Lane = readonly Check[];

/** Stages follow one another; the lanes of a stage run side by side. */
export type Stages = readonly (readonly Lane[])[];

/** `files`: only these of the project; all where none are named. */
function vitest(name: string, project: string, reports: string, ...files: readonly string[]): Check {
  const report = join(reports, `${name.replaceAll(/\W+/g, '-')}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${report}`];
  return { name, command: ['vitest', 'run', '--project', project, ...reporters, ...files], report };
}

/** Where Firefox reads what a peer or a server says otherwise than Chromium does. */
const FIREFOX_QUICK = ['src/net/middle.browser.test.ts'];

function playwright(name: string, config: string, reports: string, ...options: readonly string[]): Check {
  const report = join(reports, `${name.replaceAll(/\W+/g, '-')}.json`);
  return {
    name,
    command: ['playwright', 'test', '--config', config, '--reporter=list,json', ...options],
    environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    report,
  };
}

/** Everything that a change is held to while it is made. Each lane of the first stage keeps about one core busy. */
export function quickStages(reports: string): Stages {
  const firefox = vitest('the server in the middle, in Firefox', 'browser-firefox', reports, ...FIREFOX_QUICK);
  return [
    [
      [
        { name: 'format, lint and rooms', command: ['npm', 'run', '--silent', 'lint'] },
        { name: 'types', command: ['npm', 'run', '--silent', 'types'] },
        { name: 'build', command: ['vite', 'build'] },
        { ...firefox, needs: 'firefox' },
      ],
      [vitest('unit tests in Node', 'node', reports)],
      [{ name: 'mutants, quick', command: ['tsx', 'src/tools/mutants.ts', '--quick', '--workers', '1'] }],
    ],
    // Workers and connections of a browser have deadlines of their own: nothing runs beside them.
    [[vitest('unit tests in Chromium', 'browser', reports)]],
    [[playwright('end to end', 'e2e/playwright.config.ts', reports, '--project', 'quick')]],
  ];
}

/** What takes longer, and is run before a change lands. */
export function longStages(reports: string): Stages {
  const alone: Lane = [
    vitest('long unit tests in Node', 'node-long', reports),
    vitest('long unit tests in Chromium', 'browser-long', reports),
    { ...vitest('unit tests in Firefox', 'browser-firefox', reports), needs: 'firefox' },
    { ...playwright('end to end in Firefox', 'e2e/firefox.config.ts', reports), needs: 'firefox' },
    playwright('long end to end', 'e2e/playwright.config.ts', reports, '--project', 'long'),
  ];
  return [[alone]];
}
